using System.Net;
using Guildhall.Matching;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Approved pairs are looked at again: what would be better is proposed, and nothing is changed.</summary>
public sealed class RecalibrationScreenTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Proposes_a_switch_that_brings_what_it_must_and_changes_nothing()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        var path = $"{scene.Studio}/recalibration";
        (await scene.Manager.Get(path)).Words.ShouldContain("No approved pairs yet");
        await scene.Steer(settings => settings with { Weights = new Dictionary<Factor, int> { [Factor.Style] = 100 } });
        await scene.GivenRun();
        await scene.Approve(1);
        await scene.GivenMentors(2, 2, 1);

        var same = await scene.Manager.Page(path);
        await scene.Program.BringIn("mentee", $"id,style\n{scene.Mentee(1)},1\n");
        await scene.Program.BringIn("mentor", $"id,style,capacity\n{scene.Mentor(1)},0,2\n{scene.Mentor(2)},1,1\n");
        var better = await scene.Manager.Page(path);
        var dearer = await scene.Manager.Page($"{path}?cost=50.5");

        same.QuerySelector("h1")!.TextContent.ShouldBe("All 2 pairs stay");
        better.QuerySelector("h1")!.TextContent.ShouldBe("1 switch would bring 50.0 points to 2 pairs");
        var row = better.QuerySelectorAll("table tbody tr:has(td)").ShouldHaveSingleItem();
        row.TextContent.ShouldContain("Mentor 1, 50.0");
        row.TextContent.ShouldContain("Mentor 2, 100.0");
        row.TextContent.ShouldContain("Most in style: +50.0");
        row.TextContent.ShouldContain("+50.0");
        dearer.QuerySelector("h1")!.TextContent.ShouldBe("All 2 pairs stay");
        dearer.QuerySelector("#cost")!.GetAttribute("value").ShouldBe("50.5");
        (await scene.Approved(), await scene.Runs()).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Names_the_pairs_that_rules_would_keep_apart_today_and_keeps_them()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Approve(1);
        await scene.Program.BringIn("mentee", $"id,languages\n{scene.Mentee(1)},ja:native\n");

        var page = await scene.Manager.Page($"{scene.Studio}/recalibration");

        page.QuerySelector("h1")!.TextContent.ShouldBe("The one pair stays");
        page.QuerySelector("#against-h")!.TextContent.ShouldBe("1 pair breaks a rule today");
        page.QuerySelector(".unm li")!.TextContent.ShouldContain("A language in common");
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("five")]
    public async Task Refuses_a_cost_that_is_none(string cost)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Approve(1);

        var refused = await scene.Manager.Get($"{scene.Studio}/recalibration?cost={cost}");

        (refused.Status, refused.Words.Contains("Enter from 0 to 100 points.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
    }

    [Fact]
    public async Task Says_what_to_do_where_a_mentor_has_fewer_places_than_mentees()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        await scene.Approve(1);
        await product.Database.ExecuteAsync($"UPDATE enrollment.participant SET as_mentor = jsonb_set(as_mentor::jsonb, '{{capacity}}', '1') WHERE as_mentor IS NOT NULL AND seller_id IN (SELECT id FROM sellers.seller WHERE external_id = '{scene.Mentor(1)}')");

        (await scene.Manager.Get($"{scene.Studio}/recalibration")).Words.ShouldContain("Mentor 1 has more approved mentees than places now. Give them their places back under People, and look again.");
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_forty_pairs_as_for_two()
    {
        var (few, many) = (await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2), await PairingScene.Given(product, mentees: 40, mentors: 10, places: 4));
        foreach (var scene in (PairingScene[])[few, many])
        {
            await scene.GivenRun();
            await scene.Approve(1);
            await scene.Manager.Page($"{scene.Studio}/recalibration");
        }

        var ofFew = await QueryCount.Of(product.Database, () => few.Manager.Page($"{few.Studio}/recalibration"));
        var ofMany = await QueryCount.Of(product.Database, () => many.Manager.Page($"{many.Studio}/recalibration"));

        ofFew.ShouldBeInRange(3, 17);
        ofMany.ShouldBe(ofFew);
    }
}
