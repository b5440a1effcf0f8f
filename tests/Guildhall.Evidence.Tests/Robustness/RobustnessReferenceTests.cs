using System.Text.Json;
using Guildhall.Benchmarks;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Robustness;

public class RobustnessReferenceTests
{
    [Fact]
    public void Corrections_for_many_questions_agree_with_R()
    {
        var expected = Reference.Json("06_multiple_testing");
        foreach (var set in new[] { expected.GetProperty("bh1995"), expected.GetProperty("ties_missing") })
        {
            var p = set.GetProperty("p").Numbers();
            Near(MultipleTests.BenjaminiHochberg(p), set.GetProperty("adjusted").GetProperty("BH"));
            Near(MultipleTests.BenjaminiYekutieli(p), set.GetProperty("adjusted").GetProperty("BY"));
            Near(MultipleTests.Holm(p), set.GetProperty("adjusted").GetProperty("holm"));
        }
        MultipleTests.BenjaminiHochberg(expected.GetProperty("bh1995").GetProperty("p").Numbers()).Count(p => p <= 0.05).ShouldBe(4);

        static void Near(double[] mine, JsonElement expected)
        {
            foreach (var (adjusted, reference) in mine.Zip(expected.Numbers())) adjusted.ShouldBeNear(reference, 1e-14);
        }
    }

    [Fact]
    public void Luck_is_counted_exactly()
    {
        var expected = Reference.Json("13_permutation");
        foreach (var name in new[] { "reading", "plant" })
        {
            var set = expected.GetProperty(name);
            var (a, b) = (set.GetProperty("a").Numbers(), set.GetProperty("b").Numbers());
            bool[] first = [.. a.Select(_ => true), .. b.Select(_ => false)];

            var test = PermutationTest.TwoGroups(first, [.. a, .. b]).Required;

            test.IsExact.ShouldBeTrue();
            test.Ways.ShouldBe(set.GetProperty("n_perm").GetInt64());
            test.PValue.ShouldBeNear(set.Number("p_two_sided"), 1e-14);
        }
        var darwin = PermutationTest.Pairs(expected.GetProperty("darwin").GetProperty("diff").Numbers()).Required;
        (darwin.AtLeastAsFar, darwin.Ways).ShouldBe((2 * 863L, 32_768L));
        darwin.PValue.ShouldBe(expected.GetProperty("darwin").Number("p_two_sided"));
    }

    [Fact]
    public void Lots_come_near_the_reference_of_a_lottery_with_rounds()
    {
        var p = Reference.Json("21_lottery_iv").GetProperty("lottery").Number("perm_p_two_sided_20000");
        var table = Reference.Table("21_lottery_iv", "lottery.csv");

        var test = PermutationTest.TwoGroups(Array.ConvertAll(table.Whole("offered"), offered => offered == 1), table.Numbers("y"), table.Whole("round"), seed: 5, draws: 20_000).Required;

        test.IsExact.ShouldBeFalse();
        test.PValue.ShouldBeNear(p, 4 * Math.Sqrt(2 * p * (1 - p) / 20_000));
    }

    [Fact]
    public void Bias_that_would_explain_it_away_agrees_with_the_reference()
    {
        var expected = Reference.Json("18_sensitivity");
        foreach (var row in expected.GetProperty("evalue").EnumerateArray()) HiddenBias.EValue(row.Number("rr")).ShouldBeNear(row.Number("e"), 1e-10);
        HiddenBias.EValue(new Interval(1.8, 8.7)).ShouldBe(3);
        HiddenBias.EValue(new Interval(0.9, 8.7)).ShouldBe(1);
        var conversions = expected.GetProperty("conversions");
        foreach (var (hazard, risk) in conversions.GetProperty("hr").Numbers().Zip(conversions.GetProperty("hr_to_rr").Numbers())) HiddenBias.RiskRatioOfHazards(hazard).ShouldBeNear(risk, 1e-10);
        foreach (var (odds, risk) in conversions.GetProperty("or").Numbers().Zip(conversions.GetProperty("or_to_rr").Numbers())) HiddenBias.RiskRatioOfOdds(odds).ShouldBeNear(risk, 1e-10);
        foreach (var (d, risk) in conversions.GetProperty("d").Numbers().Zip(conversions.GetProperty("d_to_rr").Numbers())) HiddenBias.RiskRatioOfDifference(d).ShouldBeNear(risk, 1e-10);
        var darwin = Reference.Json("13_permutation").GetProperty("darwin").GetProperty("diff").Numbers();
        foreach (var row in expected.GetProperty("rosenbaum").EnumerateArray()) HiddenBias.Rosenbaum(darwin, row.Number("gamma")).Required.LargestPValue.ShouldBeNear(row.Number("p_upper"), 1e-10);
    }

    [Fact]
    public void A_placebo_finds_nothing_in_an_honest_design()
    {
        var market = MarketSim.Make(1001, 800, MarketSim.Scenario.BadMonthBefore);

        var honest = PlaceboTest.Run(market.Panel, null, seed: 4, draws: 60, TestContext.Current.CancellationToken).Required;

        honest.Estimates.Count.ShouldBe(60);
        honest.Passes.ShouldBeTrue();
        honest.Estimates.Average(estimate => estimate.Value).ShouldBeNear(0, 0.03);
        // Of a hundred draws five are to be expected and thirteen are still luck.
        (honest with { Estimates = new Estimate[100], Found = 13 }).Passes.ShouldBeTrue();
        (honest with { Estimates = new Estimate[100], Found = 14 }).Passes.ShouldBeFalse();
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        PermutationTest.TwoGroups([true, true], [1, 2]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        PermutationTest.Pairs([]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        HiddenBias.Rosenbaum([0, 0], 1).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        PlaceboTest.Run(OutcomePanel.Of(3, [1, 2, 3, 4, 5, 7], [3, 0]).Required, null, 1).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        Should.Throw<ArgumentException>(() => MultipleTests.Holm([1.2]));
    }
}
