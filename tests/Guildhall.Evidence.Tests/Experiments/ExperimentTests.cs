using Guildhall.Evidence.Numerics;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Experiments;

public class ExperimentTests
{
    [Fact]
    public void Sixty_looks_at_a_useless_pilot_alarm_a_t_test_and_not_the_sequence()
    {
        const int Pilots = 200;
        var (sequence, test) = (0, 0);
        for (var pilot = 0; pilot < Pilots; pilot++)
        {
            var random = new SplitMix((ulong)(900 + pilot));
            bool[] treated = [.. Enumerable.Range(0, 1_200).Select(_ => random.Uniform() < 0.5)];
            double[] outcome = [.. treated.Select(_ => 100 + 20 * random.Normal())];
            var looks = Enumerable.Range(2, 59).Select(look => 20 * look).ToList();
            if (looks.Exists(n => !ConfidenceSequence.Read(treated[..n], outcome[..n], plannedRows: 1_200).Required.SafeToday.Contains(0))) sequence++;
            if (looks.Exists(n => !ArmComparison.Welch(treated[..n], outcome[..n]).Required.Interval().Contains(0))) test++;
        }

        // The design's 1.75% and 34.8%, each within four standard errors of 200 pilots.
        sequence.ShouldBeLessThanOrEqualTo(11);
        test.ShouldBeInRange(43, 97);
    }

    [Fact]
    public void Earlier_figures_make_a_pilot_narrower_and_leave_its_truth_alone()
    {
        var random = new SplitMix(3);
        bool[] treated = [.. Enumerable.Range(0, 2_000).Select(_ => random.Uniform() < 0.5)];
        double[] before = [.. treated.Select(_ => random.Normal())];
        double[] outcome = [.. treated.Select((t, i) => 3 * before[i] + random.Normal() + (t ? 0.5 : 0))];
        var earlier = new CovariateTable(["before"], [before]);

        var plain = ConfidenceSequence.Read(treated, outcome, 2_000).Required;
        var cuped = ConfidenceSequence.Read(treated, outcome, 2_000, earlier: earlier).Required;

        cuped.SafeHalfWidth.ShouldBeNearly(plain.SafeHalfWidth / Math.Sqrt(10), 0.05);
        cuped.SafeToday.Contains(0.5).ShouldBeTrue();
        (cuped.SafeHalfWidth / cuped.PlannedHalfWidth).ShouldBeNear(1.56, 0.03);
        ArmComparison.Cuped(treated, outcome, earlier).Required.VarianceExplained.ShouldBeNear(0.9, 0.02);
    }

    [Fact]
    public void Winners_who_stay_away_thin_the_offer_and_not_the_effect_on_compliers()
    {
        // Half of the winners come; mentoring adds 2.
        bool[] won = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0)];
        bool[] mentored = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0)];
        var random = new SplitMix(8);
        double[] outcome = [.. mentored.Select(m => (m ? 2 : 0) + 0.1 * random.Normal())];

        var effect = LotteryEffect.Estimate(won, mentored, outcome, new int[400]).Required;

        effect.TakeUp.Value.ShouldBeNear(0.5, 1e-12);
        effect.Offered.Value.ShouldBeNear(1, 0.05);
        effect.Compliers.Required.Effect.Value.ShouldBeNear(2, 0.05);
    }

    [Fact]
    public void Full_take_up_makes_the_offer_the_effect()
    {
        bool[] won = [true, true, false, false, true, false];
        var effect = LotteryEffect.Estimate(won, won, [3, 5, 1, 2, 9, 4], [1, 1, 1, 1, 2, 2]).Required;

        effect.Compliers.Required.Effect.Value.ShouldBeNear(effect.Offered.Value, 1e-12);
        effect.Compliers.Required.FirstStageF.ShouldBeGreaterThan(1e6);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        ArmComparison.Welch([true, false, false], [1, 2, 3]).Refusal!.Reason.ShouldBe(RefusalReason.NobodyTreated);
        ArmComparison.Welch([true, true, false], [1, 2, 3]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        ArmComparison.Welch([true, true, false, false], [1, 1, 1, 1]).Refusal!.Reason.ShouldBe(RefusalReason.ConstantOutcome);
        ArmComparison.Welch([true, true, false, false], [1, 1, double.NaN, 1]).Refusal!.Reason.ShouldBe(RefusalReason.MissingValue);
        ArmComparison.Cuped([true, true, false, false], [1, 2, 3, 4], new(["x"], [[5, 5, 5, 5]])).Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
        ArmComparison.Lin([true, true, false, false], [1, 2, 3, 4], new(["x"], [[5, 5, 1, 5]])).Refusal!.Reason.ShouldBe(RefusalReason.CollinearCovariates);
        BoundedSequence.Read([true], [1.5], 10).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        LotteryEffect.Estimate([true, false], [true, false], [1, 2], [1, 2]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
        // Winning changes nothing about who is mentored.
        LotteryEffect.Estimate([true, true, true, true, false, false, false, false], [true, false, true, false, true, false, true, false], [1, 2, 3, 4, 5, 6, 7, 8], new int[8])
            .Required.Compliers.Refusal!.Reason.ShouldBe(RefusalReason.Unbounded);
        SampleSize.ForMeans(0, 1).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        SampleSize.ForShares(0.3, 0.3).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.Power(10, 1, 1, alpha: 0));
    }

    [Fact]
    public void A_planned_size_has_the_power_it_was_planned_for()
    {
        foreach (var difference in new[] { 0.05, 0.3, 1.2 })
        {
            var rows = SampleSize.ForMeans(difference, 1).Required.RowsPerArm;
            SampleSize.Power(rows, difference, 1).ShouldBeNear(0.8, 1e-9);
        }
        SampleSize.SmallestVisible(1).ShouldBeNear(2.8015852, 1e-6);
    }
}
