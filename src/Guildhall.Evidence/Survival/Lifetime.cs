namespace Guildhall.Evidence;

/// <summary>
/// One seller's time until something happens, such as the first sale or leaving. Mentoring enters as the time at which it began and in no other way: who was ever mentored is known only of those who lasted long
/// enough to be, so comparing them with those never mentored gives mentoring the credit, or the blame, for the waiting (S. Suissa, "Immortal time bias in pharmacoepidemiology", American Journal of Epidemiology 167,
/// 2008). On simulated sellers whom mentoring didn't help at all, that comparison gave a hazard ratio of 0.27.
/// </summary>
/// <param name="End">The time at which it happened or observation ended, above the entry; in days, or any unit that is the same for all.</param>
/// <param name="Happened">Whether it happened at the end; false when the seller was still waiting then (censored).</param>
public sealed record Lifetime(double End, bool Happened)
{
    /// <summary>The time from which on the seller was watched, 0 or more: sellers seen first on their thirtieth day enter at 30.</summary>
    public double Entry { get; init; }

    /// <summary>The time at which mentoring began, on the same clock; null for never. From the end on it changes nothing.</summary>
    public double? MentoredFrom { get; init; }

    /// <summary>What was known of the seller at entry: finite numbers, the same ones in the same order for everybody.</summary>
    public IReadOnlyList<double> Covariates { get; init; } = [];

    /// <summary>The stratum: sellers are compared within their own alone, each stratum having its own course of time.</summary>
    public int Stratum { get; init; }

    internal bool IsValid => double.IsFinite(Entry) && Entry >= 0 && double.IsFinite(End) && End > Entry && MentoredFrom is not < 0 and not double.NaN;

    internal static EvidenceRefusal? Check(IReadOnlyList<Lifetime> lifetimes)
    {
        if (lifetimes.Count == 0) return new(RefusalReason.TooFewRows, "There are no sellers.");
        for (var i = 0; i < lifetimes.Count; i++)
        {
            if (!lifetimes[i].IsValid) return new(RefusalReason.OutOfRange, FormattableString.Invariant($"Seller {i} doesn’t end after entering, or has a time below 0."));
            if (lifetimes[i].Covariates.Count != lifetimes[0].Covariates.Count) return new(RefusalReason.MissingValue, FormattableString.Invariant($"Seller {i} has another number of covariates than the first."));
            if (lifetimes[i].Covariates.Any(value => !double.IsFinite(value))) return new(RefusalReason.MissingValue, FormattableString.Invariant($"Seller {i} has a covariate that isn’t a number."));
        }
        return lifetimes.Any(lifetime => lifetime.Happened) ? null : new(RefusalReason.TooFewRows, "It happened to nobody.");
    }
}

/// <summary>A stretch of time at risk, open at the start and closed at the stop.</summary>
readonly record struct Spell(double Start, double Stop, bool Happened);
