using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>
/// Reads a study of sellers who sold before they joined (docs/methods/impact.md): orders by group-time effects, sales by the ratio of their growth, both against sellers who were never mentored, from the second period before joining. Pure: equal
/// studies give equal findings, and one whose verdict allows no estimate gives none.
/// </summary>
sealed class ReadStudy
{
    // Lots are drawn by a fixed seed: who reads the same study again finds the same.
    const ulong Seed = 1;
    const int MoneyDraws = 400, PlaceboDraws = 100;

    /// <summary>For a study whose gates decide before an effect is asked for.</summary>
    internal static readonly EffectFacts None = new() { Effect = new(double.NaN, double.NaN), UsefulEffect = double.NaN };

    readonly Study study;
    readonly ReadingTerms terms;
    readonly CancellationToken stop;
    readonly int[] groups;
    readonly StudyFacts facts;

    ReadStudy(Study study, ReadingTerms terms, CancellationToken stop)
    {
        (this.study, this.terms, this.stop) = (study, terms, stop);
        groups = Together([.. study.Sellers.Select(seller => seller.Joined)]);
        facts = new()
        {
            WindowEndsOn = study.WindowEndsOn,
            Today = study.DataThrough,
            Mentees = groups.Count(group => group > 0),
            Controls = groups.Count(group => group == 0),
            MonthsBefore = study.PeriodsBefore,
            // From the last who joined.
            MonthsAfter = Math.Max(0, study.Periods - groups.DefaultIfEmpty().Max() + 1),
            ControlsAreComparable = false,
            IsFlatBefore = false,
            OtherChecksPass = false,
        };
    }

    /// <param name="study">What there is to read.</param>
    /// <param name="terms">How, as it was settled beforehand.</param>
    /// <param name="stop">Ends the work early.</param>
    public static Findings Of(Study study, ReadingTerms terms, CancellationToken stop = default) => new ReadStudy(study, terms, stop).Read();

    /// <summary>
    /// Periods of joining with fewer than ten mentees are counted with those before, and those after a first one that is so small with it. Everybody moves to an earlier period, if to another: nobody's time as a mentee is taken for time before, and no group is so
    /// small that it shows somebody.
    /// </summary>
    internal static int[] Together(int[] joined)
    {
        var (counted, current, size) = (new Dictionary<int, int>(), 0, 0);
        foreach (var (period, count) in joined.Where(period => period > 0).CountBy(period => period).OrderBy(period => period.Key))
        {
            if (current == 0 || (size >= StudyCovariates.LeastShown && count >= StudyCovariates.LeastShown)) (current, size) = (period, 0);
            counted[period] = current;
            size += count;
        }

        return Array.ConvertAll(joined, period => period == 0 ? 0 : counted[period]);
    }

    Findings Read()
    {
        var found = new Findings
        {
            Verdict = VerdictKind.NotReported,
            WindowEndsOn = study.WindowEndsOn,
            Mentored = study.Mentored,
            Mentees = facts.Mentees,
            Controls = facts.Controls,
            NotEstablished = study.NotEstablished,
            WithGaps = study.WithGaps,
            Averages = ReadAverages.Without(VerdictKind.NotReported),
        };
        switch (Verdict.Of(facts, None))
        {
            case Verdict.TooEarly: return found with { Verdict = VerdictKind.TooEarly, Averages = ReadAverages.Without(VerdictKind.TooEarly) };
            case Verdict.TooFew few: return found with { Verdict = VerdictKind.TooFew, Averages = ReadAverages.Without(VerdictKind.TooFew), Needs = new(few.Mentees, few.Controls, few.MonthsBefore, few.MonthsAfter) };
        }

        var covariates = StudyCovariates.Of(study.Sellers, groups, terms);
        var (balance, checks) = Compare(covariates);
        found = found with { Balance = balance, Checks = checks, Failed = StudyCheck.ControlsComparable };
        if (!checks.IsComparable) return found;

        var orders = OrderEffects.Of(study, groups, covariates, stop);
        var sales = SalesRatio.Of(study, groups, covariates, Seed, MoneyDraws, stop);
        var useful = (double)terms.UsefulPercent / 100;
        var measured = terms.Outcome == StudyOutcome.Sales ? sales.Value?.Measure(study, groups, useful) : orders.Value?.Measure(study, groups, Seed, useful).Value;
        // Covariates that tell mentees apart from everybody leave nobody to compare with, whatever their averages say.
        if (measured is null) return found with { Checks = checks with { IsComparable = false } };

        found = found with { Averages = ReadAverages.Of(study, groups, covariates, facts, Seed, MoneyDraws, stop), Checks = WithEstimates(checks, measured, orders.Value), EffectiveSellers = terms.Outcome == StudyOutcome.Sales ? sales.Value?.EffectiveSellers : null };
        return Decide(found, measured, orders.Value, sales.Value);
    }

