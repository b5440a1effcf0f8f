using Guildhall.Benchmarks;
using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Experiments;

public class ExperimentReferenceTests
{
    const string Nsw = "03_experiment_nsw";

    [Fact]
    public void Comparisons_of_trainees_agree_with_R()
    {
        var expected = Reference.Json(Nsw);
        var (treated, outcome) = Trainees();

        var welch = ArmComparison.Welch(treated, outcome).Required;
        var means = expected.GetProperty("diff_means");
        welch.Difference.Value.ShouldBeNearly(means.Number("est"), 1e-9);
        welch.Difference.StandardError.ShouldBeNearly(means.Number("se_welch"), 1e-9);
        welch.DegreesOfFreedom.ShouldBeNearly(means.Number("df_welch"), 1e-9);
        welch.Interval().Lower.ShouldBeNearly(means.GetProperty("ci")[0].GetDouble(), 1e-9);
        welch.Interval().Upper.ShouldBeNearly(means.GetProperty("ci")[1].GetDouble(), 1e-9);
        welch.PValue.ShouldBeNearly(means.Number("p"), 1e-9);

        var cuped = ArmComparison.Cuped(treated, outcome, Covariates("re75")).Required;
        var one = expected.GetProperty("cuped_re75");
        cuped.Difference.Value.ShouldBeNearly(one.Number("est"), 1e-9);
        cuped.Difference.StandardError.ShouldBeNearly(one.Number("se"), 1e-9);
        cuped.Interval().Lower.ShouldBeNearly(one.GetProperty("ci")[0].GetDouble(), 1e-9);
        cuped.VarianceExplained.ShouldBeNearly(one.Number("variance_reduction"), 1e-9);
        var both = ArmComparison.Cuped(treated, outcome, Covariates("re74", "re75")).Required;
        both.Difference.Value.ShouldBeNearly(expected.GetProperty("cuped_re74_re75").Number("est"), 1e-9);
        both.Difference.StandardError.ShouldBeNearly(expected.GetProperty("cuped_re74_re75").Number("se"), 1e-9);

        var lin = ArmComparison.Lin(treated, outcome, Covariates("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")).Required;
        lin.Difference.Value.ShouldBeNearly(expected.GetProperty("lin_HC2").Number("est"), 1e-9);
        lin.Difference.StandardError.ShouldBeNearly(expected.GetProperty("lin_HC2").Number("se"), 1e-9);
        lin.DegreesOfFreedom.ShouldBe(expected.GetProperty("lin_HC2").Number("df"));
        lin.Interval().Upper.ShouldBeNearly(expected.GetProperty("lin_HC2").GetProperty("ci")[1].GetDouble(), 1e-9);
    }

    [Fact]
    public void Boundaries_agree_with_confseq()
    {
        var expected = Reference.Json("11_confidence_sequences");
        var rows = expected.GetProperty("boundaries").EnumerateArray().ToList();

        rows.Count.ShouldBe(48);
        foreach (var row in rows)
        {
            var boundary = MixtureBoundary.TunedTo(row.Number("v_opt"), row.Number("alpha_opt"));
            boundary.TwoSided(row.Number("v"), row.Number("alpha")).ShouldBeNearly(row.Number("two_sided"), 1e-9, row.GetRawText());
            boundary.OneSided(row.Number("v"), row.Number("alpha")).ShouldBeNearly(row.Number("one_sided"), 1e-9, row.GetRawText());
            boundary.Bounded(row.Number("v"), row.Number("alpha"), scale: 1).ShouldBeNearly(row.Number("gamma_exp_c1"), 1e-9, row.GetRawText());
        }
        foreach (var row in expected.GetProperty("log_mixtures").EnumerateArray())
        {
            var boundary = MixtureBoundary.TunedTo(row.Number("v_opt"), 0.05);
            boundary.LogTwoSided(row.Number("s"), row.Number("v")).ShouldBeNear(row.Number("log_normal_two"), 1e-9);
            boundary.LogBounded(row.Number("s"), row.Number("v"), 1).ShouldBeNear(row.Number("log_gamma_exp"), 1e-9);
        }
        MixtureBoundary.Rho(100, 0.05).ShouldBeNearly(expected.GetProperty("rho_two_sided").Number("v_opt100"), 1e-12);
    }

