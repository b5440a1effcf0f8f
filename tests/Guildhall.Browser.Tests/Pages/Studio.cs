using System.Globalization;
using System.Text.RegularExpressions;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests.Pages;

/// <summary>The matching studio as a manager sees it.</summary>
sealed class Studio(Visitor visitor)
{
    IPage Page => visitor.Page;

    public ILocator Rows => Page.Locator("tbody[id^=pair-]");

    public ILocator FirstRow => Rows.First;

    public ILocator OpenRow => Page.Locator("tbody:has(.why)");

    public ILocator News => Page.Locator(".gh-notice[role=status], .gh-notice[role=alert]");

    public ILocator Status => Page.Locator("#status");

    public ILocator Moved => Page.Locator("#moved");

    public ILocator NoMatch => Page.Locator("#unmatched");

    /// <summary>Mentees in the list, as a person reads it, with the mentor of each.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Pairs()
    {
        var lines = await Rows.Locator(".pairc b").AllInnerTextsAsync();
        return lines.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    public Task RunMatching() => Run("Run matching");

    public Task RunAgain() => Run("Run again");

    /// <summary>Sets a weight, and takes the difference from or gives it to another, so that they add up.</summary>
    public async Task MoveWeight(string from, string to, int points)
    {
        await Page.Locator($"#weight-{from}").FillAsync(Number(await Weight(from) - points));
        await Page.Locator($"#weight-{to}").FillAsync(Number(await Weight(to) + points));
    }

    public async Task<int> Weight(string factor) => int.Parse(await Page.Locator($"#weight-{factor}").InputValueAsync(), CultureInfo.InvariantCulture);

    public Task OpenFirst() => visitor.Click(FirstRow.GetByRole(AriaRole.Link, new() { NameRegex = new("^Show why ") }));

    public Task Keep() => visitor.Click(visitor.Button("Keep this pair"));

    /// <summary>Swaps the open pair's mentor for the first who is offered.</summary>
    /// <returns>The mentor picked.</returns>
    public async Task<string> SwapForFirstAlternative()
    {
        await visitor.Click(Page.GetByText("Swap mentor"));
        var offer = Page.Locator(".swap label").First;
        var mentor = (await offer.InnerTextAsync()).Split(',')[0].Trim();
        await visitor.Click(offer);
        await Run("Swap and run again");
        return mentor;
    }

    public async Task SwitchRule(string name, bool on)
    {
        var rule = Page.GetByRole(AriaRole.Switch, new() { Name = name });
        await Expect(rule).ToHaveAttributeAsync("aria-checked", on ? "false" : "true");
        await visitor.Click(rule);
        await Expect(rule).ToHaveAttributeAsync("aria-checked", on ? "true" : "false");
        await Expect(News).ToContainTextAsync("is done");
    }

    /// <param name="of">The address of the run; the one on the screen when left out.</param>
    public async Task ReviewAndSend(string? of = null)
    {
        if (of is not null)
        {
            await Page.GotoAsync(of);
        }
        await visitor.Click(Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Review and approve ") }));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Last look at ") })).ToBeVisibleAsync();
    }

    public async Task Approve()
    {
        await visitor.Click(Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") }));
        await Expect(News).ToContainTextAsync("are approved");
    }

    async Task Run(string button)
    {
        var before = Page.Url;
        await visitor.Click(visitor.Button(button));
        await Expect(Page).Not.ToHaveURLAsync(before);
        await Expect(Page).ToHaveURLAsync(new Regex(@"\?did=(ran|swapped)$"));
        await Expect(News).ToContainTextAsync("is done");
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
