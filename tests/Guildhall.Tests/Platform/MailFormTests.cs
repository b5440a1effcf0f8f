using System.Globalization;
using AngleSharp.Html.Parser;
using Guildhall.Platform.Mail;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>What a mail server gets over the wire, read as a mail program reads it.</summary>
public sealed class MailFormTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly string[] headers = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];

    [Fact]
    public async Task Carries_text_and_HTML_with_the_same_words_and_one_link()
    {
        await using var scene = await MailScene.Given(database);
        await database.ExecuteAsync("INSERT INTO platform.marketplace (id, name, currency_code, time_zone) VALUES (1, 'Feira Azul', 'BRL', 'America/Sao_Paulo')");
        await scene.Add(new Guildhall.Platform.Mail.Mail(MailScene.Link, "dana@example.com", "Sua mentora é Mina", ["Olá, Dana.", "Two lines:\n.one\nFrom two"], new("See Mina’s profile", "/me?pair=1&x=2")));

        await scene.SendDue();

        var mail = scene.Sink.Mails.Single();
        mail.Headers.Select(header => header.Name).Order(StringComparer.OrdinalIgnoreCase).ShouldBe(headers.Order(StringComparer.OrdinalIgnoreCase), ignoreOrder: false, mail.Raw);
        mail.Header("Subject").ShouldBe("Sua mentora é Mina");
        mail.Header("From").ShouldBe("\"Feira Azul\" <mentoring@feira.example>");
        mail.Header("To").ShouldBe("dana@example.com");
        mail.Header("Auto-Submitted").ShouldBe("auto-generated");
        mail.Header("Message-ID").ShouldBe((await scene.Mail("dana@example.com")).MessageId);
        mail.Header("Message-ID")!.ShouldEndWith("@feira.example>");
        mail.Header("Content-Type")!.ShouldStartWith("multipart/alternative");
        DateTimeOffset.TryParse(mail.Header("Date"), CultureInfo.InvariantCulture, out _).ShouldBeTrue(mail.Header("Date"));
        mail.Text.ReplaceLineEndings("\n").TrimEnd().ShouldBe("Feira Azul\n\nOlá, Dana.\n\nTwo lines:\n.one\nFrom two\n\nSee Mina’s profile:\nhttps://mentors.example/me?pair=1&x=2");
        var html = new HtmlParser().ParseDocument(mail.Html);
        html.QuerySelectorAll("a").Select(link => (link.TextContent, link.GetAttribute("href"))).ShouldBe([("See Mina’s profile", "https://mentors.example/me?pair=1&x=2")]);
        foreach (var words in (string[])["Feira Azul", "Olá, Dana.", "Two lines:", ".one"]) html.Body!.TextContent.ShouldContain(words);
        mail.Raw.Split("\r\n").Max(line => line.Length).ShouldBeLessThan(998);
        mail.Raw.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain(letter => letter == '\r' || letter == '\n' || letter > '~');
    }

    public static TheoryData<string> Hostile =>
    [
        "Hi\r\nBcc: evil@example.com", "Hi\nBcc: evil@example.com", "Hi\rBcc: evil@example.com", "Hi\r\n\r\n<script>alert(1)</script>", "Hi\u2028Bcc: evil@example.com", "Hi\u0085Bcc: evil@example.com",
        "Hi\0there\u001b[31m", "=?utf-8?B?SGk=?=\r\n .", "\r\n.\r\nQUIT\r\n", "Evil\" <evil@example.com>, \"", "\\\" \\", "\ud800 half", "ü\r\nX-Evil: ü", new string('x', 3000), "</title><script>alert(1)</script>", "“quoted” <b>&amp;", "",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public async Task Lets_no_text_from_people_become_a_header_a_recipient_or_markup(string text)
    {
        await using var scene = await MailScene.Given(database);
        await using (var db = database.NewDb())
        {
            db.Add(Guildhall.Platform.Marketplace.Found($"Feira {MailWords.Cut(text, 60)}".Replace('\0', ' ').Replace('\ud800', ' '), "BRL", "America/Sao_Paulo").Value);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await scene.Add(new Guildhall.Platform.Mail.Mail(MailScene.Link, "dana@example.com", text, [text, $"<img src=x onerror=alert(1)> {text}"], new(text, "/me")));
        await scene.Add("after@example.com");

        await scene.SendDue();

        var (mail, after) = (scene.Sink.Mails.First(), scene.Sink.Mails.Last());
        scene.Sink.Mails.Count.ShouldBe(2);
        mail.Headers.Select(header => header.Name).Except(headers, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty(mail.Raw);
        mail.Headers.Select(header => header.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(mail.Headers.Count);
        (mail.To.Single(), after.To.Single()).ShouldBe(("dana@example.com", "after@example.com"));
        scene.Sink.Said.Count(line => line.StartsWith("RCPT", StringComparison.Ordinal)).ShouldBe(2);
        mail.Headers.Single(header => header.Name == "From").Value.ShouldMatch("""^("[^"\\]*"|(=\?utf-8\?[BQ]\?[^ ?]+\?= )*=\?utf-8\?[BQ]\?[^ ?]+\?=) <mentoring@feira\.example>$""");
        mail.Raw.Split("\r\n").Max(line => line.Length).ShouldBeLessThan(998);
        var html = new HtmlParser().ParseDocument(mail.Html);
        html.QuerySelectorAll("script, img, [onerror]").ShouldBeEmpty();
        html.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ShouldBe(["https://mentors.example/me"]);
    }

    [Theory]
    [InlineData("dana@example.com\r\nBcc: evil@example.com")]
    [InlineData("dana@example.com>\r\nRCPT TO:<evil@example.com")]
    [InlineData("Dana <dana@example.com>")]
    [InlineData("\"dana\r\n\"@example.com")]
    [InlineData("dana@example.com\0")]
    [InlineData("dana@exam\u2028ple.com")]
    public async Task Writes_to_nothing_but_one_plain_address(string to)
    {
        await using var scene = await MailScene.Given(database);
        await scene.Add(to);

        await scene.SendDue();

        // What can't be seen is left out; what is an address then is written to, and anything else is refused here.
        scene.Sink.Mails.SelectMany(mail => mail.To).Except(["dana@example.com", "\"dana \"@example.com"]).ShouldBeEmpty();
        scene.Sink.Said.ShouldNotContain(line => line.Contains("evil", StringComparison.Ordinal));
        (await scene.States()).ShouldBeOneOf("Refused 1", "Sent 1");
    }

    [Theory]
    [InlineData("jürgen@example.com", "SMTPUTF8", "jÃ¼rgen@example.com")]
    [InlineData("dana@bücher.example", "SMTPUTF8", "dana@xn--bcher-kva.example")]
    [InlineData("dana@bücher.example", "8BITMIME", "dana@xn--bcher-kva.example")]
    public async Task Asks_for_addresses_in_UTF8_only_where_the_address_needs_it(string to, string offer, string onTheWire)
    {
        await using var scene = await MailScene.Given(database);
        scene.Sink.Offers = ["8BITMIME", offer];
        await scene.Add(to);

        await scene.SendDue();

        scene.Sink.Mails.Single().To.Single().ShouldBe(onTheWire);
        scene.Sink.Mails.Single().From.Contains("SMTPUTF8", StringComparison.Ordinal).ShouldBe(to.StartsWith("jü", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://mentors.example", true)]
    [InlineData("http://mentors.example", false)]
    public async Task Offers_one_click_to_unsubscribe_from_what_people_can_do_without(string address, bool hasOneClick)
    {
        await using var scene = await MailScene.Given(database, address);
        await scene.Add(MailScene.To("dana@example.com", MailScene.Digest), MailScene.To("dana@example.com", MailScene.Link));

        await scene.SendDue();

        var digest = scene.Sink.Mails.Single(mail => mail.Header("List-Unsubscribe") is not null);
        var link = digest.Header("List-Unsubscribe")!;
        link.ShouldMatch($"^<{address}/unsubscribe/[A-Za-z0-9_-]{{100,}}>$");
        digest.Header("List-Unsubscribe-Post").ShouldBe(hasOneClick ? "List-Unsubscribe=One-Click" : null);
        digest.Text.ShouldContain(link.Trim('<', '>'));
        digest.Html.ShouldContain(link.Trim('<', '>'));
        var other = scene.Sink.Mails.Single(mail => mail != digest);
        (other.Header("List-Unsubscribe-Post"), other.Text.Contains("unsubscribe", StringComparison.Ordinal)).ShouldBe((null, false));
    }

    [Fact]
    public async Task Leads_to_this_site_and_no_other()
    {
        await using var scene = await MailScene.Given(database);
        await scene.Add(new Guildhall.Platform.Mail.Mail(MailScene.Link, "dana@example.com", "A", ["B"], new("C", "//evil.example/x")), new Guildhall.Platform.Mail.Mail(MailScene.Link, "dana@example.com", "A", ["B"], new("C", "javascript:alert(1)")));

        await scene.SendDue();

        scene.Sink.Mails.Select(mail => new HtmlParser().ParseDocument(mail.Html).QuerySelector("a")!.GetAttribute("href")).ShouldBe(["https://mentors.example/", "https://mentors.example/"]);
    }
}
