using System.Numerics;

namespace Guildhall.Matching;

/// <summary>For every pair the score before penalties, in millionths, and the rules it breaks. Nothing is kept: a row takes microseconds.</summary>
sealed class PairTable
{
    readonly (Factor Factor, int Weight)[] weights;

    public PairTable(ProfileColumns people, MatchSettings settings, RuleRegime regime)
    {
        People = people;
        Values = new(people);
        Breaks = new(people, settings, regime);
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

    /// <summary>One mentee's pairs, by mentor.</summary>
    public void Read(int i, Row row)
    {
        People.Hours.Fewest(i, row.Hours, row.Raw);
        Breaks.Broken(i, row.Hours, row.Broken);
        row.Sums.AsSpan().Clear();
        for (var first = 0; first < row.Sums.Length; first += Row.Tile)
        {
            var count = Math.Min(Row.Tile, row.Sums.Length - first);
            var sums = row.Sums.AsSpan(first, count);
            var hours = row.Hours.AsSpan(first, count);
            foreach (var (factor, weight) in weights) Values.AddTo(sums, factor, weight, i, first, hours, row.Fits.AsSpan(0, count));
        }
        var from = Lanes.Vectors(row.Sums.AsSpan());
        var to = Lanes.Vectors(row.Raw.AsSpan());
        for (var v = 0; v < to.Length; v++) to[v] = Vector.ConvertToInt32(from[v]);
    }

    /// <summary>Room for one mentee's pairs, to be used again for the next. Not for two threads at once.</summary>
    public sealed class Row(int columns)
    {
        /// <summary>Mentors for whom all factors are added up before the next: what they need stays in the nearest cache.</summary>
        internal const int Tile = 1024;

        /// <summary>The score before penalties, by mentor; filled up to whole vectors.</summary>
        public int[] Raw { get; } = new int[Lanes.Padded(columns)];

        /// <summary>The rules broken, by mentor; none in the filling.</summary>
        public uint[] Broken { get; } = new uint[Lanes.Padded(columns)];

        internal float[] Hours { get; } = new float[Lanes.Padded(columns)];

        internal float[] Fits { get; } = new float[Tile];

        internal float[] Sums { get; } = new float[Lanes.Padded(columns)];
    }
}