    [Fact]
    public void The_published_thousand_rows_of_a_bounded_outcome_come_out_row_by_row()
    {
        var table = Reference.Table("11_confidence_sequences", "howard_ate_data.csv");

        var points = BoundedSequence.Read(Array.ConvertAll(table.Whole("treatment"), d => d == 1), table.Numbers("y"), plannedVariance: 32).Required;

        var (estimates, lower, upper) = (table.Numbers("point_estimate"), table.Numbers("lower_confidence_bound"), table.Numbers("upper_confidence_bound"));
        points.Count.ShouldBe(1_000);
        foreach (var point in points)
        {
            point.Difference.ShouldBeNear(estimates[point.Rows - 1], 1e-9, $"row {point.Rows}");
            // The reference gives each row's own interval; all of them hold the truth at once, and so does what they share.
            point.Safe.Lower.ShouldBeNear(lower[..point.Rows].Max(), 1e-9, $"row {point.Rows}");
            point.Safe.Upper.ShouldBeNear(upper[..point.Rows].Min(), 1e-9, $"row {point.Rows}");
        }
    }

    [Fact]
    public void Readings_of_a_stream_agree_with_the_reference()
    {
        var expected = Reference.Json("11_confidence_sequences").GetProperty("ab_stream");
        var table = Reference.Table("11_confidence_sequences", "ab_stream.csv");
        var (treated, outcome) = (Array.ConvertAll(table.Whole("arm"), arm => arm == 1), table.Numbers("y"));

        // The reference's own search for the tuning stopped after seven digits, so its widths are compared under its tuning.
        var (rho, theirs) = (ConfidenceSequence.TunedRho(500, 0.05), expected.Number("rho2_for_n500"));
        rho.ShouldBeNearly(theirs, 1e-7);
        foreach (var row in expected.GetProperty("rows").EnumerateArray())
        {
            var n = row.GetProperty("n").GetInt32();
            var reading = ConfidenceSequence.Read(treated[..n], outcome[..n], plannedRows: 500).Required;
            var welch = ArmComparison.Welch(treated[..n], outcome[..n]).Required;

            reading.Difference.ShouldBeNear(row.Number("diff"), 1e-10);
            (reading.SafeHalfWidth / ConfidenceSequence.HalfWidth(n, rho, 0.05) * ConfidenceSequence.HalfWidth(n, theirs, 0.05)).ShouldBeNearly(row.Number("acs_halfwidth"), 1e-10);
            welch.PValue.ShouldBeNear(row.Number("welch_p"), 1e-10);
            ConfidenceSequence.LogLikelihoodRatio(welch.Difference, 1).ShouldBeNear(row.Number("msprt_log_lambda"), 1e-10);
            ConfidenceSequence.AlwaysValidPValue(welch.Difference, 1).ShouldBeNear(row.Number("msprt_p_now"), 1e-10);
        }
    }

    [Fact]
    public void Power_and_intervals_of_shares_and_ratios_agree_with_R()
    {
        var expected = Reference.Json("20_power_intervals");
        foreach (var row in expected.GetProperty("power_t").EnumerateArray())
            SampleSize.Power(row.Number("n_per_arm"), row.Number("delta"), row.Number("sd")).ShouldBeNear(row.Number("power"), 1e-7);
        foreach (var row in expected.GetProperty("n_t").EnumerateArray())
            SampleSize.ForMeans(row.Number("delta"), row.Number("sd"), row.Number("power")).Required.RowsPerArm.ShouldBeNear(row.Number("n"), 1e-4);
        foreach (var row in expected.GetProperty("n_prop").EnumerateArray())
            SampleSize.ForShares(row.Number("p1"), row.Number("p2"), row.Number("power")).Required.RowsPerArm.ShouldBeNear(row.Number("n"), 1e-4);
        foreach (var row in expected.GetProperty("wilson").EnumerateArray())
        {
            var (x, n) = (row.GetProperty("x").GetInt32(), row.GetProperty("n").GetInt32());
            Near(Proportions.Wilson(x, n), row.GetProperty("ci").Numbers());
            Near(Proportions.ClopperPearson(x, n), row.GetProperty("clopper").Numbers());
        }
        Near(Proportions.Newcombe(56, 70, 48, 80), expected.GetProperty("newcombe").GetProperty("ci").Numbers());
        var fieller = expected.GetProperty("fieller");
        Near(RatioInterval.Fieller(new(12, 2), new(5, 0.5)).Required.Interval, fieller[0].GetProperty("ci").Numbers());
        RatioInterval.Fieller(new(12, 2), new(1, 1)).Refusal!.Reason.ShouldBe(RefusalReason.Unbounded);

        static void Near(Interval mine, double[] expected)
        {
            mine.Lower.ShouldBeNear(expected[0], 1e-10);
            mine.Upper.ShouldBeNear(expected[1], 1e-10);
        }
    }

