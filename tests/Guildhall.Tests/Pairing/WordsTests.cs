using Guildhall.Matching;
using Guildhall.Modules.Pairing;

namespace Guildhall.Tests.Pairing;

/// <summary>What the studio says of settings, runs and reasons, in plain words.</summary>
public sealed class WordsTests
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
            .Select(rule => SettingWords.Clause(new SettingChange(SettingKind.RuleParameter, rule.ToString(), "1", "2"), Names).Name)
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
            "what comes first is now the greatest total fit", "the seed went from 1 to 2", "the program’s first day went from 2027-01-04 to 2027-01-11", "the program’s length went from 13 to 12 weeks",
        ]);

    [Theory]
    [InlineData(0, 0, 0, "fits better. Checked.", "scores higher under these rules. Of")]
    [InlineData(1, 0, 0, "fits better with the pair you kept. Checked.", "scores higher under these rules and with the 1 pair you kept. Of")]
    [InlineData(1, 1, 0, "fits better with the pairs you kept or barred. Checked.", "scores higher under these rules and with the 1 pair you kept and the 1 pair you barred. Of")]
    [InlineData(0, 2, 1, "fits better with the pairs you barred and the waiver you signed. Checked.", "scores higher under these rules and with the 2 pairs you barred and the 1 waiver you signed. Of")]
    public void Says_with_which_pairs_fixed_by_hand_a_run_is_the_best(int kept, int barred, int waived, string claim, string proof)
    {
        var match = Matcher.Run(new([new MenteeProfile { Id = "a" }], [new MentorProfile { Id = "b", Capacity = 1 }], Usual), TestContext.Current.CancellationToken).Required;
        var run = match with
        {
            Settings = Usual with
            {
                Pins = [.. Enumerable.Repeat(new Pin("a", "b"), kept)],
                Bars = [.. Enumerable.Repeat(new Bar("a", "c"), barred)],
                Waivers = [.. Enumerable.Repeat(new Waiver("a", "b", Rule.SharedBrand, "why", new DateOnly(2027, 5, 1)), waived)],
            },
        };

        RunWords.Claim(run).ShouldBe($"No other set of pairs matches more mentees or {claim}");
        RunWords.Proof(run, 0.2).ShouldContain(proof);
    }

    [Theory]
    [InlineData(0, 0, 0, "Nobody’s mentor changed from run 8.")]
    [InlineData(1, 0, 0, "Compared with run 8, 1 mentee moved to another mentor.")]
    [InlineData(5, 2, 1, "Compared with run 8, 5 mentees moved to another mentor, 2 got one and 1 lost theirs.")]
    [InlineData(0, 2, 1, "Compared with run 8, 2 mentees got a mentor and 1 lost theirs.")]
    [InlineData(0, 0, 1, "Compared with run 8, 1 mentee lost their mentor.")]
    public void Counts_apart_who_moved_who_got_a_mentor_and_who_lost_theirs(int moved, int gained, int lost, string words)
    {
        var summary = Matcher.Run(new([new MenteeProfile { Id = "a" }], [new MentorProfile { Id = "b", Capacity = 1 }], Usual), TestContext.Current.CancellationToken).Required.Summary;
        ComparedMove[] moves = [.. Moves(moved, "b", "c"), .. Moves(gained, null, "c"), .. Moves(lost, "b", null)];

        ComparisonWords.Moved(new MatchComparison([], moves, 0, 0, lost, gained, 0, 0, 0, 0, summary, summary, null), 8).ShouldBe(words);

        static IEnumerable<ComparedMove> Moves(int count, string? from, string? to) => Enumerable.Range(0, count).Select(n => new ComparedMove($"m{n}", from, to, null, null));
    }

    [Theory]
    [InlineData(2, "Without it 2 more mentees get a mentor. Removing this pair lowers average fit by 6.6. Bo’s place would stay empty.")]
    [InlineData(1, "Without it 1 more mentee gets a mentor. Removing this pair lowers average fit by 4.7. Bo’s place would stay empty.")]
    [InlineData(0, "Removing this pair lowers average fit by 2.0. Bo’s place would stay empty.")]
    [InlineData(-1, "Without it 1 fewer mentee gets a mentor. Removing this pair raises average fit by 2.0. Bo’s place would stay empty.")]
    [InlineData(-3, "Without it 3 fewer mentees get a mentor. Removing this pair raises average fit by 22.0. Bo’s place would stay empty.")]
    public void Says_what_a_run_without_a_pair_would_be(int matchedChange, string words) =>
        ReasonWords.IfRemoved(new IfRemovedAnswer("a", "b", new PlanChange(5, 5 + matchedChange, 900_000, 800_000, []), null, null), Names).ShouldBe(words);

    [Theory]
    [InlineData("home", null, null, "b", "Home", "Three more mentors who sell in Home, with 2 places each, would match 3 more mentees.")]
    [InlineData("home", null, null, null, "Home", "Nobody who sells in Home has a place to give. Three typical mentors who do and have 2 places each would match 3 more mentees.")]
    [InlineData(null, "pt", null, "b", "Speaking Portuguese", "Three more mentors who speak Portuguese, with 2 places each, would match 3 more mentees.")]
    [InlineData(null, "pt", null, null, "Speaking Portuguese", "Nobody who speaks Portuguese has a place to give. Three typical mentors who do and have 2 places each would match 3 more mentees.")]
    [InlineData(null, null, FreeHours.WeekdayEvening, "b", "Free on weekday evenings", "Three more mentors who are free on weekday evenings, with 2 places each, would match 3 more mentees.")]
    [InlineData(null, null, FreeHours.Weekend, null, "Free at weekends", "Nobody who is free at weekends has a place to give. Three typical mentors who are and have 2 places each would match 3 more mentees.")]
    public void Says_where_mentors_are_short(string? category, string? language, FreeHours? hours, string? copyOf, string kind, string finding) =>
        RunWords.Shortage(new ThreeMoreAnswer(new MentorKind(category, language, hours), copyOf, new MentorProfile { Id = "new", Capacity = 2 }, 5, 8, 500_000, 600_000)).ShouldBe(new ShortageLine(kind, finding));

    [Fact]
    public void Says_what_mentors_who_do_not_exist_are_taken_to_be()
    {
        var typical = new MentorProfile { Id = "new", Capacity = 1, Languages = [new LanguageSkill("fr", LanguageLevel.Native)], WeekHours = new string('1', WeekGrid.Hours) };

        RunWords.Shortage(new ThreeMoreAnswer(new MentorKind(Category: "home"), null, typical, 5, 6, 500_000, 600_000)).Finding
            .ShouldBe("Nobody who sells in Home has a place to give. Three typical mentors who do, speak French, are free when most people here are and have 1 place each would match 1 more mentee.");
    }

    [Theory]
    [InlineData(81, 88, false, "c", null, "7 points more for Ana. Cy would lose their place.")]
    [InlineData(81.4, 80.6, false, "c", "b", "Fits as well. Cy would get another mentor.")]
    [InlineData(81, 76, true, null, null, "5 points less for Ana, most in contact. Has a free place.")]
    public void Says_of_another_mentor_first_what_the_mentee_gains_and_then_who_pays(double own, double points, bool hasFreePlace, string? other, string? to, string words)
    {
        var score = new PairScore { Millionths = 1, Points = (decimal)points, Factors = [], Penalties = [], Caution = null };
        MenteeMove[] moves = [new("a", "d", "b", null, null), .. other is null ? Array.Empty<MenteeMove>() : [new(other, "b", to, null, null)]];
        var answer = new WhyNotAnswer("a", "b", false, null, [], score, new PlanChange(2, 2, 900_000, 800_000, moves));

        ReasonWords.Difference(new Alternative("b", hasFreePlace, score, Factor.Contact), score with { Points = (decimal)own }, "Ana", answer, Usual, Names).ShouldBe(words);
    }

    [Theory]
    [InlineData(RuleStrength.Required, RuleStrength.Off, 87, 3, "Blocks 87 of 756 pairs. Leaves 3 mentees without a match.", false)]
    [InlineData(RuleStrength.Required, RuleStrength.Off, 1, 0, "Blocks 1 of 756 pairs.", false)]
    [InlineData(RuleStrength.Required, RuleStrength.Off, 0, 0, "Blocks none today.", true)]
    [InlineData(RuleStrength.Off, RuleStrength.Required, 9, -1, "Would block 9 of 756 pairs. Turning it on leaves 1 more mentee without a match.", false)]
    public void Says_what_a_rule_blocks_and_whom_it_leaves_without_a_match(RuleStrength from, RuleStrength to, long broken, int matchedChange, string words, bool blocksNone)
    {
        var match = Matcher.Run(new([new MenteeProfile { Id = "a" }], [new MentorProfile { Id = "b", Capacity = 1 }], Usual), TestContext.Current.CancellationToken).Required;
        var run = match with { Rules = [new RuleStatistic(Rule.SharedBrand, from, broken, broken)], Summary = match.Summary with { Pairs = 756 } };
        var insights = new RunInsights(new Dictionary<Rule, RuleCostAnswer> { [Rule.SharedBrand] = new(Rule.SharedBrand, from, to, 10, 10 + matchedChange, 0, 823_000) }, new Dictionary<MentorKind, ThreeMoreAnswer>(), 0, 0);

        var line = RunWords.RuleLines(run, insights).ShouldHaveSingleItem();

        (line.Detail, line.BlocksNone).ShouldBe((words, blocksNone));
    }

    static readonly NameBook Names = new(new Dictionary<string, Named> { ["a"] = new("Ana", "A"), ["b"] = new("Bo", "B"), ["c"] = new("Cy", "C") });

    static MatchSettings With(RuleSetting rule) => Usual with { Rules = [.. RuleSetting.Defaults.Where(usual => usual.Rule != rule.Rule), rule] };

    static IEnumerable<string> Said(MatchSettings before, MatchSettings after) => Matcher.Compare(before, after).Select(change => SettingWords.Clause(change, Names)).Select(clause => $"{clause.Before}{clause.Name}{clause.After}");
}
