using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class RuleTests
{
    static readonly MenteeProfile Ana = Mentee();
    static readonly MentorProfile Ruth = Mentor();

    [Fact]
    public void Nothing_known_breaks_nothing() => Broken(Ana, Ruth).ShouldBeEmpty();

    [Fact]
    public void A_mentor_without_a_place_breaks_capacity() => Broken(Ana, Ruth with { Capacity = 0 }).ShouldBe([Rule.Capacity]);

    [Fact]
    public void A_closed_mentor_is_not_open_to_new_mentees() => Broken(Ana, Ruth with { IsOpenToNew = false }).ShouldBe([Rule.OpenToNew]);

    [Theory]
    [InlineData(LanguageLevel.Working, LanguageLevel.Native, true)]
    [InlineData(LanguageLevel.Basic, LanguageLevel.Native, false)]
    [InlineData(LanguageLevel.Native, LanguageLevel.Basic, false)]
    public void A_language_counts_when_both_can_work_in_it(LanguageLevel mentee, LanguageLevel mentor, bool passes) =>
        Broken(Ana with { Languages = [new("pt", mentee)] }, Ruth with { Languages = [new("pt", mentor), new("en", LanguageLevel.Native)] })
            .Contains(Rule.Language).ShouldBe(!passes);

    [Theory]
    [InlineData("en-US", "en-GB", true)]
    [InlineData("pt-BR", "pt", true)]
    [InlineData("pt-BR", "PT-br", true)]
    [InlineData("sr-Latn", "sr-Cyrl", true)]
    [InlineData("pt", "en", false)]
    [InlineData("zh-Hans", "zh-Hant", false)]
    [InlineData("zh-CN", "zh-Hans-SG", true)]
    [InlineData("zh-Hant", "zh-TW", true)]
    [InlineData("zh-HK", "zh-CN", false)]
    [InlineData("zh", "zh-Hant", true)]
    [InlineData("zh", "zh-Hans", true)]
    [InlineData("zh-Hant", "zh-MO", true)]
    [InlineData("zh-Hans-HK", "zh-CN", true)]
    [InlineData("zh-Hans-HK", "zh-HK", false)]
    [InlineData("zh-Hant", "zh-SG", false)]
    public void A_language_is_the_same_in_every_country(string mentee, string mentor, bool passes) =>
        Broken(Ana with { Languages = [new(mentee, LanguageLevel.Native)] }, Ruth with { Languages = [new(mentor, LanguageLevel.Native)] })
            .Contains(Rule.Language).ShouldBe(!passes);

    [Fact]
    public void The_level_of_a_language_is_the_rules_parameter() =>
        Broken(Ana with { Languages = [new("pt", LanguageLevel.Basic)] }, Ruth with { Languages = [new("pt", LanguageLevel.Basic)] }, new RuleSetting(Rule.Language, RuleStrength.Required, 1))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("mon 9-11", true)]
    [InlineData("mon 9-10", false)]
    [InlineData("tue 9-12", false)]
    public void Two_shared_hours_are_asked_for(string mentorHours, bool passes) =>
        Broken(At("UTC", "mon 8-11", Ana), At("UTC", mentorHours, Ruth)).Contains(Rule.SharedHours).ShouldBe(!passes);

    [Theory]
    [InlineData("intensive", true)]
    [InlineData("light", false)]
    public void A_mentor_serves_their_tiers(string tier, bool passes) =>
        Broken(Ana with { Tier = tier }, Ruth with { Tiers = ["standard", "intensive"] }).Contains(Rule.Tier).ShouldBe(!passes);

    [Fact]
    public void A_mentee_with_a_mentor_gets_no_second() => Broken(Ana with { CurrentMentorId = "someone" }, Ruth).ShouldBe([Rule.OneActiveMentor]);

    [Fact]
    public void A_bar_and_an_ended_pair_block_that_pair_alone()
    {
        var settings = Defaults with { Bars = [new("ana", "ruth")], EndedPairs = [new("ana", "leo"), new("ana", "gone")] };

        Broken(Ana, Ruth, settings).ShouldBe([Rule.Barred]);
        Broken(Ana, Mentor("leo"), settings).ShouldBe([Rule.EndedBefore]);
        Broken(Mentee("mia"), Ruth, settings).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("home/tableware", 10, 20, true)]
    [InlineData("home/tableware", 30, 40, true)]
    [InlineData("home/tableware", 31, 40, false)]
    [InlineData("home/tableware", 5, 10, true)]
    [InlineData("home/tableware", 5, 9, false)]
    [InlineData("home/knives", 10, 20, false)]
    public void The_same_leaf_with_overlapping_prices_is_a_conflict(string leaf, int low, int high, bool isConflict) =>
        Broken(Shop(Ana, "home/tableware", 10, 30), Shop(Ruth, leaf, low, high)).Contains(Rule.SameTrade).ShouldBe(isConflict);

    [Theory]
    [InlineData(25, 45, 0.25, true)]
    [InlineData(26, 45, 0.25, false)]
    public void How_close_is_too_close_is_a_share_of_the_mentees_price_band(int low, int high, double share, bool isConflict) =>
        Broken(Shop(Ana, "home", 10, 30), Shop(Ruth, "home", low, high), new RuleSetting(Rule.SameTrade, RuleStrength.Required, share))
            .Contains(Rule.SameTrade).ShouldBe(isConflict);

    [Theory]
    [InlineData(5, 20, true)]
    [InlineData(11, 20, false)]
    public void A_single_price_lies_in_a_band_wholly_or_not_at_all(int low, int high, bool isConflict) =>
        Broken(Shop(Ana, "home", 10, 10), Shop(Ruth, "home", low, high), new RuleSetting(Rule.SameTrade, RuleStrength.Required, 0.25))
            .Contains(Rule.SameTrade).ShouldBe(isConflict);

    [Fact]
    public void A_leaf_under_a_fifth_of_a_shop_is_not_its_trade()
    {
        Broken(Shop(Ana, "home", 10, 30), Shop(Ruth, "home", 10, 30) with { Categories = [new("home", 19), new("toys", 81)] }).ShouldBeEmpty();
        Broken(Shop(Ana, "home", 10, 30), Shop(Ruth, "home", 10, 30) with { Categories = [new("home", 25), new("toys", 100)] }).ShouldBe([Rule.SameTrade]);
        Broken(Shop(Ana, "home", 10, 30), Shop(Ruth, "home", 10, 30) with { Categories = [new("home", 10), new("toys", 80), new("home", 10)] }).ShouldBe([Rule.SameTrade]);
    }

    [Fact]
    public void A_median_price_stands_in_for_a_band() =>
        Broken(Shop(Ana, "home", 10, 30), Ruth with { Categories = [new("home", 1)], MedianPrice = 15 }).ShouldBe([Rule.SameTrade]);

    [Fact]
    public void An_empty_list_says_as_little_as_none()
    {
        LanguageSkill[] pt = [new("pt", LanguageLevel.Native)];

        Broken(Ana with { Tier = "light" }, Ruth with { Tiers = [] }).ShouldBeEmpty();
        Broken(Ana with { Languages = pt }, Ruth with { Languages = [] }).ShouldBeEmpty();
        Broken(Ana with { Languages = [] }, Ruth with { Languages = pt }).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_said_twice_holds_as_once()
    {
        Broken(Ana, Ruth, Defaults with { Bars = [new("ana", "ruth"), new("ana", "ruth")] }).ShouldBe([Rule.Barred]);
        Broken(Ana, Ruth, Defaults with { EndedPairs = [new("ana", "ruth"), new("ana", "ruth")] }).ShouldBe([Rule.EndedBefore]);
        Broken(Ana with { Brands = ["Mar"] }, Ruth with { Brands = ["Mar"] }, Defaults with { Waivers = [Waived(Rule.SharedBrand, 1), Waived(Rule.SharedBrand, 2)] }).ShouldBeEmpty();
    }

    [Fact]
    public void Rotation_is_broken_where_nothing_is_left()
    {
        RuleSetting[] rotation = [new(Rule.MenteesInRow, RuleStrength.Required, 4), new(Rule.GroupShare, RuleStrength.Required)];

        Broken(Ana, Ruth with { MenteesSincePause = 3 }, rotation).ShouldBeEmpty();
        Broken(Ana, Ruth with { MenteesSincePause = 4 }, rotation).ShouldBe([Rule.MenteesInRow]);
        Broken(Ana, Ruth with { RecentMentees = 1 }, rotation).ShouldBe([Rule.GroupShare]);
    }

    [Fact]
    public void The_waiver_that_ends_first_is_told_and_none_where_nothing_waived_is_broken()
    {
        var settings = Defaults with { Waivers = [Waived(Rule.SharedSupplier, 3), Waived(Rule.SharedBrand, 1), Waived(Rule.SharedOwner, 2)] };

        Told(Ana with { Brands = ["Mar"] }, Ruth with { Brands = ["Mar"] }).ShouldBe(settings.Waivers[1]);
        Told(Ana, Ruth).ShouldBeNull();
        Told(Ana with { AddressKey = "a1" }, Ruth with { AddressKey = "a1" }).ShouldBeNull();

        Waiver? Told(MenteeProfile mentee, MentorProfile mentor) => Breaks(mentee, mentor, settings).WaiverOf(0, 0);
    }

    [Fact]
    public void What_a_pair_is_let_through_by_for_want_of_knowledge_is_told_rule_by_rule()
    {
        var (ana, ruth) = (At("UTC", "mon 8-11", Shop(Ana, "home", 1, 2)), At("UTC", "mon 8-11", Shop(Ruth, "home", 3, 4)));
        LanguageSkill[] pt = [new("pt", LanguageLevel.Native)];
        ana = ana with { Languages = pt, Region = "BR", Tier = "light" };
        ruth = ruth with { Languages = pt, Region = "BR", Tiers = ["light"] };

        NotKnown(ana, ruth).ShouldBeEmpty();
        NotKnown(Ana, Ruth).ShouldBe([Rule.Language, Rule.SharedHours, Rule.SameTrade, Rule.SameRegion]);
        NotKnown(ana with { Languages = null }, ruth).ShouldBe([Rule.Language]);
        NotKnown(ana, ruth with { WeekHours = null }).ShouldBe([Rule.SharedHours]);
        NotKnown(ana with { Tier = null }, ruth).ShouldBe([Rule.Tier]);
        NotKnown(ana with { Tier = null }, ruth with { Tiers = [] }).ShouldBeEmpty();
        NotKnown(ana, ruth with { Region = null }).ShouldBe([Rule.SameRegion]);
        NotKnown(ana with { Categories = null }, ruth).ShouldBe([Rule.SameTrade]);
        NotKnown(ana, ruth with { Categories = null }).ShouldBe([Rule.SameTrade]);
        NotKnown(ana with { PriceBand = null }, ruth).ShouldBe([Rule.SameTrade]);
        NotKnown(ana, ruth with { PriceBand = null }).ShouldBe([Rule.SameTrade]);
        NotKnown(ana, ruth with { PriceBand = null, Categories = [new("toys", 1)] }).ShouldBeEmpty();
        NotKnown(ana with { Languages = null, Region = null }, ruth, new RuleSetting(Rule.Language, RuleStrength.Required, UnknownBlocks: true)).ShouldBe([Rule.SameRegion]);

        static Rule[] NotKnown(MenteeProfile mentee, MentorProfile mentor, params RuleSetting[] rules) =>
            [.. RuleRegime.Rules(Breaks(mentee, mentor, Defaults with { Rules = rules }).NotKnown(0, 0))];
    }

    [Fact]
    public void Brands_suppliers_owners_and_addresses_in_common_are_conflicts()
    {
        var mentee = Ana with { Brands = ["Lago", "Mar"], Suppliers = ["Sul"], Owner = "o1", AddressKey = "a1" };

        Broken(mentee, Ruth with { Brands = ["Mar"] }).ShouldBe([Rule.SharedBrand]);
        Broken(mentee, Ruth with { Suppliers = ["Norte", "Sul"] }).ShouldBe([Rule.SharedSupplier]);
        Broken(mentee, Ruth with { Owner = "o1" }).ShouldBe([Rule.SharedOwner]);
        Broken(mentee, Ruth with { AddressKey = "a1" }).ShouldBe([Rule.SharedAddress]);
        Broken(mentee, Ruth with { Brands = ["mar"], Suppliers = [], Owner = "o2" }).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_mentors_themselves() => Broken(Ana, Mentor("ana")).ShouldBe([Rule.SharedOwner]);

    [Fact]
    public void A_stake_counts_from_either_side_in_shop_owner_or_brand()
    {
        Broken(Ana with { Stakes = ["ruth"] }, Ruth).ShouldBe([Rule.DeclaredStake]);
        Broken(Ana with { Owner = "o1" }, Ruth with { Stakes = ["o1"] }).ShouldBe([Rule.DeclaredStake]);
        Broken(Ana with { Stakes = ["Mar"] }, Ruth with { Brands = ["Mar"] }).ShouldBe([Rule.DeclaredStake]);
        Broken(Ana with { Stakes = ["leo"] }, Ruth).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Kitchen", "home/kitchen/cups", true)]
    [InlineData("home", "home/kitchen/cups", true)]
    [InlineData("Home › Kitchen", "home/kitchen/cups", true)]
    [InlineData("home/kitchen/cups", "home/kitchen/cups", true)]
    [InlineData("table ware", "home/table-ware", true)]
    [InlineData("kitchen/cups", "home/kitchen/cups", false)]
    [InlineData("kit", "home/kitchen/cups", false)]
    [InlineData("Toys", "home/kitchen/cups", false)]
    [InlineData(" ", "home/kitchen/cups", false)]
    public void A_declared_category_counts_from_either_side_against_what_the_other_sells(string declared, string sold, bool competes)
    {
        Rule[] broken = competes ? [Rule.DeclaredCompetition] : [];

        Broken(Ana with { Categories = [new(sold, 1)] }, Ruth with { Categories = null, CompetesIn = [declared] }).ShouldBe(broken);
        Broken(Ana with { Categories = null, CompetesIn = [declared] }, Ruth with { Categories = [new(sold, 1)] }).ShouldBe(broken);
        DeclaredCompetition.IsIn(declared, sold).ShouldBe(competes);
        DeclaredCompetition.Between(Ana with { Categories = [new(sold, 1)] }, Ruth with { Categories = null, CompetesIn = ["Garden", declared] }).ShouldBe(competes ? [new(true, declared)] : []);
    }

    [Fact]
    public void A_declared_category_counts_from_a_fifth_of_a_shop_and_not_where_nothing_is_known()
    {
        var ruth = Ruth with { Categories = null, CompetesIn = ["Kitchen"] };

        Broken(Ana with { Categories = [new("home/kitchen", 0.2), new("toys", 0.8)] }, ruth).ShouldBe([Rule.DeclaredCompetition]);
        Broken(Ana with { Categories = [new("home/kitchen", 0.19), new("toys", 0.81)] }, ruth).ShouldBeEmpty();
        Broken(Ana with { Categories = null }, ruth).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-09-06", true)]
    [InlineData("2026-09-07", false)]
    public void A_waiver_lifts_its_rule_for_its_pair_while_it_lasts(string until, bool isConflict)
    {
        var settings = Defaults with { Waivers = [new("ana", "ruth", Rule.SharedBrand, "Both resell it, neither makes it", DateOnly.Parse(until))] };
        var mentee = Ana with { Brands = ["Mar"], Owner = "o1" };

        Broken(mentee, Ruth with { Brands = ["Mar"] }, settings).Contains(Rule.SharedBrand).ShouldBe(isConflict);
        Broken(mentee, Ruth with { Brands = ["Mar"], Owner = "o1" }, settings).ShouldContain(Rule.SharedOwner);
        Broken(mentee, Mentor("leo") with { Brands = ["Mar"] }, settings).ShouldBe([Rule.SharedBrand]);
    }

    [Fact]
    public void The_seven_conflicts_of_interest_can_be_waived_and_no_other_rule() =>
        Enum.GetValues<Rule>().Where(RuleSetting.IsConflictOfInterest).ShouldBe([Rule.SameTrade, Rule.SharedBrand, Rule.SharedOwner, Rule.SharedSupplier, Rule.SharedAddress, Rule.DeclaredStake, Rule.DeclaredCompetition]);

    [Theory]
    [InlineData("BR/SP", "BR/SP/Campinas", true)]
    [InlineData("BR/SP", "BR/RJ", false)]
    public void A_region_holds_what_lies_in_it(string mentee, string mentor, bool passes) =>
        Broken(Ana with { Region = mentee }, Ruth with { Region = mentor }, new RuleSetting(Rule.SameRegion, RuleStrength.Required))
            .Contains(Rule.SameRegion).ShouldBe(!passes);

    [Fact]
    public void What_is_not_known_breaks_a_rule_only_where_the_program_says_so()
    {
        Rule[] rules = [Rule.Language, Rule.SharedHours, Rule.Tier, Rule.SameTrade, Rule.SameRegion];
        var strict = Array.ConvertAll(rules, r => new RuleSetting(r, RuleStrength.Required, UnknownBlocks: true));

        Broken(Ana, Ruth with { Tiers = ["light"] }).ShouldBeEmpty();
        Broken(Ana, Ruth with { Tiers = ["light"] }, strict).ShouldBe(rules);
        Broken(Ana with { Categories = [new("home", 1)] }, Ruth, strict).ShouldContain(Rule.SameTrade);
        Broken(Ana, Ruth with { Categories = [new("home", 1)] }, strict).ShouldContain(Rule.SameTrade);
    }

    [Fact]
    public void A_preferred_rule_costs_its_points_and_blocks_nothing()
    {
        var settings = Only(Factor.Style, new RuleSetting(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 12));
        var match = Prepared(Ana with { Style = 1 }, Ruth with { Style = 0, IsOpenToNew = false }, settings);

        var pair = match.Run(TestContext.Current.CancellationToken).Pairs.ShouldHaveSingleItem();

        pair.Score.Millionths.ShouldBe(500_000 - 120_000);
        pair.Score.Points.ShouldBe(38.0m);
        pair.Score.Penalties.ShouldBe([new(Rule.OpenToNew, 12m)]);
        pair.Score.Caution.ShouldBe(new PairCaution(CautionKind.PreferredRuleBroken, Rule.OpenToNew));
        Prepared(Ana with { Style = 1 }, Ruth with { Style = 0 }, settings).Explain("ana", "ruth").ShouldSatisfyAllConditions(
            kept => kept.Millionths.ShouldBe(500_000), kept => kept.Penalties.ShouldBeEmpty(), kept => kept.Caution.ShouldBeNull());
    }

    [Fact]
    public void Penalties_take_no_more_than_there_is()
    {
        var settings = Only(Factor.Style, new(Rule.OpenToNew, RuleStrength.Preferred, PenaltyPoints: 40), new(Rule.OneActiveMentor, RuleStrength.Preferred, PenaltyPoints: 40));
        var match = Prepared(Ana with { Style = 1, CurrentMentorId = "x" }, Ruth with { Style = 0, IsOpenToNew = false }, settings);

        var score = match.Explain("ana", "ruth");

        score.Millionths.ShouldBe(1);
        score.Points.ShouldBe(0);
        score.Penalties.Select(p => p.Points).ShouldBe([40m, 10m]);
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(50.1, 0)]
    public void A_floor_keeps_pairs_under_it_out(double floor, int matched)
    {
        var settings = Only(Factor.Style, new RuleSetting(Rule.MinimumScore, RuleStrength.Required, floor));
        var input = new MatchInput([Ana with { Style = 1 }, Mentee("mia") with { Style = 0 }], [Ruth with { Style = 0 }], settings with { Bars = [new("mia", "ruth")] });

        var result = Matcher.Run(input, TestContext.Current.CancellationToken);

        (result.Value?.Summary.Matched ?? 0).ShouldBe(matched);
        if (matched == 0) result.Refusals.ShouldHaveSingleItem().Code.ShouldBe(RefusalCode.NoPossiblePair);
    }

    [Theory]
    [InlineData(RuleStrength.Required, 0.5, true)]
    [InlineData(RuleStrength.Required, 0.49, false)]
    [InlineData(RuleStrength.Off, 0.49, true)]
    public void A_pair_under_the_floor_is_blocked_by_it(RuleStrength strength, double style, bool passes)
    {
        // Half of what lies between 1 and the style is lost: 75 points, or 74.5.
        var settings = Only(Factor.Style, new RuleSetting(Rule.MinimumScore, strength, 75));
        var match = Matcher.Prepare(new([Ana with { Style = 1 }], [Ruth with { Style = style }, Mentor("leo") with { Style = 1 }], settings), TestContext.Current.CancellationToken).Required;

        match.WhyNot("ana", "ruth", TestContext.Current.CancellationToken).Blocks.ShouldBe(passes ? [] : [Rule.MinimumScore]);
        match.Alternatives("ana", 5, TestContext.Current.CancellationToken).Count.ShouldBe(passes ? 1 : 0);
        RuleRegime.Rules(new RuleRegime(settings.Rules).Broken(style == 0.5 ? 750_000 : 745_000, 0)).ShouldBe(style == 0.5 ? [] : [Rule.MinimumScore], "the floor is looked at though it is off");
    }

    [Fact]
    public void Statistics_count_what_each_rule_blocks_and_what_it_alone_blocks()
    {
        var mentees = new[] { Ana with { Brands = ["Mar"] }, Mentee("mia") with { Owner = "o1", Brands = ["Mar"] }, Mentee("eva") };
        var mentors = new[] { Ruth with { Brands = ["Mar"], Owner = "o1" }, Mentor("leo") };

        var run = Matcher.Run(new(mentees, mentors, Defaults with { EndedPairs = [new("eva", "leo")] }), TestContext.Current.CancellationToken).Required;

        run.Rules.Single(r => r.Rule == Rule.SharedBrand).ShouldBe(new(Rule.SharedBrand, RuleStrength.Required, 2, 1));
        run.Rules.Single(r => r.Rule == Rule.SharedOwner).ShouldBe(new(Rule.SharedOwner, RuleStrength.Required, 1, 0));
        run.Rules.Single(r => r.Rule == Rule.EndedBefore).ShouldBe(new(Rule.EndedBefore, RuleStrength.Required, 1, 1));
        run.Summary.PossiblePairs.ShouldBe(3);
    }

    static T At<T>(string zone, string hours, T person) where T : Participant => person with { TimeZone = zone, WeekHours = WeekGrid.Parse(hours) };

    static T Shop<T>(T person, string leaf, int low, int high) where T : Participant =>
        person with { Categories = [new(leaf, 1)], PriceBand = new(low, high) };

    static Rule[] Broken(MenteeProfile mentee, MentorProfile mentor, params RuleSetting[] rules) =>
        Broken(mentee, mentor, rules.Length == 0 ? Defaults : Defaults with { Rules = rules });

    static Waiver Waived(Rule rule, int days) => new("ana", "ruth", rule, "Signed off", Autumn.AddDays(days));

    static RuleBreaks Breaks(MenteeProfile mentee, MentorProfile mentor, MatchSettings settings) =>
        new(new ProfileColumns(new([mentee], [mentor], settings)), settings, new RuleRegime(settings.Rules));

    static Rule[] Broken(MenteeProfile mentee, MentorProfile mentor, MatchSettings settings)
    {
        var set = settings.Rules.Where(r => r.Strength == RuleStrength.Required).Select(r => r.Rule).Append(Rule.Barred);
        return [.. RuleRegime.Rules(Breaks(mentee, mentor, settings).Broken(0, 0)).Where(set.Contains)];
    }
}
