using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Pairing;

/// <summary>What is kept, from the first run on, of how each pair was chosen.</summary>
public sealed class PairChoiceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Keeps_at_the_approval_how_each_pair_was_chosen()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 3, places: 1);
        await scene.Steer(settings => settings with { NearTies = new NearTies(1) });
        var run = await scene.GivenRun();

        (await scene.Approve(1)).Location.ShouldNotBeNull();

        var kept = await Choices(scene);
        run.Pairs.ShouldAllBe(pair => pair.Candidates.Count == 3 && pair.Candidates[0].MentorId == pair.MentorId && pair.Odds == pair.Candidates[0].Odds);
        kept.Count.ShouldBe(3);
        foreach (var choice in kept)
        {
            choice.How.NearTiePoints.ShouldBe(1);
            choice.How.Weights.ShouldBe(run.Settings.Weights, ignoreOrder: true);
            choice.How.Candidates.Sum(one => one.Odds).ShouldBe(1, 1e-9);
            choice.How.Candidates.ShouldAllBe(one => one.Values.Count == 12);
        }

        kept.Select(choice => choice.How.Candidates[0].Odds).Order().ShouldBe(run.Pairs.Select(pair => pair.Odds!.Value).Order());
    }

    [Fact]
    public async Task Keeps_a_pair_that_nobody_drew_as_the_only_candidate()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 2, places: 1);
        await scene.GivenRun();

        (await scene.Approve(1)).Location.ShouldNotBeNull();

        var choice = (await Choices(scene)).Single();
        (choice.How.NearTiePoints, choice.How.Candidates.Count, choice.How.Candidates[0].Odds).ShouldBe((null, 1, 1));
    }

    [Fact]
    public async Task Keeps_how_the_next_best_mentor_was_found()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.Scene.Program.GivenSellers("mentor-2");
        await MeetScene.BringIn(scene.Scene, "mentor", "id,name,languages,time_zone,week_hours,capacity", [$"{scene.Scene.Mentor(2)},Second Mentor,en:native,Europe/London,tue 14-17,1"]);
        await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "NoTime"));

        await product.Ask<OfferNextBest, int>(offer => offer.Run(TestContext.Current.CancellationToken));

        (await Choices(scene.Scene)).Count.ShouldBe(2);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.pair_choice c JOIN pairing.proposal p ON p.id = c.proposal_id JOIN programs.program g ON g.id = p.program_id WHERE g.slug = '{scene.Scene.Program.Slug}' AND p.in_place_of IS NOT NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_led_to_from_the_studio_and_the_runs()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();

        (await scene.Manager.Page(scene.Studio)).QuerySelector($"a[href='{scene.Studio}/learning']").ShouldNotBeNull();
        (await scene.Manager.Page($"{scene.Studio}/runs")).QuerySelector($"a[href='{scene.Studio}/learning']").ShouldNotBeNull();
        (await scene.Manager.Page($"{scene.Studio}/learning")).QuerySelector("#before-h")!.TextContent.ShouldBe("Nothing was read yet");
    }

    async Task<List<PairChoice>> Choices(PairingScene scene)
    {
        await using var db = product.Database.NewDb();
        var stop = TestContext.Current.CancellationToken;
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM programs.program WHERE slug = '{scene.Program.Slug}'");
        return await db.Set<PairChoice>().Where(choice => choice.ProgramId == id).ToListAsync(stop);
    }
}
