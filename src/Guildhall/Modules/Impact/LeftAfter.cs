using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>
/// What is left of an effect 3, 6 and 12 months after mentorships ended: group-time effects on orders, averaged over the periods since joining that lie then. Nobody's mentorship lasts longer than the program's length counted from joining, so a pair that parted
/// early is read a little late, never early.
/// </summary>
static class LeftAfter
{
    /// <summary>Three periods of four weeks are a quarter but for a week.</summary>
    const int PeriodsAQuarter = 3, MonthsAQuarter = 3;

    static readonly int[] quarters = [1, 2, 4];

    /// <summary>The last period after the end that is read.</summary>
    public const int LastPeriod = (4 * PeriodsAQuarter) - 1;

    public static IReadOnlyList<FoundAfter> Of(Study study, ReadingTerms terms, CancellationToken stop)
    {
        var longest = study.Longer ?? study;
        var effects = Estimate(longest, terms, stop);
        var lastJoined = study.Sellers.Max(seller => seller.Joined);
        return [.. quarters.Select(quarter =>
        {
            var (first, last) = (study.MentoredPeriods + ((quarter - 1) * PeriodsAQuarter), study.MentoredPeriods + (quarter * PeriodsAQuarter) - 1);
            var (from, to) = (((quarter - 1) * MonthsAQuarter) + 1, quarter * MonthsAQuarter);
            if (longest.Periods < lastJoined + last)
            {
                // The window ends with so many periods of the last who joined.
                return new FoundAfter(from, to, study.WindowEndsOn.AddDays((Sellers.SellerPanel.DaysAPeriod * (last + 1 - terms.WindowPeriods)) + 1), null, 0);
            }

            return effects is null ? new FoundAfter(from, to, null, null, 0) : Between(effects.Value.Effects, longest, effects.Value.Groups, first, last, from, to);
        })];
    }

    static (GroupTimeEffects Effects, int[] Groups)? Estimate(Study study, ReadingTerms terms, CancellationToken stop)
    {
        var groups = ReadStudy.Together([.. study.Sellers.Select(seller => seller.Joined)]);
        if (groups.All(group => group == 0) || groups.All(group => group > 0)) return null;
        var covariates = StudyCovariates.Of(study.Sellers, groups, terms);
        var panel = OutcomePanel.Of(study.Periods, [.. study.Sellers.SelectMany(seller => seller.Orders)], groups, covariates.Model.Columns, [.. study.Sellers.Select(seller => seller.Cluster)]);
        return panel.Value is null || GroupTimeEffects.Estimate(panel.Value, stop: stop).Value is not { } effects ? null : (effects, groups);
    }

    static FoundAfter Between(GroupTimeEffects effects, Study study, int[] groups, int first, int last, int from, int to)
    {
        var counted = study.Sellers.Zip(groups).Where(one => one.Second > 0 && effects.CohortSizes.ContainsKey(one.Second)).ToList();
        if (counted.Count < StudyFacts.LeastMentees || effects.ByEventTime(first, last).Value is not { } series) return new(from, to, null, null, counted.Count);

        var effect = series.Overall.Effect;
        var expected = counted.Average(one => one.First.Orders.Skip(one.Second - 1 + first).Take(last - first + 1).Average()) - effect.Value;
        if (expected <= 0 || !double.IsFinite(effect.StandardError)) return new(from, to, null, null, counted.Count);
        var interval = effect.Interval();
        return new(from, to, null, new(effect.Value / expected, interval.Lower / expected, interval.Upper / expected), counted.Count);
    }
}
