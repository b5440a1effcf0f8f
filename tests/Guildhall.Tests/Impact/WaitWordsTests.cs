using Guildhall.Evidence;
using Guildhall.Modules.Impact;

namespace Guildhall.Tests.Impact;

/// <summary>The words of what new sellers are watched for: which way is better, and what is said of whom.</summary>
public sealed class WaitWordsTests
{
    static readonly WaitTerms first = new(Awaited.FirstSale, 90, 3), milestone = new(Awaited.Milestone, 120, 5, 50_000), staying = new(Awaited.Quiet, 180, 7, 60);

    [Theory]
    [InlineData(VerdictKind.SomeEvidence, 6.1, "New sellers with a mentor make their first sale 6.1 days sooner", "New sellers with a mentor reach $500 in sales 6.1 days sooner", "New sellers with a mentor go quiet 6.1 days later")]
    [InlineData(VerdictKind.GotWorse, -6.1, "New sellers with a mentor make their first sale 6.1 days later", "New sellers with a mentor reach $500 in sales 6.1 days later", "New sellers with a mentor go quiet 6.1 days sooner")]
    [InlineData(VerdictKind.NoClearChange, 1, "No clear change in how soon new sellers make their first sale", "No clear change in how soon new sellers reach $500 in sales", "No clear change in how soon new sellers go quiet")]
    [InlineData(VerdictKind.TooSmallToMatter, 0.4, "New sellers with a mentor make their first sale about as soon as others", "New sellers with a mentor reach $500 in sales about as soon as others", "New sellers with a mentor go quiet about as soon as others")]
    public void Say_which_way_it_went(VerdictKind verdict, double better, string firstSale, string amount, string quiet) =>
        new[] { first, milestone, staying }.Select(terms => Words(Found(terms, verdict) with { DaysBetter = new(better, better - 2, better + 2) }, terms).Headline).ShouldBe([firstSale, amount, quiet]);

    [Fact]
    public void Say_of_how_many_it_is_too_early()
    {
        string Sentence(WaitTerms terms) => Words(Found(terms, VerdictKind.TooEarly) with { Mentored = 1 }, terms).Sentence;

        Sentence(first).ShouldEndWith("1 mentee had not sold when they started.");
        Sentence(milestone).ShouldEndWith("1 mentee had sold for less than $500 when they started.");
        Sentence(staying).ShouldEndWith("1 mentee had not gone quiet when they started.");
    }

    /// <summary>What would explain an earlier sale away makes it likelier; what would explain later silence away makes silence less likely.</summary>
    [Theory]
    [InlineData(Awaited.FirstSale, VerdictKind.SomeEvidence, 1.5, "an early first sale 2.1 times as likely")]
    [InlineData(Awaited.FirstSale, VerdictKind.GotWorse, 0.7, "an early first sale 2.1 times as unlikely")]
    [InlineData(Awaited.Milestone, VerdictKind.StrongEvidence, 1.5, "reaching it early 2.1 times as likely")]
    [InlineData(Awaited.Quiet, VerdictKind.SomeEvidence, 0.7, "going quiet 2.1 times as unlikely")]
    [InlineData(Awaited.Quiet, VerdictKind.NoClearChange, 0.7, "How keen somebody is stands in no figure.")]
    public void Say_what_could_explain_it_away_where_there_is_something_to_explain(Awaited what, VerdictKind verdict, double pace, string said)
    {
        var terms = new[] { first, milestone, staying }.Single(terms => terms.What == what);

        Words(Found(terms, verdict) with { Pace = new(pace, pace, pace), UnseenToExplain = 2.13 }, terms).Checks[^1].Detail.ShouldContain(said);
    }

    [Fact]
    public void Say_why_there_is_nobody_to_compare_with()
    {
        string Title(double alone, double? effective) => Words(Found(milestone, VerdictKind.SomeEvidence) with { ShareAlone = alone, EffectiveOthers = effective }, milestone).Checks[1].What;

        Title(0.01, 60).ShouldBe("Nearly every mentee has sellers to compare with");
        Title(0.01, null).ShouldBe("Nearly every mentee has sellers to compare with", "a reading from before it was counted");
        Title(0.09, 60).ShouldBe("Some mentees have nobody to compare with");
        Title(0.01, 59.7).ShouldBe("Too few different sellers serve as the others");
        Words(Found(milestone, VerdictKind.SomeEvidence) with { EffectiveOthers = 59.7 }, milestone).Checks[1].Detail.ShouldContain("count as 59,");
    }

    [Theory]
    [InlineData(0.3, 0.1, "They came at different times")]
    [InlineData(0.1, 0.3, "They were not as far")]
    public void Say_in_what_they_are_not_alike(double signedUp, double progress, string said) =>
        Words(Found(milestone, VerdictKind.NotReported) with { IsComparable = false, Balance = [new("Day of signing up", 1, 0, signedUp), new("Share of the milestone", 1, 0, progress)] }, milestone).Checks.Single().What.ShouldBe(said);

    static WaitWords Words(FoundWait found, WaitTerms terms) => new(found, terms, "USD");

    static FoundWait Found(WaitTerms terms, VerdictKind verdict) => new()
    {
        What = terms.What,
        Verdict = verdict,
        WithinDays = terms.WithinDays,
        WindowEndsOn = new(2026, 9, 1),
        Mentored = 104,
        Mentees = 104,
        Others = 317,
        Balance = [new("Day of signing up", 1, 1, 0)],
        IsComparable = true,
        WaitMentored = 50,
        WaitOthers = 60,
        SmallestVisible = 4,
    };
}
