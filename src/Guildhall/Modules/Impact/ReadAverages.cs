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

    /// <summary>Marks those that a program said must not get worse.</summary>
    public static IReadOnlyList<FoundAverage> Marked(IReadOnlyList<FoundAverage> averages, ProgramDesign design)
    {
        var guarded = design.Guardrails.Select(guardrail => guardrail.OutcomeId).ToHashSet();
        return [.. averages.Select(average => average with { MustNotGetWorse = guardrails.TryGetValue(average.What, out var outcome) && guarded.Contains(outcome) })];
    }

    sealed class Average
    {
        readonly PanelAverage what;
        readonly Study study;
        readonly int[] groups;
        readonly double[] sums, counts;
        readonly int mentees, others;

        public Average(PanelAverage what, Study study, int[] groups)
        {
            (this.what, this.study, this.groups) = (what, study, groups);
            (sums, counts) = (new double[study.Sellers.Count * study.Periods], new double[study.Sellers.Count * study.Periods]);
            for (var i = 0; i < study.Sellers.Count; i++)
            {
                if (!study.Sellers[i].Averages.TryGetValue(what, out var parts)) continue;
                parts.Sums.CopyTo(sums, i * study.Periods);
                parts.Counts.CopyTo(counts, i * study.Periods);
                // The period before joining is in neither.
                var before = (groups[i] > 0 ? groups[i] : study.PeriodsBefore + 1) - 2;
                if (!(parts.Counts.Take(before).Sum() > 0) || !(parts.Counts.Skip(before + 1).Sum() > 0)) continue;
                if (groups[i] > 0) mentees++;
                else others++;
            }
        }

        public bool HasEnough => mentees >= StudyFacts.LeastMentees && others >= StudyFacts.LeastControls;

        public FoundAverage Read(StudyCovariates covariates, StudyFacts facts, int many, ulong seed, int draws, CancellationToken stop)
        {
            var found = new FoundAverage(what, VerdictKind.TooFew) { Mentees = mentees, Others = others };
            if (!HasEnough) return found;
            var (ofSums, ofCounts) = (MoneyPanel.Of(study.Periods, sums, groups, covariates.Model.Columns), MoneyPanel.Of(study.Periods, counts, groups, covariates.Model.Columns));
            if (ofSums.Value is null || ofCounts.Value is null || AverageInRatios.Estimate(ofSums.Value, ofCounts.Value, seed, draws: draws, stop: stop).Value is not { } estimated || !double.IsFinite(estimated.LogRatio.StandardError)) return found;

            var effect = estimated.LogRatio.Among(many);
            var better = FoundAverage.IsBetterLower(what) ? effect with { Value = -effect.Value } : effect;
            var verdict = Verdict.Of(
                facts with { Mentees = mentees, Controls = others, ControlsAreComparable = true, IsFlatBefore = IsFlatBefore(estimated) },
                new() { Effect = better, UsefulEffect = null, OtherReadings = [] });
            if (verdict is not Verdict.Reported) return found with { Verdict = verdict.Kind };
            var logs = effect.Interval();
            return found with
            {
                Verdict = verdict.Kind,
                Actual = estimated.Actual,
                Expected = estimated.Expected,
                Change = new(estimated.Change, estimated.Actual * (1 - Math.Exp(-logs.Lower)), estimated.Actual * (1 - Math.Exp(-logs.Upper))),
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
