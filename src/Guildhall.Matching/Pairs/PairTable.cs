using System.Numerics;

namespace Guildhall.Matching;

/// <summary>For every pair the score before penalties, in millionths, and the rules it breaks. Nothing is kept: a row takes microseconds.</summary>
sealed class PairTable
{
    readonly (Factor Factor, int Weight)[] weights;

    public PairTable(ProfileColumns people, MatchSettings settings, RuleRegime regime, CancellationToken stop = default)
    {
        People = people;
        Values = new(people, stop);
        Breaks = new(people, settings, regime, stop);
        weights = [.. Enum.GetValues<Factor>().Select(f => (f, settings.Weights.GetValueOrDefault(f))).Where(w => w.Item2 > 0)];
        (Rows, Columns) = (people.Mentees.Length, people.Mentors.Length);
    }

    public ProfileColumns People { get; }

    public FactorValues Values { get; }

    public RuleBreaks Breaks { get; }

    public IReadOnlyList<(Factor Factor, int Weight)> Weights => weights;

    public int Rows { get; }

    public int Columns { get; }

    public (int Raw, uint Broken) At(int i, int j)
    {
        var sum = 0;
        foreach (var (factor, weight) in weights) sum += weight * Values.Value(factor, i, j);
        return (sum, Breaks.Broken(i, j));
    }

    /// <summary>The rules that one mentee's pairs break, and, of those that break none that blocks, the scores: what is blocked needs none.</summary>
    /// <param name="i">The mentee.</param>
    /// <param name="blocking">The rules that block, as bits. <see cref="Rule.Capacity"/> always is one.</param>
    /// <param name="row">Room for the answer.</param>
    public void Read(int i, uint blocking, Row row)
    {
        People.Hours.Fewest(i, row.Hours, row.Mentors);
        Breaks.Broken(i, row.Hours, row.Broken);
        row.Count = Lanes.Pick(row.Broken, blocking, row.Mentors);

        var count = Lanes.Padded(row.Count);
        var at = row.Mentors.AsSpan(0, count);
        var hours = row.PairHours.AsSpan(0, count);
        var sums = row.Sums.AsSpan(0, count);
        Lanes.Gather(row.Hours, at, hours);
        sums.Clear();
        foreach (var (factor, weight) in weights) Values.AddTo(sums, factor, weight, i, at, hours, row.Fits.AsSpan(0, count), row.Room.AsSpan(0, FactorValues.Rooms * count));
        var from = Lanes.Vectors(sums);
        var to = Lanes.Vectors(row.Raw.AsSpan(0, count));
        for (var v = 0; v < to.Length; v++) to[v] = Vector.ConvertToInt32(from[v]);
    }

    /// <summary>Room for one mentee's pairs, to be used again for the next. Not for two threads at once.</summary>
    public sealed class Row(int columns)
    {
        /// <summary>The rules broken, by mentor, filled up to whole vectors. The minimum score is not among them.</summary>
        public uint[] Broken { get; } = new uint[Lanes.Padded(columns)];

        /// <summary>How many mentors break no rule that blocks.</summary>
        public int Count { get; internal set; }

        /// <summary>These mentors, ascending; the first <see cref="Count"/> count.</summary>
        public int[] Mentors { get; } = new int[Lanes.Padded(columns)];

        /// <summary>Their scores before penalties.</summary>
        public int[] Raw { get; } = new int[Lanes.Padded(columns)];

        internal float[] Hours { get; } = new float[Lanes.Padded(columns)];

        internal float[] PairHours { get; } = new float[Lanes.Padded(columns)];

        internal float[] Fits { get; } = new float[Lanes.Padded(columns)];

        internal float[] Sums { get; } = new float[Lanes.Padded(columns)];

        internal float[] Room { get; } = new float[FactorValues.Rooms * Lanes.Padded(columns)];
    }
}
