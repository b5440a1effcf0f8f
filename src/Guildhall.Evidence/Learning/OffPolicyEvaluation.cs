namespace Guildhall.Evidence;

/// <summary>One logged choice of a mentor among candidates.</summary>
/// <param name="Chosen">The candidate who was chosen, 0 … candidates − 1.</param>
/// <param name="Reward">What came of it, such as whether the first milestone was reached; finite.</param>
/// <param name="ChanceThen">The chance with which the choice was made then, above 0 and at most 1; it has to be logged when choosing.</param>
/// <param name="ChancesNow">The chance with which the new weights would choose each candidate; 0 or more, summing to 1.</param>
/// <param name="Predicted">The predicted reward of each candidate, from a model fitted to other rows; empty when there is none.</param>
public sealed record LoggedChoice(int Chosen, double Reward, double ChanceThen, IReadOnlyList<double> ChancesNow, IReadOnlyList<double> Predicted);

/// <summary>
/// What new weights for choosing mentors would have brought, from choices that the old ones made by lot: M. Dudík, D. Erhan, J. Langford, L. Li, "Doubly robust policy evaluation and optimization", Statistical Science 29, 2014.
/// </summary>
/// <remarks>Assumes that every choice the new weights could make could have been made, and that chances were logged as they were. Standard errors are of means over choices, with n in the denominator. Deterministic; time O(choices · candidates).</remarks>
public sealed class OffPolicyEvaluation
{
    /// <summary>The least effective number of choices at which new weights may be released.</summary>
    public const double LeastEffectiveChoices = 100;

    OffPolicyEvaluation(Estimate weighted, Estimate selfNormalised, Estimate selfNormalisedGain, (Estimate Direct, Estimate Robust, Estimate Gain)? modelled, double effective, double largest, int choices) =>
        (Weighted, SelfNormalised, SelfNormalisedGain, Direct, DoublyRobust, DoublyRobustGain, EffectiveChoices, LargestWeight, Choices) =
            (weighted, selfNormalised, selfNormalisedGain, modelled?.Direct, modelled?.Robust, modelled?.Gain, effective, largest, choices);

    /// <summary>Inverse propensity scoring: unbiased, and unsteady when the policies differ much.</summary>
    public Estimate Weighted { get; }

    /// <summary>The same with weights that sum to the number of choices: steadier, a little biased.</summary>
    public Estimate SelfNormalised { get; }

    /// <summary>The mean of predicted rewards: only as good as the model. Null without one.</summary>
    public Estimate? Direct { get; }

    /// <summary>Predictions corrected by weighted errors: right if either the chances or the model is. Null without a model.</summary>
    public Estimate? DoublyRobust { get; }

    /// <summary>The self-normalised value less what was had in the same choices. Both hang on the same rewards, so its error is that of the difference, choices of a cluster taken together.</summary>
    public Estimate SelfNormalisedGain { get; }

    /// <summary>The doubly robust value less what was had in the same choices, with the error of the difference. Null without a model.</summary>
    public Estimate? DoublyRobustGain { get; }

    /// <summary>The number of equally weighted choices that would be as precise: (Σ w)² / Σ w².</summary>
    public double EffectiveChoices { get; }

    /// <summary>The largest weight: how often a rare choice counts.</summary>
    public double LargestWeight { get; }

    /// <summary>The number of choices.</summary>
    public int Choices { get; }

    /// <summary>Whether new weights may be released: the doubly robust and the self-normalised gain are above 0 with the whole of their 95% intervals, on at least <see cref="LeastEffectiveChoices"/> effective choices.</summary>
    public bool MayBeReleased => EffectiveChoices >= LeastEffectiveChoices && DoublyRobustGain is { } robust && robust.Interval().Lower > 0 && SelfNormalisedGain.Interval().Lower > 0;

