using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Sellers;

namespace Guildhall.Browser.Tests.Samples;

/// <summary>An invented shop's weeks beside similar ones, and an invented reading of results.</summary>
static class SampleFigures
{
    static readonly DateOnly lastDay = new(2026, 11, 22);

    /// <summary>A week of the shop's own is not known, and at first similar shops are too few.</summary>
    public static ProgressView Progress { get; } = new(
        lastDay,
        new WeeksView(new PeerWeeks([.. Enumerable.Range(0, 13).Select(week => new PeerWeek(
            lastDay.AddDays(-7 * (12 - week)), week == 4 ? null : 3 + week + (week % 3), week < 2 ? null : new PeerSpread(2 + (0.2 * week), 4 + (0.4 * week), 6 + (0.5 * week))))], 41, "Home", IsNew: true), Goal: 18),
        new ChangeView(
            [("At the start", new(2026, 8, 30)), ("Day 30", new(2026, 9, 29)), ("Day 60", new(2026, 10, 29)), ("Now", lastDay)],
            [new("Orders in four weeks", ["9", "14", "21", "38"]), new("Sales in four weeks", ["$412.00", "$640.50", "$1,012.00", "$1,730.00"]), new("Late dispatches", [null, "8.3%", "4.8%", "2.6%"])],
            "Day 90 is 28 Nov 2026."));

    static readonly ReadingTerms terms = new(StudyOutcome.Sales, 6, ComparesCategory: true, ComparesCountry: false, ComparesAge: true, UsefulPercent: 10) { FirstSale = new(Awaited.FirstSale, 60, 3), Milestone = new(Awaited.Milestone, 120, 5, 50_000), Staying = new(Awaited.Quiet, 180, 7, 60) };

    static readonly Findings found = new()
    {
        Verdict = VerdictKind.SomeEvidence,
        WindowEndsOn = lastDay,
        Mentored = 96,
        Mentees = 90,
        Controls = 216,
        NotEstablished = 4,
        WithGaps = 2,
        Share = new(0.22, 0.05, 0.41),
        Amount = new(20_800, 4_900, 37_200),
        Actual = 115_400,
        Expected = 94_600,
        SmallestVisible = 0.19,
        Checks = new()
        {
            IsComparable = true,
            LeastAlike = new("Sells in Home", 0.31, 0.28, 0.06),
            Measures = 9,
            LargestGapBefore = new(0.04, -0.09, 0.18),
            IsFlatBefore = true,
            JustBefore = new(-0.16, -0.27, -0.04),
            ShareOutside = 0.02,
            EffectiveControls = 167,
            PlaceboFound = 5,
            PlaceboDraws = 100,
            PlaceboPasses = true,
            ShareOfCategory = 0.3,
        },
        Balance = [new("Sells in Home", 0.31, 0.28, 0.06), new("On the marketplace for a year or longer", 0.44, 0.45, -0.02)],
        Line = [.. Enumerable.Range(-5, 12).Select(period => new FoundPoint(period, 90, 92_000 + (period < 0 ? 3_000 * (period % 2) : 4_000 + (3_500 * period)), new(91_000 + (500 * period), 80_000, 104_000)))],
        Steps = new(26_100, 1_900, 3_400, 0, 20_800),
        After = [new(1, 3, null, new(0.17, 0.02, 0.32), 90), new(4, 6, null, null, 21), new(10, 12, new(2027, 9, 14), null, 0)],
        Averages =
        [
            new(PanelAverage.OrderValue, VerdictKind.NoClearChange) { IsSent = true, Mentees = 90, Others = 216, Actual = 5_240, Expected = 5_110, Change = new(130, -90, 340), Share = new(0.025, -0.017, 0.067) },
            new(PanelAverage.Review, VerdictKind.SomeEvidence) { IsSent = true, Mentees = 71, Others = 180, Actual = 4.31, Expected = 4.19, Change = new(0.12, 0.02, 0.22), Share = new(0.029, 0.005, 0.053), MustNotGetWorse = true },
            new(PanelAverage.ReturningBuyers, VerdictKind.TooFew) { Mentees = 0, Others = 0 },
            new(PanelAverage.SentBack, VerdictKind.GotWorse) { IsSent = true, Mentees = 64, Others = 150, Actual = 0.061, Expected = 0.047, Change = new(0.014, 0.002, 0.026), Share = new(0.30, 0.04, 0.55), MustNotGetWorse = true },
            new(PanelAverage.LateDispatch, VerdictKind.NotReported) { IsSent = true, Mentees = 90, Others = 216, MustNotGetWorse = true },
        ],
        FirstSales = new()
        {
            Verdict = VerdictKind.StrongEvidence,
            WithinDays = 60,
            WindowEndsOn = lastDay.AddDays(-8),
            Mentored = 316,
            Mentees = 314,
            Others = 628,
            Happened = 270,
            Balance = [new("Day of signing up", 739_900, 739_899, 0.02)],
            IsComparable = true,
            ShareAlone = 0.01,
            PlaceboFound = 4,
            PlaceboDraws = 100,
            PlaceboPasses = true,
            ShareOfKind = 0.06,
            DaysBetter = new(6.1, 3.7, 8.5),
            WaitMentored = 17.2,
            WaitOthers = 23.3,
            MiddleMentored = 11,
            MiddleOthers = 17,
            Pace = new(1.52, 1.30, 1.77),
            UnseenToExplain = 1.9,
            DaysByHalf = 2.9,
            DaysBesideOne = 5.8,
            SmallestVisible = 3.4,
            Line = [.. Enumerable.Range(0, 31).Select(n => 2 * n).Select(day => new FoundReach(day, Reached(day, 15), Reached(day, 24)))],
        },
        Milestone = new()
        {
            What = Awaited.Milestone,
            Verdict = VerdictKind.NotReported,
            Failed = StudyCheck.ControlsComparable,
            WithinDays = 120,
            WindowEndsOn = lastDay.AddDays(-2),
            Mentored = 288,
            Mentees = 281,
            Others = 702,
            Happened = 96,
            Balance = [new("Day of signing up", 739_900, 739_899, 0.03), new("Share of the milestone", 0.21, 0.15, 0.19)],
            ShareAlone = 0.02,
            ShareOfKind = 0.06,
        },
        Staying = new()
        {
            What = Awaited.Quiet,
            Verdict = VerdictKind.SomeEvidence,
            WithinDays = 180,
            WindowEndsOn = lastDay.AddDays(-1),
            Mentored = 240,
            Mentees = 238,
            Others = 611,
            Happened = 74,
            Balance = [new("Day of signing up", 739_900, 739_899, 0.02), new("Share of the days that are quiet", 0.31, 0.30, 0.04)],
            IsComparable = true,
            ShareAlone = 0.01,
            EffectiveOthers = 214.6,
            PlaceboFound = 11,
            PlaceboDraws = 100,
            PlaceboPasses = false,
            ShareOfKind = 0.06,
            DaysBetter = new(9.4, 1.2, 17.6),
            WaitMentored = 131.8,
            WaitOthers = 122.4,
            MiddleOthers = 149,
            Pace = new(0.78, 0.61, 0.99),
            UnseenToExplain = 1.6,
            DaysByHalf = 3.1,
            DaysBesideOne = 8.2,
            SmallestVisible = 11.7,
            Line = [.. Enumerable.Range(0, 31).Select(n => 6 * n).Select(day => new FoundReach(day, Reached(day, 280), Reached(day, 210)))],
        },
        Others = [new(OtherReading.NotYetJoined, new(0.18, 0.02, 0.34)), new(OtherReading.FromEarlier, new(0.24, 0.03, 0.46)), new(OtherReading.TrendGoesOn, null), new(OtherReading.OtherMeasure, new(0.15, -0.01, 0.32))],
    };

