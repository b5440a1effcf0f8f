using Guildhall.Evidence;
using Guildhall.Modules.Impact;

namespace Guildhall.Tests.Impact;

/// <summary>The one sentence of every verdict, and that those without an estimate say no number of one.</summary>
public sealed class ImpactWordsTests
{
    static readonly ReadingTerms sales = new(StudyOutcome.Sales, 6, true, false, true, 10);

    [Theory]
    [InlineData(VerdictKind.TooEarly, "Too early", "Too early to say: due 2 Mar 2027")]
    [InlineData(VerdictKind.TooFew, "Too few", "Needs about 12 more mentees")]
    [InlineData(VerdictKind.NotReported, "Not reported", "No result is shown: there are too few sellers like the mentees")]
    [InlineData(VerdictKind.GotWorse, "Got worse", "Mentored sellers sold 22% less than expected")]
    [InlineData(VerdictKind.TooSmallToMatter, "Too small to matter", "Mentored sellers sold about as much as expected")]
    [InlineData(VerdictKind.StrongEvidence, "Strong evidence", "Mentored sellers sold 22% more than expected")]
    [InlineData(VerdictKind.SomeEvidence, "Some evidence", "Mentored sellers sold 22% more than expected")]
    [InlineData(VerdictKind.NoClearChange, "No clear change", "No clear change in what mentored sellers sold")]
    public void Of_every_verdict(VerdictKind kind, string badge, string headline)
    {
        var words = new ImpactWords(Found(kind), sales, "USD");

        (words.Badge, words.Headline).ShouldBe((badge, headline));
    }

    [Theory]
    [InlineData(VerdictKind.TooEarly)]
    [InlineData(VerdictKind.TooFew)]
    [InlineData(VerdictKind.NotReported)]
    public void Say_no_percent_where_there_is_no_estimate(VerdictKind kind)
    {
        var words = new ImpactWords(Found(kind), sales, "USD");

        $"{words.Headline} {words.Sentence}".ShouldNotContain("%");
        words.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void Say_what_is_missing()
    {
        Headline(new(0, 4, 0, 0)).ShouldBe("Needs about 4 more sellers to compare with");
        Headline(new(1, 0, 2, 1)).ShouldBe("Needs about 1 more mentee and 8 more weeks of figures before joining and 4 more weeks of figures after it");

        static string Headline(FoundShortfall needs) => new ImpactWords(Found(VerdictKind.TooFew) with { Needs = needs }, sales, "USD").Headline;
    }

    [Fact]
    public void Say_which_check_stands_in_the_way() =>
        new ImpactWords(Found(VerdictKind.NotReported) with { Failed = StudyCheck.FlatBefore }, sales, "USD").Headline.ShouldBe("No result is shown: the groups moved apart before anybody joined");

    [Fact]
    public void Say_amounts_in_money_or_in_orders()
    {
        var found = Found(VerdictKind.SomeEvidence);

        new ImpactWords(found, sales, "USD").InAmounts.ShouldBe("$125 more a mentee in four weeks, very likely between $78 more and $172 more");
        new ImpactWords(found, sales, "USD").Sentence.ShouldBe("$693 a mentee in four weeks; $568 would have been expected. The true difference is very likely between 14% more and 31% more.");
        new ImpactWords(found with { Amount = new(3.14, -0.5, 6.8) }, sales with { Outcome = StudyOutcome.Orders }, "USD").InAmounts.ShouldBe("3.1 orders more a mentee in four weeks, very likely between 0.5 orders less and 6.8 orders more");
    }

    [Fact]
    public void Say_no_more_digits_than_the_interval_has()
    {
        Headline(new(0.0213, 0.0041, 0.0388)).ShouldBe("Mentored sellers sold 2.1% more than expected");
        Headline(new(0.213, 0.041, 0.388)).ShouldBe("Mentored sellers sold 21% more than expected");

        static string Headline(FoundEffect share) => new ImpactWords(Found(VerdictKind.SomeEvidence) with { Share = share }, sales, "USD").Headline;
    }

    [Fact]
    public void Say_what_a_plan_changed()
    {
        ImpactWords.Settled(sales, null, "USD").ShouldBe("Settled: sales, a window of 24 weeks, compared by category, time on the marketplace, 10% is worth having");
        ImpactWords.Settled(sales with { UsefulPercent = 2.5m, ComparesAge = false, ComparesCategory = false }, sales, "USD")
            .ShouldBe("Changed: compared by nothing, before: compared by category, time on the marketplace; 2.5% is worth having, before: 10% is worth having");
    }

    [Theory]
    [InlineData(0.0412, "0.04")]
    [InlineData(-0.0996, "0.10")]
    [InlineData(0.1, "0.10")]
    [InlineData(0.10001, "0.101")]
    [InlineData(-0.1034, "0.104")]
    [InlineData(0.107, "0.11")]
    [InlineData(1e6, "beyond measure")]
    public void Say_a_gap_that_is_just_too_large_with_one_more_digit(double difference, string said) => ImpactWords.Gap(difference).ShouldBe(said);

    static Findings Found(VerdictKind kind)
    {
        var sign = kind == VerdictKind.GotWorse ? -1 : 1;
        var found = new Findings
        {
            Verdict = kind,
            WindowEndsOn = new(2027, 3, 1),
            Mentored = 40,
            Mentees = 38,
            Controls = 300,
            Needs = kind == VerdictKind.TooFew ? new(12, 0, 0, 0) : null,
            Failed = kind == VerdictKind.NotReported ? StudyCheck.ControlsComparable : null,
        };
        return kind is VerdictKind.TooEarly or VerdictKind.TooFew or VerdictKind.NotReported ? found
            : found with { Share = new(sign * 0.22, Math.Min(sign * 0.14, sign * 0.31), Math.Max(sign * 0.14, sign * 0.31)), Amount = new(sign * 12_500, sign * 7_800, sign * 17_200), Actual = 69_300, Expected = 56_800, SmallestVisible = 0.06 };
    }
}
