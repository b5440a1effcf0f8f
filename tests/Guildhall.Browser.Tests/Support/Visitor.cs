using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests.Support;

/// <summary>A person with a browser in front of the product: counts deliberate clicks, and has the pages on the way looked at.</summary>
sealed partial class Visitor : IAsyncDisposable
{
    public const string Password = "five warm loaves of bread";

    readonly IBrowserContext context;
    readonly Uri address;
    readonly List<string> problems;

    Visitor(IBrowserContext context, IPage page, Uri address) => (this.context, Page, this.address, problems) = (context, page, address, PageCheck.Watch(page, address));

    public IPage Page { get; }

    /// <summary>Since it was last set to 0.</summary>
    public int Clicks { get; set; }

    /// <summary>What was wrong with the pages that were looked at, and everything a page complained of.</summary>
    public IReadOnlyList<string> Problems => [.. problems.Where(problem => !AnswerWithARefusal().IsMatch(problem))];

    public static async Task<Visitor> Arrive(Chromium chromium, RunningProduct product, int width = 1440, bool scripts = true)
    {
        var opened = await chromium.Open(width, scripts: scripts);
        return new Visitor(opened, await opened.NewPageAsync(), product.Address);
    }

    /// <summary>Signed in, on the first page a manager sees.</summary>
    public static async Task<Visitor> ArriveSignedIn(Chromium chromium, RunningProduct product, string name = "Dana Whitfield", int width = 1440, bool scripts = true)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@example.com";
        await product.GivenManager(name, email, Password);
        var visitor = await Arrive(chromium, product, width, scripts);
        await visitor.Go("/sign-in");
        await visitor.SignIn(email, Password);
        // Asked again and again: waiting for the load of the page misses one that is over.
        await Expect(visitor.Page).ToHaveURLAsync(new Uri(product.Address, "/manage").ToString());
        return visitor;
    }

    /// <summary>Signed in for a shop, on a phone.</summary>
    public static async Task<Visitor> ArriveAsShop(Chromium chromium, RunningProduct product, string name, Guid sellerId, int width = 390)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@example.com";
        await product.GivenShopAccount(name, email, Password, sellerId);
        var visitor = await Arrive(chromium, product, width);
        await visitor.Go("/sign-in");
        await visitor.SignIn(email, Password);
        await Expect(visitor.Page).ToHaveURLAsync(OwnPage());
        return visitor;
    }

    public async Task SignIn(string email, string password)
    {
        await Page.GetByLabel("Email address").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Click(Button("Sign in"));
    }

    public Task Go(string path) => Page.GotoAsync(new Uri(address, path).ToString());

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name }).Locator("visible=true");

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name }).Locator("visible=true");

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name });

    /// <param name="limit">How long the answer may take; 30 seconds where nothing is said.</param>
    public async Task Click(ILocator what, TimeSpan? limit = null)
    {
        Clicks++;
        await what.ClickAsync(new() { Timeout = (float?)limit?.TotalMilliseconds });
    }

    /// <summary>Everything asked of every page, of this one as it stands.</summary>
    public async Task Look(string name)
    {
        if (!Title().IsMatch(await Page.TitleAsync()))
        {
            problems.Add($"{name}: the title is “{await Page.TitleAsync()}”");
        }
        problems.AddRange((await PageCheck.ProblemsAsItStands(Page, name)).Select(problem => $"{name}: {problem}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Screenshots.Take(Page, $"last-of-{TestContext.Current.TestMethod?.MethodName}");
        await context.DisposeAsync();
    }

    /// <summary>A mentor lands on the mentor's page, everybody else on their own.</summary>
    [GeneratedRegex("/(me|mentor)$")]
    private static partial Regex OwnPage();

    [GeneratedRegex(@"^(Error: )?[^–]+ – [^–]+( – Guildhall)?$")]
    private static partial Regex Title();

    // Chromium itself writes this line when a page comes with a status of 400 or above, as a refusal does.
    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of 4\d\d ")]
    private static partial Regex AnswerWithARefusal();
}
