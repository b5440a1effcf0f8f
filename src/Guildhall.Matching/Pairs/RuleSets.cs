using System.Runtime.InteropServices;

namespace Guildhall.Matching;

/// <summary>For each of some rows, the sets of rules that its pairs break and how many pairs break exactly these: a few dozen sets a row, whatever its length.</summary>
sealed class RuleSets
{
    readonly List<int> starts = [0];
    readonly List<(uint Rules, int Pairs)> sets = [];

    public IEnumerable<(uint Rules, int Pairs)> All => sets;

    public IEnumerable<(uint Rules, int Pairs)> Of(int row) => sets.Skip(starts[row]).Take(starts[row + 1] - starts[row]);

    /// <summary>Counts rows with one counter for every set of rules there is. Not for two threads at once.</summary>
    public sealed class Counter
    {
        readonly int[] pairs = new int[1 << Enum.GetValues<Rule>().Length];

        /// <summary>Counts a row, and writes it as the next.</summary>
        public void Count(ReadOnlySpan<uint> row, RuleSets into)
        {
            var first = into.sets.Count;
            foreach (var rules in row)
                if (pairs[rules]++ == 0) into.sets.Add((rules, 0));
            foreach (ref var set in CollectionsMarshal.AsSpan(into.sets)[first..])
            {
                set.Pairs = pairs[set.Rules];
                pairs[set.Rules] = 0;
            }
            into.starts.Add(into.sets.Count);
        }
    }
}
