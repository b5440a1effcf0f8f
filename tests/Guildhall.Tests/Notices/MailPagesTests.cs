using System.Net;
using System.Net.Mail;
using Guildhall.Modules.Notices;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OneMail = Guildhall.Platform.Mail.Mail;

namespace Guildhall.Tests.Notices;

/// <summary>The administrators' pages about mail, with and without a mail server. Nobody sends meanwhile.</summary>
public sealed class MailPagesTests(TestPostgres postgres)
{
    static readonly SmtpServer server = new("mail.example.com", 587, "user", "secret", UsesTls: true);

    [Fact]
    public async Task Shows_a_mail_as_its_reader_gets_it_with_its_link_while_no_server_is_set()
    {
        await using var product = await Started(null);
        var administrator = await product.Manager();
        var id = await GivenMail(product, subject: "Sign in <now>", paragraphs: ["Hello <b>Dana</b>.", "One\ntwo"], action: new("Sign in", "/sign-in?token=abc"));

        var list = await administrator.Get("/settings/mail");
        var mail = await administrator.Get($"/settings/mail/{id}");

        list.Words.ShouldContain("No mail server is set. Mails wait here and in the folder /srv/guildhall/mail, and reach nobody.");
        list.Page.QuerySelector("tbody a")!.GetAttribute("href").ShouldBe($"/settings/mail/{id}");
        list.Page.QuerySelector("nav[aria-label=Main] a[aria-current]")!.TextContent.ShouldContain("Mail");
        mail.Heading.ShouldBe("Sign in <now>");
        mail.Page.QuerySelectorAll("section[aria-labelledby=text-h] p").Select(paragraph => paragraph.InnerHtml.Trim()).ShouldBe(
            ["Guildhall", "Hello &lt;b&gt;Dana&lt;/b&gt;.", "One<br>two", "Sign in:<br>https://mentors.example/sign-in?token=abc", "<a class=\"gh-btn gh-btn-1\" href=\"/sign-in?token=abc\">Sign in</a>"]);
        mail.Page.QuerySelector("main a.gh-btn-1")!.GetAttribute("href").ShouldBe("/sign-in?token=abc");
    }

    [Fact]
    public async Task Shows_nobody_what_others_are_written_once_a_server_is_set()
    {
        await using var product = await Started(server);
        var administrator = await product.Manager();
        var states = (string[])["Waiting", "Refused", "GaveUp", "Sent"];
        foreach (var state in states)
        {
            var id = await GivenMail(product, state: state, paragraphs: ["Top secret"], action: new("Sign in", "/sign-in?token=abc"));

            var mail = await administrator.Get($"/settings/mail/{id}");

            mail.Words.ShouldContain("Only its reader sees that");
            foreach (var secret in (string[])["Top secret", "token=abc"]) mail.Text.ShouldNotContain(secret);
        }
        var list = await administrator.Get("/settings/mail");
        list.Words.ShouldContain("Mails go out through mail.example.com, from mentoring@feira.example.");
        list.Text.ShouldNotContain("secret");
        list.Words.ShouldNotContain("No mail server is set");
    }

    [Fact]
    public async Task Calls_no_mail_sent_that_no_server_took()
    {
        await using var product = await Started(null, folder: null);
        await GivenMail(product, state: "Sent");

        (await (await product.Manager()).Page("/settings/mail")).QuerySelector("main tbody .gh-badge")!.TextContent.ShouldBe("Written, no server set");
    }

    [Fact]
    public async Task Says_what_will_be_here_while_there_is_nothing()
    {
        await using var product = await Started(null, folder: null);

        var list = await (await product.Manager()).Get("/settings/mail");

        list.Words.ShouldContain("No mail server is set. Mails wait here and reach nobody.");
        list.Words.ShouldContain("No mail yet");
    }

