using System.Net;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>What tests of signing in do as people do it: read mail, and take codes from an app.</summary>
static class PeopleScene
{
    static int people;

    /// <summary>An address that no other test of the class uses.</summary>
    public static string NewAddress(string name) => $"{name}-{Interlocked.Increment(ref people)}@example.com";

    /// <summary>A further manager with this address, signed in.</summary>
    public static Task<Browser> GivenManager(this RunningProduct product, string email) => product.Another("Noor Haddad", email, account => account.Grant(Role.Manager, product.Clock.GetUtcNow()));

    /// <summary>The mails to an address, oldest first: subject, and where their button leads.</summary>
    public static async Task<IReadOnlyList<(string Subject, string? Href)>> MailTo(this RunningProduct product, string email)
    {
        await using var command = product.Database.Source.CreateCommand("SELECT subject, body -> 'action' ->> 'href' FROM platform.outgoing_mail WHERE address_key = lower($1) ORDER BY id");
        command.Parameters.Add(new() { Value = email });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<(string, string?)> mails = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) mails.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)));
        return mails;
    }

    /// <summary>The link of the newest mail with this subject, once that many have come: a worker writes them moments after the answer.</summary>
    public static async Task<string> LinkTo(this RunningProduct product, string email, string subject, int many = 1)
    {
        for (var wait = 0; wait < 2400; wait++)
        {
            var mails = (await product.MailTo(email)).Where(mail => mail.Subject == subject).ToList();
            if (mails.Count >= many) return mails[^1].Href!;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"No mail “{subject}” to {email} within a minute.");
    }

    /// <summary>Waits until every request for a link was looked into.</summary>
    public static async Task AllLinksAnswered(this RunningProduct product)
    {
        for (var wait = 0; wait < 2400; wait++)
        {
            if (await product.Database.ScalarAsync<long>("SELECT count(*) FROM people.link_request") == 0) return;
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("Requests for links were still waiting after a minute.");
    }

    /// <summary>Turns the second factor on as its owner does.</summary>
    public static async Task<(App App, IReadOnlyList<string> RecoveryCodes)> GivenSecondFactor(this Browser browser, RunningProduct product, string password = RunningProduct.Password)
    {
        var page = await browser.Page("/account/second-factor");
        var app = new App(product, page.QuerySelector(".wraps code")!.TextContent);
        var on = await browser.Post("/account/second-factor", ("OfferedSecret", page.QuerySelector("input[name=OfferedSecret]")!.GetAttribute("value")!), ("Code", app.Code()), ("Password", password));
        on.Status.ShouldBe(HttpStatusCode.OK, on.Words);
        return (app, [.. on.Page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent)]);
    }
}

/// <summary>An authenticator app with one key typed in.</summary>
sealed class App(RunningProduct product, string key)
{
    readonly byte[] secret = FromBase32(key);

    /// <summary>What it shows now.</summary>
    public string Code() => TimeCode.At(secret, TimeCode.StepOf(product.Clock.GetUtcNow()));

    /// <summary>What it shows once its code has changed.</summary>
    public string NextCode()
    {
        product.Clock.Advance(TimeSpan.FromSeconds(30));
        return Code();
    }

    static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Where(letter => letter != ' ').Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(bit => bit.Length == 8).Select(bit => Convert.ToByte(new string(bit), 2))];
    }
}