    Findings Decide(Findings found, Measured measured, OrderEffects? orders, SalesRatio? sales)
    {
        var checks = found.Checks!;
        var earlier = terms.Outcome == StudyOutcome.Sales ? sales!.FromEarlier(Seed, MoneyDraws, stop) : orders!.FromEarlier;
        var (notYet, trend) = (orders?.AgainstNotYetJoined, orders?.IfTrendGoesOn);
        var verdict = Verdict.Of(
            facts with { ControlsAreComparable = checks.IsComparable, IsFlatBefore = checks.IsFlatBefore, OtherChecksPass = checks.OthersPass },
            new()
            {
                Effect = measured.Effect,
                UsefulEffect = measured.UsefulEffect,
                AgainstNotYetTreated = notYet?.Value,
                FromAMonthEarlier = earlier?.Value,
                TrendAdjusted = trend?.Value,
                InMoney = sales?.Gain,
            });
        if (verdict is not Verdict.Reported) return found with { Verdict = verdict.Kind, Failed = (verdict as Verdict.NotReported)?.Failed };
        return found with
        {
            Verdict = verdict.Kind,
            Failed = null,
            Share = measured.Share,
            Amount = measured.Amount,
            Actual = measured.Actual,
            Expected = measured.Expected,
            SmallestVisible = measured.SmallestVisible,
            Line = measured.Line,
            Steps = measured.Steps,
            Others =
            [
                new(OtherReading.NotYetJoined, notYet), new(OtherReading.FromEarlier, earlier), new(OtherReading.TrendGoesOn, trend),
                new(OtherReading.OtherMeasure, terms.Outcome == StudyOutcome.Sales ? orders?.Share : sales?.Share),
            ],
            After = LeftAfter.Of(study, terms, stop),
        };
    }

    /// <summary>How alike mentees and the others are once these weigh as much as they are like mentees.</summary>
    (IReadOnlyList<FoundBalance> Balance, FoundChecks Checks) Compare(StudyCovariates covariates)
    {
        var isMentee = Array.ConvertAll(groups, group => group > 0);
        var (weights, outside) = Weigh(isMentee, covariates.Model);
        if (covariates.Balance.Columns.Count == 0) return ([], new() { IsComparable = true, ShareOutside = 0, EffectiveControls = facts.Controls, ShareOfCategory = ShareOfCategory() });
        if (weights is null || Balance.Of(isMentee, covariates.Balance, weights).Value is not { } balance) return ([], new() { IsComparable = false });

        List<FoundBalance> lines = [.. balance.Covariates.Select(one => new FoundBalance(one.Name, one.MeanTreated, one.MeanControls, double.IsFinite(one.StandardisedDifference) ? one.StandardisedDifference : Math.Sign(one.StandardisedDifference) * Endless))];
        return (lines, new()
        {
            LeastAlike = lines.MaxBy(line => Math.Abs(line.Difference)),
            Measures = lines.Count,
            IsComparable = balance.IsComparable,
            ShareOutside = outside,
            EffectiveControls = balance.EffectiveControls,
            ShareOfCategory = ShareOfCategory(),
        });
    }

    /// <summary>What a difference between some who vary and some who are all alike is stored as: JSON has no infinity.</summary>
    internal const double Endless = 1e6;

    static (double[]? Weights, double? Outside) Weigh(bool[] isMentee, CovariateTable model)
    {
        double[] even = [.. Enumerable.Repeat(1.0, isMentee.Length)];
        if (model.Columns.Count == 0) return (even, 0);
        if (LogisticRegression.Fit(isMentee, model).Value is not { } fit) return (null, null);
        var others = fit.Chances.Where((_, i) => !isMentee[i]).ToList();
        var (least, most) = (others.Min(), others.Max());
        var outside = fit.Chances.Where((chance, i) => isMentee[i] && (chance < least || chance > most)).Count() / (double)isMentee.Count(one => one);
        return ([.. fit.Chances.Select((chance, i) => isMentee[i] ? 1 : chance / (1 - chance))], outside);
    }

    /// <summary>Of the sellers in an average mentee's category, how many are mentees.</summary>
    double ShareOfCategory()
    {
        var byCategory = study.Sellers.Zip(groups).GroupBy(one => one.First.Category ?? "").Select(category => (Mentees: category.Count(one => one.Second > 0), All: category.Count())).ToList();
        return byCategory.Sum(category => category.Mentees * (category.Mentees / (double)category.All)) / facts.Mentees;
    }

    static FoundChecks WithEstimates(FoundChecks checks, Measured measured, OrderEffects? orders)
    {
        var placebo = orders?.Placebo(Seed, PlaceboDraws);
        return checks with
        {
            LargestGapBefore = measured.LargestGapBefore,
            IsFlatBefore = measured.IsFlatBefore,
            JustBefore = measured.JustBefore,
            PlaceboFound = placebo?.Found,
            PlaceboDraws = placebo?.Estimates.Count ?? 0,
            PlaceboPasses = placebo is { Passes: true },
        };
    }
}
