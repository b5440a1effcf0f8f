using System.Globalization;
using Guildhall.Evidence.Tests.Support;

namespace Guildhall.Evidence.Tests.Learning;

public class OffPolicyTests
{
    const string Set = "15_moonshot_off_policy";

    [Fact]
    public void Values_of_new_weights_agree_with_the_open_bandit_pipeline()
    {
        var expected = Reference.Json(Set);
        var estimates = expected.GetProperty("estimates");

        var evaluation = OffPolicyEvaluation.Evaluate(Log()).Required;
        var clipped = OffPolicyEvaluation.Evaluate(Log(), largestWeight: 5).Required;

        Near(evaluation.Weighted, "ips");
        Near(clipped.Weighted, "ips_clip5");
        Near(evaluation.SelfNormalised, "snips");
        Near(evaluation.Direct!.Value, "dm");
        Near(evaluation.DoublyRobust!.Value, "dr");
        evaluation.EffectiveChoices.ShouldBeNearly(expected.Number("effective_sample_size"), 1e-10);
        evaluation.LargestWeight.ShouldBeNearly(expected.Number("max_weight"), 1e-10);
        evaluation.DoublyRobust.Value.Interval().Contains(expected.Number("true_value_new")).ShouldBeTrue();
        evaluation.DoublyRobustGain!.Value.Interval().Contains(expected.Number("true_value_new") - expected.Number("true_value_logging")).ShouldBeTrue();
        evaluation.SelfNormalisedGain.Interval().Contains(expected.Number("true_value_new") - expected.Number("true_value_logging")).ShouldBeTrue();
        evaluation.MayBeReleased.ShouldBeTrue();

        void Near(Estimate mine, string name)
        {
            mine.Value.ShouldBeNear(estimates.GetProperty(name).Number("value"), 1e-10, name);
            mine.StandardError.ShouldBeNearly(estimates.GetProperty(name).Number("se"), 1e-3, name);
        }
    }

    [Fact]
    public void New_weights_are_not_released_on_few_effective_choices()
    {
        var evaluation = OffPolicyEvaluation.Evaluate([.. Log().Take(60)]).Required;

        evaluation.EffectiveChoices.ShouldBeLessThan(100);
        evaluation.MayBeReleased.ShouldBeFalse();
    }

    [Fact]
    public void The_gain_of_the_weights_in_use_is_nothing()
    {
        List<LoggedChoice> same = [.. Enumerable.Range(0, 200).Select(i => new LoggedChoice(0, i % 7, 0.5, [0.5, 0.5], [3, 3]))];

        var evaluation = OffPolicyEvaluation.Evaluate(same).Required;

        (evaluation.SelfNormalisedGain.Value, evaluation.DoublyRobustGain!.Value.Value).ShouldBe((0, 0));
        (evaluation.SelfNormalisedGain.StandardError, evaluation.DoublyRobustGain!.Value.StandardError).ShouldBe((0, 0));
        evaluation.EffectiveChoices.ShouldBe(200);
        evaluation.MayBeReleased.ShouldBeFalse();
    }

    [Fact]
    public void Choices_of_one_mentor_are_no_separate_witnesses()
    {
        var once = Log().Take(300).ToList();
        List<LoggedChoice> fourTimes = [.. once, .. once, .. once, .. once];
        int[] copies = [.. Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, once.Count))];

        var (alone, together) = (OffPolicyEvaluation.Evaluate(once).Required, OffPolicyEvaluation.Evaluate(fourTimes, clusters: copies).Required);

        together.DoublyRobustGain!.Value.StandardError.ShouldBeNear(alone.DoublyRobustGain!.Value.StandardError, 1e-12);
        together.SelfNormalisedGain.StandardError.ShouldBeNear(alone.SelfNormalisedGain.StandardError, 1e-12);
        OffPolicyEvaluation.Evaluate(fourTimes).Required.DoublyRobustGain!.Value.StandardError.ShouldBeLessThan(0.51 * alone.DoublyRobustGain!.Value.StandardError);
    }

    [Fact]
    public void Refuses_what_it_can_not_answer()
    {
        OffPolicyEvaluation.Evaluate([]).Refusal!.Reason.ShouldBe(RefusalReason.TooFewRows);
        OffPolicyEvaluation.Evaluate([new(0, 1, 0, [1], []), new(0, 1, 1, [1], [])]).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        OffPolicyEvaluation.Evaluate([new(0, 1, 1, [0.5, 0.4], []), new(0, 1, 1, [1], [])]).Refusal!.Reason.ShouldBe(RefusalReason.OutOfRange);
        OffPolicyEvaluation.Evaluate([new(0, 1, 1, [0, 1], []), new(0, 1, 1, [0, 1], [])]).Refusal!.Reason.ShouldBe(RefusalReason.NoControls);
    }

    static List<LoggedChoice> Log()
    {
        var expected = Reference.Json(Set);
        var table = Reference.Table(Set, "log.csv");
        var (weights, model) = (expected.GetProperty("weights_new").Numbers(), expected.GetProperty("reward_model_coef").Numbers());
        double[][][] x = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 4).Select(f => table.Numbers(string.Create(CultureInfo.InvariantCulture, $"x{c}_{f}"))).ToArray())];
        double[][] chances = [.. Enumerable.Range(0, 4).Select(c => table.Numbers($"plog{c}"))];
        var (chosen, reward) = (table.Whole("chosen"), table.Numbers("reward"));
        return [.. Enumerable.Range(0, table.Count).Select(row => new LoggedChoice(
            chosen[row], reward[row], chances[chosen[row]][row],
            OffPolicyEvaluation.Softmax([.. x.Select(candidate => candidate.Select((feature, f) => weights[f] * feature[row]).Sum())]),
            [.. x.Select(candidate => 1 / (1 + Math.Exp(-model[0] - candidate.Select((feature, f) => model[f + 1] * feature[row]).Sum())))]))];
    }
}
