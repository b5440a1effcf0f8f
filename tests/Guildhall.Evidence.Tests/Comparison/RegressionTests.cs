using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Comparison;

public class RegressionTests
{
    const string Set = "10_logistic_ridge";

    [Fact]
    public void Logistic_regression_of_birth_weights_agrees_with_R()
    {
        var expected = Reference.Json(Set);
        var (low, covariates) = BirthWeights();

        var fit = LogisticRegression.Fit(low, covariates).Required;

        var logistic = expected.GetProperty("logistic");
        string[] names = ["(Intercept)", .. covariates.Names];
        for (var k = 0; k < names.Length; k++)
        {
            fit.Coefficients[k].Value.ShouldBeNear(logistic.GetProperty("coef").Number(names[k]), 1e-8);
            fit.Coefficients[k].StandardError.ShouldBeNear(logistic.GetProperty("se").Number(names[k]), 1e-8);
        }
        fit.Deviance.ShouldBeNear(logistic.Number("deviance"), 1e-8);
        fit.AreaUnderCurve.ShouldBeNear(logistic.Number("auc"), 1e-10);
        fit.BrierScore.ShouldBeNear(logistic.Number("brier"), 1e-10);

        foreach (var ridge in expected.GetProperty("ridge_logistic").EnumerateArray())
        {
            var penalised = LogisticRegression.Fit(low, covariates, ridge.Number("lambda")).Required;
            foreach (var (mine, reference) in penalised.StandardisedCoefficients.Zip(ridge.GetProperty("coef_intercept_then_standardised").Numbers())) mine.ShouldBeNear(reference, 1e-8);
            penalised.Coefficients.ShouldAllBe(coefficient => double.IsNaN(coefficient.StandardError));
        }
    }

    [Fact]
    public void Ridge_regression_of_longley_agrees_with_R_and_least_squares_with_the_certified_values()
    {
        var expected = Reference.Json(Set);
        var table = Reference.Table(Set, "longley.csv");
        string[] names = ["GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"];
        var covariates = new CovariateTable(names, Array.ConvertAll(names, table.Numbers));

        foreach (var ridge in expected.GetProperty("ridge_longley").EnumerateArray())
        {
            var fit = RidgeRegression.Fit(table.Numbers("Employed"), covariates, ridge.Number("lambda")).Required;
            foreach (var (mine, reference) in fit.StandardisedCoefficients.Zip(ridge.GetProperty("coef_standardised").Numbers())) mine.ShouldBeNear(reference, 1e-9);
            fit.GeneralisedCrossValidation.ShouldBeNear(ridge.Number("gcv"), 1e-9);
            fit.LeaveOneOut.ShouldBeNear(ridge.Number("loocv"), 1e-9);
        }
        var plain = LeastSquares.Fit([[.. Enumerable.Repeat(1.0, table.Count)], .. covariates.Columns], table.Numbers("Employed"))!;
        plain.Coefficients[0].ShouldBeNearly(expected.GetProperty("ols_longley").Number("(Intercept)"), 1e-8);
        for (var k = 0; k < names.Length; k++) plain.Coefficients[k + 1].ShouldBeNearly(expected.GetProperty("ols_longley").Number(names[k]), 1e-8);
    }

    [Fact]
    public void Robust_and_clustered_errors_agree_with_R_on_Petersens_firms()
    {
        var expected = Reference.Json("09_ols_cluster_petersen");
        var table = Reference.Table("09_ols_cluster_petersen");

        var fit = LeastSquares.Fit([[.. Enumerable.Repeat(1.0, table.Count)], table.Numbers("x")], table.Numbers("y"))!;

        fit.Coefficients[1].ShouldBeNear(expected.GetProperty("coef").Number("x"), 1e-9);
        Agrees("se_classical", fit.Classical());
        for (var kind = 0; kind <= 3; kind++) Agrees($"HC{kind}", fit.Robust(kind));
        Agrees("cl_firm_CR1", fit.Clustered(table.Whole("firm")));
        Agrees("cl_year_CR1", fit.Clustered(table.Whole("year")));

        void Agrees(string name, double[] covariance)
        {
            Math.Sqrt(covariance[0]).ShouldBeNear(expected.GetProperty(name).Number("(Intercept)"), 1e-9, name);
            Math.Sqrt(covariance[3]).ShouldBeNear(expected.GetProperty(name).Number("x"), 1e-9, name);
        }
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Logistic([true, true], [1, 2]).ShouldBe(RefusalReason.NoControls);
        Logistic([false, false], [1, 2]).ShouldBe(RefusalReason.NobodyTreated);
        Logistic([true, false, false], [2, 2, 2]).ShouldBe(RefusalReason.CollinearCovariates);
        Logistic([true, false, true], [2, double.NaN, 2]).ShouldBe(RefusalReason.MissingValue);
        Logistic([true, true, false, false], [5, 6, 1, 2]).ShouldBe(RefusalReason.Separation);
        // All but one tie at the border: the fit still has no end.
        Logistic([true, true, false, false], [5, 3, 3, 2]).ShouldBe(RefusalReason.Separation);
        RidgeRegression.Fit([1, 1, 1], new(["x"], [[1, 2, 3]]), 1).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        RidgeRegression.Fit([1, 2], new(["x"], [[1, 2]]), 1).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        NearestNeighbourMatching.Match([true, false], [1, 9], caliperDeviations: 0.1).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        NearestNeighbourMatching.Match([true, false, false], [1, 9, 1]).Required.Compare([1, 2, 3]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        Balance.Of([true, false], new(["x"], [[1, 2]])).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        // Everybody who joined is alike and the controls aren't: no weighting could be called comparable.
        Balance.Of([true, true, false], new(["x"], [[1, 1, 2]])).Required.IsComparable.ShouldBeFalse();

        static RefusalReason? Logistic(bool[] yes, double[] x) => LogisticRegression.Fit(yes, new(["x"], [x])).Refusal?.Reason;
    }

    static (bool[] Low, CovariateTable Covariates) BirthWeights()
    {
        var table = Reference.Table(Set, "birthwt.csv");
        string[] names = ["age", "lwt", "race_black", "race_other", "smoke", "ptl", "ht", "ui", "ftv"];
        return (Array.ConvertAll(table.Whole("low"), low => low == 1), new(names, Array.ConvertAll(names, table.Numbers)));
    }
}
