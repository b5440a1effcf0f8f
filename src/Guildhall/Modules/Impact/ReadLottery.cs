using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>
/// Reads what lots show (docs/methods/lottery.md): how much more winners sold over the window than who lost, each beside their own past, whoever of them was mentored in the end. Nothing is assumed of how groups would have moved, because nothing but
/// chance chose them. Pure: equal studies give equal findings.
/// </summary>
static class ReadLottery
{
    /// <summary>How much more often days may be unknown on one side than on the other, in shares: 5 of 100.</summary>
    public const double MostUnequalLoss = 0.05;

    /// <summary>How often an honest draw may fail the check of what was before: one in a hundred, because a draw that was recorded as it was has nothing wrong with it.</summary>
    const double Alpha = 0.01;

    public static LotteryFindings Of(LotteryStudy study, ReadingTerms terms)
    {
        // Those among whom fewer than two won or lost say nothing of how sure a difference is.
        LotterySeller[] rows = [.. study.Sellers.GroupBy(seller => seller.Stratum).Where(stratum => stratum.Count(seller => seller.HasWon) >= 2 && stratum.Count(seller => !seller.HasWon) >= 2).SelectMany(stratum => stratum)];
        var facts = new StudyFacts
        {
            WindowEndsOn = study.WindowEndsOn,
            Today = study.DataThrough,
            Mentees = rows.Count(seller => seller.HasWon),
            Controls = rows.Count(seller => !seller.HasWon),
            MonthsBefore = study.PeriodsBefore,
            MonthsAfter = study.PeriodsAfter,
            ControlsAreComparable = true,
            IsFlatBefore = true,
            OtherChecksPass = false,
        };
        var found = new LotteryFindings
        {
            Verdict = VerdictKind.NotReported,
            WindowEndsOn = study.WindowEndsOn,
            Draws = study.Draws,
            Winners = facts.Mentees,
            Losers = facts.Controls,
            NotEstablished = study.NotEstablished,
            LeftOut = study.Sellers.Count - rows.Length,
            GapsOfWinners = study.GapsOfWinners,
            GapsOfLosers = study.GapsOfLosers,
        };
        switch (Verdict.Of(facts with { ControlsAreComparable = false }, ReadStudy.None))
        {
            case Verdict.TooEarly: return found with { Verdict = VerdictKind.TooEarly };
            case Verdict.TooFew few: return found with { Verdict = VerdictKind.TooFew, Needs = new(few.Mentees, few.Controls, few.MonthsBefore, few.MonthsAfter) };
        }

        var (won, strata) = (Array.ConvertAll(rows, seller => seller.HasWon), Array.ConvertAll(rows, seller => seller.Stratum));
        found = found with { Before = Before(rows, won, strata) };
        // Each of several measures may differ by chance, so each is held to its part of it (Bonferroni).
        if (found.Before.Any(one => one.Chance < Alpha / found.Before.Count)) return found with { Failed = LotteryCheck.AlikeBefore };
        if (Math.Abs(Lost(study.GapsOfWinners, study.Sellers.Count(seller => seller.HasWon)) - Lost(study.GapsOfLosers, study.Sellers.Count(seller => !seller.HasWon))) > MostUnequalLoss) return found with { Failed = LotteryCheck.EqualLoss };

        var (sales, orders) = (Changed.Of(rows, won, strata, seller => seller.SalesBefore, seller => seller.Sales), Changed.Of(rows, won, strata, seller => seller.OrdersBefore, seller => seller.Orders));
        var (measured, other) = terms.Outcome == StudyOutcome.Sales ? (sales, orders) : (orders, sales);
        return measured is null ? found with { Failed = LotteryCheck.SomethingSold } : Decide(found, facts, measured, other, sales, terms);
    }

    static LotteryFindings Decide(LotteryFindings found, StudyFacts facts, Changed measured, Changed? other, Changed? sales, ReadingTerms terms)
    {
        var compliers = measured.Lottery.Compliers.Value;
        var effect = measured.Difference.Widened;
        var verdict = Verdict.Of(
            facts with { OtherChecksPass = compliers is not null },
            new() { Effect = new(effect.Value / measured.Expected, effect.StandardError / measured.Expected), UsefulEffect = (double)terms.UsefulPercent / 100, OtherReadings = [sales?.Difference.Difference.Value] });
        return found with
        {
            Verdict = verdict.Kind,
            Share = measured.Share,
            Amount = Amount(measured.Difference.Difference.Value, measured.Difference.Interval()),
            Actual = measured.Actual,
            Expected = measured.Expected,
            SmallestVisible = SampleSize.SmallestVisible(effect.StandardError) / measured.Expected,
            MentoredOfWinners = measured.MentoredOfWinners,
            MentoredOfLosers = measured.MentoredOfLosers,
            OfMentored = compliers is null ? null : Amount(compliers.Effect.Value, compliers.Effect.Interval()),
            OtherMeasure = other?.Share,
        };
    }

    static List<FoundBefore> Before(LotterySeller[] rows, bool[] won, int[] strata)
    {
        List<FoundBefore> found = [];
        foreach (var (name, of) in new (string, Func<LotterySeller, double>)[] { ("Sales before the draw", seller => seller.SalesBefore), ("Orders before the draw", seller => seller.OrdersBefore), ("Years on the marketplace", seller => seller.Years) })
            if (StratifiedDifference.Estimate(won, Array.ConvertAll(rows, of.Invoke), strata).Value is { } one) found.Add(new(name, one.WinnersMean, one.WinnersMean - one.Difference.Value, one.PValue));
        return found;
    }

    static double Lost(int gaps, int known) => gaps + known == 0 ? 0 : gaps / (double)(gaps + known);

    static FoundEffect Amount(double value, Interval interval) => new(value, interval.Lower, interval.Upper);

    /// <summary>An outcome: by how much more winners changed than losers.</summary>
    sealed record Changed(StratifiedDifference Difference, LotteryEffect Lottery, double Actual, double MentoredOfWinners, double MentoredOfLosers)
    {
        /// <summary>What winners would have sold: what they did without what winning changed.</summary>
        public double Expected => Actual - Difference.Difference.Value;

        public FoundEffect Share => new(Difference.Difference.Value / Expected, Difference.Interval().Lower / Expected, Difference.Interval().Upper / Expected);

        public static Changed? Of(LotterySeller[] rows, bool[] won, int[] strata, Func<LotterySeller, double> before, Func<LotterySeller, double> after)
        {
            var change = Array.ConvertAll(rows, seller => after(seller) - before(seller));
            bool[] mentored = Array.ConvertAll(rows, seller => seller.IsMentored);
            if (StratifiedDifference.Estimate(won, change, strata).Value is not { } difference || StratifiedDifference.Estimate(won, Array.ConvertAll(rows, after.Invoke), strata).Value is not { } sold
                || LotteryEffect.Estimate(won, mentored, change, strata).Value is not { } lottery) return null;
            var changed = new Changed(difference, lottery, sold.WinnersMean, ShareOf(rows, hasWon: true), ShareOf(rows, hasWon: false));
            return changed.Expected > 0 ? changed : null;
        }

        static double ShareOf(LotterySeller[] rows, bool hasWon) => rows.Where(seller => seller.HasWon == hasWon).Average(seller => seller.IsMentored ? 1.0 : 0);
    }
}
