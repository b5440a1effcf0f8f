using Guildhall.Evidence.Numerics;

namespace Guildhall.Evidence;

/// <summary>
/// A control for each who joined, the nearest by a score: P. Rosenbaum, D. Rubin, "Constructing a control group using multivariate matched sampling methods that incorporate the propensity score", The American Statistician 39,
/// 1985. Never match on the outcome's own past when the outcome is a change: sellers picked for a bad month recover by themselves.
/// </summary>
/// <remarks>Greedy, from the highest score down; of two controls equally near the earlier row is taken, and of two sellers with equal scores the earlier row chooses first. Deterministic. Time O(treated · controls).</remarks>
public sealed class NearestNeighbourMatching
{
    NearestNeighbourMatching(bool[] joined, int[] controlOf, bool reusesControls)
    {
        (ControlOf, ReusesControls) = (controlOf, reusesControls);
        var weights = new double[joined.Length];
        foreach (var (control, i) in controlOf.Select((control, i) => (control, i)))
            if (control >= 0)
            {
                weights[i] = 1;
                weights[control]++;
            }
        Pairs = controlOf.Count(control => control >= 0);
        // Weights of controls sum to the number of different controls, as MatchIt scales them.
        var different = weights.Where((weight, i) => !joined[i] && weight > 0).Count();
        for (var i = 0; i < joined.Length; i++)
            if (!joined[i] && Pairs > 0) weights[i] *= (double)different / Pairs;
        Weights = weights;
    }

    /// <summary>The row of the control of each row, −1 for controls and for who found none within the caliper.</summary>
    public IReadOnlyList<int> ControlOf { get; }

    /// <summary>The weight of each row in the matched comparison; 0 for rows that take no part. Those of controls sum to the number of different ones.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The number of pairs.</summary>
    public int Pairs { get; }

    /// <summary>Whether a control may serve several.</summary>
    public bool ReusesControls { get; }