    [Fact]
    public async Task Lists_fifty_a_page_newest_first_forth_and_back_by_state_in_few_queries()
    {
        await using var product = await Started(server);
        var administrator = await product.Manager();
        for (var n = 0; n < 120; n++)
        {
            product.Clock.Advance(TimeSpan.FromSeconds(1));
            await GivenMail(product, subject: $"Mail {n:000}", state: n % 2 == 0 ? "Sent" : "Refused");
        }

        var first = await administrator.Page("/settings/mail");
        var second = await administrator.Page(Link(first, "next")!);
        var third = await administrator.Page(Link(second, "next")!);
        var back = await administrator.Page(Link(third, "prev")!);
        var refused = await administrator.Page("/settings/mail?state=Refused");

        (Subjects(first)[0], Subjects(first)[^1], Subjects(first).Count).ShouldBe(("Mail 119", "Mail 070", 50));
        (Subjects(second)[0], Subjects(second)[^1]).ShouldBe(("Mail 069", "Mail 020"));
        (Subjects(third)[0], Subjects(third).Count, Link(third, "next")).ShouldBe(("Mail 019", 20, null));
        Subjects(back).ShouldBe(Subjects(second));
        (Link(first, "prev"), Link(await administrator.Page(Link(second, "prev")!), "prev")).ShouldBe((null, null));
        (Subjects(refused)[0], Subjects(refused).Count).ShouldBe(("Mail 119", 50));
        Link(refused, "next")!.ShouldContain("state=Refused");
        (await administrator.Get("/settings/mail?state=Skipped")).Words.ShouldContain("No mail is in this state.");
        (await administrator.Get("/settings/mail?state=7&after=x")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await QueryCount.Of(product.Database, () => administrator.Page("/settings/mail"))).ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData("Waiting", "Waiting")]
    [InlineData("Sent", "Sent")]
    [InlineData("Skipped", "Not wanted")]
    [InlineData("Refused", "Refused")]
    [InlineData("GaveUp", "Given up")]
    public async Task Says_where_each_mail_stands(string state, string word)
    {
        await using var product = await Started(server);
        var id = await GivenMail(product, state: state);

        var mail = await (await product.Manager()).Get($"/settings/mail/{id}");

        mail.Page.QuerySelector(".gh-badge")!.TextContent.ShouldBe(word);
        (mail.Page.QuerySelector("form[action$='/send-again']") is not null).ShouldBe(state is "Refused" or "GaveUp");
        mail.Words.Contains("Next try", StringComparison.Ordinal).ShouldBe(state == "Waiting");
    }

