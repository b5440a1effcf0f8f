using System.Net;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Pairing;

/// <summary>What runs that are kept whole know of a person: theirs to have, and gone when they are erased.</summary>
public sealed class ForgetInRunsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_a_person_their_own_part_of_a_run_and_nobody_else_s()
    {
        var scene = await MeetScene.GivenSigned(product);
        var unasked = (await scene.Mentee.Browser.Get("/account/data/my-data.json")).Text;
        await scene.MentorAccepts();

        var file = (await scene.Mentee.Browser.Get("/account/data/my-data.json")).Text;

        file.ShouldContain("You as run 1 of the matching");
        unasked.ShouldNotContain("A pair that you were asked about");
        file.ShouldContain("A pair that you were asked about");
        file.ShouldContain(scene.Mentee.ExternalId);
        file.ShouldNotContain(scene.Mentor.ExternalId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keeps_a_run_readable_without_who_was_erased(bool isMentee)
    {
        var scene = await MeetScene.GivenAsked(product);
        var (gone, stays) = isMentee ? (scene.Mentee, scene.Mentor) : (scene.Mentor, scene.Mentee);
        var score = (await Run(scene)).Pairs.Single().Score.Points;
        var manager = await product.Manager();

        (await gone.Browser.Post("/account/data/delete")).Location.ShouldBe("/account/data?did=asked");
        var request = await product.Database.ScalarAsync<Guid>($"SELECT id FROM governance.erasure_request WHERE account_id = '{gone.AccountId}' AND state = 'Asked'");
        (await manager.Post($"/settings/erasures/{request}/carry-out")).Location.ShouldBe("/settings/erasures?did=done");

        var run = await Run(scene);
        run.Pairs.Single().Score.Points.ShouldBe(score, "the figures of the others can still be told from it");
        (isMentee ? run.Pairs.Single().MenteeId : run.Pairs.Single().MentorId).ShouldNotBe(gone.ExternalId);
        (await Packed(scene)).ShouldNotContain(gone.ExternalId);
        (await Packed(scene)).ShouldContain(stays.ExternalId);
        (await scene.State()).ShouldBe("Withdrawn");
        var studio = await manager.Get($"/manage/{scene.Scene.Program.Slug}/matching/1");
        studio.Status.ShouldBe(HttpStatusCode.OK);
        studio.Words.ShouldNotContain(gone.Person);
    }

    async Task<Matching.MatchRun> Run(MeetScene scene) => (await Stored(scene)).ReadResult();

    async Task<string> Packed(MeetScene scene)
    {
        var run = await Stored(scene);
        return System.Text.Json.JsonSerializer.Serialize(run.ReadInput()) + System.Text.Json.JsonSerializer.Serialize(run.ReadResult());
    }

    async Task<CompletedRun> Stored(MeetScene scene)
    {
        await using var db = product.Database.NewDb();
        var program = await product.Database.ScalarAsync<Guid>($"SELECT program_id FROM pairing.proposal WHERE id = '{await scene.Pair()}'");
        return await db.Set<CompletedRun>().AsNoTracking().SingleAsync(run => run.ProgramId == program, Stop);
    }
}
