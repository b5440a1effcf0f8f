using System.Net;
using Guildhall.Modules.Mentorships;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Mentorships;

/// <summary>How a pair talks: one proposes, the other agrees, and a change is asked again.</summary>
public sealed class AgreementTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly (string Name, string Value)[] Form =
        [("Channels", "mail"), ("Channels", "video"), ("AnswerDays", "2"), ("Rhythm", "weekly"), ("MenteeFrom", "21:00"), ("MenteeTo", "08:00"), ("MentorFrom", "20:00"), ("MentorTo", "07:30")];

    [Fact]
    public async Task Starts_from_what_both_said_and_holds_when_the_other_agreed()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();

        var first = await scene.Mentee.Page($"/me/agreement/{pair}");
        var proposed = await Propose(scene.Mentee, $"/me/agreement/{pair}", 0);
        var own = await scene.Mentee.Post($"/me/agreement/{pair}/confirm", ("seen", "1"));
        var asked = (await scene.Mentor.Get("/mentor")).Words;
        var confirmed = await scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1"));
        var again = await scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1"));

        first.QuerySelectorAll("input[name=Channels][checked]").Select(box => box.GetAttribute("value")).ShouldBe(["call", "video"], "both said they like to talk live");
        first.QuerySelector("h2#form-h")!.TextContent.ShouldBe("Propose how you talk");
        proposed.Location.ShouldBe($"/me/agreement/{pair}?did=proposed");
        own.Status.ShouldBe(HttpStatusCode.Conflict);
        asked.ShouldContain("Amara proposes how you talk, and waits for your answer.");
        (confirmed.Location, again.Location).ShouldBe(($"/mentor/agreement/{pair}?did=confirmed", $"/mentor/agreement/{pair}?did=confirmed"));
        (await scene.Mentee.Get($"/me/agreement/{pair}")).Words.ShouldContain("20:00 to 07:30, Chicago time");
        (await scene.Mentee.Get("/me")).Words.ShouldContain("You agreed how you talk.");
    }

    [Fact]
    public async Task Shows_each_what_the_other_declared_while_it_holds()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await scene.Mentor.Post("/mentor/charter/declare", ("Kind", "BrandOwned"), ("What", "<b>Kiln</b>"));
        await scene.Mentor.Post("/mentor/charter/declare", ("Kind", "CompetingCategory"), ("What", "Tableware"));
        await scene.Mentee.Post("/me/charter/declare", ("Kind", "Stake"), ("What", "Harbour Ltd"));
        static List<string> declared(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("[aria-labelledby=declared-h] li").Select(one => one.TextContent)];

        declared(await scene.Mentee.Page($"/me/agreement/{pair}")).ShouldBe(["Owns the brand <b>Kiln</b>", "Competes in Tableware"]);
        declared(await scene.Mentor.Page($"/mentor/agreement/{pair}")).ShouldBe(["Has a stake in Harbour Ltd"]);
        declared(await scene.Mentor.Page($"/mentor/mentees/{pair}")).ShouldBe(["Has a stake in Harbour Ltd"]);
        await product.Database.ExecuteAsync("UPDATE enrollment.disclosure SET expires_at = '2026-11-01'");

        foreach (var page in new[] { await scene.Mentee.Page($"/me/agreement/{pair}"), await scene.Mentor.Page($"/mentor/agreement/{pair}"), await scene.Mentor.Page($"/mentor/mentees/{pair}") })
        {
            declared(page).ShouldBeEmpty();
            page.QuerySelector("[aria-labelledby=declared-h]")!.TextContent.ShouldContain("No interests that could stand between you.");
        }
    }

    [Fact]
    public async Task Asks_the_other_again_after_a_change_and_goes_on_as_agreed_until_then()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await Propose(scene.Mentee, $"/me/agreement/{pair}", 0);
        await scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1"));

        await Propose(scene.Mentor, $"/mentor/agreement/{pair}", 1, With("Rhythm", "monthly"));
        var meanwhile = (await scene.Mentee.Get($"/me/agreement/{pair}")).Words;
        await scene.Mentee.Post($"/me/agreement/{pair}/confirm", ("seen", "2"));
        var after = (await scene.Mentee.Get($"/me/agreement/{pair}")).Words;

        meanwhile.ShouldContain("Ruth Calloway proposes this");
        meanwhile.ShouldContain("Until you both agree, what stands below holds.");
        meanwhile.ShouldContain("Every month");
        meanwhile.ShouldContain("Every week");
        after.ShouldContain("Earlier versions");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.agreement WHERE pair_id = '{pair}' AND confirmed_at IS NOT NULL")).ShouldBe(2);
    }

    [Fact]
    public async Task Takes_one_of_two_proposals_made_at_once_and_keeps_what_the_other_typed()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await Task.WhenAll(scene.Mentee.Page("/me"), scene.Mentor.Page("/me"));

        var answers = await Task.WhenAll(
            Propose(scene.Mentee, $"/me/agreement/{pair}", 0, With("Rhythm", "monthly")), Propose(scene.Mentor, $"/mentor/agreement/{pair}", 0, With("Rhythm", "fortnightly")));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Conflict]);
        var lost = answers.Single(answer => answer.Status == HttpStatusCode.Conflict);
        lost.Words.ShouldContain("proposed something else while you were on this page");
        lost.Page.QuerySelector("#Rhythm option[selected]")!.GetAttribute("value").ShouldBe(answers[0] == lost ? "monthly" : "fortnightly");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.agreement WHERE pair_id = '{pair}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Is_told_by_mail_to_the_other_and_once()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();

        await Propose(scene.Mentee, $"/me/agreement/{pair}", 0);
        await Propose(scene.Mentee, $"/me/agreement/{pair}", 1);
        await Task.WhenAll(scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1")), scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1")));

        (await MailsTo(scene.MentorSeller)).ShouldBe($"Amara Osei proposes how you talk /mentor/agreement/{pair}");
        (await MailsTo(scene.MenteeSeller)).ShouldBe($"Ruth Calloway agrees to how you talk /me/agreement/{pair}");
    }

    [Fact]
    public async Task Mails_nobody_more_than_a_day_s_worth_however_often_it_is_changed()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();

        for (var version = 0; version < AgreementMail.Kind.MostADay + 2; version++) (await Propose(scene.Mentee, $"/me/agreement/{pair}", version, With("Rhythm", version % 2 == 0 ? "weekly" : "monthly"))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await MailsTo(scene.MentorSeller)).Split(" | ").Length.ShouldBe(AgreementMail.Kind.MostADay);
    }

    Task<string> MailsTo(Guid sellerId) => product.Database.ScalarAsync<string>(
        $"SELECT coalesce(string_agg(m.subject || ' ' || (m.body -> 'action' ->> 'href'), ' | ' ORDER BY m.id), '') FROM platform.outgoing_mail m JOIN people.account a ON m.\"to\" = a.email WHERE a.seller_id = '{sellerId}' AND m.kind_id = 'agreement'");

    [Fact]
    public async Task Agrees_to_no_version_that_was_replaced()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await Propose(scene.Mentee, $"/me/agreement/{pair}", 0);
        await Propose(scene.Mentee, $"/me/agreement/{pair}", 1, With("AnswerDays", "7"));

        var late = await scene.Mentor.Post($"/mentor/agreement/{pair}/confirm", ("seen", "1"));

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Words.ShouldContain("Within a week");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.agreement WHERE pair_id = '{pair}' AND confirmed_at IS NOT NULL")).ShouldBe(0);
    }

    [Fact]
    public async Task Makes_no_version_that_differs_in_nothing()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        await Propose(scene.Mentee, $"/me/agreement/{pair}", 0);

        (await Propose(scene.Mentee, $"/me/agreement/{pair}", 1)).Words.ShouldContain("You proposed exactly this already.");
        (await Propose(scene.Mentor, $"/mentor/agreement/{pair}", 1)).Words.ShouldContain("Agree to it, or change something.");
    }

    [Theory]
    [InlineData("Channels", "", "Tick at least one channel.")]
    [InlineData("Channels", "pigeon", "Tick at least one channel.")]
    [InlineData("AnswerDays", "0", "Choose within how many days each of you answers.")]
    [InlineData("AnswerDays", "99999999999999", "Choose within how many days each of you answers.")]
    [InlineData("Rhythm", "<script>", "Choose how often you meet.")]
    [InlineData("MenteeFrom", "late", "Enter the time as hours and minutes, such as 21:00.")]
    [InlineData("MentorTo", "24:00", "Enter the time as hours and minutes, such as 21:00.")]
    public async Task Says_what_a_proposal_lacks(string field, string value, string message)
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();

        var refused = await Propose(scene.Mentee, $"/me/agreement/{pair}", 0, With(field, value));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.TextContent).ShouldBe([message]);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM mentorships.agreement WHERE pair_id = '{pair}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_open_to_the_two_alone_and_to_each_on_their_own_side()
    {
        var scene = await MentorshipScene.Given(product);
        var pair = await scene.GivenPair();
        var stranger = await MentorshipScene.Given(product, "Bo Lind", "Sol Vega");

        foreach (var (person, path) in new[] { (stranger.Mentee, $"/me/agreement/{pair}"), (stranger.Mentor, $"/mentor/agreement/{pair}"), (scene.Mentee, $"/mentor/agreement/{pair}"), (scene.Mentor, $"/me/agreement/{pair}") })
        {
            (await person.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await Propose(person, path, 0)).Status.ShouldBe(HttpStatusCode.NotFound);
            (await person.Post($"{path}/confirm", ("seen", "1"))).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData(new double[] { }, "mail,video")]
    [InlineData(new[] { 1.0, 1.0 }, "call,video")]
    [InlineData(new[] { -1.0, -0.5 }, "mail,chat")]
    [InlineData(new[] { 1.0, -1.0 }, "mail,video")]
    public void Suggests_by_how_both_like_to_be_in_contact(double[] contacts, string channels) =>
        string.Join(',', AgreementTerms.Suggested(contacts, "Europe/London", "America/Chicago").Channels).ShouldBe(channels);

    static (string, string)[] With(string field, string value) => [.. Form.Where(one => one.Name != field), (field, value)];

    static Task<Answer> Propose(Browser person, string path, int seen, (string, string)[]? form = null) => person.Post(path, [.. form ?? Form, ("seen", $"{seen}")]);
}
