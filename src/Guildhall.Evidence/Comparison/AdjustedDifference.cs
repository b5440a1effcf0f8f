namespace Guildhall.Evidence;

/// <summary>
/// The average difference that joining made to those who joined, in an outcome measured once, with controls made comparable by their covariates: weighted by the odds of joining, predicted by regression, or both (J. Robins, A. Rotnitzky, L. Zhao,
/// Journal of the American Statistical Association 89, 1994). It is the group-time effect of a single cohort whose earlier outcome is zero, and has the same influence function. Right only if nothing else than the covariates makes
/// sellers join who would have done better anyway: where an earlier outcome is known, use <see cref="GroupTimeEffects"/>.
/// </summary>
/// <param name="Effect">The average effect on those who joined, in the outcome's unit, with the standard error that allows for both fits.</param>
/// <param name="Treated">The number of those who joined.</param>
/// <param name="Controls">The number of controls.</param>
public sealed record AdjustedDifference(Estimate Effect, int Treated, int Controls)
{
    /// <summary>Estimates the difference.</summary>
    /// <param name="joined">Whether each row joined.</param>
    /// <param name="outcome">A finite number a row.</param>
    /// <param name="covariates">The covariates, as many rows.</param>
    /// <param name="estimator">How controls are made comparable.</param>
    /// <returns>The difference, or a refusal as of <see cref="GroupTimeEffects.Estimate"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The rows don't fit together.</exception>
    public static Answer<AdjustedDifference> Estimate(bool[] joined, double[] outcome, CovariateTable covariates, GroupTimeEstimator estimator = GroupTimeEstimator.DoublyRobust)
    {
        ArgumentNullException.ThrowIfNull(joined);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(covariates);
        if (outcome.Length != joined.Length || covariates.Count != joined.Length) throw new ArgumentException("The rows don’t fit together.", nameof(outcome));
        if (covariates.Check() is { } refusal) return refusal;
        if (!joined.Contains(false)) return new EvidenceRefusal(RefusalReason.NoControls, "There is nobody to compare with.");
        if (!joined.Contains(true)) return new EvidenceRefusal(RefusalReason.NobodyTreated, "Nobody joined.");
        var panel = OutcomePanel.Of(2, [.. outcome.SelectMany(value => new[] { 0, value })], Array.ConvertAll(joined, did => did ? 2 : 0), covariates.Columns);
        if (panel.Value is null) return panel.Refusal!;
        var effects = GroupTimeEffects.Estimate(panel.Value, new() { Anticipation = 0, Estimator = estimator });
        if (effects.Value is null) return effects.Refusal!;
        return new AdjustedDifference(effects.Value.Cells[0].Effect, joined.Count(did => did), joined.Count(did => !did));
    }
}
