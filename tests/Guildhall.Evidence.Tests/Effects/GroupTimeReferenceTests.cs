using System.Text.Json;
using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Effects;

public class GroupTimeReferenceTests
{
    [Fact]
    public void Agrees_with_R_on_our_own_panel_in_every_configuration()
    {
        var expected = Reference.Json("00_own_marketplace_panel").GetProperty("did").EnumerateArray().ToList();

        expected.Count.ShouldBe(12);
        foreach (var run in expected)
            Agrees(run, OwnPanel.Outcomes(run.GetProperty("config").Text("x").Length > 0), first: 1);
    }

    [Fact]
    public void Agrees_with_R_on_teen_employment_in_every_configuration()
    {
        var expected = Reference.Json("01_did_mpdta").GetProperty("results").EnumerateArray().ToList();

        expected.Count.ShouldBe(26);
        foreach (var run in expected)
            Agrees(run, TeenEmployment.Panel(run.GetProperty("config").Text("x").Length > 0), TeenEmployment.FirstYear);
    }

    /// <summary>The effect grows with time, so a regression with two fixed effects compares late joiners with early ones who still change: it finds −3.47 where the truth is −1.</summary>
    [Fact]
    public void Agrees_with_R_where_two_fixed_effects_go_wrong()
    {
        var expected = Reference.Json("16_twfe_trap");
        var panel = PanelOf(Reference.Table("16_twfe_trap", "base_stagg.csv"), "id", "year", "y", table => table.Whole("year_treated"));
        var runs = expected.GetProperty("callaway_santanna").EnumerateArray().ToList();

        runs.Count.ShouldBe(3);
        // With five sellers a cohort the 36 effects before joining nearly depend on each other: a test of them together is noise.
        foreach (var run in runs) Agrees(run, panel, first: 1, testsBefore: false);
        NaiveFigures.Of(panel).Required.TwoWayFixedEffects.ShouldBeNear(expected.GetProperty("twfe_static")[0].Number("est"), 1e-9);
        GroupTimeEffects.Estimate(panel, new() { Anticipation = 0 }).Required.Simple().Required.Effect.Interval().Contains(expected.Number("true_att_on_treated_cells")).ShouldBeTrue();
    }

    [Fact]
    public void Reaches_the_two_way_figure_of_the_castle_laws()
    {
        var table = Reference.Table("16_twfe_trap", "castle.csv");
        var firstPost = table.Whole("sid").Zip(table.Whole("year"), table.Whole("post")).Where(row => row.Third == 1).GroupBy(row => row.First).ToDictionary(state => state.Key, state => state.Min(row => row.Second));

        var panel = PanelOf(table, "sid", "year", "l_homicide", rows => [.. rows.Whole("sid").Select(state => firstPost.GetValueOrDefault(state))]);

        NaiveFigures.Of(panel).Required.TwoWayFixedEffects.ShouldBeNear(Reference.Json("16_twfe_trap").GetProperty("castle_twfe")[0].Number("est"), 1e-9);
    }

    static OutcomePanel PanelOf(ReferenceTable table, string unit, string time, string outcome, Func<ReferenceTable, int[]> firstTreated)
    {
        var rows = table.Whole(unit).Zip(table.Whole(time), table.Numbers(outcome)).Zip(firstTreated(table), (row, treated) => (Unit: row.First, Time: row.Second, Outcome: row.Third, Treated: treated)).OrderBy(row => row.Unit).ThenBy(row => row.Time).ToList();
        var (first, periods) = (rows.Min(row => row.Time), rows.Select(row => row.Time).Distinct().Count());
        int[] joined = [.. rows.Where(row => row.Time == first).Select(row => row.Treated == 0 || row.Treated > 3_000 ? 0 : row.Treated - first + 1)];
        return OutcomePanel.Of(periods, [.. rows.Select(row => row.Outcome)], joined).Required;
    }

    [Fact]
    public void Simple_comparisons_come_out_as_in_R_and_what_is_not_mentoring_in_them_adds_up()
    {
        var expected = Reference.Json("00_own_marketplace_panel");
        var panel = OwnPanel.Outcomes(withCovariates: true);

        var naive = NaiveFigures.Of(panel).Required;
        var effects = GroupTimeEffects.Estimate(panel).Required;
        var steps = EffectSteps.Of(panel, effects).Required;

        naive.BeforeAfter.ShouldBeNear(expected.GetProperty("naive").Number("before_after"), 1e-12);
        naive.MonthBeforeAgainstThreeAfter.ShouldBeNear(expected.GetProperty("naive").Number("month_before_vs_3_after"), 1e-12);
        naive.MentoredAgainstNot.ShouldBeNear(expected.GetProperty("naive").Number("mentored_vs_not"), 1e-12);
        naive.TwoWayFixedEffects.ShouldBeNear(expected.GetProperty("twfe").Number("est"), 1e-12);
        (steps.BeforeAfter - steps.MarketMoved - steps.BadMonthBefore - steps.OtherSellers).ShouldBeNear(steps.Effect, 1e-12);
        steps.Effect.ShouldBe(effects.Simple().Required.Effect.Value);
        // A dip of 0.30 in one of four to eleven months before.
        steps.BadMonthBefore.ShouldBeInRange(0.02, 0.08);
        NaiveFigures.Of(OutcomePanel.Of(2, [1, 2, 3, 4], [0, 0]).Required).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        NaiveFigures.Of(OutcomePanel.Of(2, [1, 2, 3, 4], [2, 2]).Required).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
    }

