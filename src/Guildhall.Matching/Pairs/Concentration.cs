namespace Guildhall.Matching;

/// <summary>How unevenly a count is spread.</summary>
static class Concentration
{
    /// <summary>Herfindahl–Hirschman index: the sum of squared percent shares, 10,000 when one holds all.</summary>
    public static double Hhi(IReadOnlyCollection<int> counts)
    {
        double total = counts.Sum();
        return total == 0 ? 0 : counts.Sum(c => Math.Pow(100 * c / total, 2));
    }

    /// <summary>Gini coefficient: 0 when all hold the same.</summary>
    public static double Gini(IReadOnlyCollection<int> counts)
    {
        double total = counts.Sum();
        if (total == 0) return 0;
        var ranked = counts.Order().Select((count, rank) => (2.0 * (rank + 1) - counts.Count - 1) * count).Sum();
        return ranked / (counts.Count * total);
    }
}
