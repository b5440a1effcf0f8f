using Guildhall.Matching;
using Guildhall.Modules.Pairing;

namespace Guildhall.Tests.Pairing;

/// <summary>What differs between two runs' settings, in plain words.</summary>
public sealed class StudioWordsTests
{
    static readonly MatchSettings Usual = new() { ProgramStart = new DateOnly(2027, 1, 4) };

    [Theory]
    [InlineData(true, "what is not known now counts as breaking the rule “Enough shared hours a week”")]
    [InlineData(false, "what is not known no longer counts as breaking the rule “Enough shared hours a week”")]
    public void Says_whether_unknowns_count_as_broken(bool blocks, string words) => Said(
        With(new RuleSetting(Rule.SharedHours, RuleStrength.Required, 2, UnknownBlocks: !blocks)), With(new RuleSetting(Rule.SharedHours, RuleStrength.Required, 2, UnknownBlocks: blocks))).ShouldBe([words]);

    [Theory]
    [InlineData(Rule.Language, 2, 3, "the level of the language in common went from working to fluent")]
    [InlineData(Rule.SharedHours, 2, 5, "shared hours a week went from 2 to 5")]
    [InlineData(Rule.GroupShare, 0.15, 0.125, "the share of mentees that one mentor or group may take went from 15% to 12.5%")]
    [InlineData(Rule.MenteesInRow, 4, 6, "mentees in a row before a pause went from 4 to 6")]
    [InlineData(Rule.SameTrade, 0, 0.5, "the price overlap that makes competitors went from any to 50%")]
    [InlineData(Rule.MinimumScore, 40, 50.5, "the lowest fit went from 40 to 50.5")]
    public void Says_what_a_rules_number_counts(Rule rule, double before, double after, string words) => Said(
        With(new RuleSetting(rule, RuleStrength.Required, before)), With(new RuleSetting(rule, RuleStrength.Required, after))).ShouldBe([words]);

    [Fact]
    public void Has_words_for_the_number_of_every_rule_with_one() =>
        Enum.GetValues<Rule>().Where(rule => RuleSetting.DefaultParameter(rule) is not null)
            .Select(rule => StudioWords.Clause(new SettingChange(SettingKind.RuleParameter, rule.ToString(), "1", "2"), Names).Name)
            .ShouldAllBe(name => !name.Contains("the number of the rule"));

    [Fact]
    public void Says_every_other_change_in_a_clause() => Said(
        Usual,
        With(new RuleSetting(Rule.SharedHours, RuleStrength.Off, 5)) with
        {
            Weights = new Dictionary<Factor, int>(MatchSettings.DefaultWeights) { [Factor.Hours] = 12, [Factor.Category] = 23 },
            Pins = [new Pin("a", "b")],
            Bars = [new Bar("a", "c")],
            Waivers = [new Waiver("a", "b", Rule.SharedBrand, "why", new DateOnly(2027, 5, 1))],
            EndedPairs = [new EndedPair("a", "d")],
            Objective = AssignmentObjective.Score,
            Seed = 2,
            ProgramStart = new DateOnly(2027, 1, 11),
            ProgramWeeks = 12,
        }).ShouldBe(
        [
            "the weight of Category went from 25 to 23", "the weight of Hours went from 10 to 12", "the rule “Enough shared hours a week” is now off", "shared hours a week went from 2 to 5",
            "Ana with Bo is kept", "Ana with Cy is never made", "a waiver for Ana with Bo was signed", "Ana with d ended before",
            "what comes first is now the greatest total fit", "the seed went from 1 to 2", "the program's first day went from 2027-01-04 to 2027-01-11", "the program's length went from 13 to 12 weeks",
        ]);

    [Theory]
    [InlineData(2, "Without this pair the total changes by −10.0 points and 2 mentees more are matched. Bo's place would stay empty.")]
    [InlineData(1, "Without this pair the total changes by −10.0 points and 1 mentee more is matched. Bo's place would stay empty.")]
    [InlineData(0, "Without this pair the total changes by −10.0 points. Bo's place would stay empty.")]
    [InlineData(-1, "Without this pair the total changes by −10.0 points and 1 mentee fewer is matched. Bo's place would stay empty.")]
    [InlineData(-3, "Without this pair the total changes by −10.0 points and 3 mentees fewer are matched. Bo's place would stay empty.")]
    public void Says_what_a_run_without_a_pair_would_be(int matchedChange, string words) =>
        StudioWords.IfRemoved(new IfRemovedAnswer("a", "b", new PlanChange(5, 5 + matchedChange, 900_000, 800_000, []), null, null), Names).ShouldBe(words);

    [Theory]
    [InlineData("home", null, null, "b", "Home", "Three more mentors here, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    [InlineData("home", null, null, null, "Home", "Nobody here has a place to give. Three typical mentors, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    [InlineData(null, "pt", null, "b", "Speaking Portuguese", "Three more mentors who speak Portuguese, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    [InlineData(null, "pt", null, null, "Speaking Portuguese", "Nobody who speaks Portuguese has a place to give. Three typical mentors who do, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    [InlineData(null, null, FreeHours.WeekdayEvening, "b", "Free on weekday evenings", "Three more mentors who are free on weekday evenings, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    [InlineData(null, null, FreeHours.Weekend, null, "Free at weekends", "Nobody who is free at weekends has a place to give. Three typical mentors who are, with 2 places each, would match 3 more mentees and change the total by +10.0 points.")]
    public void Says_where_mentors_are_short(string? category, string? language, FreeHours? hours, string? copyOf, string kind, string finding) =>
        StudioWords.Shortage(new ThreeMoreAnswer(new MentorKind(category, language, hours), copyOf, new MentorProfile { Id = "new", Capacity = 2 }, 5, 8, 500_000, 600_000)).ShouldBe(new ShortageLine(kind, finding));

    static readonly NameBook Names = new(new Dictionary<string, Named> { ["a"] = new("Ana", "A"), ["b"] = new("Bo", "B"), ["c"] = new("Cy", "C") });

    static MatchSettings With(RuleSetting rule) => Usual with { Rules = [.. RuleSetting.Defaults.Where(usual => usual.Rule != rule.Rule), rule] };

    static IEnumerable<string> Said(MatchSettings before, MatchSettings after) => Matcher.Compare(before, after).Select(change => StudioWords.Clause(change, Names)).Select(clause => $"{clause.Before}{clause.Name}{clause.After}");
}
