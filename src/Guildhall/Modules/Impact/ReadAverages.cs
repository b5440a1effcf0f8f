using Guildhall.Evidence;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>
/// Reads what is looked at beside the outcome, of every study alike: the value of an order, the mark of a review, buyers who came back, orders sent back or late (docs/methods/average-ratio.md). Each has a verdict of its own by the same rules; nobody settled
/// beforehand what would be worth having, so none is called too small to matter, and none strong.
/// </summary>
static class ReadAverages
{
    static readonly Dictionary<PanelAverage, string> guardrails = new() { [PanelAverage.Review] = "review_score", [PanelAverage.SentBack] = "return_rate", [PanelAverage.LateDispatch] = "late_dispatch" };

    public static IReadOnlyList<FoundAverage> Of(Study study, int[] groups, StudyCovariates covariates, StudyFacts facts, ulong seed, int draws, CancellationToken stop)
    {
        List<Average> all = [.. Enum.GetValues<PanelAverage>().Select(what => new Average(what, study, groups))];
        // How many there are to read is known before any of them is.
        var many = all.Count(average => average.HasEnough);
        return [.. all.Select(average => average.Read(covariates, facts, many, seed, draws, stop))];
    }

    /// <summary>Where the study's own gates let nothing through, they let no average through either.</summary>
    public static IReadOnlyList<FoundAverage> Without(VerdictKind verdict) => [.. Enum.GetValues<PanelAverage>().Select(what => new FoundAverage(what, verdict))];

    /// <summary>Marks those that a program says must not get worse, and those of which it said so at an earlier look: nobody takes a promise back by seeing how it went.</summary>
    public static IReadOnlyList<FoundAverage> Marked(IReadOnlyList<FoundAverage> averages, ProgramDesign design, IReadOnlyList<FoundAverage> earlier)
    {
        var guarded = design.Guardrails.Select(guardrail => guardrail.OutcomeId).ToHashSet();
        var marked = earlier.Where(average => average.MustNotGetWorse).Select(average => average.What).ToHashSet();
        return [.. averages.Select(average => average with { MustNotGetWorse = marked.Contains(average.What) || (guardrails.TryGetValue(average.What, out var outcome) && guarded.Contains(outcome)) })];
    }

    sealed class Average
    {
        readonly PanelAverage what;
        readonly Study study;
        readonly int[] groups;
        readonly double[] sums, counts;
        readonly int mentees, others;

        /// <summary>The least that happened on any side: of each group of joiners before, of all of them after, of the others before and after.</summary>
        readonly double events;

        public Average(PanelAverage what, Study study, int[] groups)
        {
            (this.what, this.study, this.groups) = (what, study, groups);
            (sums, counts) = (new double[study.Sellers.Count * study.Periods], new double[study.Sellers.Count * study.Periods]);
            var happened = groups.Distinct().ToDictionary(group => group, _ => (Before: 0.0, After: 0.0));
            for (var i = 0; i < study.Sellers.Count; i++)
            {
                if (!study.Sellers[i].Averages.TryGetValue(what, out var parts)) continue;
                parts.Sums.CopyTo(sums, i * study.Periods);
                parts.Counts.CopyTo(counts, i * study.Periods);
                // The period before joining is in neither.
                var before = (groups[i] > 0 ? groups[i] : study.PeriodsBefore + 1) - 2;
                // Of shares what happened is what is counted in the sum: orders sent back, not orders.
                var of = what is PanelAverage.OrderValue or PanelAverage.Review ? parts.Counts : parts.Sums;
                var (was, own) = (happened[groups[i]], (Before: of.Take(before).Sum(), After: of.Skip(before + 1).Sum()));
                happened[groups[i]] = (was.Before + own.Before, was.After + own.After);
                if (!(parts.Counts.Take(before).Sum() > 0) || !(parts.Counts.Skip(before + 1).Sum() > 0)) continue;
                if (groups[i] > 0) mentees++;
                else others++;
            }

            var joined = happened.Where(group => group.Key > 0).Select(group => group.Value).ToList();
            events = joined.Select(group => group.Before).Append(joined.Sum(group => group.After)).Append(happened.GetValueOrDefault(0).Before).Append(happened.GetValueOrDefault(0).After).Min();
        }

        public bool HasEnough => mentees >= StudyFacts.LeastMentees && others >= StudyFacts.LeastControls && events >= StudyFacts.LeastEvents;

        public FoundAverage Read(StudyCovariates covariates, StudyFacts facts, int many, ulong seed, int draws, CancellationToken stop)
        {
            var found = new FoundAverage(what, VerdictKind.TooFew) { Mentees = mentees, Others = others, IsSent = counts.Any(count => count > 0), HasFewEvents = events < StudyFacts.LeastEvents };
            if (!HasEnough) return found;
            var (ofSums, ofCounts) = (MoneyPanel.Of(study.Periods, sums, groups, covariates.Model.Columns), MoneyPanel.Of(study.Periods, counts, groups, covariates.Model.Columns));
            if (ofSums.Value is null || ofCounts.Value is null || AverageInRatios.Estimate(ofSums.Value, ofCounts.Value, seed, draws: draws, stop: stop).Value is not { } estimated || !double.IsFinite(estimated.LogRatio.StandardError)) return found;
            // What few shops carry says what these did.
            if (estimated.LogRatio.DegreesOfFreedom + 1 < StudyCovariates.LeastShown) return found with { IsCarriedByFew = true };

            var effect = estimated.LogRatio.Among(many);
            var better = FoundAverage.IsBetterLower(what) ? effect with { Value = -effect.Value } : effect;
            var verdict = Verdict.Of(
                facts with { Mentees = mentees, Controls = others, ControlsAreComparable = true, IsFlatBefore = IsFlatBefore(estimated) },
                new() { Effect = better, UsefulEffect = null, OtherReadings = [] });
            if (verdict is not Verdict.Reported) return found with { Verdict = verdict.Kind };
            var level = 1 - (0.05 / many);
            var (change, logs) = (estimated.ChangeInterval(level), estimated.LogRatio.Interval(level));
            return found with
            {
                Verdict = verdict.Kind,
                Actual = estimated.Actual,
                Expected = estimated.Expected,
                Change = new(estimated.Change, change.Lower, change.Upper),
                Share = new(Math.Exp(effect.Value) - 1, Math.Exp(logs.Lower) - 1, Math.Exp(logs.Upper) - 1),
            };
        }

        /// <summary>Whether every distance before joining could be chance, with intervals as wide as their number asks for.</summary>
        static bool IsFlatBefore(AverageInRatios estimated)
        {
            var before = estimated.ByEventTime.Where(point => point.EventTime < -1 && point.Sellers >= StudyCovariates.LeastShown && double.IsFinite(point.LogRatio.StandardError)).ToList();
            return before.Count > 0 && before.TrueForAll(point => point.LogRatio.Among(before.Count).Interval().Contains(0));
        }
    }
}
