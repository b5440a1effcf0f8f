using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>A category that somebody declared to compete in keeps them apart from who sells in it, while it holds, and every page says so.</summary>
public sealed class DeclaredCompetitionTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Keeps_the_two_apart_and_says_who_declared_what()
    {
        var (scene, mina, ruth) = await Given();

        (await scene.GivenRun()).Pairs.Single(pair => pair.MenteeId == mina.ExternalId).MentorId.ShouldBe(scene.Mentor(1));

        var choices = await scene.Manager.Page($"{scene.Studio}/1/mentees/{StudioPairs.HtmlId(mina.ExternalId)}");
        choices.QuerySelector("main")!.TextContent.ShouldContain("Ruth declared that they compete in <i>Kitchen and Home.");
        choices.QuerySelectorAll("main i").ShouldBeEmpty();
        choices.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldContain(EditRules.WaiverHref(scene.Studio, mina.ExternalId, ruth.ExternalId, Rule.DeclaredCompetition));
    }

    [Fact]
    public async Task Says_so_of_a_mentee_who_finds_no_mentor_and_in_the_file()
    {
        var (scene, mina, _) = await Given();
        await scene.Steer(settings => settings with { Bars = [new(mina.ExternalId, scene.Mentor(1), "Know each other")] });

        (await scene.GivenRun()).Unmatched.Select(one => one.MenteeId).ShouldContain(mina.ExternalId);

        (await scene.Manager.Get($"{scene.Studio}/1")).Words.ShouldContain("Ruth Calloway declared that they compete in <i>Kitchen and Home.");
        (await scene.Manager.Get($"{scene.Studio}/1/pairs.csv")).Text.ShouldContain("Ruth Calloway declared that they compete in <i>Kitchen and Home.");
    }

    [Fact]
    public async Task Costs_points_where_the_program_only_prefers_it()
    {
        var (scene, mina, ruth) = await Given();
        await scene.Steer(settings => settings with
        {
            Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.DeclaredCompetition), new RuleSetting(Rule.DeclaredCompetition, RuleStrength.Preferred, null, 7)],
            Pins = [new(mina.ExternalId, ruth.ExternalId)],
        });

        var pair = (await scene.GivenRun()).Pairs.Single(pair => pair.MenteeId == mina.ExternalId);

        pair.MentorId.ShouldBe(ruth.ExternalId);
        pair.Score.Penalties.ShouldBe([new RulePenalty(Rule.DeclaredCompetition, 7)]);
        var studio = (await scene.Manager.Get($"{scene.Studio}/1?open={mina.ExternalId}")).Words;
        studio.ShouldContain("Not met: No declared competition. Ruth declared that they compete in <i>Kitchen and Home.");
        studio.ShouldContain("No declared competition: Ruth declared that they compete in <i>Kitchen and Home");
        (await scene.Manager.Get($"{scene.Studio}/1/pairs.csv")).Text.ShouldContain("Not met: No declared competition. Ruth declared");
    }

    [Fact]
    public async Task Is_waived_for_one_pair_like_the_other_conflicts()
    {
        var (scene, mina, ruth) = await Given();
        var version = (await scene.Manager.Page($"{scene.Studio}/rules")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"{scene.Studio}/rules/waive", ("version", version), ("mentee", mina.ExternalId), ("mentor", ruth.ExternalId), ("rule", nameof(Rule.DeclaredCompetition)), ("reason", "They sell to other buyers"), ("until", "2027-12-31"))).Location.ShouldNotBeNull();
        await scene.Steer(settings => settings with { Pins = [new(mina.ExternalId, ruth.ExternalId)] });

        (await scene.GivenRun()).Pairs.Single(pair => pair.MenteeId == mina.ExternalId).MentorId.ShouldBe(ruth.ExternalId);
        (await scene.Manager.Get($"{scene.Studio}/1?open={mina.ExternalId}")).Words.ShouldContain("Waived until Fri 31 Dec 2027: No declared competition. Ruth declared that they compete in");
        (await scene.Approve(1)).Location.ShouldNotBeNull();
        product.Clock.Advance(ApproveRun.UndoWindow);
        var meet = new MeetScene(product, scene, ruth, [mina]);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentee_asked_at = asked_at WHERE id = '{await meet.Pair()}'");
        (await mina.Browser.Get(await meet.MenteePage())).Words.ShouldContain("Ruth declared that they compete in <i>Kitchen and Home.");
    }

    [Theory]
    [InlineData("UPDATE enrollment.disclosure SET expires_at = '2026-11-01' WHERE seller_id = '{0}'")]
    [InlineData("UPDATE enrollment.disclosure SET withdrawn_at = '2026-11-01' WHERE seller_id = '{0}'")]
    public async Task Keeps_nobody_apart_once_it_ended(string sql)
    {
        var (scene, mina, ruth) = await Given();
        await product.Database.ExecuteAsync(sql.Replace("{0}", ruth.SellerId.ToString(), StringComparison.Ordinal));
        await scene.Steer(settings => settings with { Pins = [new(mina.ExternalId, ruth.ExternalId)] });

        (await scene.GivenRun()).Pairs.Single(pair => pair.MenteeId == mina.ExternalId).MentorId.ShouldBe(ruth.ExternalId);
    }

    [Fact]
    public async Task Holds_in_a_program_that_was_steered_before_there_was_the_rule()
    {
        var (scene, mina, _) = await Given();
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.DeclaredCompetition)] });
        (await scene.Settings()).Rules.ShouldNotContain(rule => rule.Rule == Rule.DeclaredCompetition);

        var run = await scene.GivenRun();

        run.Pairs.Single(pair => pair.MenteeId == mina.ExternalId).MentorId.ShouldBe(scene.Mentor(1));
        run.Rules.Single(rule => rule.Rule == Rule.DeclaredCompetition).ShouldBe(new RuleStatistic(Rule.DeclaredCompetition, RuleStrength.Required, 1, 1));
        (await scene.Manager.Page($"{scene.Studio}/rules")).QuerySelector("[name='strength.DeclaredCompetition'] [selected]")!.GetAttribute("value").ShouldBe("Required");
    }

    /// <summary>Mina sells in the kitchen category, Bo doesn't say; Ruth, a better fit for both, declared to compete there, and another mentor didn't.</summary>
    async Task<(PairingScene Scene, Shop Mina, Shop Ruth)> Given()
    {
        var program = await product.GivenOpenProgram();
        var scene = new PairingScene(program);
        var (mina, ruth) = (await MeetScene.GivenShop(product, "Mina Farouk"), await MeetScene.GivenShop(product, "Ruth Calloway"));
        // What figures know goes before what a file says.
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET category = NULL WHERE id = '{ruth.SellerId}'");
        await product.Database.ExecuteAsync($"UPDATE sellers.seller SET category = 'home/<i>kitchen' WHERE id = '{mina.SellerId}'");
        await scene.GivenMentees(1, 1);
        await scene.GivenMentors(1, 1, 1);
        await MeetScene.BringIn(scene, "mentee", "id,name,languages,time_zone,week_hours", [$"{mina.ExternalId},Mina Farouk,en:native,Europe/Lisbon,mon 9-12"]);
        await MeetScene.BringIn(scene, "mentor", "id,name,languages,time_zone,week_hours,capacity,competes_in", [$"{ruth.ExternalId},Ruth Calloway,en:fluent,Europe/Lisbon,mon 9-12,1,Garden"]);
        foreach (var what in new[] { "<i>Kitchen", "Toys", "Home" })
            await ruth.Browser.Post("/mentor/charter/declare", ("Kind", "CompetingCategory"), ("What", what));
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.GroupShare)] });
        return (scene, mina, ruth);
    }
}