    /// <summary>Evaluates new weights.</summary>
    /// <param name="log">The choices, in any order; either all have predictions or none.</param>
    /// <param name="largestWeight">Where weights are cut off, above 0; infinity for nowhere. Cutting trades bias for steadiness.</param>
    /// <param name="clusters">Choices that share a number depend on each other, as those of one mentor do; null where none do. Only the errors of gains allow for it.</param>
    /// <returns>The evaluation, or a refusal: fewer than two choices or clusters, chances out of range, or no choice that the new weights could make.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> is null.</exception>
    /// <exception cref="ArgumentException">There isn't one cluster a choice.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="largestWeight"/> isn't above 0.</exception>
    public static Answer<OffPolicyEvaluation> Evaluate(IReadOnlyList<LoggedChoice> log, double largestWeight = double.PositiveInfinity, IReadOnlyList<int>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestWeight);
        if (clusters is not null && clusters.Count != log.Count) throw new ArgumentException("There is one cluster a choice.", nameof(clusters));
        if (log.Count < 2 || clusters?.Distinct().Count() < 2) return new EvidenceRefusal(RefusalReason.TooFewRows, "There are fewer than two choices, or clusters of them.");
        var hasModel = log[0].Predicted.Count > 0;
        for (var i = 0; i < log.Count; i++)
            if (Problem(log[i], hasModel) is { } problem) return new EvidenceRefusal(RefusalReason.OutOfRange, FormattableString.Invariant($"Choice {i} {problem}."));

        double[] weights = [.. log.Select(choice => Math.Min(largestWeight, choice.ChancesNow[choice.Chosen] / choice.ChanceThen))];
        var mean = weights.Average();
        if (mean == 0) return new EvidenceRefusal(RefusalReason.NoControls, "The new weights would never have made any of these choices.");
        double[] direct = [.. log.Select(choice => hasModel ? choice.ChancesNow.Zip(choice.Predicted, (chance, reward) => chance * reward).Sum() : 0)];
        var (had, normalised) = (log.Average(choice => choice.Reward), MeanOf(log.Select((choice, i) => weights[i] / mean * choice.Reward)));
        double[] robust = [.. log.Select((choice, i) => hasModel ? direct[i] + weights[i] * (choice.Reward - choice.Predicted[choice.Chosen]) : 0)];
        var robustMean = robust.Average();
        return new OffPolicyEvaluation(
            MeanOf(log.Select((choice, i) => weights[i] * choice.Reward)), normalised, new(normalised.Value - had, ErrorOf(log.Select((choice, i) => weights[i] / mean * (choice.Reward - normalised.Value) - (choice.Reward - had)), clusters)),
            hasModel ? (MeanOf(direct), MeanOf(robust), new(robustMean - had, ErrorOf(log.Select((choice, i) => robust[i] - robustMean - (choice.Reward - had)), clusters))) : null,
            mean * mean * log.Count * log.Count / weights.Sum(weight => weight * weight), weights.Max(), log.Count);
    }

    /// <summary>The chances with which weights choose among candidates: in proportion to exp(score / temperature), so that near ties are drawn by lot.</summary>
    /// <param name="scores">A finite score a candidate.</param>
    /// <param name="temperature">Above 0; the smaller, the surer the best is chosen.</param>
    /// <returns>A chance a candidate, summing to 1.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scores"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temperature"/> isn't above 0.</exception>
    public static double[] Softmax(IReadOnlyList<double> scores, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        var largest = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp((score - largest) / temperature))];
        var total = powers.Sum();
        return Array.ConvertAll(powers, power => power / total);
    }

    static string? Problem(LoggedChoice choice, bool hasModel) =>
        choice.Chosen < 0 || choice.Chosen >= choice.ChancesNow.Count ? "names no candidate"
        : !double.IsFinite(choice.Reward) ? "has no reward"
        : choice.ChanceThen is not (> 0 and <= 1) ? "was made with a chance outside 0 to 1"
        : choice.ChancesNow.Any(chance => !(chance >= 0)) || Math.Abs(choice.ChancesNow.Sum() - 1) > 1e-6 ? "has new chances that don’t sum to 1"
        : hasModel != choice.Predicted.Count > 0 || (hasModel && choice.Predicted.Count != choice.ChancesNow.Count) ? "has predictions where others have none, or too few" : null;

    static Estimate MeanOf(IEnumerable<double> values)
    {
        double[] list = [.. values];
        var mean = list.Average();
        return new(mean, Math.Sqrt(list.Sum(value => (value - mean) * (value - mean))) / list.Length);
    }

    /// <summary>The error of a mean whose choices deviate so from it: sums by cluster, with the factor G/(G − 1).</summary>
    static double ErrorOf(IEnumerable<double> deviations, IReadOnlyList<int>? clusters)
    {
        double[] list = [.. deviations];
        double[] sums = clusters is null ? list : [.. Enumerable.Range(0, list.Length).GroupBy(i => clusters[i]).Select(cluster => cluster.Sum(i => list[i]))];
        return Math.Sqrt(sums.Sum(sum => sum * sum) * sums.Length / (sums.Length - 1)) / list.Length;
    }
}