    static FoundEffect Reached(int day, double mean)
    {
        var share = 0.95 * (1 - Math.Exp(-day / mean));
        return new(share, Math.Max(0, share - 0.03), Math.Min(1, share + 0.03));
    }

    static readonly LotteryFindings lottery = new()
    {
        Verdict = VerdictKind.SomeEvidence,
        WindowEndsOn = lastDay,
        Draws = 1,
        Winners = 47,
        Losers = 112,
        NotEstablished = 21,
        GapsOfWinners = 1,
        Before = [new("Sales before the draw", 88_000, 91_000, 0.61)],
        Share = new(0.17, 0.02, 0.33),
        Amount = new(15_900, 1_700, 30_100),
        Actual = 109_300,
        Expected = 93_400,
        SmallestVisible = 0.22,
        MentoredOfWinners = 0.87,
        MentoredOfLosers = 0.04,
        OfMentored = new(19_200, 2_100, 36_300),
        OtherMeasure = new(0.12, -0.02, 0.26),
    };

    public static ImpactView Impact { get; } = new(
        "first-90-days", "First 90 Days", "Autumn 2026", LeadsWith: Awaited.FirstSale, terms,
        [new("Settled: sales, a window of 24 weeks", "Dana Whitfield", "2 Sep 2026, 10:15", IsAfterLook: false), new("10% is worth having instead of 5%", "Dana Whitfield", "28 Oct 2026, 16:40", IsAfterLook: true)],
        new("22 Nov 2026", "23 Nov 2026, 09:12", 2, "0.1.0+dc3a2dd", IsOfOtherPlan: true, terms, found, new ImpactWords(found, terms, "USD")) { ByLot = new ByLotWords(lottery, terms, "USD"), CurrencyCode = "USD", PaidBack = new(new(124_800, 29_400, 223_200), new(16_848, 3_969, 30_132), 13_333, new(1.26, 0.30, 2.26), 1_280_000, 96, 13.5m, "USD") },
        [new("23 Nov 2026, 09:12", "22 Nov 2026", "Some evidence", 90, 216), new("26 Oct 2026, 11:30", "25 Oct 2026", "Too early", 0, 0)],
        IsBeingRead: false, HasFailed: true, Before: null);

    public static ImpactView ImpactBefore { get; } = Impact with { Shown = null, Readings = [], Terms = null, Plans = [], HasFailed = false, Before = new(38, "22 Nov 2026") };
}
