using System.Runtime.InteropServices;

namespace Guildhall.Matching;

/// <summary>For each of some rows, the sets of rules that its pairs break and how many pairs break exactly these: a few dozen sets a row, whatever its length.</summary>
sealed class RuleSets
{
    // One for every set of rules there is, a megabyte; all are 0 between two rows.
    [ThreadStatic]
    static int[]? counters;

    readonly List<int> starts = [0];
    readonly List<(uint Rules, int Pairs)> sets = [];

    public IEnumerable<(uint Rules, int Pairs)> All => sets;

    public IEnumerable<(uint Rules, int Pairs)> Of(int row) => sets.Skip(starts[row]).Take(starts[row + 1] - starts[row]);

    /// <summary>Counts a row, and writes it as the next.</summary>
    public void Add(ReadOnlySpan<uint> row)
    {
        var (pairs, first) = (counters ??= new int[1 << Enum.GetValues<Rule>().Length], sets.Count);
        foreach (var rules in row)
            if (pairs[rules]++ == 0) sets.Add((rules, 0));
        foreach (ref var set in CollectionsMarshal.AsSpan(sets)[first..])
        {
            set.Pairs = pairs[set.Rules];
            pairs[set.Rules] = 0;
        }
        starts.Add(sets.Count);
    }
}
