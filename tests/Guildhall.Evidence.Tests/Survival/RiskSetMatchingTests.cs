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
        found.EffectiveOthers.ShouldBeNear(9 / (1 + 1 + (4 / 9.0) + (1 / 9.0)), 1e-12, "two of the four serve all three, one serves two, one serves one");
        // 20, 50 and 35 days after it began, of which 40 count.
        found.WaitMentored.Value.ShouldBeNear((20 + 35 + 40) / 3.0, 1e-12);
    }

    [Fact]
    public void Spreads_over_all_who_are_equally_near()
    {
        Lifetime[] sellers = [.. Enumerable.Range(0, 40).Select(n => new Lifetime(20 + n, true) { MentoredFrom = 10 }), .. Enumerable.Range(0, 200).Select(n => new Lifetime(20 + n, true))];

        var found = RiskSetMatching.Match(sellers, new double[sellers.Length], horizon: 30, controls: 5).Required;

        // 200 places drawn from 200 sellers, no one twice in a set, leave out about 72.
        found.Others.ShouldBeInRange(110, 145);
        RiskSetMatching.Match(sellers, new double[sellers.Length], horizon: 30, controls: 5).Required.ControlsOf.SelectMany(set => set).ShouldBe(found.ControlsOf.SelectMany(set => set), "lots fall the same way every time");
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

    [Fact]
    public void Its_pace_is_a_Cox_regression_with_a_stratum_a_set()
    {
        var random = new Random(4);
        var sellers = new List<Lifetime>();
        for (var i = 0; i < 120; i++)
        {
            sellers.Add(new(3 + (40 * random.NextDouble()), random.Next(4) > 0) { MentoredFrom = 3, Stratum = i });
            for (var k = 0; k < 2; k++) sellers.Add(new(3 + (70 * random.NextDouble()), random.Next(4) > 0) { Stratum = i });
        }

        var pace = RiskSetMatching.Match(sellers, new double[sellers.Count], horizon: 60, controls: 2).Required.LogPace!.Value;

        // From three days of age on, up to the horizon, each set by itself.
        var within = sellers.ConvertAll(one => new Lifetime(Math.Min(one.End - 3, 60), one.Happened && one.End - 3 <= 60) { Stratum = one.Stratum, MentoredFrom = one.MentoredFrom is null ? null : 0 });
        var cox = MentoringHazard.Estimate(within, TieMethod.Breslow).Required.LogHazardRatio;
        pace.Value.ShouldBeNear(cox.Value, 1e-8);
        // Nobody serves twice, so what is summed by set is about what the information matrix says.
        (pace.StandardError / cox.StandardError).ShouldBeInRange(0.9, 1.1);
    }

    [Fact]
    public void Has_no_pace_where_it_happened_on_one_side_alone()
    {
        Lifetime[] sellers = [new(15, true) { MentoredFrom = 4 }, new(20, true) { MentoredFrom = 4 }, new(60, false), new(60, false), new(60, false)];

        RiskSetMatching.Match(sellers, new double[5], horizon: 30).Required.LogPace.ShouldBeNull();
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
    public void Lays_beside_who_had_come_as_far_by_that_day()
    {
        // By age, how many sales each has behind it: the first sale is a stage, and how many there are is how far.
        Lifetime[] sellers = [new(60, true) { MentoredFrom = 10 }, new(60, true) { MentoredFrom = 20 }, new(50, true), new(60, false), new(40, true), new(60, false), new(45, true)];
        double[][] sales = [[3, 9], [15], [4, 8], [2, 12], [5, 6], [30], [1, 2, 3, 4]];
        Standing Stands(int row, double at) => sales[row].Count(age => age < at) is var n ? new(n > 0 ? 1 : 0, n) : default;

        var found = RiskSetMatching.Match(sellers, [0, 0, 5, 50, 0, 0, 0], horizon: 30, controls: 2, standing: Stands).Required;

        // At 10 the second seller has not sold: it is of another stage, as is the sixth. The fifth is as far and signed up that day; the third is as far and five days off.
        found.ControlsOf[0].ShouldBe([4, 2]);
        // At 20 with one sale: nobody else has just one, so those with two; the first seller is mentored by then.
        found.ControlsOf[1].ShouldBe([4, 2]);
    }

    /// <summary>A milestone of four sales: how quick somebody is nobody sees, and whoever has sold more joins sooner. Beside others as old and as far the truth comes out; beside others as old it doesn't.</summary>
    [Theory]
    [InlineData(1.0, 7_000)]
    [InlineData(1.35, 8_000)]
    public void Intervals_hold_the_truth_where_some_had_come_further(double ratio, int firstSeed)
    {
        const int Runs = 200;
        var (held, sum, blind, pace, paceHeld) = (0, 0.0, 0.0, 0.0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var (sellers, day, stands, truth) = Milestones((ulong)(firstSeed + run), ratio);
            var found = RiskSetMatching.Match(sellers, day, horizon: 60, standing: stands).Required;
            if (found.Sooner.Interval().Contains(truth(found))) held++;
            sum += (found.Sooner.Value - truth(found)) / found.Sooner.StandardError;
            pace += (found.LogPace!.Value.Value - Math.Log(ratio)) / found.LogPace.Value.StandardError / Runs;
            if (found.LogPace.Value.Interval().Contains(Math.Log(ratio))) paceHeld++;
            if (run >= 50) continue;
            var unseen = RiskSetMatching.Match(sellers, day, horizon: 60).Required;
            blind += (unseen.Sooner.Value - truth(unseen)) / unseen.Sooner.StandardError / 50;
        }

        held.ShouldBeInRange(182, 198, $"held in {held} of {Runs}, mean error {sum / Runs:F3} standard errors, {blind:F2} where nobody asks how far; pace {pace:F2}, held in {paceHeld}");
        (sum / Runs).ShouldBeInRange(-0.2, 0.2);
        blind.ShouldBeGreaterThan(1);
        // With an effect the pace is not one number: a milestone has several sales on its way.
        if (ratio == 1) paceHeld.ShouldBeInRange(182, 198);
    }

    [Fact]
    public void Made_up_days_show_nothing_where_some_had_come_further()
    {
        var (sellers, day, stands, _) = Milestones(78, 1.35, joins: 0.002);

        var placebo = RiskSetMatching.Placebo(sellers, day, horizon: 60, seed: 1, standing: stands, stop: TestContext.Current.CancellationToken).Required;

        placebo.Passes.ShouldBeTrue($"{placebo.Found} of {placebo.Estimates.Count}");
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

    /// <returns>As <see cref="Marketplace"/>, with how far each had come at an age. Sales come one by one at a pace of each seller's own, so the time that the missing ones take is known.</returns>
    static (List<Lifetime> Sellers, double[] Day, Func<int, double, Standing> Stands, Func<RiskSetMatching, double> Truth) Milestones(ulong seed, double ratio, double joins = 0.0015)
    {
        const int Milestone = 4;
        const double Watched = 140;
        var (sellers, day, paces, sales) = (new List<Lifetime>(), new double[900], new double[900], new List<double>[900]);
        for (var i = 0; i < day.Length; i++)
        {
            day[i] = Math.Floor(MarketSim.Uniform(seed, 41, i, 0) * 90);
            paces[i] = 0.02 * Math.Exp(0.8 * MarketSim.Normal(seed, 42, i, 0));
            var (own, begun, at) = (new List<double>(), (double?)null, 0.0);
            for (var n = 0; own.Count < Milestone; n++)
            {
                // What comes first: the next sale, or mentoring. After eighty days it begins for nobody.
                var selling = paces[i] * (begun is null ? 1 : ratio);
                var joining = begun is null && at < 80 ? joins * (1 + own.Count) : 0;
                at -= Math.Log(MarketSim.Uniform(seed, 43, i, n)) / (selling + joining);
                if (at > Watched) break;
                if (MarketSim.Uniform(seed, 44, i, n) * (selling + joining) < selling) own.Add(at);
                else begun = at;
            }

            sales[i] = own;
            sellers.Add(new(own.Count == Milestone ? own[^1] : Watched, own.Count == Milestone) { MentoredFrom = begun });
        }

        Standing Stands(int row, double at) => sales[row].Count(sale => sale <= at) is var n ? new(n > 0 ? 1 : 0, n) : default;
        double Truth(RiskSetMatching found) => Enumerable.Range(0, sellers.Count).Where(i => found.ControlsOf[i].Count > 0).Average(i =>
        {
            var missing = Milestone - (int)Stands(i, sellers[i].MentoredFrom!.Value).Progress;
            return Mean(missing, paces[i]) - Mean(missing, paces[i] * ratio);
        });

        // The mean of a sum of n exponential times, none counting for more than 60: the area under the chance that fewer than n came.
        static double Mean(int n, double pace)
        {
            var (reached, term, mean) = (Math.Exp(-pace * 60), Math.Exp(-pace * 60), 0.0);
            for (var k = 0; k < n; k++)
            {
                mean += (1 - reached) / pace;
                term *= pace * 60 / (k + 1);
                reached += term;
            }

            return mean;
        }

        return (sellers, day, Stands, Truth);
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
