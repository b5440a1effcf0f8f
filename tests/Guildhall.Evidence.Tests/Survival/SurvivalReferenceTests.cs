using System.Text.Json;
using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Survival;

public class SurvivalReferenceTests
{
    const string Lung = "04_survival_lung";
    const string Heart = "05_immortal_time_heart";

    [Fact]
    public void Curves_agree_with_R()
    {
        var expected = Reference.Json(Lung);

        Agrees(SurvivalCurve.Of(LungPatients(_ => true)).Required, expected.GetProperty("km_all"), SurvivalScale.Log);
        for (var sex = 1; sex <= 2; sex++)
        {
            var curve = SurvivalCurve.Of(LungPatients(s => s == sex)).Required;
            Agrees(curve, expected.GetProperty("km_by_sex_log").GetProperty($"sex={sex}"), SurvivalScale.Log);
            Agrees(curve, expected.GetProperty("km_by_sex_loglog").GetProperty($"sex={sex}"), SurvivalScale.LogMinusLog);

            var quantiles = expected.GetProperty("quantiles");
            foreach (var (share, k) in new[] { (0.25, 0), (0.5, 1), (0.75, 2) })
            {
                (curve.Quantile(share) ?? double.NaN).ShouldBeNear(quantiles.GetProperty("q")[sex - 1][k].Number(), 0);
                var (lower, upper) = curve.QuantileInterval(share, scale: SurvivalScale.Log);
                (lower ?? double.NaN).ShouldBeNear(quantiles.GetProperty("lower")[sex - 1][k].Number(), 0);
                (upper ?? double.NaN).ShouldBeNear(quantiles.GetProperty("upper")[sex - 1][k].Number(), 0);
            }
        }
        foreach (var at in expected.GetProperty("at_times_loglog").EnumerateArray())
        {
            var curve = SurvivalCurve.Of(LungPatients(s => $"sex={s}" == at.Text("strata"))).Required;
            curve.At(at.Number("time")).Value.ShouldBeNear(at.Number("surv"), 1e-12);
            curve.AtRisk(at.Number("time")).ShouldBe(at.GetProperty("n_risk").GetInt32());
        }
    }

    [Fact]
    public void Tests_of_equal_waiting_agree_with_R()
    {
        var expected = Reference.Json(Lung);
        var groups = new[] { LungPatients(s => s == 1), LungPatients(s => s == 2) };

        var logRank = LogRankTest.Of(groups).Required;
        var peto = LogRankTest.Of(groups, rho: 1).Required;

        logRank.Statistic.ShouldBeNear(expected.GetProperty("logrank").Number("chisq"), 1e-10);
        logRank.PValue.ShouldBeNear(expected.GetProperty("logrank").Number("p"), 1e-12);
        logRank.Observed.ShouldBe(expected.GetProperty("logrank").GetProperty("obs").Numbers());
        logRank.Expected[0].ShouldBeNear(expected.GetProperty("logrank").GetProperty("exp")[0].GetDouble(), 1e-10);
        peto.Statistic.ShouldBeNear(expected.GetProperty("peto").Number("chisq"), 1e-10);
    }

    [Fact]
    public void Restricted_means_agree_with_R()
    {
        var expected = Reference.Json(Lung).GetProperty("rmst_tau700");

        var (men, women) = (SurvivalCurve.Of(LungPatients(s => s == 1)).Required.MeanUpTo(700).Required, SurvivalCurve.Of(LungPatients(s => s == 2)).Required.MeanUpTo(700).Required);
        var difference = women.DifferenceFrom(men);

        women.Mean.Value.ShouldBeNear(expected.GetProperty("arm_sex2").Number("Est."), 1e-9);
        women.Mean.StandardError.ShouldBeNear(expected.GetProperty("arm_sex2").Number("se"), 1e-9);
        men.Mean.StandardError.ShouldBeNear(expected.GetProperty("arm_sex1").Number("se"), 1e-9);
        var contrast = expected.GetProperty("contrasts")[0];
        difference.Value.ShouldBeNear(contrast.Number("Est."), 1e-9);
        difference.Interval().Lower.ShouldBeNear(contrast.Number("lower .95"), 1e-9);
        difference.Interval().Upper.ShouldBeNear(contrast.Number("upper .95"), 1e-9);
        difference.PValue().ShouldBeNear(contrast.Number("p"), 1e-9);
    }

    [Fact]
    public void Regressions_of_lung_patients_agree_with_R()
    {
        var table = Reference.Table(Lung);
        foreach (var model in Reference.Json(Lung).GetProperty("cox").EnumerateArray())
        {
            var names = model.GetProperty("coef").EnumerateObject().Select(coefficient => coefficient.Name).ToArray();
            var columns = Array.ConvertAll(names, table.Numbers);
            var kept = Enumerable.Range(0, table.Count).Where(row => columns.All(column => !double.IsNaN(column[row]))).ToArray();
            var (times, events, sexes) = (table.Numbers("time"), table.Whole("event"), table.Whole("sex"));

            var fit = CoxRegression.Fit(
                [.. kept.Select(row => new Spell(0, times[row], events[row] == 1))], [.. columns.Select(column => kept.Select(row => column[row]).ToArray())], Ties(model),
                model.Text("formula").Contains("strata", StringComparison.Ordinal) ? [.. kept.Select(row => sexes[row])] : null).Required;

            Agrees(fit, model, names);
        }
    }

