using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Weights, rules, pins, bars and waivers: what is stored is what the next run can use.</summary>
public sealed class SteerMatchingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Theory]
    [InlineData("weight.Category", "26", "Make the weights add up to 100. They add up to 101 now, and nothing was changed.")]
    [InlineData("weight.Category", "much", "Enter a whole number from 0 to 100 for Category. Nothing was changed.")]
    [InlineData("weight.Category", "-5", "Enter a whole number from 0 to 100 for Category.")]
    [InlineData("weight.Hours", "", "Enter a whole number from 0 to 100 for Hours.")]
    [InlineData("weight.Hours", "101", "Enter a whole number from 0 to 100 for Hours.")]
    public async Task Refuses_weights_at_their_box_and_shows_them_as_typed(string field, string value, string words)
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();

        var refused = await scene.Manager.Post($"{scene.Studio}/run", [.. Weights.Where(w => w.Name != field), (field, value), ("version", await Version(scene))]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        var at = refused.Page.QuerySelector(".errsum a")!.GetAttribute("href")!;
        at.ShouldBe(words.StartsWith("Make", StringComparison.Ordinal) ? "#weight-total" : $"#{field.Replace('.', '-')}");
        refused.Page.QuerySelector($"{at} ~ .err, {at} .err")!.TextContent.ShouldBe(refused.Page.QuerySelector(".errsum a")!.TextContent);
        refused.Page.QuerySelector($"input[name='{field}']")!.GetAttribute("value").ShouldBe(value);
        (await scene.Settings()).Weights.ShouldBe(MatchSettings.DefaultWeights, ignoreOrder: true);
        (await scene.Runs()).ShouldBe(1);
    }

    [Fact]
    public async Task Reads_no_factor_and_no_rule_by_its_number()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();

        var weights = await scene.Manager.Post($"{scene.Studio}/run", [.. Weights, ("weight.0", "25"), ("weight.99", "7"), ("version", await Version(scene))]);
        var rule = await scene.Manager.Post($"{scene.Studio}/rule", ("rule", "99"), ("on", "true"));

        weights.Location.ShouldBe($"{scene.Studio}/2?did=ran");
        (rule.Status, rule.Words.Contains("There is no such rule. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        (await scene.Settings()).Weights.ShouldBe(MatchSettings.DefaultWeights, ignoreOrder: true);
    }

    [Fact]
    public async Task Tells_the_second_of_two_managers_who_changed_it_and_when()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();
        using var other = await product.AnotherManager("Mei Tanaka", "mei@example.com");
        var seen = await Version(scene);
        (string Name, string Value)[] shifted = [.. Weights.Where(w => w.Name is not ("weight.Category" or "weight.Velocity")), ("weight.Category", "30"), ("weight.Velocity", "10")];

        var first = await other.Post($"{scene.Studio}/run", [.. shifted, ("version", seen)]);
        product.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await scene.Manager.Post($"{scene.Studio}/run", [.. Weights.Where(w => w.Name is not ("weight.Region" or "weight.Style")), ("weight.Region", "0"), ("weight.Style", "5"), ("version", seen), ("run", "1")]);

        first.Location.ShouldNotBeNull();
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("Mei Tanaka changed these settings 3 minutes ago. Your change is not saved. Look at them as they are now, then make it again. Since run 1: the weight of Category went from 25 to 30;");
        (await scene.Settings()).Weights[Factor.Category].ShouldBe(30);
        (await scene.Runs()).ShouldBe(2);
    }

    [Fact]
    public async Task Shows_what_was_typed_beside_what_another_manager_set_meanwhile()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();
        using var other = await product.AnotherManager("Noor Aziz", "noor@example.com");
        var seen = await Version(scene);
        await other.Post($"{scene.Studio}/run", [.. Typed(("Category", 30), ("Velocity", 10)), ("version", seen)]);
        var (hours, skills) = (MatchSettings.DefaultWeights[Factor.Hours], MatchSettings.DefaultWeights[Factor.Skills]);

        var refused = await scene.Manager.Post($"{scene.Studio}/run", [.. Typed(("Hours", hours - 5), ("Skills", skills + 5)), ("version", seen), ("run", "1")]);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("Since run 1: the weight of Category went from 25 to 30; the weight of Pace went from 15 to 10.");
        string Box(string factor) => refused.Page.QuerySelector($"input[name='weight.{factor}']")!.GetAttribute("value")!;
        (Box("Hours"), Box("Skills"), Box("Category"), Box("Velocity")).ShouldBe(($"{hours - 5}", $"{skills + 5}", "30", "10"));
        refused.Page.QuerySelectorAll("#weights label .gh-note").Select(line => line.TextContent.Trim()).ShouldBe([$"{skills} in use", $"{hours} in use"], ignoreOrder: true);
        refused.Words.ShouldContain("Your numbers stand as you typed them, with the ones in use beside them.");
        (await scene.Settings()).Weights[Factor.Hours].ShouldBe(hours);
    }

    [Theory]
    [InlineData("#rule-Language")]
    [InlineData("button[formaction*='/bar?']")]
    [InlineData("button[formaction*='/swap?']")]
    public async Task Runs_with_the_weights_that_were_typed_whatever_starts_the_run(string button)
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.GivenRun();
        var page = await scene.Manager.Page($"{scene.Studio}/1");
        var at = page.QuerySelector(button)!;
        var picked = page.QuerySelector("input[type=radio][form=weights]")!;

        var ran = await scene.Manager.Post(at.GetAttribute("formaction")!, [.. Typed(("Category", 30), ("Velocity", 10)), (picked.GetAttribute("name")!, picked.GetAttribute("value")!), ("version", await Version(scene))]);

        at.GetAttribute("form").ShouldBe("weights");
        ran.Location.ShouldNotBeNull(ran.Words).ShouldStartWith($"{scene.Studio}/2?did=");
        var settings = (await scene.Stored(2)).Settings;
        settings.Weights[Factor.Category].ShouldBe(30);
        (settings.Bars.Count + settings.Pins.Count + settings.Rules.Count(rule => rule is { Rule: Rule.Language, Strength: RuleStrength.Off })).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_typed_weights_that_do_not_add_up_when_a_rule_is_switched()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();

        var refused = await scene.Manager.Post($"{scene.Studio}/rule?rule=Language&on=false", [.. Typed(("Category", 40)), ("version", await Version(scene))]);

        (refused.Status, refused.Words.Contains("Make the weights add up to 100. They add up to 115 now, and nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        refused.Page.QuerySelector("input[name='weight.Category']")!.GetAttribute("value").ShouldBe("40");
        (await scene.Settings()).Rules.ShouldContain(rule => rule.Rule == Rule.Language && rule.Strength == RuleStrength.Required);
    }

    [Fact]
    public async Task Refuses_to_review_a_run_while_other_weights_are_typed_and_keeps_the_ticks()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.GivenRun();
        var tick = StudioPairs.HtmlId(scene.Mentee(1));

        var refused = await scene.Manager.Post($"{scene.Studio}/1/send", [.. Typed(("Category", 30), ("Velocity", 10)), ("ticked", tick)]);
        var review = await scene.Manager.Post($"{scene.Studio}/1/send", Weights);

        (refused.Status, refused.Words.Contains("Run again with the weights you typed, or put back those of run 1, before you review its pairs. Your ticks are saved.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        refused.Page.QuerySelector("input[name='weight.Category']")!.GetAttribute("value").ShouldBe("30");
        refused.Page.QuerySelectorAll("input[name=include]").Count(box => box.HasAttribute("checked")).ShouldBe(1);
        review.Location.ShouldBe($"{scene.Studio}/1/send");
    }

    [Theory]
    [InlineData("swap")]
    [InlineData("bar")]
    [InlineData("reset")]
    public async Task Offers_to_take_a_step_back_and_takes_it_back(string step)
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.Steer(settings => settings with { Weights = new Dictionary<Factor, int>(MatchSettings.DefaultWeights) { [Factor.Hours] = 12, [Factor.Category] = 23 } });
        await scene.Keep(1, 1);
        await scene.GivenRun();
        var before = await scene.Settings();
        var stepped = await scene.Manager.Post($"{scene.Studio}/{step}", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(step == "swap" ? 2 : 1)));

        var undo = (await scene.Manager.Page(stepped.Location.ShouldNotBeNull(stepped.Words))).QuerySelector(".gh-notice form")!;
        var back = await scene.Manager.Post(undo.GetAttribute("action")!, ("version", undo.QuerySelector("input[name=version]")!.GetAttribute("value")!));
        var after = await scene.Settings();
        var twice = await scene.Manager.Post(undo.GetAttribute("action")!, ("version", await Version(scene)));

        undo.QuerySelector("button")!.TextContent.ShouldBe("Undo");
        back.Location.ShouldBe($"{scene.Studio}/3?did=back");
        (await scene.Manager.Page(back.Location!)).QuerySelector(".gh-notice")!.TextContent.ShouldContain("The step before is taken back. Run 3 is done.");
        after.Pins.ShouldBe(before.Pins);
        after.Bars.ShouldBeEmpty();
        after.Weights.ShouldBe(before.Weights, ignoreOrder: true);
        (twice.Status, twice.Words.Contains("There is a newer run of this program, and nothing was undone.")).ShouldBe((HttpStatusCode.Conflict, true), twice.Words);
        (await scene.Manager.Page($"{scene.Studio}/2?did=barred")).QuerySelector(".gh-notice form").ShouldBeNull();
    }

    [Fact]
    public async Task Keeps_releases_bars_and_swaps_a_pair()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.GivenRun();

        await scene.Keep(1, 2);
        (await scene.GivenRun()).Pairs.Single(pair => pair.MenteeId == scene.Mentee(1)).ShouldSatisfyAllConditions(pair => pair.MentorId.ShouldBe(scene.Mentor(2)), pair => pair.IsPinned.ShouldBeTrue());
        var swapped = await scene.Manager.Post($"{scene.Studio}/swap", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)));
        (await scene.Settings()).Pins.ShouldBe([new Pin(scene.Mentee(1), scene.Mentor(1))]);
        var barred = await scene.Manager.Post($"{scene.Studio}/bar", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)));
        var settings = await scene.Settings();
        (await scene.Stored(4)).Pairs.Single(pair => pair.MenteeId == scene.Mentee(1)).MentorId.ShouldBe(scene.Mentor(2));
        await scene.Manager.Post($"{scene.Studio}/rules/allow", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("version", await Version(scene)));

        (swapped.Location, barred.Location).ShouldBe(($"{scene.Studio}/3?did=swapped", $"{scene.Studio}/4?did=barred"));
        settings.Pins.ShouldBeEmpty();
        settings.Bars.Single().ShouldSatisfyAllConditions(bar => bar.MenteeId.ShouldBe(scene.Mentee(1)), bar => bar.MentorId.ShouldBe(scene.Mentor(1)));
        (await scene.Settings()).Bars.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_a_pin_that_breaks_a_rule_when_it_is_kept_and_names_the_rule()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 2, places: 1);
        (await scene.Program.BringIn("mentor", $"id,capacity,languages\n{scene.Mentor(2)},1,fi:native\n")).Location.ShouldNotBeNull();
        await scene.GivenRun();

        foreach (var path in (string[])["keep", "swap"])
        {
            var refused = await scene.Manager.Post($"{scene.Studio}/{path}", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(2)), ("keep", "true"));

            (refused.Status, refused.Words.Contains("Bo Lind can’t be kept with Mentor 2. Rules against it: A language in common. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        }

        (await scene.Settings()).Pins.ShouldBeEmpty();
        (await scene.Runs()).ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_one_pin_more_than_a_mentor_has_places()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();
        (await scene.Keep(1, 1)).Location.ShouldNotBeNull();

        var refused = await scene.Keep(2, 1);

        (refused.Status, refused.Words.Contains("Mentor 1 has fewer places than the 2 mentees who would be kept with them. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        (await scene.Settings()).Pins.ShouldBe([new Pin(scene.Mentee(1), scene.Mentor(1))]);
    }

    [Theory]
    [InlineData("keep")]
    [InlineData("swap")]
    [InlineData("bar")]
    [InlineData("rules/waive")]
    public async Task Refuses_a_pair_that_names_a_stranger(string path)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        var before = await scene.Settings();
        (string, string)[] waiver = [("rule", "SharedBrand"), ("reason", "Both know"), ("until", "2027-12-31")];

        var noMentee = await scene.Manager.Post($"{scene.Studio}/{path}", [("mentee", "nobody"), ("mentor", scene.Mentor(1)), .. waiver, ("version", await RulesVersion(scene))]);
        var noMentor = await scene.Manager.Post($"{scene.Studio}/{path}", [("mentee", scene.Mentee(1)), ("mentor", scene.Mentee(1)), .. waiver, ("version", await RulesVersion(scene))]);

        (noMentee.Status, noMentee.Words.Contains("Nobody with the seller id nobody waits as a mentee in this program. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), noMentee.Words);
        (noMentor.Status, noMentor.Words.Contains($"Nobody with the seller id {scene.Mentee(1)} is a mentor in this program. Nothing was changed.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true), noMentor.Words);
        var after = await scene.Settings();
        (after.Pins.Count, after.Bars.Count, after.Waivers.Count).ShouldBe((before.Pins.Count, before.Bars.Count, before.Waivers.Count));
    }

    [Fact]
    public async Task Refuses_a_rule_that_a_kept_pair_breaks()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Keep(1, 1);

        var refused = await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.SharedHours), new RuleSetting(Rule.SharedHours, RuleStrength.Required, 40)] });

        refused!.Message.ShouldBe("Bo Lind can’t be kept with Mentor 1. Rules against it: At least 40 shared hours a week. Nothing was changed.");
    }

    [Fact]
    public async Task Restores_an_older_runs_settings_without_the_pairs_of_people_who_left()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.Keep(1, 1);
        await scene.GivenRun();
        await scene.Manager.Post($"{scene.Studio}/keep", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("keep", "false"));
        await scene.GivenRun();
        await scene.Approve(2);
        await scene.Program.GivenSellers("mentee-3", "mentor-3");
        await scene.Program.BringIn("mentee", $"id,languages,time_zone,week_hours\n{scene.Mentee(3)},en:native,Europe/Lisbon,mon 9-12\n");
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(3)},1,en:native,Europe/Lisbon,mon 9-12\n");

        var restored = await scene.Manager.Post($"{scene.Studio}/runs/1/restore", ("version", await Version(scene)));

        restored.Location.ShouldBe($"{scene.Studio}/3?did=restored");
        (await scene.Settings()).Pins.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restores_an_older_runs_settings_and_keeps_todays_bars_and_waivers()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 3, places: 1);
        var (kept, barredSince, allowedSince) = (new Pin(scene.Mentee(1), scene.Mentor(1)), new Pin(scene.Mentee(2), scene.Mentor(2)), new Bar(scene.Mentee(1), scene.Mentor(3)));
        var (takenBack, signedSince) = (Waived(1), Waived(2));
        await scene.Steer(settings => settings with
        {
            Pins = [kept, barredSince],
            Bars = [allowedSince],
            Waivers = [takenBack],
            Objective = AssignmentObjective.Score,
            Weights = new Dictionary<Factor, int>(MatchSettings.DefaultWeights) { [Factor.Hours] = 12, [Factor.Category] = 23 },
            Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.SharedHours), new RuleSetting(Rule.SharedHours, RuleStrength.Required, 3)],
        });
        await scene.GivenRun();
        var then = await scene.Settings();
        await scene.Steer(settings => new MatchSettings { ProgramStart = settings.ProgramStart, Rules = [.. RuleSetting.Defaults.Where(rule => rule.Rule != Rule.GroupShare)], Bars = [new Bar(barredSince.MenteeId, barredSince.MentorId)], Waivers = [signedSince] });
        await scene.GivenRun();

        var restored = await scene.Manager.Post($"{scene.Studio}/runs/1/restore", ("version", await Version(scene)));
        var now = await scene.Settings();

        (await scene.Manager.Get(restored.Location.ShouldNotBeNull(restored.Words))).Words.ShouldContain("Pairs never to make and waivers stay as they are today.");
        now.Weights.ShouldBe(then.Weights, ignoreOrder: true);
        now.Rules.ShouldBe(then.Rules, ignoreOrder: true);
        now.Objective.ShouldBe(AssignmentObjective.Score);
        now.Pins.ShouldBe([kept]);
        now.Bars.ShouldBe([new Bar(barredSince.MenteeId, barredSince.MentorId)]);
        now.Waivers.ShouldBe([signedSince]);

        Waiver Waived(int mentee) => new(scene.Mentee(mentee), scene.Mentor(1), Rule.SharedBrand, "Both know", new DateOnly(2027, 12, 31));
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("bar")]
    [InlineData("runs/1/restore")]
    public async Task Changes_nothing_when_the_run_that_was_asked_for_makes_no_pair(string path)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        if (path != "rule") await scene.GivenRun();
        // Since then the only mentor speaks another language, which stands against a pair once the rule is on again.
        if (path != "bar") await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},1,fi:native,Europe/Lisbon,mon 9-12\n");
        if (path != "bar") await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Select(rule => rule.Rule == Rule.Language ? rule with { Strength = RuleStrength.Off } : rule)] });
        await scene.GivenRun();
        var (before, runs) = (await scene.Settings(), await scene.Runs());

        var refused = await scene.Manager.Post($"{scene.Studio}/{path}", ("rule", "Language"), ("on", "true"), ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("version", await Version(scene)));

        (refused.Status, refused.Words.Contains("No pair passes the rules."), refused.Words.Contains("Nothing was stored and nobody was told.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true), refused.Words);
        (await scene.Settings()).ShouldBeEquivalentTo(before);
        (await scene.Runs()).ShouldBe(runs);
    }

    [Fact]
    public async Task Tells_who_restores_a_run_that_somebody_changed_the_settings_meanwhile()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        await scene.GivenRun();
        await scene.GivenRun();
        using var other = await product.AnotherManager("Lena Brandt", "lena@example.com");
        var seen = (await scene.Manager.Page($"{scene.Studio}/runs")).QuerySelector("form[action$=restore] input[name=version]")!.GetAttribute("value")!;
        (await other.Post($"{scene.Studio}/keep", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(2)), ("keep", "true"))).Location.ShouldNotBeNull();

        var second = await scene.Manager.Post($"{scene.Studio}/runs/1/restore", ("version", seen));

        (second.Status, second.Words.Contains("Lena Brandt changed these settings a moment ago.")).ShouldBe((HttpStatusCode.Conflict, true), second.Words);
        (await scene.Settings()).Pins.ShouldBe([new Pin(scene.Mentee(1), scene.Mentor(2))]);
        (await scene.Runs()).ShouldBe(2);
    }

    [Fact]
    public async Task Says_at_the_open_pair_why_it_is_not_kept_when_a_script_asks()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Program.BringIn("mentor", $"id,capacity\n{scene.Mentor(1)},0\n");

        var refused = await scene.Manager.Script($"{scene.Studio}/keep", ("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("keep", "true"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldStartWith("<tbody");
        refused.Text.ShouldNotContain("<html");
        refused.Text.ShouldContain("has fewer places than the 1 mentee who would be kept with them.");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("keep")]
    [InlineData("1/approve")]
    [InlineData("1/choose")]
    [InlineData("runs/1/restore")]
    [InlineData("rules/waive")]
    public async Task Leads_from_the_address_of_a_refused_form_back_to_its_page(string path)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();

        var opened = await scene.Manager.Get($"{scene.Studio}/{path}");

        await scene.Manager.Page(opened.Location.ShouldNotBeNull($"{opened.Status}"));
    }

    [Theory]
    [InlineData("parameter.SharedHours", "169", "Enter a number from 0 to 168 for the rule At least 2 shared hours a week.")]
    [InlineData("parameter.SharedHours", "9999", "Enter a number from 0 to 168 for the rule")]
    [InlineData("parameter.Language", "5", "Enter a number from 1 to 4 for the rule A language in common.")]
    [InlineData("strength.Language", "7", "")]
    [InlineData("parameter.SharedHours", "-1", "Enter a number")]
    [InlineData("parameter.SharedHours", "NaN", "Enter a number")]
    [InlineData("parameter.SharedHours", "two", "Enter a number")]
    public async Task Refuses_a_rule_that_no_run_could_use(string field, string value, string words)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        var before = await scene.Settings();
        (string Name, string Value)[] form = [("objective", "matched"), ("strength.Language", "Required"), ("parameter.Language", "2"), ("strength.SharedHours", "Required"), ("parameter.SharedHours", "2")];

        var refused = await scene.Manager.Post($"{scene.Studio}/rules", [.. form.Where(f => f.Name != field), (field, value), ("version", await RulesVersion(scene))]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        (await scene.Settings()).Rules.ShouldBe(before.Rules);
    }

    [Theory]
    [InlineData("mentee", "", "Enter the mentee’s seller id.")]
    [InlineData("rule", "Language", "Choose a conflict rule to waive.")]
    [InlineData("reason", " ", "Enter why this conflict is acceptable, up to 500 characters.")]
    [InlineData("until", "2027-02-30", "Enter the last day it holds as year, month and day")]
    [InlineData("until", "2027-01-03", "Choose a last day on or after the program’s first, 4 Jan 2027. A waiver that ends before does nothing.")]
    public async Task Refuses_a_waiver_in_its_own_words(string field, string value, string words)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        (string Name, string Value)[] form = [("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("rule", "SharedBrand"), ("reason", "Both know"), ("until", "2027-12-31")];

        var refused = await scene.Manager.Post($"{scene.Studio}/rules/waive", [.. form.Where(f => f.Name != field), (field, value), ("version", await RulesVersion(scene))]);
        var taken = await scene.Manager.Post($"{scene.Studio}/rules/waive", [.. form, ("version", await RulesVersion(scene))]);

        refused.Words.ShouldContain(words);
        taken.Location.ShouldBe($"{scene.Studio}/rules?did=saved");
        (await scene.Settings()).Waivers.Single().Reason.ShouldBe("Both know");
    }

    /// <summary>The weights form with some boxes typed over.</summary>
    static (string Name, string Value)[] Typed(params (string Factor, int Weight)[] typed) =>
        [.. Weights.Where(weight => !typed.Any(box => weight.Name == $"weight.{box.Factor}")), .. typed.Select(box => ($"weight.{box.Factor}", $"{box.Weight}"))];

    static (string Name, string Value)[] Weights => [.. Enum.GetValues<Factor>().Select(factor => ($"weight.{factor}", $"{MatchSettings.DefaultWeights.GetValueOrDefault(factor)}"))];

    static async Task<string> Version(PairingScene scene) => (await scene.Manager.Page(scene.Studio)).QuerySelector("input[name=version]")!.GetAttribute("value")!;

    static async Task<string> RulesVersion(PairingScene scene) => (await scene.Manager.Page($"{scene.Studio}/rules")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
}
