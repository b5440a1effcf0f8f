using System.Net;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.People;

/// <summary>The one link by which a new installation gets its first account.</summary>
public sealed class FirstRunTests(TestPostgres postgres)
{
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
        (opened.Status, opened.Heading).ShouldBe((HttpStatusCode.Gone, "This link has been used"));
        (again.Status, again.Heading).ShouldBe((HttpStatusCode.Conflict, "This link has been used"));
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
    public async Task Dies_when_a_newer_one_is_made_and_is_stored_only_as_a_hash()
    {
        await using var product = await Started();
        var older = await product.NewFirstRunLink();
        var newer = await product.NewFirstRunLink();
        using var browser = product.Visitor();

        (await browser.Get($"/first-run/{older}")).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.Get($"/first-run/{newer}")).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.Get("/first-run/guessed")).Status.ShouldBe(HttpStatusCode.Gone);
        (await product.Database.ScalarAsync<string>("SELECT to_jsonb(l)::text FROM people.first_run_link l")).ShouldNotContain(newer);
    }

    [Theory]
    [InlineData("", "dana@example.com", "lantern orchard thimble", "Enter your name, up to 100 characters.")]
    [InlineData("Dana", "dana", "lantern orchard thimble", "Enter an email address, like name@example.com.")]
    [InlineData("Dana", "dana@example.com", "short", "Enter a password of at least 12 characters. Four or five words in a row work well.")]
    [InlineData("Dana", "dana@example.com", "aaaaaaaaaaaaaaaa", "Enter a password with at least 5 different characters.")]
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

    static Task<long> Accounts(RunningProduct product) => product.Database.ScalarAsync<long>("SELECT count(*) FROM people.account");
}
