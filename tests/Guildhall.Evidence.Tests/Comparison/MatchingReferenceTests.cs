using System.Text.Json;
using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Comparison;

/// <summary>LaLonde's trainees against a survey: the textbook case of controls that aren't comparable.</summary>
public class MatchingReferenceTests
{
    const string Set = "02_matching_lalonde";
    static readonly string[] covariates = ["age", "educ", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"];

    [Fact]
    public void Propensity_agrees_with_R()
    {
        var expected = Reference.Json(Set).GetProperty("propensity");

        var fit = Propensity();

        string[] names = ["(Intercept)", .. covariates];
        for (var k = 0; k < names.Length; k++)
        {
            fit.Coefficients[k].Value.ShouldBeNear(expected.GetProperty("coef").Number(names[k]), 1e-8, names[k]);
            fit.Coefficients[k].StandardError.ShouldBeNear(expected.GetProperty("se").Number(names[k]), 1e-8, names[k]);
        }
        foreach (var (chance, fitted) in fit.Chances.Zip(expected.GetProperty("fitted").Numbers())) chance.ShouldBeNear(fitted, 1e-10);
        fit.Deviance.ShouldBeNear(expected.Number("deviance"), 1e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void What_is_made_of_the_pairs_agrees_with_R(int variant)
    {
        var expected = Reference.Json(Set).GetProperty("matchings")[variant];
        var (joined, chances) = (Joined(), Propensity().Chances.ToArray());

        var matching = NearestNeighbourMatching.OfPairs(joined, Pairs(expected)).Required;

        matching.ReusesControls.ShouldBe(variant >= 2);
        var weights = expected.GetProperty("control_weights").EnumerateArray().ToDictionary(row => row.GetProperty("id").GetInt32() - 1, row => row.Number("w"));
        for (var i = 0; i < joined.Length; i++)
            if (!joined[i]) matching.Weights[i].ShouldBeNear(weights.GetValueOrDefault(i), 1e-12);

        var difference = matching.Compare(Reference.Table(Set).Numbers("re78")).Required;
        difference.Difference.Value.ShouldBeNearly(expected.Number("att_diff_means"), 1e-8);
        difference.Difference.StandardError.ShouldBeNearly(expected.Number("se"), 1e-8);
        difference.MeanControls.ShouldBeNearly(expected.Number("mean_control"), 1e-8);

        var balance = Balance.Of(joined, All(variant == 1 ? LogOdds(chances) : chances), [.. matching.Weights]).Required;
        foreach (var covariate in balance.Covariates)
            covariate.StandardisedDifference.ShouldBeNear(expected.GetProperty("smd_after").Number(covariate.Name), 1e-8, covariate.Name);
        balance.IsComparable.ShouldBeFalse();
    }

    /// <summary>
    /// MatchIt 4.5.1 doesn't pair with the nearest control: it takes the next one below in the order of scores, however near one above may be, and looks above only where none is left below; and the caliper of the
    /// second variant is 1 and not 0.2 standard deviations (0.36), as pairs at 0.9995 and refusals at 1.0014 show. With that rule every pair is the reference's; ours are the nearest, and nearer.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Pairs_are_the_nearest_where_those_of_R_are_the_next_below(int variant)
    {
        var theirs = Pairs(Reference.Json(Set).GetProperty("matchings")[variant]);
        var (joined, chances) = (Joined(), Propensity().Chances.ToArray());
        var (scores, reuses, caliper, exact) = (variant == 1 ? LogOdds(chances) : chances, variant >= 2, variant == 1 ? 1 : double.PositiveInfinity, variant == 4 ? RaceAndMarriage() : null);
        var mean = scores.Average();
        var deviation = Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1));

        NextBelow(joined, scores, reuses, caliper, exact).ShouldBe(theirs);
        var ours = NearestNeighbourMatching.Match(joined, scores, reuses, caliper / deviation, exact).Required.ControlOf;

        ours.Count(control => control >= 0).ShouldBeGreaterThanOrEqualTo(theirs.Count(control => control >= 0));
        if (reuses)
            for (var i = 0; i < joined.Length; i++)
                if (joined[i]) Math.Abs(scores[i] - scores[ours[i]]).ShouldBeLessThanOrEqualTo(Math.Abs(scores[i] - scores[theirs[i]]));
    }

    static int[] NextBelow(bool[] joined, double[] scores, bool reuses, double caliper, int[]? exact)
    {
        int[] controlOf = [.. Enumerable.Repeat(-1, joined.Length)];
        var taken = new HashSet<int>();
        foreach (var i in Enumerable.Range(0, joined.Length).Where(i => joined[i]).OrderByDescending(i => scores[i]))
        {
            var free = Enumerable.Range(0, joined.Length).Where(j => !joined[j] && !taken.Contains(j) && (exact is null || exact[j] == exact[i])).ToList();
            // Rows of equal covariates have equal scores but for the last bit.
            var below = free.Where(j => scores[j] < scores[i] - 1e-12).OrderByDescending(j => Math.Round(scores[j], 12)).ThenByDescending(j => j).Select(j => (int?)j).FirstOrDefault();
            var next = below ?? free.OrderBy(j => scores[j]).Select(j => (int?)j).FirstOrDefault();
            if (next is { } control && Math.Abs(scores[control] - scores[i]) <= caliper) controlOf[i] = control;
            if (controlOf[i] >= 0 && !reuses) taken.Add(controlOf[i]);
        }
        return controlOf;
    }

    [Fact]
    public void Balance_before_matching_agrees_with_R_and_is_not_called_comparable()
    {
        var expected = Reference.Json(Set).GetProperty("balance_before");

        var balance = Balance.Of(Joined(), All([.. Propensity().Chances])).Required;

        foreach (var covariate in balance.Covariates) covariate.StandardisedDifference.ShouldBeNear(expected.Number(covariate.Name), 1e-8, covariate.Name);
        balance.Covariates[0].StandardisedDifference.ShouldBeNear(1.794, 0.001);
        balance.IsComparable.ShouldBeFalse();
        (balance.Treated, balance.Controls).ShouldBe((185, 429));
        balance.EffectiveControls.ShouldBeNear(429, 1e-9);
    }

    [Fact]
    public void Weighted_regressed_and_doubly_robust_differences_agree_with_R()
    {
        var expected = Reference.Json(Set);
        var (joined, outcome) = (Joined(), Reference.Table(Set).Numbers("re78"));

        var weighted = AdjustedDifference.Estimate(joined, outcome, Covariates(), GroupTimeEstimator.InverseWeights).Required;
        var regressed = AdjustedDifference.Estimate(joined, outcome, Covariates(), GroupTimeEstimator.OutcomeRegression).Required;
        var robust = AdjustedDifference.Estimate(joined, outcome, Covariates()).Required;

        weighted.Effect.Value.ShouldBeNearly(expected.Number("ipw_att_hajek"), 1e-8);
        regressed.Effect.Value.ShouldBeNearly(expected.Number("or_att"), 1e-8);
        robust.Effect.Value.ShouldBeNearly(expected.Number("aipw_att"), 1e-8);
        // The reference takes both fits as known; ours allows for them, which changes little here.
        robust.Effect.StandardError.ShouldBeNearly(expected.Number("aipw_plugin_se"), 0.05);
    }

    static int[] Pairs(JsonElement expected)
    {
        int[] controlOf = [.. Enumerable.Repeat(-1, Reference.Table(Set).Count)];
        foreach (var pair in expected.GetProperty("pairs").EnumerateArray())
            if (!double.IsNaN(pair.Number("control"))) controlOf[pair.GetProperty("treated").GetInt32() - 1] = (int)pair.Number("control") - 1;
        return controlOf;
    }

    static double[] LogOdds(double[] chances) => Array.ConvertAll(chances, chance => Math.Log(chance / (1 - chance)));

    static bool[] Joined() => Array.ConvertAll(Reference.Table(Set).Whole("treat"), treat => treat == 1);

    static LogisticRegression Propensity() => LogisticRegression.Fit(Joined(), Covariates()).Required;

    static CovariateTable Covariates() => new(covariates, Array.ConvertAll(covariates, Column));

    static CovariateTable All(double[] distance) =>
        new(["distance", "raceblack", .. covariates], [distance, Column("raceblack"), .. covariates.Select(Column)]);

    static double[] Column(string name) => name.StartsWith("race", StringComparison.Ordinal)
        ? Array.ConvertAll(Reference.Table(Set).Texts("race"), race => race == name[4..] ? 1.0 : 0) : Reference.Table(Set).Numbers(name);

    static int[] RaceAndMarriage()
    {
        ReferenceTable table = Reference.Table(Set);
        return [.. table.Texts("race").Zip(table.Whole("married"), (race, married) => 2 * (race == "black" ? 0 : race == "hispan" ? 1 : 2) + married)];
    }
}
