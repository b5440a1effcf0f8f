using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Survival;

/// <summary>How much sooner it happens: sellers laid beside others who were as old and still waiting on the day mentoring began.</summary>
public class RiskSetMatchingTests
{
    [Fact]
    public void Takes_the_nearest_who_were_still_waiting_and_not_mentored_that_day()
    {
        Lifetime[] sellers =
        [
            new(30, true) { MentoredFrom = 10 },
            new(9, true), new(10, true), // had sold by then
            new(40, true), new(50, false), // wait
            new(60, true) { MentoredFrom = 25 }, // joins later: waits until then
            new(60, true) { MentoredFrom = 10 }, // joins the same day
            new(70, true) { Stratum = 1 }, // of another kind
            new(70, true) { Entry = 20 }, // was not there yet
            new(80, false),
        ];
        double[] day = [100, 100, 100, 130, 99, 90, 100, 100, 100, 200];

        var found = RiskSetMatching.Match(sellers, day, horizon: 40).Required;

        found.ControlsOf[0].ShouldBe([4, 5, 3]);
        found.ControlsOf[6].ShouldBe([4, 5, 3]);
        found.ControlsOf[5].ShouldBe([4, 8, 3], "from its twenty-fifth day on there is one more");
        (found.Matched, found.Unmatched, found.Others).ShouldBe((3, 0, 4));
        // 20, 50 and 35 days after it began, of which 40 count.
        found.WaitMentored.Value.ShouldBeNear((20 + 35 + 40) / 3.0, 1e-12);
    }

    [Fact]
    public void Is_the_difference_of_two_Kaplan_Meier_curves_where_nobody_serves_twice()
    {
        var random = new Random(3);
        var sellers = new List<Lifetime>();
        for (var i = 0; i < 80; i++)
        {
            // Of each kind one is mentored from its third day on and one never is.
            sellers.Add(new(3 + random.Next(1, 60), random.Next(4) > 0) { MentoredFrom = 3, Stratum = i });
            sellers.Add(new(3 + random.Next(1, 70), random.Next(4) > 0) { Stratum = i });
        }

        var found = RiskSetMatching.Match(sellers, new double[160], horizon: 45).Required;

        var mentored = SurvivalCurve.Of([.. sellers.Where(one => one.MentoredFrom is not null).Select(one => new Lifetime(one.End - 3, one.Happened))]).Required;
        var others = SurvivalCurve.Of([.. sellers.Where(one => one.MentoredFrom is null).Select(one => new Lifetime(one.End - 3, one.Happened))]).Required;
        found.WaitMentored.Value.ShouldBeNear(mentored.MeanUpTo(45).Required.Mean.Value, 1e-10);
        found.WaitMentored.StandardError.ShouldBeNear(mentored.MeanUpTo(45).Required.Mean.StandardError, 1e-10);
        found.WaitOthers.Value.ShouldBeNear(others.MeanUpTo(45).Required.Mean.Value, 1e-10);
        found.WaitOthers.StandardError.ShouldBeNear(others.MeanUpTo(45).Required.Mean.StandardError, 1e-10);
        found.ReachedMentored(20).Share.ShouldBeNear(1 - mentored.At(20).Value, 1e-12);
        var point = mentored.Points.Last(one => one.Time <= 20 && one.Happened > 0);
        var interval = SurvivalCurve.IntervalOf(point);
        (found.ReachedMentored(20).Interval.Lower - (1 - interval.Upper)).ShouldBeNear(0, 1e-10);
        found.MiddleOthers.ShouldBe(others.Points.First(one => one.Share.Value <= 0.5).Time);
    }

