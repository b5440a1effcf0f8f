using System.Net;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.People;

/// <summary>The one link by which a new installation gets its first account.</summary>
public sealed class FirstRunTests(TestPostgres postgres)
{
    const string Closed = "This link no longer works";

    static readonly (string, string) Password = ("Password", RunningProduct.Password);

    [Fact]
    public async Task Opens_an_account_once()
    {
        await using var product = await Started();
        var link = $"/first-run/{await product.NewFirstRunLink()}";
        using var browser = product.Visitor();

        var created = await browser.Post(link, ("Name", "Dana Reyes"), ("Email", "dana@example.com"), Password);
        using var another = product.Visitor();
        var opened = await another.Get(link);
        var again = await another.Post(link, ("Name", "Kim Osei"), ("Email", "kim@example.com"), Password);

        created.Location.ShouldBe("/settings/marketplace");
        (opened.Status, opened.Heading).ShouldBe((HttpStatusCode.Gone, Closed));
        (again.Status, again.Heading).ShouldBe((HttpStatusCode.Conflict, Closed));
        (await Accounts(product)).ShouldBe(1);
        (await product.Ask<IssueFirstRunLink, string?>(issue => issue.Run(TestContext.Current.CancellationToken))).ShouldBeNull();
    }

    [Fact]
    public async Task Lets_exactly_one_of_many_forms_sent_at_once_win()
    {
        await using var product = await Started();
        var link = $"/first-run/{await product.NewFirstRunLink()}";
        var browsers = Enumerable.Range(0, 8).Select(_ => product.Visitor()).ToList();

        var answers = await Task.WhenAll(browsers.Select((browser, at) => browser.Post(link, ("Name", $"Person {at}"), ("Email", $"p{at}@example.com"), Password)));

        answers.Count(answer => answer.Location == "/settings/marketplace").ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(7);
        (await Accounts(product)).ShouldBe(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Makes_one_account_of_the_links_that_nodes_print_at_once()
    {
        await using var product = await Started();
        await using var secondNode = product.AnotherNode();
        await secondNode.StartAsync(TestContext.Current.CancellationToken);
        var nodes = new[] { (product.Services, product.Address), (secondNode.Services, new Uri(secondNode.Urls.Single())) };
        var links = await Task.WhenAll(nodes.Select(node => Issue(node.Services)));
        var people = Enumerable.Range(0, 8).Select(at => (Browser: new Browser(nodes[at % 2].Item2), Link: $"/first-run/{links[at / 2 % 2]}", At: at)).ToList();
        foreach (var person in people) (await person.Browser.Get(person.Link)).Status.ShouldBe(HttpStatusCode.OK, "both links lead to the form, on both nodes");

        var answers = await Task.WhenAll(people.Select(person => person.Browser.Post(person.Link, ("Name", $"Person {person.At}"), ("Email", $"p{person.At}@example.com"), Password)));

        answers.Count(answer => answer.Location == "/settings/marketplace").ShouldBe(1);
        answers.Where(answer => answer.Location is null).Select(answer => (answer.Status, answer.Heading)).ShouldBe(Enumerable.Repeat((HttpStatusCode.Conflict, Closed), 7));
        (await Accounts(product)).ShouldBe(1);
        foreach (var person in people)
        {
            (await person.Browser.Get(person.Link)).Status.ShouldBe(HttpStatusCode.Gone);
            person.Browser.Dispose();
        }
        (await Issue(nodes[1].Services)).ShouldBeNull();
    }

    [Fact]
    public async Task Closes_after_thirty_minutes()
    {
        await using var product = await Started();
        var link = $"/first-run/{await product.NewFirstRunLink()}";
        using var browser = product.Visitor();

        product.Clock.Advance(TimeSpan.FromMinutes(29));
        var open = await browser.Get(link);
        product.Clock.Advance(TimeSpan.FromMinutes(1.1));
        var shut = await browser.Get(link);
        var sent = await browser.Post(link, ("Name", "Dana Reyes"), ("Email", "dana@example.com"), Password);

        open.Status.ShouldBe(HttpStatusCode.OK);
        shut.Status.ShouldBe(HttpStatusCode.Gone);
        sent.Status.ShouldBe(HttpStatusCode.Conflict);
        (await Accounts(product)).ShouldBe(0);
    }

    [Fact]
    public async Task Is_stored_only_as_a_hash_and_swept_away_once_it_has_expired()
    {
        await using var product = await Started();
        var older = await product.NewFirstRunLink();
        (await Links(product)).ShouldNotContain(older);
        product.Clock.Advance(TimeSpan.FromMinutes(31));

        await product.NewFirstRunLink();

        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM people.first_run_link")).ShouldBe(1);
    }

    [Fact]
    public async Task Says_the_same_of_a_used_an_expired_and_a_made_up_link()
    {
        await using var product = await Started();
        using var browser = product.Visitor();
        var expired = $"/first-run/{await product.NewFirstRunLink()}";
        product.Clock.Advance(TimeSpan.FromMinutes(31));
        var (ofExpired, ofMadeUp) = (await browser.Get(expired), await browser.Get("/first-run/guessed"));
        var sentToMadeUp = await browser.Post("/first-run/guessed", ("Name", "Dana"), ("Email", "dana@example.com"), ("Password", "short"));
        var used = $"/first-run/{await product.NewFirstRunLink()}";
        await browser.Post(used, ("Name", "Dana"), ("Email", "dana@example.com"), Password);
        using var another = product.Visitor();
        var ofUsed = await another.Get(used);

        ofMadeUp.Heading.ShouldBe(Closed);
        ofMadeUp.Words.ShouldContain("start it again: it prints a new link");
        new[] { ofExpired.Words, ofUsed.Words, sentToMadeUp.Words }.ShouldAllBe(words => words == ofMadeUp.Words);
        sentToMadeUp.Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Says_everything_that_an_empty_form_lacks_each_at_its_field()
    {
        await using var product = await Started();
        using var browser = product.Visitor();

        var refused = await browser.Post($"/first-run/{await product.NewFirstRunLink()}");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("There are 3 problems");
        foreach (var field in (string[])["Name", "Email", "Password"])
        {
            var problem = refused.Page.QuerySelector($".errsum a[href='#{field}']")!.TextContent;
            refused.Page.QuerySelector($"#{field}-error")!.TextContent.ShouldBe(problem);
            refused.Page.QuerySelector($"#{field}")!.GetAttribute("aria-invalid").ShouldBe("true");
        }
    }

    [Fact]
    public async Task Keeps_what_was_typed_and_never_the_password()
    {
        await using var product = await Started();
        using var browser = product.Visitor();

        var refused = await browser.Post($"/first-run/{await product.NewFirstRunLink()}", ("Name", "Dana Reyes"), ("Email", "dana@shop"), ("Password", "password1234"));

        refused.Page.QuerySelector("#Name")!.GetAttribute("value").ShouldBe("Dana Reyes");
        refused.Page.QuerySelector("#Email")!.GetAttribute("value").ShouldBe("dana@shop");
        refused.Text.ShouldNotContain("password1234");
        refused.Words.ShouldContain("There are 2 problems");
    }

    [Theory]
    [InlineData("", "dana@example.com", "lantern orchard thimble", "Enter your name, up to 100 characters.")]
    [InlineData("Dana", "dana", "lantern orchard thimble", "Enter an email address, like name@example.com.")]
    [InlineData("Dana", "dana@example.com", "short", "Enter a password of at least 12 characters. Four or five words in a row work well.")]
    [InlineData("Dana", "x@y", "lantern orchard thimble", "Enter an email address, like name@example.com.")]
    [InlineData("Dana", "dana@example.com", "password1234", "Enter a password that is harder to guess")]
    [InlineData("Da\0na", "dana@example.com", "lantern orchard thimble", "This form could not be read")]
    public async Task Refuses_by_name_and_stays_open(string name, string email, string password, string words)
    {
        await using var product = await Started();
        var link = $"/first-run/{await product.NewFirstRunLink()}";
        using var browser = product.Visitor();

        var refused = await browser.Post(link, ("Name", name), ("Email", email), ("Password", password));

        ((int)refused.Status).ShouldBeInRange(400, 422);
        refused.Words.ShouldContain(words);
        (await Accounts(product)).ShouldBe(0);
        (await browser.Post(link, ("Name", "Dana"), ("Email", "dana@example.com"), Password)).Location.ShouldBe("/settings/marketplace");
    }

    [Theory]
    [InlineData("o'brien@example.com")]
    [InlineData("josé@exemplo.pt")]
    [InlineData("dana+guildhall@example.com")]
    public async Task Takes_any_address_that_mail_takes(string email)
    {
        await using var product = await Started();
        using var browser = product.Visitor();

        var created = await browser.Post($"/first-run/{await product.NewFirstRunLink()}", ("Name", "Dana"), ("Email", email), Password);
        using var later = product.Visitor();

        created.Location.ShouldBe("/settings/marketplace", created.Words);
        (await later.SignIn(email, RunningProduct.Password)).Location.ShouldBe("/manage");
    }

    [Fact]
    public async Task Shows_a_hostile_name_as_text()
    {
        await using var product = await Started();
        using var browser = product.Visitor();

        await browser.Post($"/first-run/{await product.NewFirstRunLink()}", ("Name", "<script>alert(1)</script>\"'"), ("Email", "dana@example.com"), Password);
        var page = await browser.Get("/manage");

        page.Text.ShouldNotContain("<script>alert");
        page.Words.ShouldContain("<script>alert(1)</script>\"'");
    }

    async Task<RunningProduct> Started()
    {
        var product = new RunningProduct(postgres);
        await product.InitializeAsync();
        return product;
    }

    static async Task<string?> Issue(IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IssueFirstRunLink>().Run(TestContext.Current.CancellationToken);
    }

    static Task<string> Links(RunningProduct product) => product.Database.ScalarAsync<string>("SELECT string_agg(to_jsonb(l)::text, ' ') FROM people.first_run_link l");

    static Task<long> Accounts(RunningProduct product) => product.Database.ScalarAsync<long>("SELECT count(*) FROM people.account");
}
