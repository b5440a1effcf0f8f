using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>A conflict of interest that comes up after a pair was approved holds it back until it is gone or waived.</summary>
public sealed class HeldPairsTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_a_pair_from_the_declaration_on_until_it_is_taken_back()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MailsAreSent();
        var page = await scene.MentorPage();

        await Declare(scene.Mentor, scene.Mentee.ExternalId);
        var refused = await scene.Mentor.Browser.Post($"{page}/accept");
        var shown = await scene.Mentor.Browser.Get(page);
        var home = await scene.Mentor.Browser.Get("/mentor");
        var listed = await scene.Scene.Manager.Page(scene.Pairs);
        product.Clock.Advance(Proposal.ReplyTime + TimeSpan.FromDays(1));
        await scene.Expire();
        var late = await scene.State();
        await TakeBack(scene.Mentor);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("The program’s team looks at this pair first, because something was declared that could stand between you. Nothing was accepted.");
        shown.Page.QuerySelector("#answer-h")!.TextContent.ShouldBe("On hold");
        shown.Page.QuerySelectorAll($"form[action='{page}/accept']").ShouldBeEmpty();
        home.Words.ShouldContain("Mina Farouk: on hold");
        listed.QuerySelector("h1")!.TextContent.ShouldBe("0 active pairs, 1 waiting, 1 of them held back");
        listed.QuerySelector("main .gh-badge")!.TextContent.ShouldBe("Held");
        listed.QuerySelector("main td.words")!.TextContent.ShouldContain("it would break the rule “No declared stake in each other”");
        listed.QuerySelector("main td.words a")!.GetAttribute("href")!.ShouldContain("rule=DeclaredStake");
        listed.QuerySelectorAll("main tbody form").Length.ShouldBe(1, "it can be withdrawn");
        late.ShouldBe("Approved", "who can't answer misses nothing");
        await scene.Accepts(scene.Mentor, page);
    }

    [Fact]
    public async Task Tells_nobody_of_a_pair_that_is_held_before_they_were_asked()
    {
        var scene = await MeetScene.GivenApproved(product);

        await Declare(scene.Mentor, scene.Mentee.ExternalId);
        product.Clock.Advance(ApproveRun.UndoWindow + TimeSpan.FromMinutes(1));

        (await scene.MailsTo(scene.Mentor)).ShouldBe(0);
        (await scene.Mentor.Browser.Get(await scene.MentorPage())).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Mentor.Browser.Get("/mentor")).Words.ShouldNotContain("Mina Farouk");
        await TakeBack(scene.Mentor);
        (await scene.SubjectsTo(scene.Mentor)).ShouldBe("Mina Farouk asks for a mentor");
        (await scene.Mentor.Browser.Get(await scene.MentorPage())).Heading.ShouldBe("Mina Farouk asks for a mentor");
    }

    [Fact]
    public async Task Undoes_the_approval_of_a_pair_that_is_held()
    {
        var scene = await MeetScene.GivenApproved(product);
        await Declare(scene.Mentee, scene.Mentor.ExternalId);

        (await scene.Scene.Manager.Post($"{scene.Scene.Studio}/1/undo")).Location.ShouldEndWith("did=undone");

        (await scene.State()).ShouldBe("Withdrawn");
    }

    [Fact]
    public async Task Looks_at_each_acceptance_however_the_conflict_came_up()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        await product.Database.ExecuteAsync($"""
            INSERT INTO enrollment.disclosure (id, seller_id, kind, what, declared_at, expires_at)
            VALUES ('{Guid.NewGuid()}', '{scene.Mentee.SellerId}', 'Stake', '{scene.Mentor.ExternalId}', '{product.Clock.GetUtcNow():O}', '{product.Clock.GetUtcNow().AddDays(300):O}')
            """);

        var refused = await scene.Accept(scene.Mentee, Side.Mentee);
        var again = await scene.Accept(scene.Mentee, Side.Mentee);

        (refused.Refusal?.Code, again.Refusal?.Code, await scene.State()).ShouldBe(("held", "held", "Approved"));
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=waitingformentees")).Words.ShouldContain("Held back");
    }

    [Fact]
    public async Task Goes_on_by_itself_once_a_waiver_is_signed()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        await Declare(scene.Mentee, scene.Mentor.ExternalId);
        var held = (await scene.Accept(scene.Mentee, Side.Mentee)).Refusal?.Code;
        product.Clock.Advance(TimeSpan.FromDays(2));

        var signed = await scene.Scene.Steer(settings => settings with { Waivers = [new Waiver(scene.Mentee.ExternalId, scene.Mentor.ExternalId, Rule.DeclaredStake, "A hundredth, and no say.", settings.ProgramStart.AddDays(100))] });
        await product.Ask<HoldPairs, int>(hold => hold.Run(Stop));

        held.ShouldBe("held");
        signed.ShouldBeNull("people of a held pair wait for no run");
        (await scene.SubjectsTo(scene.Mentee)).ShouldEndWith("Meet Ruth Calloway", Case.Sensitive, "asked anew");
        (await product.Database.ScalarAsync<bool>($"SELECT reply_by > '{product.Clock.GetUtcNow().AddDays(2):O}' FROM pairing.proposal WHERE id = '{await scene.Pair()}'")).ShouldBeTrue("the whole time again");
        await scene.Accepts(scene.Mentee, await scene.MenteePage());
        (await scene.State()).ShouldBe("Active");
    }

    [Fact]
    public async Task Can_be_withdrawn_and_declined_while_it_is_held()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2);
        foreach (var mentee in scene.Mentees) await Declare(scene.Mentor, mentee.ExternalId);

        (await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "TooClose"))).Location.ShouldBe(await scene.MentorPage());
        (await scene.Scene.Manager.Post($"{scene.Pairs}/{await scene.Pair(1)}/withdraw")).Location.ShouldBe($"{scene.Pairs}?did=withdrawn");

        (await scene.State(), await scene.State(1)).ShouldBe(("Declined", "Withdrawn"));
    }

    [Fact]
    public async Task Approves_no_pair_that_a_conflict_came_between_since_the_run()
    {
        var scene = await MeetScene.GivenApproved(product, mentees: 2);
        (await scene.Scene.Manager.Post($"{scene.Scene.Studio}/1/undo")).Location.ShouldEndWith("did=undone");
        await Declare(scene.Mentor, scene.Mentee.ExternalId);

        var refused = await scene.Scene.Approve(1);

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("A conflict of interest stands between Mina Farouk and Ruth Calloway since this run was made. Nothing was approved.");
        (await scene.Scene.Approved()).ShouldBe(0);
    }

    static async Task Declare(Shop shop, string stake) =>
        (await shop.Browser.Post("/mentor/charter/declare", ("Kind", "Stake"), ("What", stake))).Location.ShouldBe("/mentor/charter?did=declared");

    static async Task TakeBack(Shop shop)
    {
        var form = (await shop.Browser.Page("/mentor/charter")).QuerySelector("form[action*=disclosures]")!.GetAttribute("action")!;
        (await shop.Browser.Post(form)).Location.ShouldBe("/mentor/charter?did=withdrawn");
    }
}
