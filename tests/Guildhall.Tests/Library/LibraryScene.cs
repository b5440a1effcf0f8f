using Guildhall.Modules.Library;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Library;

/// <summary>The library as editors, mentees and mentors use it.</summary>
sealed class LibraryScene(RunningProduct product, Browser editor)
{
    static int people;

    public RunningProduct Product => product;
    public Browser Editor => editor;

    public static async Task<LibraryScene> Given(RunningProduct product) => new(product, await product.Manager());

    /// <summary>A person with a shop: mentee, mentor or both by what they take part in.</summary>
    public async Task<Browser> GivenSeller(string name = "Ana Souza")
    {
        var number = Interlocked.Increment(ref people);
        var seller = new Seller { ExternalId = $"library-{number}", Name = $"Shop {number}" };
        await using (var db = product.Database.NewDb())
        {
            db.Add(seller);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        return await product.Another(name, $"library-{number}@example.com", account => account.ActFor(seller.Id));
    }

    /// <summary>Sends a form with the token of the page it stands on.</summary>
    public static async Task<Answer> Send(Browser browser, string page, string path, params (string Name, string Value)[] fields)
    {
        var token = (await browser.Page(page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await browser.PostForged(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    public static (string Name, string Value)[] Fields(string title, string body = "Text.", string summary = "In short.", string kind = "Playbook", string audience = "Both", string topic = "pricing") =>
        [("Title", title), ("Summary", summary), ("Body", body), ("Kind", kind), ("Audience", audience), ("Stage", "Any"), ("Topics", topic), ("ReviewBy", "2027-05-01"), ("Note", "")];

    /// <returns>The article's page.</returns>
    public async Task<string> GivenDraft(string title, string body = "Text.", string audience = "Both")
    {
        var saved = await editor.Post("/manage/playbooks/new", Fields(title, body, audience: audience));
        saved.Location.ShouldNotBeNull(saved.Words);
        return saved.Location.Split('?')[0];
    }

    public async Task<string> GivenPublished(string title, string body = "Text.", string audience = "Both")
    {
        var page = await GivenDraft(title, body, audience);
        (await Publish(page)).Location.ShouldBe($"{page}?did=published");
        return page;
    }

    public async Task<Answer> Publish(string page) => await editor.Post($"{page}/publish", ("seen", await Seen(page)));

    public async Task<string> Seen(string page) => (await editor.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    /// <summary>Saves the article's text with the edition that stands there now.</summary>
    public async Task<Answer> Save(string page, string title, string body) => await editor.Post($"{page}/edit", [.. Fields(title, body), ("seen", await Seen(page))]);

    /// <summary>The address of the 90-day plan for its editors.</summary>
    public async Task<string> Plan() => $"/manage/playbooks/{await product.Database.ScalarAsync<Guid>("SELECT id FROM library.article WHERE is_plan")}";

    public Task<PlanFacts?> CurrentPlan() => product.Ask<LibraryLookup, PlanFacts?>(lookup => lookup.CurrentPlan(TestContext.Current.CancellationToken));
}