    /// <summary>Kinds of sellers that sell sooner also join sooner; and most controls join in the end.</summary>
    [Theory]
    [InlineData(1.0, 5_000)]
    [InlineData(1.35, 6_000)]
    public void Intervals_hold_the_truth_in_95_of_100(double ratio, int firstSeed)
    {
        const int Runs = 400;
        var (held, sum) = (0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var (sellers, day, truth) = Marketplace((ulong)(firstSeed + run), ratio);
            var found = RiskSetMatching.Match(sellers, day, horizon: 60).Required;
            var expected = truth(found);
            if (found.Sooner.Interval().Contains(expected)) held++;
            sum += (found.Sooner.Value - expected) / found.Sooner.StandardError;
        }

        held.ShouldBeInRange(372, 390, $"held in {held} of {Runs}, mean error {sum / Runs:F3} standard errors");
        (sum / Runs).ShouldBeInRange(-0.15, 0.15);
    }

    [Fact]
    public void Made_up_days_show_nothing()
    {
        var (sellers, day, _) = Marketplace(77, 1.35, joins: 0.004);

        var placebo = RiskSetMatching.Placebo(sellers, day, horizon: 60, seed: 1, stop: TestContext.Current.CancellationToken).Required;

        placebo.Passes.ShouldBeTrue($"{placebo.Found} of {placebo.Estimates.Count}");
        placebo.Estimates.Average(one => one.Value).ShouldBeNear(0, 1.5);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        RiskSetMatching.Match([new(3, true), new(5, true)], [0, 0], 10).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        RiskSetMatching.Match([new(3, true) { MentoredFrom = 4 }, new(5, true)], [0, 0], 10).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        RiskSetMatching.Match([new(9, true) { MentoredFrom = 4 }, new(3, true)], [0, 0], 10).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        RiskSetMatching.Match([new(9, true), new(3, true)], [0, double.NaN], 10).Refusal!.Reason.ShouldBe(RefusalReason.MissingValue);
        Lifetime[] short_ = [new(9, true) { MentoredFrom = 4 }, new(9, false) { MentoredFrom = 4 }, new(8, false), new(8, false)];
        RiskSetMatching.Match(short_, new double[4], 10).Refusal!.Reason.ShouldBe(RefusalReason.TooFewPeriods);
        RiskSetMatching.Match([new(30, false) { MentoredFrom = 4 }, new(30, false) { MentoredFrom = 5 }, new(30, true), new(30, false)], new double[4], 10).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        Should.Throw<ArgumentException>(() => RiskSetMatching.Match([new(3, true)], [], 10));
    }

    /// <returns>The sellers, the day each signed up, and how much sooner it is in truth for those who were matched: hazards are constant, so mean waits are known.</returns>
    static (List<Lifetime> Sellers, double[] Day, Func<RiskSetMatching, double> Truth) Marketplace(ulong seed, double ratio, double joins = 0.012)
    {
        var (sellers, day, paces) = (new List<Lifetime>(), new double[900], new double[900]);
        for (var i = 0; i < day.Length; i++)
        {
            var stratum = (int)(MarketSim.Uniform(seed, 31, i, 0) * 4);
            paces[i] = 0.012 * Math.Exp(0.35 * stratum);
            day[i] = Math.Floor(MarketSim.Uniform(seed, 32, i, 0) * 90);
            var begins = 1 - (Math.Log(MarketSim.Uniform(seed, 33, i, 0)) / (joins * Math.Exp(0.3 * stratum)));
            var patience = -Math.Log(MarketSim.Uniform(seed, 34, i, 0));
            var sale = patience <= paces[i] * begins ? patience / paces[i] : begins + ((patience - (paces[i] * begins)) / (paces[i] * ratio));
            // Everybody is watched for 60 days from the last day on which mentoring can begin.
            var (begun, watched) = (begins <= 80 ? begins : (double?)null, 140.0);
            if (begun is null) sale = patience / paces[i];
            sellers.Add(new(Math.Min(sale, watched), sale <= watched) { MentoredFrom = begun, Stratum = stratum });
        }

        double Truth(RiskSetMatching found) => Enumerable.Range(0, sellers.Count).Where(i => found.ControlsOf[i].Count > 0).Average(i => Mean(paces[i]) - Mean(paces[i] * ratio));
        double Mean(double pace) => (1 - Math.Exp(-pace * 60)) / pace;
        return (sellers, day, Truth);
    }
}
