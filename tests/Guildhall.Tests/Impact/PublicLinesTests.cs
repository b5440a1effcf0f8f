using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Impact;

/// <summary>Which averages of a reading are public, and in which direction.</summary>
public sealed class PublicLinesTests
{
    static readonly ReadingTerms terms = new(StudyOutcome.Sales, 4, true, true, true, 10);

    [Fact]
    public void Tells_order_value_and_reviews_and_what_must_not_get_worse()
    {
        FoundAverage[] averages = [.. Enum.GetValues<PanelAverage>().Select(what => new FoundAverage(what, VerdictKind.TooFew) { Mentees = 4, Others = 70 })];
        var guarded = ReadAverages.Marked(averages, ProgramDesign.FirstNinetyDays with { Guardrails = [new("late_dispatch")] }, []);

        Public([.. averages]).Select(outcome => outcome.Id).ShouldBe(["sales", "order-value", "reviews"]);
        Public(guarded).Select(outcome => outcome.Id).ShouldBe(["sales", "order-value", "reviews", "sent-late"]);
        guarded.Where(average => average.MustNotGetWorse).Select(average => average.What).ShouldBe([PanelAverage.LateDispatch]);
        // What was promised at one look is answered at every later one.
        ReadAverages.Marked(averages, ProgramDesign.FirstNinetyDays with { Guardrails = [] }, guarded).ShouldBe(guarded);
        // How many there are of few is not public.
        Public(guarded)[^1].ShouldSatisfyAllConditions(
            late => late.Detail.ShouldStartWith("The program says it must not get worse. A result needs 30 mentored sellers"), late => (late.Effect, late.Mentored).ShouldBe((null, null)));
    }

    [Fact]
    public void Above_zero_is_better_of_orders_sent_back_too()
    {
        var found = new FoundAverage(PanelAverage.SentBack, VerdictKind.GotWorse) { MustNotGetWorse = true, Mentees = 64, Others = 151, Actual = 0.061, Expected = 0.047, Change = new(0.014, 0.002, 0.026), Share = new(0.30, 0.04, 0.55) };

        var outcome = Public([found])[^1];

        outcome.Effect!.ShouldBe(new("percentage points of orders, fewer is better", -1.4, -2.6, -0.2, "1.4 points more", "2.6 more", "0.2 more"));
        (outcome.Finding, outcome.Mentored, outcome.Compared).ShouldBe(("Orders sent back: 1.4 points more than expected", 60, 150));
        outcome.Detail.ShouldBe("The program says it must not get worse. The true difference is very likely between 0.2 points more and 2.6 points more.");
    }

    [Fact]
    public void Tells_reviews_in_marks_and_the_value_of_an_order_in_percent()
    {
        var outcomes = Public(
        [
            new(PanelAverage.OrderValue, VerdictKind.NoClearChange) { Mentees = 90, Others = 216, Actual = 5_240, Expected = 5_110, Change = new(130, -90, 340), Share = new(0.025, -0.017, 0.067) },
            new(PanelAverage.Review, VerdictKind.SomeEvidence) { Mentees = 71, Others = 180, Actual = 4.31, Expected = 4.19, Change = new(0.12, 0.02, 0.22), Share = new(0.029, 0.005, 0.053) },
        ]);

        (outcomes[1].Finding, outcomes[1].Effect!.Words, outcomes[1].Effect!.LowerEnd).ShouldBe(("No clear change in the value of an order", "3% more", "−2%"));
        (outcomes[2].Finding, outcomes[2].Detail).ShouldBe(("Buyers’ reviews: 0.12 better than expected", "The true difference is very likely between 0.02 better and 0.22 better, on a scale of 1 to 5."));
    }

