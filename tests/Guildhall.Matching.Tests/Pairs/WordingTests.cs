using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class WordingTests
{
    static readonly MenteeProfile Ana = Mentee() with
    {
        Categories = [new("home/kitchen/table_ware", 1)],
        OrdersPerWeek = 1,
        Variants = 40,
        IsMadeToOrder = true,
        Channels = ["market", "own_shop"],
        Needs = [new("photos", 1), new("pricing", 0.5)],
        TargetOrdersPerWeek = 10,
        Style = 0.5,
        Contact = 0.8,
        Region = "BR/SP",
        TimeZone = "America/Sao_Paulo",
        WeekHours = WeekGrid.Parse("tue,thu 9-11"),
        Industries = ["ceramics"],
    };

    static readonly MentorProfile Ruth = Mentor() with
    {
        Categories = [new("home/kitchen/table_ware", 1)],
        OrdersPerWeek = 40,
        Variants = 55,
        IsMadeToOrder = true,
        Channels = ["own_shop", "market"],
        Strengths = [new("photos", 0.96)],
        PassedOrdersPerWeek = 60,
        Style = 1,
        Contact = 0.5,
        Region = "BR/SP",
        TimeZone = "America/Sao_Paulo",
        WeekHours = WeekGrid.Parse("tue 9-11;thu 10-12"),
        Industries = ["ceramics", "glass"],
        Answered = 9,
        Asked = 10,
        DaysSinceActive = 1,
    };

    [Theory]
    [InlineData(Factor.Category, "Both sell table ware.")]
    [InlineData(Factor.Velocity, "Ana wants 10 orders a week, Ruth has 40.")]
    [InlineData(Factor.Inventory, "Both make to order. Ana has 40 variants, Ruth 55. Not known of both: who ships.")]
    [InlineData(Factor.Hours, "3 shared hours a week, Tuesday and Thursday.")]
    [InlineData(Factor.Skills, "Ruth covers 1 of 2 needs: photos, at a level of 96%.")]
    [InlineData(Factor.Channel, "Both sell through market and own shop.")]
    [InlineData(Factor.GrowthTarget, "Ana wants 10 orders a week. Ruth has had 60.")]
    [InlineData(Factor.Industry, "Both know ceramics.")]
    [InlineData(Factor.Style, "Both start from numbers, Ruth more.")]
    [InlineData(Factor.Contact, "Both prefer calls, Ana more.")]
    [InlineData(Factor.Region, "Both are in SP.")]
    [InlineData(Factor.Responsiveness, "Ruth answered 9 of 10, last active 1 day ago.")]
    public void Each_factor_says_what_was_compared(Factor factor, string sentence) => Said(factor, Ana, Ruth).ShouldBe(sentence);

    [Fact]
    public void Differences_are_said_as_plainly()
    {
        var far = Ruth with { Style = -1, Contact = 0, Region = "BR/RJ", Channels = ["fair"], IsMadeToOrder = false };

        Said(Factor.Category, Ana, far with { Categories = [new("home/kitchen/knives", 1)] }).ShouldBe("Ana sells table ware, Ruth sells knives. Both are in kitchen.");
        Said(Factor.Category, Ana, far with { Categories = [new("toys/wood", 1)] }).ShouldBe("Ana sells table ware, Ruth sells wood.");
        Said(Factor.Style, Ana, far).ShouldBe("Ana starts from numbers, Ruth starts from experience.");
        Said(Factor.Contact, Ana, far).ShouldBe("Ana prefers calls, Ruth is in between.");
        Said(Factor.Region, Ana, far).ShouldBe("Ana is in SP, Ruth in RJ.");
        Said(Factor.Channel, Ana, far).ShouldBe("No sales channel in common.");
        Said(Factor.Inventory, Ana, far).ShouldBe("One makes to order, one sells from stock. Ana has 40 variants, Ruth 55. Not known of both: who ships.");
        Said(Factor.Skills, Ana, far with { Strengths = [new("stock", 1)] }).ShouldBe("Ruth covers none of 2 needs.");
        Said(Factor.Inventory, Ana with { IsMadeToOrder = null, Variants = null, IsShippedByMarketplace = true }, far with { IsShippedByMarketplace = true }).ShouldBe("The marketplace ships for both. Not known of both: how many variants and whether to order or from stock.");
        Said(Factor.Industry, Ana with { Industries = ["ceramics", "wood"] }, Ruth).ShouldBe("Both know ceramics, 1 of 2 that Ana knows.");
        Said(Factor.Channel, Ana, far with { Channels = ["market"] }).ShouldBe("Both sell through market, 1 of 2 that Ana uses.");
        Said(Factor.Contact, Ana, far with { Contact = 0.8 }).ShouldBe("Both prefer calls.");
        Said(Factor.Region, Ana, far with { Region = null }).ShouldBe("Not known for Ruth.");
    }

    [Fact]
    public void A_pair_gives_at_most_three_reasons_and_one_caution()
    {
        var pair = Prepared(Ana, Ruth with { Languages = [new("pt", LanguageLevel.Native)], WeekHours = WeekGrid.Parse("tue 9-10;thu 10-11") }, Defaults with { Rules = [] }).Explain("ana", "ruth");

        pair.Reasons.Count().ShouldBe(3);
        pair.Reasons.Select(r => r.Factor).ShouldBe([Factor.Category, Factor.Velocity, Factor.Skills]);
        MatchWording.Sentence(pair.Caution!, Defaults, "Ana", "Ruth").ShouldBe("Only 2 shared hours a week.");
    }

    [Fact]
    public void Unmatched_mentees_read_why()
    {
        MenteeProfile[] mentees = [Mentee("e1") with { Style = 1 }, Mentee("e2") with { Style = 0.5 }, Mentee("e3") with { Languages = [new("ja", LanguageLevel.Native)] }];
        MentorProfile[] mentors = [Mentor("r1") with { Style = 1, Languages = [new("pt", LanguageLevel.Native)] }];
        var settings = Only(Factor.Style, new RuleSetting(Rule.Language, RuleStrength.Required));

        var run = Matcher.Run(new(mentees, mentors, settings), TestContext.Current.CancellationToken).Required;

        run.Unmatched.Select(u => MatchWording.Sentence(u, run, mentees.Single(mentee => mentee.Id == u.MenteeId))).ShouldBe(
        [
            "The one possible mentor is full. The nearest place would cost 100.0 points elsewhere and bring 75.0.",
            "Speaks Japanese. No mentor speaks it.",
        ]);
    }

    [Fact]
    public void Unmatched_mentees_read_that_a_share_keeps_places_closed()
    {
        MenteeProfile[] mentees = [.. Enumerable.Range(1, 4).Select(n => Mentee($"e{n}"))];
        MentorProfile[] mentors = [Mentor("r1") with { Capacity = 3 }];

        var run = Matcher.Run(new(mentees, mentors, Only(Factor.Style, new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.25))), TestContext.Current.CancellationToken).Required;

        run.Unmatched.Count.ShouldBe(3);
        MatchWording.Sentence(run.Unmatched[0], run, mentees[1]).ShouldStartWith("The one possible mentor is full, or closed by “No mentor or group takes over 25% of mentees”.");
        var pausing = Matcher.Run(new(mentees, mentors, Only(Factor.Style, new(Rule.GroupShare, RuleStrength.Required, 0.25), new(Rule.MenteesInRow, RuleStrength.Required))), TestContext.Current.CancellationToken).Required;
        MatchWording.Sentence(pausing.Unmatched[0], pausing, mentees[1]).ShouldStartWith("The one possible mentor is full, or closed by “No mentor or group takes over 25% of mentees” or “A pause after 4 mentees in a row”.");
    }

    [Theory]
    [InlineData(Rule.SharedHours, "Free Monday 14 to 16 and Sunday 22 to 24. No mentor shares 2 hours.", "Shares 1 hour a week, 2 are needed")]
    [InlineData(Rule.Language, "Speaks Japanese and Korean. No mentor speaks one of them.", "No language in common")]
    [InlineData(Rule.Tier, "Gets the light level of help. No mentor gives it.", "Does not give the light level of help")]
    [InlineData(Rule.OneActiveMentor, "Has a mentor already.", "The mentee has a mentor already")]
    [InlineData(Rule.SameRegion, "In SP. No mentor is.", "Not in the same region")]
    [InlineData(Rule.SharedOwner, "No mentor passes the rule: No owner in common.", "An owner in common")]
    public void What_stands_between_is_said_as_a_fact(Rule rule, string sentence, string phrase)
    {
        var mentee = Mentee() with
        {
            TimeZone = "Europe/Lisbon",
            WeekHours = WeekGrid.Parse("mon 14-16;sun 22-24"),
            Tier = "light",
            CurrentMentorId = "eve",
            Region = "BR/SP",
            Owner = "o",
            Languages = [new("ja", LanguageLevel.Native), new("ko", LanguageLevel.Fluent), new("pt", LanguageLevel.Basic)],
        };
        var mentor = Mentor() with { TimeZone = "Europe/Lisbon", WeekHours = WeekGrid.Parse("mon 15-18"), Tiers = ["standard"], Region = "BR/RJ", Owner = "o", Languages = [new("pt", LanguageLevel.Native)] };
        var settings = Only(Factor.Hours, new RuleSetting(rule, RuleStrength.Required));
        var other = Mentee("bo") with { TimeZone = mentor.TimeZone, WeekHours = mentor.WeekHours, Tier = "standard", Region = "BR/RJ", Languages = mentor.Languages };
        var match = Matcher.Prepare(new([mentee, other], [mentor], settings), TestContext.Current.CancellationToken).Required;

        var run = match.Run(TestContext.Current.CancellationToken);

        MatchWording.Sentence(run.Unmatched.Single(one => one.MenteeId == "ana"), run, mentee).ShouldBe(sentence);
        MatchWording.Break(rule, settings, mentee, match.Explain("ana", "ruth")).ShouldBe(phrase);
    }

    [Fact]
    public void A_rule_that_only_some_mentors_break_is_said_with_how_many()
    {
        var mentee = Mentee() with { Languages = [new("ja", LanguageLevel.Native)], Tier = "light" };
        MentorProfile[] mentors = [Mentor("r1") with { Languages = [new("pt", LanguageLevel.Native)] }, Mentor("r2") with { Tiers = ["standard"], Languages = [new("ja", LanguageLevel.Native)] }];
        var other = Mentee("bo") with { Languages = [new("pt", LanguageLevel.Native)] };
        var settings = Only(Factor.Style, new RuleSetting(Rule.Language, RuleStrength.Required), new RuleSetting(Rule.Tier, RuleStrength.Required));

        var run = Matcher.Run(new([mentee, other], mentors, settings), TestContext.Current.CancellationToken).Required;

        MatchWording.Sentence(run.Unmatched.Single(one => one.MenteeId == "ana"), run, mentee).ShouldBe("Speaks Japanese. 1 of 2 mentors do not speak it; the other one breaks “A mentor for the mentee’s level of help”.");
    }

    [Fact]
    public void Rules_are_named_with_the_number_they_are_set_to_and_languages_in_English()
    {
        MatchWording.Name(new RuleSetting(Rule.SharedHours, RuleStrength.Required, 1)).ShouldBe("At least 1 shared hour a week");
        MatchWording.Language("pt-BR").ShouldBe("Portuguese (Brazil)");
        MatchWording.Language("qqx").ShouldBe("qqx");
        MatchWording.Language("not a tag").ShouldBe("not a tag");
        MatchWording.Name(Rule.SharedHours, Only(Factor.Style, new RuleSetting(Rule.Tier, RuleStrength.Off))).ShouldBe("At least 2 shared hours a week");
        MatchWording.Name(new RuleSetting(Rule.MenteesInRow, RuleStrength.Required, 1)).ShouldBe("A pause after 1 mentee in a row");
        MatchWording.Name(new RuleSetting(Rule.GroupShare, RuleStrength.Required, 0.125)).ShouldBe("No mentor or group takes over 12.5% of mentees");
        Enum.GetValues<Rule>().Select(rule => MatchWording.Name(rule, Defaults)).ShouldBe(
        [
            "A mentor with a place", "A mentor who is open to new mentees", "A language in common", "At least 2 shared hours a week", "A mentor for the mentee’s level of help", "One mentor at a time",
            "No barred pair", "No pair that ended before", "No mentor or group takes over 15% of mentees", "A pause after 4 mentees in a row", "No direct competitors", "No brand in common",
            "No owner in common", "No supplier in common", "No address in common", "No declared stake in each other", "No declared competition", "Same region", "A fit of at least 40",
        ]);
        Enum.GetValues<Factor>().Select(MatchWording.Name).ShouldBe(
            ["Category", "Pace", "Stock", "Hours", "Skills", "Channel", "Goal", "Industry", "Style", "Contact", "Region", "Answers"]);
    }

    [Fact]
    public void Every_rule_says_what_of_a_pair_breaks_it()
    {
        var (score, known) = (Prepared(Mentee(), Mentor(), Defaults).Explain("ana", "ruth"), Prepared(Ana, Ruth, Defaults).Explain("ana", "ruth"));

        Enum.GetValues<Rule>().Select(rule => MatchWording.Break(rule, Defaults, Mentee(), score)).ShouldBe(
        [
            "Has no place left", "Takes nobody new", "No language in common", "Fewer than 2 shared hours a week", "The mentee’s level of help is not known", "The mentee has a mentor already",
            "Never to be paired", "Paired before, and it ended", "Has 15% of mentees already, alone or with their group", "Pauses after 4 mentees in a row", "Direct competitors", "A brand in common",
            "An owner in common", "A supplier in common", "An address in common", "A declared stake in each other", "One declared to compete in what the other sells", "Not in the same region", "Fits less than 40",
        ]);
        MatchWording.Break(Rule.SharedHours, Only(Factor.Hours, new RuleSetting(Rule.SharedHours, RuleStrength.Required, 1)), Ana, known).ShouldBe("Shares 3 hours a week, 1 is needed");
        MatchWording.Break(Rule.SharedHours, Defaults, Ana, known).ShouldBe("Shares 3 hours a week, 2 are needed");
    }

    [Fact]
    public void Facts_that_seldom_come_are_worded_too()
    {
        var (ana, ruth) = (Ana with { IsShippedByMarketplace = false }, Ruth with { IsShippedByMarketplace = false });

        Said(Factor.Velocity, Ana with { TargetOrdersPerWeek = null }, Ruth).ShouldBe("Ana has 1 order a week, Ruth has 40.");
        Said(Factor.Style, Ana with { Style = null }, Ruth).ShouldBe("Not known for Ana.");
        Said(Factor.Style, Ana with { Style = null }, Ruth with { Style = null }).ShouldBe("Not known for Ana and Ruth.");
        Said(Factor.Hours, Ana, Ruth with { WeekHours = WeekGrid.Parse("sat 9-11") }).ShouldBe("No shared hours in at least one week.");
        Said(Factor.Hours, Ana with { WeekHours = WeekGrid.Parse("mon 9-10") }, Ruth with { WeekHours = WeekGrid.Parse("mon 9-11") }).ShouldBe("1 shared hour a week, Monday.");
        Said(Factor.Hours, Ana with { WeekHours = WeekGrid.Parse("mon-wed 9-10") }, Ruth with { WeekHours = WeekGrid.Parse("mon-fri 9-11") }).ShouldBe("3 shared hours a week on 3 days.");
        Said(Factor.Skills, Ana with { Needs = [new("photos", 1)] }, Ruth with { Strengths = [new("stock", 1)] }).ShouldBe("Ruth covers none of 1 need.");
        Said(Factor.Skills, Ana with { Needs = [new("photos", 1), new("stock", 1), new("time_keeping", 1)] }, Ruth with { Strengths = [new("photos", 1), new("stock", 1), new("time_keeping", 1)] })
            .ShouldBe("Ruth covers 3 of 3 needs: photos, stock and time keeping, at a level of 100%.");
        Said(Factor.Industry, Ana, Ruth with { Industries = ["glass"] }).ShouldBe("No industry in common.");
        Said(Factor.Contact, Ana with { Contact = -0.8 }, Ruth with { Contact = -0.5 }).ShouldBe("Both prefer messages, Ana more.");
        Said(Factor.Contact, Ana with { Contact = -0.8 }, Ruth with { Contact = 0.5 }).ShouldBe("Ana prefers messages, Ruth prefers calls.");
        Said(Factor.Style, Ana with { Style = -0.5 }, Ruth with { Style = -1 }).ShouldBe("Both start from experience, Ruth more.");
        Said(Factor.Style, Ana with { Style = 0.3 }, Ruth with { Style = -0.3 }).ShouldBe("Both are in between.");
        Said(Factor.Style, Ana with { Style = 1.0 / 3 }, Ruth with { Style = -1.0 / 3 }).ShouldBe("Ana starts from numbers, Ruth starts from experience.");
        Said(Factor.Responsiveness, Ana, Ruth with { DaysSinceActive = null }).ShouldBe("Ruth answered 9 of 10.");
        Said(Factor.Responsiveness, Ana, Ruth with { Answered = 1_200, Asked = 1_500, DaysSinceActive = 3 }).ShouldBe("Ruth answered 1,200 of 1,500, last active 3 days ago.");
        Said(Factor.Inventory, ana with { IsMadeToOrder = false, Variants = 1 }, ruth with { IsMadeToOrder = false }).ShouldBe("Both sell from stock. Both ship themselves. Ana has 1 variant, Ruth 55.");
        Said(Factor.Inventory, ana, ruth with { IsShippedByMarketplace = true, Variants = null }).ShouldBe("Both make to order. The marketplace ships for one of them. Not known of both: how many variants.");
        Said(Factor.Inventory, Ana with { IsMadeToOrder = null }, Ruth with { Variants = null }).ShouldBe("Not known for Ana and Ruth.");
        MatchWording.Sentence(new PairFact(FactKind.Stock, [], []), "Ana", "Ruth").ShouldBe("Not comparable from what is known.");
        MatchWording.Sentence(new PairFact(FactKind.SharedHours, [], [3, 3]), "Ana", "Ruth").ShouldBe("3 shared hours a week.");
        Should.Throw<ArgumentOutOfRangeException>(() => MatchWording.Sentence(new PairFact((FactKind)99, [], []), "Ana", "Ruth"));
    }

    [Fact]
    public void Cautions_are_worded_with_the_rule_and_the_day()
    {
        Worded(new(CautionKind.WaiverEndsEarly, Rule.SharedOwner, Until: Autumn)).ShouldBe("Waived until Mon 7 Sep 2026, before the program ends: No owner in common.");
        Worded(new(CautionKind.Waived, Rule.SharedOwner, Until: Autumn)).ShouldBe("Waived until Mon 7 Sep 2026: No owner in common.");
        Worded(new(CautionKind.PreferredRuleBroken, Rule.SameRegion)).ShouldBe("Not met: Same region.");
        Worded(new(CautionKind.FewSharedHours, Fact: new(FactKind.SharedHours, [], [1, 2]))).ShouldBe("Only 1 shared hour a week.");
        Worded(new(CautionKind.FewSharedHours, Fact: new(FactKind.SharedHours, [], [0, 2]))).ShouldBe("No shared hours in at least one week.");
        Worded(new(CautionKind.ClockChange, Fact: new(FactKind.SharedHours, [], [3, 4]))).ShouldBe("A clock change takes shared hours from 4 to 3 a week.");
        Worded(new(CautionKind.FewAnswers, Fact: new(FactKind.Answers, [], [1, 5]))).ShouldBe("Ruth answered 1 of 5.");
        Enum.GetValues<Rule>().Select(rule => Worded(new(CautionKind.RuleNotKnown, rule))).Where(sentence => !sentence.StartsWith("Not known: ", StringComparison.Ordinal)).ShouldBe(
            ["Languages are not known.", "Hours are not known.", "The mentee’s level of help is not known.", "What they sell, or at what price, is not known.", "Regions are not known."]);
        Worded(new(CautionKind.RuleNotKnown, Rule.SharedOwner)).ShouldBe("Not known: No owner in common.");

        static string Worded(PairCaution caution) => MatchWording.Sentence(caution, Defaults, "Ana", "Ruth");
    }

    [Theory]
    [InlineData(Rule.Capacity, "No mentor has a place.", "have no place")]
    [InlineData(Rule.OpenToNew, "No mentor takes anybody new.", "take nobody new")]
    [InlineData(Rule.Language, "No mentor passes the rule: A language in common.", "break the rule “A language in common”")]
    [InlineData(Rule.OneActiveMentor, "Has a mentor already.", "are one too many")]
    [InlineData(Rule.SameTrade, "Sells table ware. Every mentor competes directly.", "compete directly")]
    [InlineData(Rule.MinimumScore, "No mentor reaches a fit of 40.", "do not reach a fit of 40")]
    [InlineData(Rule.SharedBrand, "No mentor passes the rule: No brand in common.", "break the rule “No brand in common”")]
    [InlineData(Rule.SharedHours, "Free 4 hours a week. No mentor shares 2 hours.", "share less than 2 hours")]
    [InlineData(Rule.Tier, "Gets the light touch level of help. No mentor gives it.", "do not give it")]
    [InlineData(Rule.SameRegion, "In SP. No mentor is.", "are not")]
    public void The_one_rule_that_blocks_is_said_whole_or_in_part(Rule rule, string whole, string part)
    {
        var mentee = Ana with { Tier = "light_touch", WeekHours = WeekGrid.Parse("mon-thu 9-10"), Categories = [new("toys", 1), new("home/kitchen/table_ware", 2)], Languages = [new("pt", LanguageLevel.Basic)] };
        var run = Matcher.Run(new([Mentee()], [Mentor("r1"), Mentor("r2"), Mentor("r3")], Defaults), TestContext.Current.CancellationToken).Required;
        RuleStatistic all = new(rule, RuleStrength.Required, 3, 3), some = new(rule, RuleStrength.Required, 2, 1), rest = new(Rule.Barred, RuleStrength.Required, 1, 1);

        MatchWording.Sentence(Unmatched(all), run, mentee).ShouldBe(whole);
        MatchWording.Sentence(Unmatched(some, rest), run, mentee).ShouldEndWith($"2 of 3 mentors {part}; the other one breaks “No barred pair”.");

        static UnmatchedMentee Unmatched(params RuleStatistic[] removed) => Nobody with { Rule = removed[0].Rule, Removed = removed };
    }

    static readonly UnmatchedMentee Nobody = new()
    {
        MenteeId = "ana",
        Reason = UnmatchedReason.NoPossibleMentor,
        Rule = null,
        Removed = [],
        PossibleMentors = 0,
        NearestMentorId = null,
        NearestScore = null,
        PlacePrice = null,
    };

    [Fact]
    public void What_the_other_mentors_break_is_named_up_to_three_rules()
    {
        var run = Matcher.Run(new([Mentee()], [.. Enumerable.Range(0, 9).Select(n => Mentor($"r{n}"))], Defaults), TestContext.Current.CancellationToken).Required;

        Rest(Rule.SharedOwner).ShouldBe("the rest break “No owner in common”");
        Rest(Rule.SharedOwner, Rule.SharedBrand, Rule.Barred).ShouldBe("the rest break “No owner in common” or “No brand in common” or “No barred pair”");
        Rest(Rule.SharedOwner, Rule.SharedBrand, Rule.Barred, Rule.EndedBefore).ShouldBe("the rest break “No owner in common”, “No brand in common”, “No barred pair” or another rule");
        MatchWording.Sentence(Without(Rule.OpenToNew), run, Ana, rule => $"Others than {rule} stand.").ShouldBe("5 of 9 mentors take nobody new. Others than OpenToNew stand.");

        // A rule that all break says it all, wherever it stands in the list.
        MatchWording.Sentence(Nobody with { Rule = Rule.OpenToNew, Removed = [new(Rule.OpenToNew, RuleStrength.Required, 5, 5), new(Rule.SharedBrand, RuleStrength.Required, 9, 1)] }, run, Ana)
            .ShouldBe("No mentor passes the rule: No brand in common.");

        string Rest(params Rule[] others) => MatchWording.Sentence(Without([Rule.OpenToNew, .. others]), run, Ana).Split("; ")[1].TrimEnd('.');

        static UnmatchedMentee Without(params Rule[] rules) => Nobody with { Rule = rules[0], Removed = [.. rules.Select((rule, n) => new RuleStatistic(rule, RuleStrength.Required, 5 - n, 1))] };
    }

    [Fact]
    public void Languages_and_hours_are_said_one_by_one_as_far_as_they_are_few()
    {
        var run = Matcher.Run(new([Mentee()], [.. Enumerable.Range(0, 4).Select(n => Mentor($"r{n}"))], Defaults), TestContext.Current.CancellationToken).Required;
        var mentee = Mentee() with { TimeZone = "UTC", WeekHours = WeekGrid.Parse("mon 22-24; tue 0-2; sun 9-12"), Languages = [new("ja", LanguageLevel.Working), new("ko", LanguageLevel.Fluent), new("fi", LanguageLevel.Native), new("pt", LanguageLevel.Basic)] };

        Said(Rule.SharedHours).ShouldBe("Free Monday 22 to 24, Tuesday 0 to 2 and Sunday 9 to 12. 2 of 4 mentors share less than 2 hours; the rest break “No barred pair”.");
        Said(Rule.Language).ShouldBe("Speaks Japanese, Korean and Finnish. 2 of 4 mentors do not speak one of them; the rest break “No barred pair”.");

        string Said(Rule rule) => MatchWording.Sentence(Nobody with { Rule = rule, Removed = [new(rule, RuleStrength.Required, 2, 1), new(Rule.Barred, RuleStrength.Required, 1, 1)] }, run, mentee);
    }

    [Fact]
    public void Full_mentors_are_said_with_what_a_place_would_cost()
    {
        var run = Matcher.Run(new([Mentee()], [Mentor()], Defaults), TestContext.Current.CancellationToken).Required;
        var drawn = Matcher.Run(new([Mentee()], [Mentor()], Only(Factor.Style) with { NearTies = new(1, 1) }), TestContext.Current.CancellationToken).Required;
        var full = Nobody with { PossibleMentors = 1_200 };

        Said(full, run).ShouldBe("All 1,200 possible mentors are full.");
        Said(full with { Reason = UnmatchedReason.PlacesTakenByPriority }, run).ShouldBe("All 1,200 possible mentors are full. Their mentees come first by priority.");
        Said(full with { PlacePrice = 123_456, NearestScore = 98_765 }, run).ShouldBe("All 1,200 possible mentors are full. The nearest place would cost 12.3 points elsewhere and bring 9.9.");
        Said(full with { PlacePrice = 123_456, NearestScore = 98_765 }, drawn).ShouldBe("All 1,200 possible mentors are full. In this draw the nearest place would cost 12.3 points elsewhere and bring 9.9.");

        static string Said(UnmatchedMentee unmatched, MatchRun run) => MatchWording.Sentence(unmatched, run, Ana);
    }

    [Fact]
    public void Nothing_is_worded_of_nothing()
    {
        var (run, score) = (Matcher.Run(new([Mentee()], [Mentor()], Defaults), TestContext.Current.CancellationToken).Required, Prepared(Mentee(), Mentor(), Defaults).Explain("ana", "ruth"));

        Missing(() => MatchWording.Sentence(default(PairFact)!, "Ana", "Ruth")).ShouldBe("fact");
        Missing(() => MatchWording.Sentence(default(PairCaution)!, Defaults, "Ana", "Ruth")).ShouldBe("caution");
        Missing(() => MatchWording.Sentence(default(UnmatchedMentee)!, run, Ana)).ShouldBe("unmatched");
        Missing(() => MatchWording.Sentence(Nobody, null!, Ana)).ShouldBe("run");
        Missing(() => MatchWording.Sentence(Nobody, run, default!)).ShouldBe("mentee");
        Missing(() => MatchWording.Break(Rule.Tier, null!, Ana, score)).ShouldBe("settings");
        Missing(() => MatchWording.Break(Rule.Tier, Defaults, null!, score)).ShouldBe("mentee");
        Missing(() => MatchWording.Break(Rule.Tier, Defaults, Ana, null!)).ShouldBe("score");
        Missing(() => MatchWording.Name(Rule.Tier, null!)).ShouldBe("settings");
        Missing(() => MatchWording.Name(default(RuleSetting)!)).ShouldBe("rule");

        static string? Missing(Func<string> word) => Should.Throw<ArgumentNullException>(word).ParamName;
    }

    static string Said(Factor factor, MenteeProfile mentee, MentorProfile mentor) =>
        MatchWording.Sentence(Prepared(mentee, mentor, Only(factor)).Explain(mentee.Id, mentor.Id).Factors[0].Fact, "Ana", "Ruth");
}
