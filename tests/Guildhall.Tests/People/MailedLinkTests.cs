using System.Net;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.People;

/// <summary>Forgotten passwords and links to sign in: who gets one, what opening it does, and what it never goes round.</summary>
public sealed class MailedLinkTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string NewPassword = "copper meadow lighthouse";
    const string Reset = "Set a new password";
    const string SignIn = "Your link to sign in";

    [Theory]
    [InlineData("/forgotten")]
    [InlineData("/sign-in/link")]
    public async Task Answers_the_same_for_every_address_and_mails_only_to_those_with_an_account(string path)
    {
        var (known, unknown) = (PeopleScene.NewAddress("known"), PeopleScene.NewAddress("unknown"));
        using var owner = await product.GivenManager(known);
        using var visitor = product.Visitor();

        var ofKnown = await visitor.Post(path, ("Email", known));
        var ofUnknown = await visitor.Post(path, ("Email", unknown));
        await product.AllLinksAnswered();

        (ofKnown.Status, ofKnown.Heading).ShouldBe((HttpStatusCode.OK, "Look into your mail"));
        ofUnknown.Text.Replace(unknown, known).ShouldBe(ofKnown.Text);
        ofUnknown.Headers.Keys.Order().ShouldBe(ofKnown.Headers.Keys.Order());
        (await product.MailTo(known)).Count.ShouldBe(1);
        (await product.MailTo(unknown)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/forgotten")]
    [InlineData("/sign-in/link")]
    public async Task Asks_the_database_the_same_whoever_has_the_address(string path)
    {
        var known = PeopleScene.NewAddress("work");
        using var owner = await product.GivenManager(known);
        await using var scope = product.Services.CreateAsyncScope();
        var ask = scope.ServiceProvider.GetRequiredService<AskForLink>();

        var work = new List<int>();
        foreach (var email in (string[])[known, PeopleScene.NewAddress("nobody")])
            work.Add(await QueryCount.Of(product.Database, () => ask.Run(path == "/forgotten" ? LinkPurpose.ResetPassword : LinkPurpose.SignIn, email, "Email", TestContext.Current.CancellationToken)));
        await product.AllLinksAnswered();

        work[0].ShouldBe(work[1]);
    }

    [Fact]
    public async Task Refuses_what_is_no_address()
    {
        using var visitor = product.Visitor();

        (await visitor.Post("/forgotten", ("Email", "dana"))).Page.QuerySelector("#Email-error")!.TextContent.ShouldBe("Enter an email address, like name@example.com.");
        (await visitor.Post("/sign-in/link", ("Email", " "))).Page.QuerySelector("#Email-error")!.TextContent.ShouldBe("Enter an email address, like name@example.com.");
    }

    [Fact]
    public async Task Sets_a_new_password_once_and_ends_every_session()
    {
        var email = PeopleScene.NewAddress("forgot");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post("/forgotten", ("Email", email));
        var link = await product.LinkTo(email, Reset);

        for (var scan = 0; scan < 5; scan++) (await visitor.Get(link)).Heading.ShouldBe(Reset);
        var easy = await visitor.Post(link, ("Password", "password1234"));
        var set = await visitor.Post(link, ("Password", NewPassword));
        var again = await visitor.Post(link, ("Password", "another orchard thimble"));
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        easy.Page.QuerySelector("#Password-error").ShouldNotBeNull();
        set.Location.ShouldBe("/sign-in?did=reset");
        (again.Status, again.Heading).ShouldBe((HttpStatusCode.Gone, "This link no longer works"));
        (await visitor.Get(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await owner.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage");
        (await visitor.SignIn(email, RunningProduct.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await visitor.SignIn(email, NewPassword)).Location.ShouldBe("/manage");
        (await product.MailTo(email)).Select(mail => mail.Subject).ShouldBe([Reset, "Your password was changed"]);
    }

    [Fact]
    public async Task Sets_one_of_two_passwords_that_are_sent_at_once()
    {
        var email = PeopleScene.NewAddress("race");
        using var owner = await product.GivenManager(email);
        using var one = product.Visitor();
        using var other = product.Visitor();
        await one.Post("/forgotten", ("Email", email));
        var link = await product.LinkTo(email, Reset);
        await other.Get("/sign-in");

        var answers = await Task.WhenAll(one.Post(link, ("Password", NewPassword)), other.Post(link, ("Password", "velvet harbor pinecone")));

        answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Gone]);
    }

    [Fact]
    public async Task Closes_the_other_links_of_the_account_when_one_sets_a_password()
    {
        var email = PeopleScene.NewAddress("several");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post("/forgotten", ("Email", email));
        var first = await product.LinkTo(email, Reset);
        await visitor.Post("/forgotten", ("Email", email));
        var second = await product.LinkTo(email, Reset, many: 2);
        await visitor.Post("/sign-in/link", ("Email", email));
        var signIn = await product.LinkTo(email, SignIn);

        (await visitor.Post(second, ("Password", NewPassword))).Location.ShouldBe("/sign-in?did=reset");

        (await visitor.Get(first)).Status.ShouldBe(HttpStatusCode.Gone);
        (await visitor.Get(signIn)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Never_goes_round_the_second_factor()
    {
        var email = PeopleScene.NewAddress("factor");
        using var owner = await product.GivenManager(email);
        var (app, _) = await owner.GivenSecondFactor(product);
        using var visitor = product.Visitor();

        await visitor.Post("/forgotten", ("Email", email));
        await visitor.Post(await product.LinkTo(email, Reset), ("Password", NewPassword));
        var afterReset = await visitor.SignIn(email, NewPassword);
        var behindReset = await visitor.Get("/manage");
        using var other = product.Visitor();
        await other.Post("/sign-in/link", ("Email", email));
        var byLink = await other.Post(await product.LinkTo(email, SignIn));
        var behindLink = await other.Get("/manage");
        var withCode = await other.Post("/sign-in/code", ("Code", app.NextCode()));

        (afterReset.Location, byLink.Location).ShouldBe(("/sign-in/code", "/sign-in/code"));
        (behindReset.Location, behindLink.Location).ShouldBe(("/sign-in?to=%2Fmanage", "/sign-in?to=%2Fmanage"));
        withCode.Location.ShouldBe("/manage");
    }

    [Fact]
    public async Task Signs_in_once_by_a_press_and_never_by_looking()
    {
        var email = PeopleScene.NewAddress("link");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post("/sign-in/link", ("Email", email.ToUpperInvariant()));
        var link = await product.LinkTo(email, SignIn);

        for (var scan = 0; scan < 5; scan++) (await visitor.Get(link)).Heading.ShouldBe("Sign in");
        var looked = await visitor.Get("/manage");
        using var other = product.Visitor();
        await other.Get("/sign-in");
        var answers = await Task.WhenAll(visitor.Post(link), other.Post(link));

        looked.Location.ShouldBe("/sign-in?to=%2Fmanage");
        answers.Count(answer => answer.Location == "/manage").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Gone).ShouldBe(1);
    }

    [Theory]
    [InlineData("/forgotten", Reset, 61)]
    [InlineData("/sign-in/link", SignIn, 16)]
    public async Task Is_over_after_a_while(string path, string subject, int minutes)
    {
        var email = PeopleScene.NewAddress("late");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post(path, ("Email", email));
        var link = await product.LinkTo(email, subject);

        product.Clock.Advance(TimeSpan.FromMinutes(minutes));

        (await visitor.Get(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await visitor.Post(link, ("Password", NewPassword))).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Keeps_a_link_to_what_it_is_for_and_its_token_out_of_the_table()
    {
        var email = PeopleScene.NewAddress("purpose");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post("/sign-in/link", ("Email", email));
        var token = (await product.LinkTo(email, SignIn))["/sign-in/link/".Length..];

        (await visitor.Get($"/reset/{token}")).Status.ShouldBe(HttpStatusCode.Gone);
        (await visitor.Post($"/reset/{token}", ("Password", NewPassword))).Status.ShouldBe(HttpStatusCode.Gone);
        (await owner.Post($"/account/email/{token}")).Status.ShouldBe(HttpStatusCode.Gone);
        (await product.Database.ScalarAsync<string>("SELECT string_agg(to_jsonb(l)::text, ' ') FROM people.mailed_link l")).ShouldNotContain(token);
    }

    [Fact]
    public async Task Mails_five_links_an_hour_to_one_address_and_says_nothing_of_it()
    {
        var email = PeopleScene.NewAddress("flood");
        using var owner = await product.GivenManager(email);
        product.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(product.Clock.GetUtcNow().UtcTicks % TimeSpan.FromHours(1).Ticks));
        var answers = new HashSet<string>();
        for (var ask = 0; ask < 8; ask++)
        {
            using var visitor = product.Visitor();
            answers.Add((await visitor.Post("/sign-in/link", ("Email", email))).Words);
        }

        await product.AllLinksAnswered();

        (await product.MailTo(email)).Count.ShouldBe(5);
        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mails_nothing_to_a_suspended_account_and_lets_its_open_links_in_nowhere()
    {
        var email = PeopleScene.NewAddress("suspended");
        using var owner = await product.GivenManager(email);
        using var visitor = product.Visitor();
        await visitor.Post("/sign-in/link", ("Email", email));
        var link = await product.LinkTo(email, SignIn);
        await product.Database.ExecuteAsync($"UPDATE people.account SET suspended_at = now() WHERE email = '{email}'");

        (await visitor.Post(link)).Status.ShouldBe(HttpStatusCode.Gone);
        await visitor.Post("/forgotten", ("Email", email));
        await product.AllLinksAnswered();
        product.Clock.Advance(TimeSpan.FromSeconds(61));

        (await product.MailTo(email)).Select(mail => mail.Subject).ShouldBe([SignIn]);
        (await owner.Get("/manage")).Location.ShouldBe("/sign-in?to=%2Fmanage", "a session asks once a minute whether its account is open");
    }
}

/// <summary>Sellers whom another module knows by their address: they need no account to ask for a link.</summary>
public sealed class KnownSellerTests(TestPostgres postgres)
{
    [Fact]
    public async Task Makes_the_account_of_a_known_seller_when_they_follow_their_link_and_one_of_two_links()
    {
        await using var product = new RunningProduct(postgres);
        await product.InitializeAsync();
        await product.Manager();
        var shop = Guid.CreateVersion7();
        await product.Database.ExecuteAsync($"INSERT INTO sellers.seller (id, external_id, name, contact_email) VALUES ('{shop}', 'shop-1', 'Mina Okafor', 'Mina@Example.com')");
        using var mina = product.Visitor();
        using var other = product.Visitor();
        await mina.Post("/sign-in/link", ("Email", "Mina@example.com"));
        var first = await product.LinkTo("mina@example.com", "Your link to sign in");
        await other.Post("/sign-in/link", ("Email", "mina@example.com"));
        var second = await product.LinkTo("mina@example.com", "Your link to sign in", many: 2);
        await other.Post("/forgotten", ("Email", "mina@example.com"));
        await product.AllLinksAnswered();
        (await Accounts(product)).ShouldBe(0, "asking makes no account");

        var answers = await Task.WhenAll(mina.Post(first), other.Post(second));

        answers.Count(answer => answer.Location == "/me").ShouldBeGreaterThanOrEqualTo(1);
        (await Accounts(product)).ShouldBe(1);
        (await product.Database.ScalarAsync<Guid>("SELECT seller_id FROM people.account WHERE normalized_email = 'MINA@EXAMPLE.COM'")).ShouldBe(shop);
        (await product.Database.ScalarAsync<string>("SELECT display_name FROM people.account WHERE normalized_email = 'MINA@EXAMPLE.COM'")).ShouldBe("Mina Okafor");
        (await product.MailTo("mina@example.com")).Count.ShouldBe(2, "there is no password to forget yet");
    }

    [Fact]
    public async Task Mails_nothing_to_an_address_of_two_shops()
    {
        await using var product = new RunningProduct(postgres);
        await product.InitializeAsync();
        await product.Manager();
        await product.Database.ExecuteAsync($"INSERT INTO sellers.seller (id, external_id, contact_email) VALUES ('{Guid.CreateVersion7()}', 'shop-1', 'mina@example.com'), ('{Guid.CreateVersion7()}', 'shop-2', 'MINA@example.com')");
        using var mina = product.Visitor();

        await mina.Post("/sign-in/link", ("Email", "mina@example.com"));
        await product.AllLinksAnswered();

        (await product.MailTo("mina@example.com")).ShouldBeEmpty();
    }

    static Task<long> Accounts(RunningProduct product) => product.Database.ScalarAsync<long>("SELECT count(*) FROM people.account WHERE normalized_email = 'MINA@EXAMPLE.COM'");
}