    [Fact]
    public void Rounds_as_the_words_do_and_to_what_the_interval_supports()
    {
        var outcomes = Public(
        [
            new(PanelAverage.Review, VerdictKind.NoClearChange) { Mentees = 71, Others = 180, Actual = 4.31, Expected = 4.305, Change = new(0.005, -0.001, 0.0125), Share = new(0.001, 0, 0.003) },
            new(PanelAverage.SentBack, VerdictKind.NoClearChange) { MustNotGetWorse = true, Mentees = 71, Others = 180, Actual = 0.05, Expected = 0.05, Change = new(0, -0.01, 0.01), Share = new(0, -0.2, 0.2) },
        ]);

        outcomes[1].Effect!.ShouldBe(new("marks from 1 to 5", 0.005, -0.001, 0.013, "0.005 better", "−0.001", "+0.013"));
        double.IsNegative(outcomes[2].Effect!.Value).ShouldBeFalse();
        outcomes[2].Effect!.Words.ShouldBe("0.0 points more");
    }

    [Fact]
    public void Shows_no_sales_that_a_few_shops_carry()
    {
        var found = new Findings { Verdict = VerdictKind.SomeEvidence, WindowEndsOn = new(2026, 10, 1), Mentored = 90, Mentees = 90, Controls = 216, Share = new(0.22, 0.05, 0.41), EffectiveSellers = 9.6 };

        var held = PublicLines.Of(found, terms, null, "USD")[0];

        (held.VerdictWords, held.Finding, held.Effect, held.Mentored).ShouldBe(("Not reported", "No result is shown for sales", null, null));
        PublicLines.Of(found with { EffectiveSellers = 10.4 }, terms, null, "USD")[0].Effect.ShouldNotBeNull();
        PublicLines.Of(found with { EffectiveSellers = null }, terms, null, "USD")[0].Effect.ShouldNotBeNull("a reading from before it was known");
    }

    [Fact]
    public void Tells_of_new_sellers_what_was_settled_in_days()
    {
        var settled = terms with { Milestone = new(Awaited.Milestone, 120, 5, 50_000), Staying = new(Awaited.Quiet, 180, 7, 60) };
        var found = new Findings
        {
            Verdict = VerdictKind.TooFew,
            WindowEndsOn = new(2026, 10, 1),
            Mentored = 90,
            Mentees = 20,
            Controls = 216,
            Milestone = new() { What = Awaited.Milestone, Verdict = VerdictKind.TooFew, WithinDays = 120, WindowEndsOn = new(2026, 9, 1), Mentored = 21, Mentees = 21, Needs = new(9, 0, 0, 0) },
            Staying = new() { What = Awaited.Quiet, Verdict = VerdictKind.GotWorse, WithinDays = 180, WindowEndsOn = new(2026, 9, 1), Mentored = 104, Mentees = 104, Others = 317, DaysBetter = new(-9.44, -17.6, -1.25) },
        };

        var (milestone, staying) = (PublicLines.Of(found, settled, Awaited.Milestone, "USD")[0], PublicLines.Of(found, settled, Awaited.Milestone, "USD")[2]);

        // How many are missing would say how many there are.
        (milestone.Id, milestone.Finding, milestone.Effect, milestone.Mentored).ShouldBe(("milestone", "Too few to say", null, null));
        milestone.Detail.ShouldBe("A result needs 30 mentored sellers who had sold for less than $500 when they started, 60 other new sellers, and 10 sellers who reach it on each side. No number is worked out before.");
        (staying.Id, staying.VerdictWords, staying.Finding, staying.Mentored, staying.Compared).ShouldBe(("staying", "Got worse", "New sellers with a mentor go quiet 9.4 days sooner", 100, 320));
        staying.Effect.ShouldBe(new("days later", -9.4, -17.6, -1.3, "9.4 days sooner", "−17.6", "−1.3"));
        staying.Detail.ShouldEndWith("A seller goes quiet on the day on which 60 days have passed without an order, since signing up or since the last one.");
        PublicLines.Of(found, terms, null, "USD").Count.ShouldBe(1, "what was not settled is not told");
        PublicLines.Of(found, settled, null, "USD").Select(one => one.Id).ShouldBe(["sales", "milestone", "staying"], "what the program is judged by stands first");
    }

    static IReadOnlyList<PublicOutcome> Public(IReadOnlyList<FoundAverage> averages) =>
        PublicLines.Of(new Findings { Verdict = VerdictKind.TooFew, WindowEndsOn = new(2026, 10, 1), Mentored = 90, Mentees = 20, Controls = 216, Averages = averages }, terms, null, "USD");
}
