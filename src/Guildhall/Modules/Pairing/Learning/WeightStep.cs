using Guildhall.Evidence;
using Guildhall.Matching;

namespace Guildhall.Modules.Pairing;

/// <summary>From the weights in use one bounded step towards the factors that went with better outcomes.</summary>
static class WeightStep
{
    /// <summary>No weight changes by more points than this at once.</summary>
    public const double MostMoved = 10;

    /// <summary>A factor moves weights when its adjusted p-value is at most this: of the factors that do, one in ten is there by chance, on average.</summary>
    public const double FalseShare = 0.1;

    public static bool StandsOut(TraitAssociation association) => association.AdjustedPValue <= FalseShare;

    /// <summary>
    /// w + s (t − w), with t all weight shared by the factors that stand out and go with better outcomes, as their slopes are, and s the longest step that moves no weight by more than <see cref="MostMoved"/>; then whole percents with the same sum, by largest remainder.
    /// </summary>
    /// <param name="weights">The weights in use, 0 or more.</param>
    /// <param name="found">Factors with what went with them.</param>
    /// <returns>The new weights of every factor; null where no factor draws weight, or nothing is left of the step in whole percents.</returns>
    public static IReadOnlyDictionary<Factor, int>? From(IReadOnlyDictionary<Factor, int> weights, IReadOnlyCollection<(Factor Factor, TraitAssociation Association)> found)
    {
        var pull = found.Where(one => StandsOut(one.Association) && one.Association.Slope > 0).ToDictionary(one => one.Factor, one => one.Association.Slope);
        if (pull.Count == 0) return null;
        var (factors, total, pulls) = (Enum.GetValues<Factor>(), weights.Values.Sum(), pull.Values.Sum());
        double Now(Factor factor) => weights.GetValueOrDefault(factor);
        double Way(Factor factor) => total * pull.GetValueOrDefault(factor) / pulls - Now(factor);
        var longest = factors.Max(factor => Math.Abs(Way(factor)));
        var step = longest == 0 ? 0 : Math.Min(1, MostMoved / longest);

        double[] wanted = [.. factors.Select(factor => Now(factor) + step * Way(factor))];
        var whole = Array.ConvertAll(wanted, weight => (int)Math.Floor(weight + 1e-9));
        var missing = total - whole.Sum();
        foreach (var k in Enumerable.Range(0, whole.Length).OrderByDescending(k => wanted[k] - whole[k]).Take(missing)) whole[k]++;
        var stepped = factors.Index().ToDictionary(one => one.Item, one => whole[one.Index]);
        return factors.All(factor => stepped[factor] == weights.GetValueOrDefault(factor)) ? null : stepped;
    }
}
