using System.Net;
using Guildhall.Matching;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Weights, rules, pins, bars and waivers: what is stored is what the next run can use.</summary>
public sealed class SteerMatchingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Theory]
    [InlineData("weight.Category", "26", "Make the weights add up to 100. They add up to 101 now, and nothing was changed.")]
    [InlineData("weight.Category", "much", "Make the weights add up to 100. They add up to 74 now, and nothing was changed.")]
    [InlineData("weight.Category", "-5", "Make the weights add up to 100.")]
    [InlineData("weight.Category", "", "Make the weights add up to 100.")]
    public async Task Refuses_weights_that_do_not_add_up(string field, string value, string words)
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.GivenRun();

        var refused = await scene.Manager.Post($"{scene.Studio}/run", [.. Weights.Where(w => w.Name != field), (field, value), ("version", await Version(scene))]);

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
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
        var second = await scene.Manager.Post($"{scene.Studio}/run", [.. Weights.Where(w => w.Name is not ("weight.Region" or "weight.Style")), ("weight.Region", "0"), ("weight.Style", "5"), ("version", seen)]);

        first.Location.ShouldNotBeNull();
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("Mei Tanaka changed these settings 3 minutes ago. Theirs are shown now and yours are not saved.");
        (await scene.Settings()).Weights[Factor.Category].ShouldBe(30);
        (await scene.Runs()).ShouldBe(2);
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

        (swapped.Location, barred.Location).ShouldBe(($"{scene.Studio}/3?did=ran", $"{scene.Studio}/4?did=ran"));
        settings.Pins.ShouldBeEmpty();
        settings.Bars.Single().ShouldSatisfyAllConditions(bar => bar.MenteeId.ShouldBe(scene.Mentee(1)), bar => bar.MentorId.ShouldBe(scene.Mentor(1)));
        (await scene.Settings()).Bars.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("strength.Language", "7", "")]
    [InlineData("parameter.SharedHours", "NaN", "Enter a number of 0 or more for the rule")]
    [InlineData("parameter.SharedHours", "two", "Enter a number of 0 or more for the rule")]
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
    [InlineData("mentee", "", "Enter the mentee's seller id.")]
    [InlineData("rule", "Language", "Choose a conflict rule to waive.")]
    [InlineData("reason", " ", "Enter why this conflict is acceptable, up to 500 characters.")]
    [InlineData("until", "2027-02-30", "Enter the last day it holds as year, month and day")]
    public async Task Refuses_a_waiver_in_its_own_words(string field, string value, string words)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        (string Name, string Value)[] form = [("mentee", scene.Mentee(1)), ("mentor", scene.Mentor(1)), ("rule", "SharedBrand"), ("reason", "Both know"), ("until", "2027-12-31")];

        var refused = await scene.Manager.Post($"{scene.Studio}/rules/waive", [.. form.Where(f => f.Name != field), (field, value), ("version", await RulesVersion(scene))]);
        var taken = await scene.Manager.Post($"{scene.Studio}/rules/waive", [.. form, ("version", await RulesVersion(scene))]);

        refused.Words.ShouldContain(words);
        taken.Location.ShouldBe($"{scene.Studio}/rules");
        (await scene.Settings()).Waivers.Single().Reason.ShouldBe("Both know");
    }

    static (string Name, string Value)[] Weights => [.. Enum.GetValues<Factor>().Select(factor => ($"weight.{factor}", $"{MatchSettings.DefaultWeights.GetValueOrDefault(factor)}"))];

    static async Task<string> Version(PairingScene scene) => (await scene.Manager.Page(scene.Studio)).QuerySelector("input[name=version]")!.GetAttribute("value")!;

    static async Task<string> RulesVersion(PairingScene scene) => (await scene.Manager.Page($"{scene.Studio}/rules")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
}