    [Fact]
    public async Task Sends_a_refused_mail_again_once_for_two_who_ask_at_once()
    {
        await using var product = await Started(server);
        var administrator = await product.Manager();
        var (refused, sent) = (await GivenMail(product, state: "Refused"), await GivenMail(product, state: "Sent"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => administrator.Post($"/settings/mail/{refused}/send-again")));

        answers.Count(answer => answer.Location == $"/settings/mail/{refused}?did=again").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("somebody has sent it again already", StringComparison.Ordinal)).ShouldBe(3);
        (await product.Database.ScalarAsync<string>($"SELECT state || ' ' || tries FROM platform.outgoing_mail WHERE id = '{refused}'")).ShouldBe("Waiting 0");
        (await administrator.Post($"/settings/mail/{sent}/send-again")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await administrator.Post($"/settings/mail/{Guid.CreateVersion7()}/send-again")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await administrator.Get($"/settings/mail/{refused}?did=again")).Words.ShouldContain("The mail is on its way out.");
    }

    [Fact]
    public async Task Is_for_administrators_only()
    {
        await using var product = await Started(null);
        var id = await GivenMail(product);
        using var manager = await product.Another("Pia Sand", "pia@example.com", Role.Manager);

        foreach (var path in (string[])["/settings/mail", $"/settings/mail/{id}"]) (await manager.Get(path)).Location!.ShouldStartWith("/no-access");
        foreach (var path in (string[])["/settings/mail/test", $"/settings/mail/{id}/send-again"]) (await manager.Post(path)).Location!.ShouldStartWith("/no-access");
        (await (await product.Manager()).Get($"/settings/mail/{Guid.CreateVersion7()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Writes_the_administrator_a_test_mail_whose_link_keeps_to_the_address_that_is_set_whatever_host_asked()
    {
        using var sink = new SmtpSink();
        await using var product = await Started(new SmtpServer("127.0.0.1", sink.Port, null, null, UsesTls: false));
        var administrator = await product.Manager();
        var token = (await administrator.Page("/settings/mail")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var asked = await administrator.Send(new HttpRequestMessage(HttpMethod.Post, "/settings/mail/test")
        {
            Headers = { { "Host", "evil.example" }, { "X-Forwarded-Host", "evil.example" } },
            Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]),
        });
        await ActivatorUtilities.CreateInstance<MailWorker>(product.Services).SendDue(TestContext.Current.CancellationToken);

        asked.Location!.ShouldStartWith("/settings/mail/");
        var mail = sink.Mails.Single();
        mail.To.ShouldBe([RunningProduct.ManagerEmail]);
        mail.Text.ShouldContain("https://mentors.example/settings/mail");
        mail.Raw.ShouldNotContain("evil");
        (await administrator.Get(asked.Location!)).Words.ShouldContain("127.0.0.1 took it.");
    }

    [Fact]
    public async Task Links_to_where_it_listens_when_no_address_is_set()
    {
        await using var product = await Started(null, address: null);
        var id = await GivenMail(product);

        var mail = await (await product.Manager()).Send(new HttpRequestMessage(HttpMethod.Get, $"/settings/mail/{id}") { Headers = { { "Host", "evil.example" } } });

        mail.Words.ShouldContain($"{product.Address.GetLeftPart(UriPartial.Authority)}/me");
        mail.Text.ShouldNotContain("evil.example");
    }

    [Fact]
    public async Task Writes_no_more_than_twenty_test_mails_a_day()
    {
        await using var product = await Started(server);
        var administrator = await product.Manager();

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => administrator.Post("/settings/mail/test")));

        answers.Count(answer => answer.Status == HttpStatusCode.Redirect).ShouldBe(SendTestMail.Kind.MostADay);
        answers.First(answer => answer.Status == HttpStatusCode.Conflict).Words.ShouldContain("was sent 20 mails of this kind within a day");
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.outgoing_mail")).ShouldBe(20);
    }

    async Task<RunningProduct> Started(SmtpServer? through, string? folder = "/srv/guildhall/mail", string? address = "https://mentors.example")
    {
        var product = new RunningProduct(postgres)
        {
            Adjust = services =>
            {
                services.Remove(services.Single(service => service.ImplementationType == typeof(MailWorker)));
                services.AddSingleton(new MailSettings { Server = through, From = new MailAddress("mentoring@feira.example"), Folder = folder });
                if (address is not null) services.AddSingleton(SiteAddress.Parse(address).Value);
            },
        };
        await product.InitializeAsync();
        return product;
    }

    static async Task<Guid> GivenMail(RunningProduct product, string subject = "Your mentor is Mina", string state = "Waiting", IReadOnlyList<string>? paragraphs = null, Guildhall.Platform.Ui.Link? action = null)
    {
        await using var scope = product.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(new OneMail(MailScene.Link, "dana@example.com", subject, paragraphs ?? ["Hello."], action ?? new("See Mina", "/me")));
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var id = db.ChangeTracker.Entries<OutgoingMail>().Single().Entity.Id;
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await product.Database.ExecuteAsync($"UPDATE platform.outgoing_mail SET state = '{state}' WHERE id = '{id}'");
        return id;
    }

    static List<string> Subjects(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("tbody th a").Select(cell => cell.TextContent)];

    static string? Link(AngleSharp.Dom.IDocument page, string rel) => page.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");
}
