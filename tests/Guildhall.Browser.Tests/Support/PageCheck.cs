using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Guildhall.Browser.Tests.Support;

/// <summary>What every page must pass: axe, no sideways scroll, no small text, no refused inline code, no request that leaves the origin.</summary>
static class PageCheck
{
    /// <summary>Opens the page in both themes on a laptop and on phones, keeps pictures, and lists what is wrong.</summary>
    public static async Task<IReadOnlyList<string>> Problems(Chromium chromium, Uri address, string name)
    {
        List<string> found = [];
        foreach (var width in (int[])[1440, 390, 320])
        {
            await using var context = await chromium.Open(width);
            var page = await context.NewPageAsync();
            var problems = Watch(page, address);
            await page.GotoAsync(address.ToString());

            await Look(page, width, withAxe: width > 320, $"{name}-{width}", problems);
            await LookIntoMenus(page, width, $"{name}-{width}", problems);
            found.AddRange(problems.Select(problem => $"{width} px: {problem}"));
        }
        return found;
    }

    /// <summary>Lists what is wrong with the page as it stands on a laptop and on phones, in both themes where the person is, and leaves it as it was.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsItStands(IPage page, string name)
    {
        List<string> found = [];
        var size = page.ViewportSize!;
        foreach (var width in (int[])[1440, 390, 320])
        {
            List<string> problems = [];
            await page.SetViewportSizeAsync(width, size.Height);
            // axe takes seconds a page, so it looks at the page as this person has it; the pages of samples are looked at by it at both widths.
            await Look(page, width, withAxe: width > 320 && width > 600 == size.Width > 600, $"{name}-{width}", problems);
            found.AddRange(problems.Select(problem => $"{width} px: {problem}"));
        }
        await page.SetViewportSizeAsync(size.Width, size.Height);
        return found;
    }

    // Until nothing sticks out, a second at most: while a width changes, a scroll bar that just came takes its 15 pixels of a page that is not laid out again yet. What is really too wide stays so.
    const string SidewaysPixels = """
        async () => {
          const pixels = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
          for (const end = performance.now() + 1000; pixels() !== 0 && performance.now() < end;) await new Promise(requestAnimationFrame);
          return pixels();
        }
        """;

    static async Task Look(IPage page, int width, bool withAxe, string picture, List<string> problems)
    {
        await Screenshots.Take(page, $"{picture}-light");
        if (withAxe)
        {
            problems.AddRange(await Violations(page));
        }
        problems.AddRange((await page.EvaluateAsync<string[]>(TextUnder12Pixels)).Select(element => $"text under 12 px: {element}"));
        if (await page.EvaluateAsync<int>(SidewaysPixels) is not 0 and var pixels)
        {
            problems.Add($"scrolls sideways by {pixels} px");
        }
        problems.AddRange((await page.EvaluateAsync<string[]>(DeadLinks)).Select(link => $"a link to nothing on the page: {link}"));
        if (width > 768)
        {
            problems.AddRange((await page.EvaluateAsync<string[]>(PhoneLines)).Select(line => $"a phone's line on a laptop: {line}"));
        }
        if (width <= 600)
        {
            problems.AddRange((await page.EvaluateAsync<string[]>(SmallInputs)).Select(input => $"an input under 16 px makes a phone zoom: {input}"));
        }
        if (!withAxe)
        {
            return;
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Screenshots.Take(page, $"{picture}-dark");
        problems.AddRange((await Violations(page, onColors)).Select(violation => $"dark: {violation}"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    static async Task LookIntoMenus(IPage page, int width, string picture, List<string> problems)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        if (width > 320 && await page.Locator("details").CountAsync() > 0)
        {
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
            await Screenshots.Take(page, $"{picture}-open");
            // What opens is the same at every width; where it opens isn't.
            if (width <= 600) problems.AddRange((await Violations(page)).Select(violation => $"menus open: {violation}"));
            problems.AddRange((await page.EvaluateAsync<string[]>(MenusOffTheEdge)).Select(menu => $"a menu runs off the page: {menu}"));
        }
    }

    static readonly RunOnlyOptions everything = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

    // A theme changes colors and nothing else, and on the studio the other rules take most of the second.
    static readonly RunOnlyOptions onColors = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] };

    // Of what passes only that it did: describing every element of a long page took most of the time.
    static async Task<IEnumerable<string>> Violations(IPage page, RunOnlyOptions? only = null)
    {
        var axe = await page.RunAxe(new AxeRunOptions { RunOnly = only ?? everything, ResultTypes = [ResultType.Violations] });
        (axe.Passes.Length + axe.Violations.Length).ShouldBeGreaterThan(only is null ? 10 : 0, "axe looked at the page");
        return axe.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}");
    }

    /// <summary>A refused inline style, a script error, or a request to another origin is a problem of the page.</summary>
    public static List<string> Watch(IPage page, Uri origin)
    {
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                problems.Add(message.Text);
            }
        };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != origin.Authority)
            {
                problems.Add($"leaves the origin: {request.Url}");
            }
        };
        return problems;
    }

    // Initials in small marks are decoration; their names stand beside them.
    const string TextUnder12Pixels = """
        () => [...document.body.querySelectorAll("*:not(.gh-mark):not(script)")]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 12)
          .map(e => e.outerHTML.slice(0, 120))
        """;

    const string DeadLinks = """
        () => [...document.querySelectorAll("a[href^='#']:not([href='#'])")].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.outerHTML.slice(0, 120))
        """;

    const string PhoneLines = """
        () => [...document.querySelectorAll(".on-phone")].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120))
        """;

    const string MenusOffTheEdge = """
        () => [...document.querySelectorAll("details > :not(summary)")].filter(e => e.checkVisibility())
          .filter(e => e.getBoundingClientRect().left < 0 || e.getBoundingClientRect().right > document.documentElement.clientWidth)
          .map(e => e.outerHTML.slice(0, 120))
        """;

    const string SmallInputs = """
        () => [...document.querySelectorAll("input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=range]), select, textarea")]
          .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 16)
          .map(e => e.outerHTML.slice(0, 120))
        """;
}