    [Fact]
    public void Mentoring_that_begins_on_a_day_agrees_with_R_on_transplants()
    {
        var expected = Reference.Json(Heart);
        var model = expected.GetProperty("time_varying");

        var hazard = MentoringHazard.Estimate(Transplants("age", "surgery")).Required;

        hazard.LogHazardRatio.Value.ShouldBeNear(model.GetProperty("coef").Number("transplant"), 1e-8);
        hazard.LogHazardRatio.StandardError.ShouldBeNear(model.GetProperty("se").Number("transplant"), 1e-8);
        hazard.Covariates[0].Value.ShouldBeNear(model.GetProperty("coef").Number("age"), 1e-8);
        hazard.Covariates[1].Value.ShouldBeNear(model.GetProperty("coef").Number("surgery"), 1e-8);
        hazard.LogLikelihood.ShouldBeNear(model.Number("loglik"), 1e-8);
        hazard.RatioInterval().Lower.ShouldBeNear(model.GetProperty("hr_lower").Number("transplant"), 1e-8);
        (hazard.Sellers, hazard.Happened, hazard.Mentored).ShouldBe((103, 75, 69));

        foreach (var more in expected.GetProperty("cox_more").EnumerateArray().Take(2))
        {
            var yearly = MentoringHazard.Estimate(Transplants("age", "year", "surgery"), Ties(more)).Required;
            yearly.LogHazardRatio.Value.ShouldBeNear(more.GetProperty("coef").Number("transplant"), 1e-8);
            yearly.LogHazardRatio.StandardError.ShouldBeNear(more.GetProperty("se").Number("transplant"), 1e-8);
        }
    }

    [Fact]
    public void Ever_against_never_would_have_praised_transplants_for_waiting()
    {
        var model = Reference.Json(Heart).GetProperty("naive_ever_treated");
        var table = Reference.Table(Heart, "naive_baseline.csv");
        var (times, events) = (table.Numbers("futime"), table.Whole("fustat"));
        string[] names = ["transplant", "age", "surgery"];
        // R counts a death on the first day at time 0.5 of it.
        var fit = CoxRegression.Fit([.. times.Select((time, i) => new Spell(-1, time, events[i] == 1))], Array.ConvertAll(names, table.Numbers), TieMethod.Efron).Required;

        Agrees(fit, model, names);
        Math.Exp(fit.Coefficients[0]).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Curves_before_and_since_agree_with_R_on_transplants()
    {
        var expected = Reference.Json(Heart).GetProperty("km_left_truncated");

        var curves = SurvivalCurve.ByMentoring(Transplants()).Required;

        Agrees(curves.Before, expected.GetProperty("transplant=0"), SurvivalScale.Log);
        Agrees(curves.Since, expected.GetProperty("transplant=1"), SurvivalScale.Log);
    }

    static void Agrees(SurvivalCurve curve, JsonElement expected, SurvivalScale scale)
    {
        var rows = expected.EnumerateArray().ToList();
        curve.Points.Count.ShouldBe(rows.Count);
        foreach (var (row, point) in rows.Zip(curve.Points))
        {
            (point.Time, point.AtRisk, point.Happened, point.Censored).ShouldBe((row.Number("time"), row.GetProperty("n_risk").GetInt32(), row.GetProperty("n_event").GetInt32(), row.GetProperty("n_censor").GetInt32()));
            point.Share.Value.ShouldBeNear(row.Number("surv"), 1e-12);
            if (!double.IsNaN(row.Number("lower")) && point.Share.Value > 0)
            {
                point.Share.StandardError.ShouldBeNear(row.Number("std_err"), 1e-12);
                SurvivalCurve.IntervalOf(point, scale: scale).Lower.ShouldBeNear(row.Number("lower"), 1e-12);
                SurvivalCurve.IntervalOf(point, scale: scale).Upper.ShouldBeNear(row.Number("upper"), 1e-12);
            }
        }
    }

    static void Agrees(CoxRegression fit, JsonElement model, string[] names)
    {
        for (var k = 0; k < names.Length; k++)
        {
            fit.Coefficients[k].ShouldBeNear(model.GetProperty("coef").Number(names[k]), 1e-8, names[k]);
            fit.Coefficient(k).StandardError.ShouldBeNear(model.GetProperty("se").Number(names[k]), 1e-8, names[k]);
        }
        fit.LogLikelihoodOfNone.ShouldBeNear(model.Number("loglik_null"), 1e-8);
        fit.LogLikelihood.ShouldBeNear(model.Number("loglik"), 1e-8);
        fit.ScoreStatistic.ShouldBeNear(model.Number("score"), 1e-8);
    }

    static TieMethod Ties(JsonElement model) => model.Text("ties") == "efron" ? TieMethod.Efron : TieMethod.Breslow;

    static List<Lifetime> LungPatients(Predicate<int> sex)
    {
        var table = Reference.Table(Lung);
        var (times, events, sexes) = (table.Numbers("time"), table.Whole("event"), table.Whole("sex"));
        return [.. Enumerable.Range(0, table.Count).Where(row => sex(sexes[row])).Select(row => new Lifetime(times[row], events[row] == 1))];
    }

    static List<Lifetime> Transplants(params string[] covariates)
    {
        var table = Reference.Table(Heart);
        var (ids, starts, stops, events, transplanted) = (table.Whole("id"), table.Numbers("start"), table.Numbers("stop"), table.Whole("event"), table.Whole("transplant"));
        var columns = Array.ConvertAll(covariates, table.Numbers);
        return [.. Enumerable.Range(0, ids.Length).GroupBy(row => ids[row]).Select(rows => new Lifetime(stops[rows.Last()], events[rows.Last()] == 1)
        {
            MentoredFrom = rows.Where(row => transplanted[row] == 1).Select(row => (double?)starts[row]).FirstOrDefault(),
            Covariates = [.. columns.Select(column => column[rows.First()])],
        })];
    }
}
