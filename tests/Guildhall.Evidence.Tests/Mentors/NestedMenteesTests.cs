using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Mentors;

public class NestedMenteesTests
{
    const string Set = "08_mixed_model";

    [Theory]
    [InlineData(0, "dyestuff.csv", "Yield", "Batch", null, true)]
    [InlineData(1, "dyestuff.csv", "Yield", "Batch", null, false)]
    [InlineData(2, "sleepstudy.csv", "Reaction", "Subject", "Days", true)]
    public void Agrees_with_lme4(int model, string file, string outcome, string group, string? covariate, bool isRestricted)
    {
        var expected = Reference.Json(Set).GetProperty("models")[model];
        var table = Reference.Table(Set, file);
        var names = table.Texts(group).Distinct().ToList();

        var fit = NestedMentees.Fit(table.Numbers(outcome), [.. table.Texts(group).Select(name => names.IndexOf(name))], covariate is null ? null : [table.Numbers(covariate)], isRestricted).Required;

        fit.Criterion.ShouldBeNearly(expected.Number("criterion"), 1e-9);
        var spreads = expected.GetProperty("varcorr").EnumerateArray().ToDictionary(one => one.GetProperty("grp").GetString()!, one => one.Number("vcov"));
        (fit.Between * fit.Between).ShouldBeNearly(spreads[group], 1e-4);
        (fit.Within * fit.Within).ShouldBeNearly(spreads["Residual"], 1e-4);
        string[] coefficients = ["(Intercept)", .. covariate is null ? Array.Empty<string>() : [covariate]];
        for (var k = 0; k < coefficients.Length; k++)
        {
            fit.Coefficients[k].Value.ShouldBeNearly(expected.GetProperty("fixef").Number(coefficients[k]), 1e-9);
            fit.Coefficients[k].StandardError.ShouldBeNearly(expected.GetProperty("se").Number(coefficients[k]), 1e-4);
        }

        foreach (var (level, deviation) in expected.GetProperty("ranef").GetProperty(group).EnumerateArray().Zip(expected.GetProperty("condsd").GetProperty(group)[0].Numbers()))
        {
            var mine = fit.Mentors[names.IndexOf(level.GetProperty("level").GetString()!)];
            mine.Value.ShouldBeNearly(level.Number("(Intercept)"), 1e-4);
            mine.StandardError.ShouldBeNearly(deviation, 1e-4);
        }
    }

    /// <summary>Where all groups are of one size, analysis of variance has the restricted answer in closed form.</summary>
    [Fact]
    public void Agrees_with_the_analysis_of_variance_of_even_groups()
    {
        const int Mentors = 8, Mentees = 6;
        double[] outcome = [.. Enumerable.Range(0, Mentors * Mentees).Select(i => 5 + (2 * MarketSim.Normal(3, 1, i / Mentees, 0)) + MarketSim.Normal(3, 2, i, 0))];
        var means = Enumerable.Range(0, Mentors).Select(j => outcome.Skip(j * Mentees).Take(Mentees).Average()).ToList();
        var within = Enumerable.Range(0, outcome.Length).Sum(i => Math.Pow(outcome[i] - means[i / Mentees], 2)) / (Mentors * (Mentees - 1));
        var between = means.Sum(mean => Math.Pow(mean - means.Average(), 2)) / (Mentors - 1);

        var fit = NestedMentees.Fit(outcome, [.. Enumerable.Range(0, outcome.Length).Select(i => i / Mentees)]).Required;

        (fit.Within * fit.Within).ShouldBeNearly(within, 1e-6);
        (fit.Between * fit.Between).ShouldBeNearly(between - (within / Mentees), 1e-6);
        fit.Coefficients[0].Value.ShouldBeNear(outcome.Average(), 1e-12);
    }

    [Fact]
    public void Says_that_mentors_do_not_differ_where_they_differ_less_than_luck_makes_them()
    {
        // Means of mentors are closer together than their mentees' spread would make them.
        var fit = NestedMentees.Fit([1, 5, 2, 4, 3, 3.1, 0, 6], [0, 0, 1, 1, 2, 2, 3, 3]).Required;

        fit.Between.ShouldBe(0);
        fit.Mentors.ShouldAllBe(mentor => mentor.Value == 0 && mentor.StandardError == 0);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Refused([1, 2, 3], [0, 0, 0]).ShouldBe(RefusalReason.TooFewRows);
        Refused([1, 2, 3], [0, 1, 2]).ShouldBe(RefusalReason.TooFewRows);
        Refused([1, double.NaN, 3], [0, 0, 1]).ShouldBe(RefusalReason.MissingValue);
        Refused([2, 2, 2], [0, 0, 1]).ShouldBe(RefusalReason.ConstantOutcome);
        NestedMentees.Fit([1, 2, 3, 5], [0, 0, 1, 1], [[4, 4, 4, 4]]).Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
        NestedMentees.Fit([1, 2, 3, 4], [0, 0, 1, 1], [[1, 2, 3, 4]]).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        Should.Throw<ArgumentException>(() => NestedMentees.Fit([1, 2, 3], [0, 0, 2]));
        Should.Throw<ArgumentException>(() => NestedMentees.Fit([1, 2, 3], [0, 0]));

        static RefusalReason? Refused(double[] outcome, int[] mentor) => NestedMentees.Fit(outcome, mentor).Refusal?.Reason;
    }
}
