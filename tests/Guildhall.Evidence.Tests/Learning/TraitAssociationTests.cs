using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Learning;

/// <summary>Associations of several traits with an outcome: on made-up mentees of whom the test knows what mattered.</summary>
public class TraitAssociationTests(ITestOutputHelper output)
{
    const int Mentees = 150, Mentors = 30, Traits = 8;

    [Fact]
    public void Its_ridge_is_the_one_that_agrees_with_R()
    {
        var (gains, traits, mentors) = Made(seed: 5, new double[Traits]);

        var ridge = RidgeRegression.Fit(gains, traits, penalty: Traits).Required;

        foreach (var (mine, reference) in TraitAssociations.Estimate(gains, traits, mentors).Required.Ridge.Zip(ridge.StandardisedCoefficients)) mine.ShouldBeNear(reference, 1e-12);
    }

    [Fact]
    public void Intervals_hold_the_truth_as_often_as_they_say()
    {
        const int Runs = 1_000;
        double[] truth = [0.15, 0, 0, -0.1, 0, 0.05, 0, 0];
        var (held, ordinary) = (new int[Traits], 0);
        for (var seed = 1; seed <= Runs; seed++)
        {
            var (gains, traits, mentors) = Made((ulong)seed, truth);
            var found = TraitAssociations.Estimate(gains, traits, mentors).Required.Traits;
            // The truth is stated a standard deviation of the population; the sample's own spread scales it.
            for (var k = 0; k < Traits; k++)
                if (found[k].Interval.Contains(truth[k] * found[k].Spread)) held[k]++;
            // The same data as if every mentee stood for themselves: the last trait is one of the mentor.
            if (TraitAssociations.Estimate(gains, traits, [.. Enumerable.Range(0, Mentees)]).Required.Traits[^1].Interval.Contains(0)) ordinary++;
        }

        output.WriteLine($"seeds 1 to {Runs}: {string.Join(", ", held.Select(count => $"{100.0 * count / Runs:0.0}%"))}; the mentor's trait without clusters {100.0 * ordinary / Runs:0.0}%");
        // 95% with a standard deviation of 0.7 points by chance; the jackknife errs towards too wide.
        held.ShouldAllBe(count => count >= 930 && count <= 985);
        ordinary.ShouldBeLessThan(900);
    }

    [Fact]
    public void Where_nothing_matters_something_stands_out_in_one_program_of_ten_at_most()
    {
        const int Runs = 1_000;
        var alarms = Enumerable.Range(1, Runs).Count(seed =>
        {
            var (gains, traits, mentors) = Made((ulong)(10_000 + seed), new double[Traits]);
            return TraitAssociations.Estimate(gains, traits, mentors).Required.Traits.Any(trait => trait.AdjustedPValue <= 0.1);
        });

        output.WriteLine($"seeds 10001 to {10_000 + Runs}: {alarms} alarms");
        alarms.ShouldBeLessThanOrEqualTo(130);
    }

    [Fact]
    public void Two_traits_that_are_one_share_what_goes_with_both()
    {
        var (gains, traits, mentors) = Made(seed: 3, [0.3, 0, 0, 0, 0, 0, 0, 0]);
        var twice = new CovariateTable([.. traits.Names, "again"], [.. traits.Columns, traits.Columns[0]]);

        var (alone, shared) = (TraitAssociations.Estimate(gains, traits, mentors).Required.Traits[0], TraitAssociations.Estimate(gains, twice, mentors).Required.Traits);

        shared[0].Association.Value.ShouldBeNear(shared[^1].Association.Value, 1e-9);
        (2 * shared[0].Association.Value).ShouldBeNear(alone.Association.Value, 0.01);
    }

    [Fact]
    public void Predicts_the_mean_for_who_is_in_the_middle()
    {
        var (gains, traits, mentors) = Made(seed: 2, new double[Traits]);

        TraitAssociations.Estimate(gains, traits, mentors).Required.Predict([.. traits.Columns.Select(column => column.Average())]).ShouldBeNear(gains.Average(), 1e-12);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        CovariateTable one = new(["trait"], [[0, 1, 0, 1]]);

        TraitAssociations.Estimate([1, 2, 3, 4], one, [1, 1, 2, 2]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        TraitAssociations.Estimate([1, 2, double.NaN, 4], one, [1, 2, 3, 4]).Refusal!.Reason.ShouldBe(RefusalReason.MissingValue);
        TraitAssociations.Estimate([2, 2, 2, 2], one, [1, 2, 3, 4]).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        TraitAssociations.Estimate([1, 2, 3, 4], new(["trait"], [[1, 1, 1, 1]]), [1, 2, 3, 4]).Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
        Should.Throw<ArgumentException>(() => TraitAssociations.Estimate([1, 2], one, [1, 2]));
    }

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(0, 5, 2)]
    [InlineData(5, 0, -2)]
    [InlineData(60, 90, 0.4)]
    public void Growth_is_told_against_the_middle_of_before_and_after(double before, double after, double growth) => MidpointGrowth.Of(before, after).ShouldBeNear(growth, 1e-12);

    [Fact]
    public void Growth_of_nothing_is_not_told()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => MidpointGrowth.Of(0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => MidpointGrowth.Of(-1, 5));
        Should.Throw<ArgumentException>(() => MidpointGrowth.Gain(1, 2, []));
    }

    /// <summary>Traits of spread 1 that share a third of their variance, the last one of the mentor; mentors differ by themselves, and noise grows with the first trait.</summary>
    static (double[] Gains, CovariateTable Traits, int[] Mentors) Made(ulong seed, double[] truth)
    {
        var random = new SplitMix(seed);
        double[] ofMentor = [.. Enumerable.Range(0, Mentors).Select(_ => 0.15 * random.Normal())], lastTrait = [.. Enumerable.Range(0, Mentors).Select(_ => random.Normal())];
        var (gains, columns, mentors) = (new double[Mentees], Array.ConvertAll(new int[Traits], _ => new double[Mentees]), new int[Mentees]);
        for (var i = 0; i < Mentees; i++)
        {
            mentors[i] = i % Mentors;
            var common = random.Normal();
            for (var k = 0; k < Traits; k++) columns[k][i] = k == Traits - 1 ? lastTrait[mentors[i]] : Math.Sqrt(1 / 3.0) * common + Math.Sqrt(2 / 3.0) * random.Normal();
            gains[i] = ofMentor[mentors[i]] + truth.Select((effect, k) => effect * columns[k][i]).Sum() + 0.3 * Math.Exp(0.3 * columns[0][i]) * random.Normal();
        }

        return (gains, new([.. Enumerable.Range(0, Traits).Select(k => $"trait {k}")], columns), mentors);
    }
}