    /// <summary>Matches.</summary>
    /// <param name="joined">Whether each row joined.</param>
    /// <param name="scores">A finite score a row: the propensity, or its log odds.</param>
    /// <param name="reusesControls">Whether a control may serve several who joined.</param>
    /// <param name="caliperDeviations">The widest distance of a pair in standard deviations (n − 1) of all scores, such as 0.2; null for any.</param>
    /// <param name="exact">Rows are paired only with rows of the same number; null when all are.</param>
    /// <returns>The matching, or a refusal: nobody joined, no controls, missing scores, or nobody within the caliper.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="joined"/> or <paramref name="scores"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<NearestNeighbourMatching> Match(bool[] joined, double[] scores, bool reusesControls = false, double? caliperDeviations = null, int[]? exact = null)
    {
        ArgumentNullException.ThrowIfNull(joined);
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Length != joined.Length || (exact is not null && exact.Length != joined.Length)) throw new ArgumentException("The rows don’t fit together.", nameof(scores));
        var missing = Array.FindIndex(scores, score => !double.IsFinite(score));
        if (missing >= 0) return new EvidenceRefusal(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no score."));
        if (!joined.Contains(true)) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Nobody joined.");
        if (!joined.Contains(false)) return new EvidenceRefusal(RefusalReason.NoControls, "There is nobody to compare with.");

        var mean = scores.Average();
        var caliper = caliperDeviations * Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1)) ?? double.PositiveInfinity;
        var controls = Enumerable.Range(0, joined.Length).Where(i => !joined[i]).ToList();
        var isTaken = new bool[joined.Length];
        int[] controlOf = [.. Enumerable.Repeat(-1, joined.Length)];
        foreach (var i in Enumerable.Range(0, joined.Length).Where(i => joined[i]).OrderByDescending(i => scores[i]))
        {
            var (nearest, distance) = (-1, double.PositiveInfinity);
            foreach (var control in controls)
                if (!isTaken[control] && (exact is null || exact[control] == exact[i]) && Math.Abs(scores[control] - scores[i]) is var d && d < distance && d <= caliper)
                    (nearest, distance) = (control, d);
            controlOf[i] = nearest;
            if (nearest >= 0 && !reusesControls) isTaken[nearest] = true;
        }
        var matching = new NearestNeighbourMatching(joined, controlOf, reusesControls);
        return matching.Pairs == 0 ? new EvidenceRefusal(RefusalReason.NoControls, "Nobody who joined has a control within the caliper.") : matching;
    }

    /// <summary>A matching whose pairs were formed elsewhere, to compare and to judge by the same rules.</summary>
    /// <param name="joined">Whether each row joined.</param>
    /// <param name="controlOf">The row of the control of each row that joined, −1 for none and for controls.</param>
    /// <returns>The matching, or a refusal when there is no pair.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together, or a pair isn't one who joined and one who didn't.</exception>
    public static Answer<NearestNeighbourMatching> OfPairs(bool[] joined, int[] controlOf)
    {
        ArgumentNullException.ThrowIfNull(joined);
        ArgumentNullException.ThrowIfNull(controlOf);
        if (controlOf.Length != joined.Length) throw new ArgumentException("The rows don’t fit together.", nameof(controlOf));
        for (var i = 0; i < joined.Length; i++)
            if (controlOf[i] < -1 || controlOf[i] >= joined.Length || (controlOf[i] >= 0 && (!joined[i] || joined[controlOf[i]])))
                throw new ArgumentException($"Row {i} isn’t paired with a control.", nameof(controlOf));
        var chosen = Array.FindAll(controlOf, control => control >= 0);
        return chosen.Length == 0 ? new EvidenceRefusal(RefusalReason.NoControls, "There is no pair.") : new NearestNeighbourMatching(joined, controlOf, chosen.Distinct().Count() < chosen.Length);
    }

    /// <summary>The mean difference of an outcome between those who joined and their controls.</summary>
    /// <param name="outcome">A finite number a row.</param>
    /// <returns>
    /// The difference. Without reuse its standard error is clustered by pair, with the factor G/(G − 1) · (n − 1)/(n − 2); with reuse it is heteroskedasticity-robust (HC3) with the matching's weights. Both take the matching as given.
    /// A refusal when an outcome is missing, or there is one pair.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="outcome"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public Answer<MatchedDifference> Compare(double[] outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Length != ControlOf.Count) throw new ArgumentException("There is one outcome a row.", nameof(outcome));
        var missing = Enumerable.Range(0, outcome.Length).FirstOrDefault(i => Weights[i] > 0 && !double.IsFinite(outcome[i]), -1);
        if (missing >= 0) return new EvidenceRefusal(RefusalReason.MissingValue, FormattableString.Invariant($"Row {missing} has no outcome."));
        if (Pairs < 2) return new EvidenceRefusal(RefusalReason.TooFewRows, "One pair alone has no measurable uncertainty.");
        int[] treated = [.. Enumerable.Range(0, outcome.Length).Where(i => ControlOf[i] >= 0)];
        int[] controls = [.. Enumerable.Range(0, outcome.Length).Where(i => ControlOf[i] < 0 && Weights[i] > 0)];
        var total = controls.Sum(i => Weights[i]);
        var (own, others) = (treated.Average(i => outcome[i]), controls.Sum(i => Weights[i] * outcome[i]) / total);
        double variance;
        if (ReusesControls)
        {
            // HC3 of a weighted comparison of two means: a row's leverage is its weight's share of its side.
            double Side(int[] rows, double mean, double sum) => rows.Sum(i => Math.Pow(Weights[i] * (outcome[i] - mean) / (1 - Weights[i] / sum), 2)) / (sum * sum);
            variance = Side(treated, own, treated.Length) + Side(controls, others, total);
        }
        else
        {
            int[] rows = [.. treated, .. treated.Select(i => ControlOf[i])];
            var fit = LeastSquares.Fit([[.. rows.Select(_ => 1.0)], [.. rows.Select((_, k) => k < treated.Length ? 1.0 : 0)]], [.. rows.Select(i => outcome[i])])!;
            variance = fit.Clustered([.. rows.Select((_, k) => k % treated.Length)])[3];
        }
        return new MatchedDifference(new(own - others, Math.Sqrt(variance)), own, others);
    }
}

/// <summary>A mean difference between matched sellers.</summary>
/// <param name="Difference">The difference, in the outcome's unit.</param>
/// <param name="MeanTreated">The mean of those who joined and have a control.</param>
/// <param name="MeanControls">The weighted mean of their controls.</param>
public sealed record MatchedDifference(Estimate Difference, double MeanTreated, double MeanControls);
