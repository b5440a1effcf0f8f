using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Mentors;

public class MentorTests
{
    const string Set = "07_empirical_bayes";

    [Fact]
    public void Shrinkage_with_an_estimated_spread_agrees_with_metafor()
    {
        var expected = Reference.Json(Set);
        var (schools, trials) = (Reference.Table(Set, "schools.csv"), Reference.Table(Set, "bcg_logRR.csv"));
        List<Estimate> eight = [.. schools.Numbers("y").Zip(schools.Numbers("se"), (y, se) => new Estimate(y, se))];
        List<Estimate> thirteen = [.. trials.Numbers("yi").Zip(trials.Numbers("vi"), (y, v) => new Estimate(y, Math.Sqrt(v)))];

        foreach (var (name, observed) in new[] { ("schools", eight), ("bcg", thirteen) })
            foreach (var (method, key, tolerance) in new[] { (SpreadMethod.Moments, "DL", 1e-10), (SpreadMethod.RestrictedLikelihood, "REML", 1e-6) })
            {
                var reference = expected.GetProperty(name).GetProperty(key);
                var mine = Shrinkage.WithEstimatedSpread(observed, method).Required;
                mine.Variance.ShouldBeNear(reference.Number("tau2"), tolerance);
                mine.Average.Value.ShouldBeNear(reference.Number("mu"), tolerance);
                mine.Average.StandardError.ShouldBeNear(reference.Number("se_mu"), tolerance);
                mine.Heterogeneity.ShouldBeNear(reference.Number("Q"), 1e-10);
                foreach (var (effect, shrunk) in mine.Effects.Zip(reference.GetProperty("shrunk").Numbers())) effect.Value.ShouldBeNear(shrunk, 10 * tolerance);
                foreach (var (effect, error) in mine.Effects.Zip(reference.GetProperty("shrunk_se").Numbers())) effect.StandardError.ShouldBeNear(error, 10 * tolerance);
            }
        var stein = expected.GetProperty("james_stein");
        Shrinkage.EfronMorrisFactor(Reference.Table(Set, "baseball.csv").Numbers("avg"), stein.Number("sigma2")).ShouldBeNear(stein.Number("factor"), 1e-10);
    }

    [Fact]
    public void Averaging_over_the_spread_agrees_with_a_plain_two_way_grid()
    {
        // Rubin's eight schools.
        (double Y, double Se)[] schools = [(28, 15), (8, 10), (-3, 16), (7, 11), (-1, 9), (1, 11), (18, 10), (12, 18)];

        var shrunk = Shrinkage.Of([.. schools.Select(school => new Estimate(school.Y, school.Se))]).Required;

        // Brute force over average and spread, without the closed form of the average.
        var (total, means, above) = (0.0, new double[8], new double[8]);
        for (var tau = 0.05; tau < 300; tau *= 1.02)
            for (var mu = -60.0; mu < 80; mu += 0.25)
            {
                var log = Math.Log(tau);
                foreach (var (y, se) in schools) log += -0.5 * Math.Log(se * se + tau * tau) - (y - mu) * (y - mu) / (2 * (se * se + tau * tau));
                var weight = Math.Exp(log);
                total += weight;
                for (var i = 0; i < 8; i++)
                {
                    var kept = tau * tau / (tau * tau + schools[i].Se * schools[i].Se);
                    means[i] += weight * (mu + kept * (schools[i].Y - mu));
                    above[i] += weight * Probability.Normal(kept * (schools[i].Y - mu) / Math.Sqrt(kept * schools[i].Se * schools[i].Se));
                }
            }
        for (var i = 0; i < 8; i++)
        {
            shrunk.Effects[i].Shrunk.Value.ShouldBeNear(means[i] / total, 0.05);
            shrunk.Effects[i].ChanceAboveAverage.ShouldBeNear(above[i] / total, 0.005);
        }
        shrunk.Effects[0].Shrunk.Value.ShouldBeGreaterThan(shrunk.Effects[2].Shrunk.Value);
    }

    [Theory]
    [InlineData(0.10, 0.88, 0.98)]
    [InlineData(0.25, 0.91, 0.99)]
    public void Shrunk_effects_hold_the_truth_and_the_best_of_raw_means_do_not(double spread, double least, double most)
    {
        var (held, mentors, rawTop, trueTop, shrunkTop, trueShrunkTop) = (0, 0, 0.0, 0.0, 0.0, 0.0);
        const int Runs = 40;
        for (var run = 0; run < Runs; run++)
        {
            var random = new SplitMix((ulong)(70 + run));
            double[] truths = [.. Enumerable.Range(0, 120).Select(_ => 0.05 + spread * random.Normal())];
            List<Estimate> observed = [.. truths.Select(truth => 0.4 / Math.Sqrt(1 + random.Below(20)) is var error ? new Estimate(truth + error * random.Normal(), error) : default)];

            var shrunk = Shrinkage.Of(observed).Required;

            held += shrunk.Effects.Where((effect, i) => effect.Shrunk.Interval().Contains(truths[i])).Count();
            mentors += truths.Length;
            var byRaw = Enumerable.Range(0, 120).OrderByDescending(i => observed[i].Value).Take(10).ToList();
            var byShrunk = Enumerable.Range(0, 120).OrderByDescending(i => shrunk.Effects[i].Shrunk.Value).Take(10).ToList();
            rawTop += byRaw.Average(i => observed[i].Value) / Runs;
            trueTop += byRaw.Average(i => truths[i]) / Runs;
            shrunkTop += byShrunk.Average(i => shrunk.Effects[i].Shrunk.Value) / Runs;
            trueShrunkTop += byShrunk.Average(i => truths[i]) / Runs;
        }

        ((double)held / mentors).ShouldBeInRange(least, most);
        (rawTop - trueTop).ShouldBeGreaterThan(0.1);
        shrunkTop.ShouldBeNear(trueShrunkTop, 0.03);
    }

    [Fact]
    public void Inequality_agrees_with_the_reference()
    {
        foreach (var set in Reference.Json("12_concentration").GetProperty("sets").EnumerateObject())
        {
            var mine = Inequality.Of(set.Value.GetProperty("x").Numbers()).Required;
            mine.Gini.ShouldBeNear(set.Value.Number("gini"), 1e-12, set.Name);
            mine.CorrectedGini.ShouldBeNear(set.Value.Number("gini_corrected"), 1e-12, set.Name);
            mine.Hhi.ShouldBeNear(set.Value.Number("hhi_points"), 1e-8, set.Name);
            mine.EffectiveNumber.ShouldBeNear(set.Value.Number("effective_number"), 1e-12, set.Name);
            mine.TopShare(0.1).ShouldBeNear(set.Value.Number("top10pct_share"), 1e-12, set.Name);
        }
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        Shrinkage.Of([new(1, 1), new(2, 1)]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        Shrinkage.Of([new(1, 1), new(2, 0), new(2, 1)]).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        Shrinkage.WithEstimatedSpread([new(1, 1)], SpreadMethod.Moments).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        Inequality.Of([0, 0]).Refusal!.Reason.ShouldBe(RefusalReason.ZeroAmount);
        Inequality.Of([1, -1]).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        Inequality.Of([]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
    }
}
