using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

/// <summary>Which kinds of mentors are scarce, and what three more of a kind are like.</summary>
public class ScarcityTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, FreeHours.WeekdayEvening)]
    [InlineData(7, FreeHours.WeekdayEvening)]
    [InlineData(8, FreeHours.WeekdayDay)]
    [InlineData(17, FreeHours.WeekdayDay)]
    [InlineData(18, FreeHours.WeekdayEvening)]
    [InlineData(4 * 24 + 12, FreeHours.WeekdayDay)]
    [InlineData(5 * 24 - 1, FreeHours.WeekdayEvening)]
    [InlineData(5 * 24, FreeHours.Weekend)]
    [InlineData(6 * 24 + 12, FreeHours.Weekend)]
    public void The_day_is_from_8_to_18_and_the_weekend_from_saturday_on(int hour, FreeHours hours) => ScarcityReport.HoursAt(hour).ShouldBe(hours);

    [Fact]
    public void A_mentor_is_of_a_kind_by_branch_language_and_hours()
    {
        var ruth = Mentor() with { Languages = [new("pt-BR", LanguageLevel.Working), new("en", LanguageLevel.Basic)], WeekHours = WeekGrid.Parse("sat 9-11; mon 9-12; tue 20-21") };

        bool Is(MentorKind kind) => ScarcityReport.Is(kind, ruth, "home/garden");

        (Is(new(Category: "home")), Is(new(Category: "toys"))).ShouldBe((true, false));
        (Is(new(Language: "pt")), Is(new(Language: "en")), Is(new(Language: "fi"))).ShouldBe((true, false, false));
        (Is(new(Hours: FreeHours.Weekend)), Is(new(Hours: FreeHours.WeekdayDay)), Is(new(Hours: FreeHours.WeekdayEvening))).ShouldBe((true, true, false), "an hour alone is none");
        (Is(new("home", "pt", FreeHours.Weekend)), Is(new("home", "fi", FreeHours.Weekend))).ShouldBe((true, false));
    }

    [Fact]
    public void The_scarcest_comes_first_at_the_mean_price_of_its_places()
    {
        MenteeProfile Of(string id, string leaf, double style) => Mentee(id) with { Categories = [new(leaf, 1)], Style = style };
        MentorProfile In(string id, string leaf, int capacity, double style) => Mentor(id, capacity) with { Categories = [new(leaf, 1)], Style = style };
        MenteeProfile[] mentees =
        [
            Of("e1", "home/a", 1), Of("e2", "home/a", 0.9), Of("e3", "home/a", -0.9), Of("e4", "home/a", -1), Of("e5", "home/a", 0.1), Of("e6", "home/a", -0.2),
            Of("p1", "pets", 0), Of("a1", "art", 0), Of("b1", "books", 0), Of("b2", "books", 0),
        ];
        MentorProfile[] mentors = [In("r1", "home/b", 1, 1), In("r2", "home/c", 2, -1), In("r3", "home/d", 0, 0), In("z1", "zoo", 1, 0), In("t1", "toys", 1, 0), In("g1", "games", 2, 0)];
        // Nobody but those who sell for the home goes to its mentors, and only a1 to the others.
        string[] outside = ["p1", "b1", "b2", "a1"], home = ["r1", "r2"], others = ["z1", "t1", "g1"];
        var settings = Only(Factor.Style) with
        {
            Bars = [.. from e in outside from r in home select new Bar(e, r), .. from e in mentees where e.Id != "a1" from r in others select new Bar(e.Id, r)],
            Pins = [new("a1", "z1")],
            Objective = AssignmentObjective.Score,
        };

        var run = Matcher.Run(new(mentees, mentors, settings), Stop).Required;

        run.Scarcities.Select(s => s.Kind.Category).ShouldBe(["books", "pets", "art", "home", "games", "toys", "zoo"]);
        var prices = run.Mentors.ToDictionary(m => m.MentorId, m => m.Price);
        (prices["r1"], prices["r2"]).ShouldSatisfyAllConditions(p => p.Item1.ShouldBeGreaterThan(0), p => p.Item2.ShouldBeGreaterThan(0));
        run.Scarcities[3].ShouldBe(new(new(Category: "home"), 2, 3, 0, (prices["r1"] + 2 * prices["r2"]) / 3, 3, 0));
        run.Scarcities[2].ShouldBe(new(new(Category: "art"), 0, 0, 0, 0, 0, 1));
    }

    [Fact]
    public void Three_more_of_a_kind_are_like_the_one_of_the_middle_price_who_has_a_place()
    {
        MenteeProfile[] mentees = [.. Enumerable.Range(0, 12).Select(n => Mentee($"e{n}") with { Style = n / 6.0 - 1 })];
        MentorProfile[] mentors =
        [
            Mentor("+1") with { Style = 1, Languages = Spoken("pt") }, Mentor("r2") with { Style = 0.2, Languages = Spoken("pt") }, Mentor("+3") with { Style = -0.7, Languages = Spoken("pt") },
            Mentor("r6") with { Style = 0.7, Languages = Spoken("pt") }, Mentor("r4", 0) with { Languages = Spoken("pt") }, Mentor("r5", 20) with { Languages = Spoken("fi"), Style = -1, Owner = "o", RecentMentees = 3 },
        ];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style) with { Objective = AssignmentObjective.Score }), Stop).Required;
        var run = match.Run(Stop);

        var more = new MoreMentors(match.Solved(Stop), new(Language: "pt"));

        var byPrice = run.Mentors.Where(m => m.MentorId is "+1" or "r2" or "+3" or "r6").OrderBy(m => m.Price).ToArray();
        byPrice.Select(m => m.Price).ShouldBeUnique();
        more.CopyOf.ShouldBe(byPrice[1].MentorId);
        more.Each.ShouldBe(mentors.Single(m => m.Id == more.CopyOf) with { Id = "+" });
        more.Make(3).Select(mentor => mentor.Id).ShouldBe(["+2", "+4", "+5"]);
        new MoreMentors(match.Solved(Stop), new(Language: "fi")).Each.ShouldBe(mentors[5] with { Id = "+", Owner = null, RecentMentees = null });
    }

    [Fact]
    public void Typical_mentors_of_hours_nobody_gives_are_free_at_those_hours_and_else_like_the_others()
    {
        MentorProfile Day(string id, int capacity, string hours, string[] tiers) => Mentor(id, capacity) with
        {
            WeekHours = WeekGrid.Parse(hours),
            TimeZone = "Europe/Lisbon",
            Languages = Spoken("pt"),
            Tiers = tiers,
            PriceBand = new(capacity, 10 * capacity),
            Region = "PT",
            OrdersPerWeek = capacity,
        };
        MentorProfile[] mentors = [Day("r1", 1, "mon 9-11", []), Day("r2", 3, "mon 9-12", ["light"]), Day("r3", 5, "tue 9-18", ["standard"]), Day("r4", 7, "tue 9-19", ["standard"])];

        var each = Matcher.Prepare(new([Mentee("e1")], mentors, Only(Factor.Style)), Stop).Required.ThreeMore(new(Hours: FreeHours.Weekend), Stop).Each;

        each.WeekHours.ShouldBe(WeekGrid.Parse("sat 0-3"), "three hours are the middle of two, three, nine and ten, and nobody is free at any on a weekend: the earliest");
        (each.Id, each.Capacity, each.TimeZone, each.Region, each.PriceBand, each.OrdersPerWeek).ShouldBe(("+", 3, "Europe/Lisbon", "PT", new PriceBand(3, 30), 3));
        each.Languages!.ShouldBe(Spoken("pt"));
        each.Tiers.ShouldBe(["standard"], "three of four serve it, the one who names none among them, and two serve the other");
        each.Categories.ShouldBeNull();
        Matcher.Prepare(new([Mentee("e1") with { WeekHours = WeekGrid.Parse("sun 10-14") }], mentors, Only(Factor.Style)), Stop).Required.ThreeMore(new(Hours: FreeHours.Weekend), Stop).Each
            .WeekHours.ShouldBe(WeekGrid.Parse("sun 10-13"), "the hours at which the mentees of the kind are free");
    }

    [Fact]
    public void Typical_mentors_serve_the_tiers_that_most_do_and_speak_what_is_asked_for()
    {
        MentorProfile[] mentors = [Mentor("r1") with { Tiers = ["a", "b"] }, Mentor("r2") with { Tiers = ["b", "a"] }, Mentor("r3") with { Tiers = ["c"] }];
        var mentee = Mentee("e1") with { Languages = [new("sv", LanguageLevel.Native), new("fi", LanguageLevel.Native)], Categories = [new("art", 1)] };
        MentorProfile Each(MenteeProfile mentee, MentorKind kind) => Matcher.Prepare(new([mentee], mentors, Only(Factor.Style)), Stop).Required.ThreeMore(kind, Stop).Each;

        Each(mentee, new(Language: "sv")).Languages!.ShouldBe(Spoken("sv"));
        Each(mentee, new(Category: "art")).Languages!.ShouldBe(Spoken("fi"), "of two spoken as often the first by name");
        Each(mentee, new(Category: "art")).Tiers!.ShouldBe(["a", "b"]);
        Each(mentee with { Languages = null }, new(Category: "art")).Languages.ShouldBeNull();
    }

    [Fact]
    public void Typical_mentors_of_a_language_speak_it_and_take_from_the_mentors_what_no_mentee_says()
    {
        MentorProfile Of(string id, string tier, params SkillStrength[] strengths) => Mentor(id) with { TimeZone = "Europe/Lisbon", Languages = Spoken("pt"), Tiers = [tier], Strengths = strengths };
        MentorProfile[] mentors = [Of("r1", "light", new("photos", 0.2), new("photos", 0.6)), Of("r2", "standard", new("stock", 0.4), new("photos", 1)), Of("r3", "intensive"), Of("r4", "standard")];
        MenteeProfile[] mentees = [Mentee("e1") with { Languages = Spoken("fi") }, Mentee("e2") with { Categories = [new("art", 1)] }];
        var match = Matcher.Prepare(new(mentees, mentors, Only(Factor.Style)), Stop).Required;

        var finnish = match.ThreeMore(new(Language: "fi"), Stop).Each;
        var artists = match.ThreeMore(new(Category: "art"), Stop).Each;

        (finnish.TimeZone, finnish.WeekHours).ShouldBe(("Europe/Lisbon", null));
        finnish.Languages!.ShouldBe(Spoken("fi"));
        artists.Languages!.ShouldBe(Spoken("pt"));
        finnish.Tiers.ShouldBe(["standard"], "no tier is served by more than half, and this one by most");
        finnish.Strengths!.Select(s => s.Skill).ShouldBe(["photos", "stock"]);
        finnish.Strengths!.Select(s => Math.Round(s.Level, 9)).ShouldBe([0.8, 0.2]);
    }

    static LanguageSkill[] Spoken(string language) => [new(language, LanguageLevel.Native)];
}