    [Fact]
    public void Reaches_the_exact_critical_values_of_simultaneous_bands()
    {
        var expected = Reference.Json("01_did_mpdta").GetProperty("sup_t");
        var effects = GroupTimeEffects.Estimate(TeenEmployment.Panel(withPopulation: false), new() { Anticipation = 0 }).Required;

        var series = effects.ByEventTime().Required.SimultaneousCriticalValue(seed: 7, draws: 200_000);
        var cells = effects.SimultaneousCriticalValue(seed: 7, draws: 200_000);

        series.ShouldBeNear(expected.Number("dynamic"), 0.02);
        cells.ShouldBeNear(expected.Number("group_time"), 0.02);
    }

    // A cohort or period of the reference is a year; ours are numbered from 1.
    static void Agrees(JsonElement run, OutcomePanel panel, int first, bool testsBefore = true)
    {
        var config = run.GetProperty("config");
        var tolerance = config.Text("x").Length > 0 ? 1e-7 : 1e-9;
        var name = config.GetRawText();
        var design = new GroupTimeDesign
        {
            Estimator = config.Text("est") switch { "dr" => GroupTimeEstimator.DoublyRobust, "ipw" => GroupTimeEstimator.InverseWeights, _ => GroupTimeEstimator.OutcomeRegression },
            Controls = config.Text("control") == "nevertreated" ? ControlGroup.NeverTreated : ControlGroup.NotYetTreated,
            Base = config.Text("base") == "varying" ? BasePeriod.Varying : BasePeriod.Universal,
            Anticipation = config.GetProperty("antic").GetInt32(),
        };

        var effects = GroupTimeEffects.Estimate(panel, design, TestContext.Current.CancellationToken).Required;

        var cells = run.GetProperty("att_gt").EnumerateArray().ToList();
        effects.Cells.Count.ShouldBe(cells.Count, name);
        foreach (var (cell, mine) in cells.Zip(effects.Cells))
        {
            (mine.Cohort, mine.Period).ShouldBe((cell.GetProperty("group").GetInt32() - first + 1, cell.GetProperty("time").GetInt32() - first + 1));
            mine.Effect.Value.ShouldBeNear(cell.Number("att"), tolerance, $"{name} {cell.GetRawText()}");
            mine.Effect.StandardError.ShouldBeNear(cell.Number("se"), tolerance, $"{name} {cell.GetRawText()}");
        }

        if (testsBefore)
        {
            var test = run.GetProperty("wald_pretest");
            var before = effects.BeforeJoining(upTo: -1).Required;
            before.Statistic.ShouldBeNearly(test.Number("stat"), 1e-6, name);
            before.PValue.ShouldBeNear(test.Number("p"), 6e-6, name);
        }

        var aggregate = run.GetProperty("aggregate");
        Agrees(effects.Simple().Required.Effect, aggregate.GetProperty("simple"), tolerance, name);
        Agrees(effects.ByEventTime().Required, aggregate.GetProperty("dynamic"), 0, tolerance, name);
        Agrees(effects.ByCohort().Required, aggregate.GetProperty("group"), first - 1, tolerance, name, WithTheFaultOfTheReference(effects, panel));
        Agrees(effects.ByPeriod().Required, aggregate.GetProperty("calendar"), first - 1, tolerance, name);
    }

    // did 2.1.2 enters the influence of every cohort's estimated size as that of the first cohort's in this one number (mended in its pull request 223, of March 2025). Ours has them right, so the
    // reference is reached by making its mistake on our influence function.
    static Estimate WithTheFaultOfTheReference(GroupTimeEffects effects, OutcomePanel panel)
    {
        var series = effects.ByCohort().Required;
        var (value, total) = (series.Overall.Effect.Value, effects.CohortSizes.Values.Sum());
        var shifts = series.Points.ToDictionary(point => point.Key, point => (point.Effect.Value - value) / total);
        var influence = series.Overall.InfluenceBySeller();
        for (var i = 0; i < influence.Length; i++)
            influence[i] += (panel.Joined[i] == series.Points[0].Key ? shifts.Values.Sum() : 0) - shifts.GetValueOrDefault(panel.Joined[i]);
        return new(value, Math.Sqrt(influence.Sum(x => x * x)));
    }

    static void Agrees(EffectSeries mine, JsonElement expected, int shift, double tolerance, string name, Estimate? overall = null)
    {
        Agrees(overall ?? mine.Overall.Effect, expected, tolerance, name);
        var points = expected.GetProperty("by").EnumerateArray().ToList();
        mine.Points.Count.ShouldBe(points.Count, name);
        foreach (var (point, actual) in points.Zip(mine.Points))
        {
            actual.Key.ShouldBe(point.GetProperty("key").GetInt32() - shift, name);
            actual.Effect.Value.ShouldBeNear(point.Number("att"), tolerance, $"{name} {point.GetRawText()}");
            actual.Effect.StandardError.ShouldBeNear(point.Number("se"), tolerance, $"{name} {point.GetRawText()}");
        }
    }

    static void Agrees(Estimate mine, JsonElement expected, double tolerance, string name)
    {
        mine.Value.ShouldBeNear(expected.Number("overall_att"), tolerance, name);
        mine.StandardError.ShouldBeNear(expected.Number("overall_se"), tolerance, name);
    }
}
