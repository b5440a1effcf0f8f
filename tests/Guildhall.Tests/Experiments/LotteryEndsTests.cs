using Guildhall.Tests.Support;

namespace Guildhall.Tests.Experiments;

/// <summary>A draw whose day has come: who lost is free, and comes first.</summary>
public sealed class LotteryEndsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Frees_who_lost_on_their_day_before_everybody_who_joined_later()
    {
        var scene = await LotteryScene.Given(product, mentees: 5, places: 2);
        await scene.GivenDraw(days: 2, waiting: 5, places: 2);
        var (won, lost) = await scene.Lots();
        (await scene.Pairing.GivenRun()).Pairs.Select(pair => pair.MenteeId).ShouldBe(won, ignoreOrder: true);
        await scene.Pairing.Approve(1);
        await product.Database.ExecuteAsync("UPDATE pairing.proposal SET state = 'Active', decided_at = now()");
        await scene.Pairing.GivenMentees(6, 9);
        await scene.Pairing.GivenMentors(2, 2, places: 4);
        // Whoever needs the most help would come first otherwise.
        await scene.Pairing.Program.BringIn("mentee", $"id,tier\n{scene.Pairing.Mentee(6)},intensive\n");

        product.Clock.Advance(TimeSpan.FromDays(1));
        (await scene.Pairing.Run()).Words.ShouldContain("waits until");
        product.Clock.Advance(TimeSpan.FromDays(1));
        var page = await scene.Manager.Get(scene.Page);
        var run = await scene.Pairing.GivenRun();

        run.Pairs.Count.ShouldBe(4);
        run.Pairs.Select(pair => pair.MenteeId).ShouldBe([.. lost, scene.Pairing.Mentee(6)], ignoreOrder: true);
        page.Words.ShouldContain("3 mentees who waited by lot before. Their odds: 3 in 3, 100%.");
        page.Words.ShouldContain("1 in 4, 25%");

        // In the next draw they come first too.
        await scene.GivenDraw(days: 2, waiting: 7, places: 4);
        (await scene.Lots()).Won.ShouldBeSubsetOf([.. lost, .. Enumerable.Range(6, 4).Select(scene.Pairing.Mentee)]);
        lost.ShouldBeSubsetOf((await scene.Lots()).Won);
        (await scene.Manager.Page(scene.Page)).QuerySelector("a[href$='?draw=1']").ShouldNotBeNull();
        (await scene.Manager.Get($"{scene.Page}?draw=1")).Words.ShouldContain("It holds no more.");
    }
}
