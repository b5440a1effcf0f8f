using System.Net;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Pairing;

/// <summary>Who stands in an approved pair stays in the program until the approval is undone.</summary>
public sealed class ApprovedPairsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_the_mentor_and_the_mentees_of_an_approved_pair_with_its_run_on_each_ones_page()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        var (menteeBefore, _) = (await Page("mentee"), await Page("mentor"));
        await scene.Approve(1);

        var (mentee, mentor) = (await Page("mentee"), await Page("mentor"));

        menteeBefore.QuerySelector("#with-h").ShouldBeNull();
        mentee.QuerySelector("#with-h")!.TextContent.ShouldBe("Their mentor");
        mentee.QuerySelectorAll("[aria-labelledby=with-h] li a").Select(link => (link.TextContent, Ends: link.GetAttribute("href")!.Split('/')[^1].Length)).ShouldBe([("Mentor 1", 36), ("Approved in run 1", 1)]);
        mentor.QuerySelector("#with-h")!.TextContent.ShouldBe("Their mentees");
        mentor.QuerySelectorAll("[aria-labelledby=with-h] li").Length.ShouldBe(2);

        async Task<AngleSharp.Dom.IDocument> Page(string side) =>
            await scene.Manager.Page((await scene.Manager.Page($"{scene.Program.People}?side={side}")).QuerySelector("tbody tr a")!.GetAttribute("href")!);
    }

    [Fact]
    public async Task Says_of_a_mentor_with_fewer_places_than_mentees_that_these_stay_and_nobody_new_comes()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        await scene.GivenRun();
        await scene.Approve(1);
        var path = (await scene.Manager.Page($"{scene.Program.People}?side=mentor")).QuerySelector("tbody tr a")!.GetAttribute("href")!;
        var before = await scene.Manager.Get(path);

        await scene.Manager.Post(path, ("Capacity", "1"), ("IsOpen", "true"), ("seen", before.Page.QuerySelector("input[name=seen]")!.GetAttribute("value")!));

        before.Words.ShouldNotContain("More than their");
        (await scene.Manager.Get(path)).Words.ShouldContain("More than their one place: these stay, and nobody new is matched with them.");
    }

    [Fact]
    public async Task Keeps_people_of_an_approved_pair_until_it_is_undone()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 3);
        await scene.GivenRun();
        await scene.Approve(1);

        var mentee = await Remove(scene, "mentee");
        var mentor = await Remove(scene, "mentor");
        await scene.Manager.Post($"{scene.Studio}/1/undo");
        var free = await Remove(scene, "mentor");

        (mentee.Status, mentor.Status).ShouldBe((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        mentee.Words.ShouldContain("Bo Lind is in an approved pair with Mentor 1. An approval can be undone in the studio for ten minutes; after that they stay until the pair ends. Nothing was changed.");
        mentor.Words.ShouldContain("Mentor 1 is in an approved pair with Bo Lind and 2 others. An approval can be undone in the studio for ten minutes; after that they stay until the pair ends. Nothing was changed.");
        free.Location.ShouldBe($"{scene.Program.People}?did=removed");
    }

    [Fact]
    public async Task Lets_only_the_first_of_an_approval_and_a_removal_through()
    {
        var approvedFirst = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await approvedFirst.GivenRun();
        var version = await approvedFirst.Version(1);
        var (approval, lateRemoval) = await OneAfterTheOther(() => approvedFirst.Manager.Post($"{approvedFirst.Studio}/1/approve", ("version", version)), () => Remove(approvedFirst, "mentee"));

        var removedFirst = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await removedFirst.GivenRun();
        version = await removedFirst.Version(1);
        var (removal, lateApproval) = await OneAfterTheOther(() => Remove(removedFirst, "mentee"), () => removedFirst.Manager.Post($"{removedFirst.Studio}/1/approve", ("version", version)));

        approval.Location.ShouldNotBeNull(approval.Words);
        (lateRemoval.Status, lateRemoval.Words.Contains("Bo Lind is in an approved pair with Mentor 1.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await approvedFirst.Approved()).ShouldBe(1);
        removal.Location.ShouldNotBeNull(removal.Words);
        (lateApproval.Status, lateApproval.Words.Contains("Somebody in this run has left the program since. Nothing was approved.")).ShouldBe((HttpStatusCode.Conflict, true));
        (await removedFirst.Approved()).ShouldBe(0);
    }

    static async Task<Answer> Remove(PairingScene scene, string side)
    {
        var person = (await scene.Manager.Page($"{scene.Program.People}?side={side}")).QuerySelector("tbody tr a")!.GetAttribute("href")!;
        var seen = (await scene.Manager.Page(person)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        return await scene.Manager.Post($"{person}/remove", ("seen", seen));
    }

    /// <summary>Both wait for the pairs at the same moment, in this order.</summary>
    async Task<(Answer First, Answer Second)> OneAfterTheOther(Func<Task<Answer>> first, Func<Task<Answer>> second)
    {
        await using var db = product.Database.NewDb();
        await using var hold = await db.Database.BeginTransactionAsync(Stop);
        await db.LockPairs(Stop);
        var one = Task.Run(first, Stop);
        await Waiting(1, one);
        var other = Task.Run(second, Stop);
        await Waiting(2, one, other);
        await hold.CommitAsync(Stop);
        return (await one, await other);
    }

    async Task Waiting(int count, params Task[] calls)
    {
        var waiting = 0L;
        while (waiting < count && !calls.Any(call => call.IsCompleted))
        {
            await Task.Delay(20, Stop);
            waiting = await product.Database.ScalarAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        }

        waiting.ShouldBe(count);
    }
}