    [Fact]
    public void Two_stages_agree_with_R_on_returns_to_schooling()
    {
        var expected = Reference.Json("21_lottery_iv").GetProperty("card");
        var table = Reference.Table("21_lottery_iv", "close_college.csv");
        string[] names = ["lwage", "educ", "nearc4", "exper", "black", "south", "married", "smsa"];
        var columns = Array.ConvertAll(names, table.Numbers);
        int[] kept = [.. Enumerable.Range(0, table.Count).Where(row => columns.All(column => !double.IsNaN(column[row])))];
        double[] Column(int k) => [.. kept.Select(row => columns[k][row])];
        double[][] others = [[.. kept.Select(_ => 1.0)], .. Enumerable.Range(3, 5).Select(Column)];
        kept.Length.ShouldBe(expected.GetProperty("n").GetInt32());

        Agrees(TwoStageLeastSquares.Fit(Column(0), Column(1), Column(1), others)!, expected.GetProperty("ols"), 1e-8);
        Agrees(TwoStageLeastSquares.Fit(Column(0), Column(1), Column(2), others)!, expected.GetProperty("tsls"), 1e-8);
        TwoStageLeastSquares.Fit(Column(1), Column(2), Column(2), others)!.ClassicalF.ShouldBeNear(expected.GetProperty("first_stage").Number("F"), 1e-8);
    }

    [Fact]
    public void A_lottery_agrees_with_R()
    {
        var expected = Reference.Json("21_lottery_iv").GetProperty("lottery");
        var table = Reference.Table("21_lottery_iv", "lottery.csv");

        var effect = LotteryEffect.Estimate(Flags(table, "offered"), Flags(table, "mentored"), table.Numbers("y"), table.Whole("round")).Required;

        Near(effect.Offered, expected.GetProperty("itt"));
        Near(effect.TakeUp, expected.GetProperty("first_stage"));
        Near(effect.Compliers.Required.Effect, expected.GetProperty("cace_2sls"));

        static void Near(Estimate mine, System.Text.Json.JsonElement expected)
        {
            mine.Value.ShouldBeNear(expected.Number("est"), 1e-8);
            mine.StandardError.ShouldBeNear(expected.Number("se_HC1"), 1e-8);
        }
    }

    static void Agrees(TwoStageLeastSquares fit, System.Text.Json.JsonElement expected, double tolerance)
    {
        fit.Effect(fit.Classical()).Value.ShouldBeNear(expected.Number("est"), tolerance);
        fit.Effect(fit.Classical()).StandardError.ShouldBeNear(expected.Number("se_classical"), tolerance);
        fit.Effect(fit.Robust(corrects: false)).StandardError.ShouldBeNear(expected.Number("se_HC0"), tolerance);
        fit.Effect(fit.Robust()).StandardError.ShouldBeNear(expected.Number("se_HC1"), tolerance);
    }

    static bool[] Flags(ReferenceTable table, string column) => Array.ConvertAll(table.Whole(column), value => value == 1);

    static (bool[] Treated, double[] Outcome) Trainees() => (Flags(Reference.Table(Nsw), "treat"), Reference.Table(Nsw).Numbers("re78"));

    static CovariateTable Covariates(params string[] names) => new(names, Array.ConvertAll(names, Reference.Table(Nsw).Numbers));
}
