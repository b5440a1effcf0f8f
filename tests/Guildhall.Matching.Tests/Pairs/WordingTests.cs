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
    }

    [Theory]
    [InlineData(Rule.SharedHours, "Free Monday 14 to 16 and Sunday 22 to 24. No mentor shares 2 hours.", "Shares 1 hour a week, 2 are needed")]
    [InlineData(Rule.Language, "Speaks Japanese and Korean. No mentor speaks one of them.", "No language in common")]
    [InlineData(Rule.Tier, "In the light tier. No mentor serves it.", "Does not serve the light tier")]
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

        MatchWording.Sentence(run.Unmatched.Single(one => one.MenteeId == "ana"), run, mentee).ShouldBe("Speaks Japanese. 1 of 2 mentors do not speak it; the other one breaks “A mentor for the mentee’s tier”.");
    }

    [Fact]
    public void Rules_are_named_with_the_number_they_are_set_to_and_languages_in_English()
    {
        MatchWording.Name(new RuleSetting(Rule.SharedHours, RuleStrength.Required, 1)).ShouldBe("At least 1 shared hour a week");
        MatchWording.Language("pt-BR").ShouldBe("Portuguese (Brazil)");
        MatchWording.Language("qqx").ShouldBe("qqx");
        MatchWording.Name(Rule.GroupShare, Defaults).ShouldBe("No mentor or group takes over 15% of mentees");
        Enum.GetValues<Rule>().Select(r => MatchWording.Name(r, Defaults)).ShouldBeUnique();
        Enum.GetValues<Factor>().Select(MatchWording.Name).ShouldBeUnique();
    }

    static string Said(Factor factor, MenteeProfile mentee, MentorProfile mentor) =>
        MatchWording.Sentence(Prepared(mentee, mentor, Only(factor)).Explain(mentee.Id, mentor.Id).Factors[0].Fact, "Ana", "Ruth");
}
