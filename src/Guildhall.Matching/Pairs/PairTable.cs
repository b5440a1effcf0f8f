namespace Guildhall.Matching;

/// <summary>For every pair the score before penalties, in millionths, and the rules it breaks.</summary>
sealed class PairTable
{
    /// <summary>Eight bytes a pair: 256 MB. Above, a row is computed when it is asked for, which costs time and no memory.</summary>
    const long MostKept = 32_000_000;

    readonly (Factor Factor, int Weight)[] weights;
    readonly int[]? raw;
    readonly uint[]? broken;

    public PairTable(ProfileColumns people, MatchSettings settings, RuleRegime regime, CancellationToken stop)
    {
        People = people;
        Values = new(people);
        Breaks = new(people, settings, regime);
        weights = [.. Enum.GetValues<Factor>().Select(f => (f, settings.Weights.GetValueOrDefault(f))).Where(w => w.Item2 > 0)];
        (Rows, Columns) = (people.Mentees.Length, people.Mentors.Length);
        if ((long)Rows * Columns > MostKept) return;
        var (scores, bits) = (new int[Rows * Columns], new uint[Rows * Columns]);
        Parallel.For(0, Rows, new ParallelOptions { CancellationToken = stop }, i =>
            Compute(i, scores.AsSpan(i * Columns, Columns), bits.AsSpan(i * Columns, Columns)));
        (raw, broken) = (scores, bits);
    }

    public ProfileColumns People { get; }

    public FactorValues Values { get; }

    public RuleBreaks Breaks { get; }

    public IReadOnlyList<(Factor Factor, int Weight)> Weights => weights;

    public int Rows { get; }

    public int Columns { get; }

    public (int Raw, uint Broken) At(int i, int j) =>
        raw is null ? (Raw(i, j), Breaks.Broken(i, j)) : (raw[i * Columns + j], broken![i * Columns + j]);

    /// <summary>One mentee's pairs, by mentor.</summary>
    public Row RowOf(int i)
    {
        if (raw is not null) return new(raw.AsSpan(i * Columns, Columns), broken.AsSpan(i * Columns, Columns));
        var (scores, bits) = (new int[Columns], new uint[Columns]);
        Compute(i, scores, bits);
        return new(scores, bits);
    }

    public readonly ref struct Row(ReadOnlySpan<int> raw, ReadOnlySpan<uint> broken)
    {
        public ReadOnlySpan<int> Raw { get; } = raw;

        public ReadOnlySpan<uint> Broken { get; } = broken;
    }

    void Compute(int i, Span<int> scores, Span<uint> bits)
    {
        for (var j = 0; j < Columns; j++) (scores[j], bits[j]) = (Raw(i, j), Breaks.Broken(i, j));
    }

    int Raw(int i, int j)
    {
        var sum = 0;
        foreach (var (factor, weight) in weights) sum += weight * Values.Value(factor, i, j);
        return sum;
    }
}
