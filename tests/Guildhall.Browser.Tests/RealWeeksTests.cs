using System.Text.RegularExpressions;
using Guildhall.Browser.Tests.Support;
using Guildhall.Browser.Tests.Weeks;
using Guildhall.Tests.Support;
using Microsoft.Playwright;
using Npgsql;

namespace Guildhall.Browser.Tests;

/// <summary>Weeks of a program on the real marketplace, and the overview at their end; docs/real-run.md tells of all twelve.</summary>
public sealed partial class RealWeeksTests(Chromium chromium, DatabaseFixture database) : IClassFixture<Chromium>, IClassFixture<DatabaseFixture>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_its_rules_through_weeks_in_which_people_accept_decline_fall_silent_meet_miss_pause_and_finish()
    {
        await using var weeks = new OlistWeeks(database);
        await weeks.Run();

        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        foreach (var rule in WeeksRule.All)
        {
            (await rule.Breaks(connection, weeks.Clock.Now)).ShouldBeEmpty(rule.Name);
            (await rule.BreaksWhenSpoilt(connection, weeks.Clock.Now)).ShouldNotBeEmpty($"“{rule.Name}” would be found broken");
        }

        Mailbag.Problems(weeks.Office.All).ShouldBeEmpty();
        Mailbag.Problems([.. weeks.Office.All, weeks.Office.All[^1] with { Id = Guid.NewGuid() }]).ShouldHaveSingleItem();
        (await SaidAndKept.Differences(connection, weeks.Lives.Said)).ShouldBeEmpty();
        var (stages, week, needing) = await LookAtOverview(weeks);
        var story = await WeeksStory.Of(connection, weeks, needing);
        stages.ShouldBe(story.Stages);
        week.ShouldBe(story.LastSevenDays);
        if (OlistWeeks.Weeks == 12) story.Write();
    }

    /// <summary>The numbers of the overview, and how many pairs its list has over all of its pages.</summary>
    async Task<(string Stages, string Week, int Needing)> LookAtOverview(OlistWeeks weeks)
    {
        await using var context = await chromium.Open(1440);
        // By the clock of Chromium a session of 2018 is long over, so it can't sign in by itself.
        await context.AddCookiesAsync((await weeks.Manager.SignedIn()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = weeks.Address.ToString() }));
        var page = await context.NewPageAsync();
        var complaints = PageCheck.Watch(page, weeks.Address);
        HashSet<string> listed = [];
        for (var number = 1; ; number++)
        {
            await page.GotoAsync(new Uri(weeks.Address, $"/manage/{OlistWeeks.Slug}?page={number}").ToString());
            var shown = PairHref().Matches(await page.Locator("[aria-labelledby=needs-h]").InnerHTMLAsync()).Select(match => match.Value).ToList();
            shown.ShouldAllBe(pair => listed.Add(pair), "nobody is listed twice");
            if (shown.Count == 0 || !await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).IsVisibleAsync()) break;
        }

        await page.GotoAsync(new Uri(weeks.Address, $"/manage/{OlistWeeks.Slug}").ToString());
        (await page.Locator("h1").InnerTextAsync()).ShouldStartWith($"{listed.Count} of ");
        (await page.Locator("body").InnerTextAsync()).ShouldNotMatch("[0-9a-f]{12}", "no seller’s id is in a picture");
        var (stages, week) = (await Lines(page, "stages-h"), await Lines(page, "week-h"));
        await Screenshots.Take(page, "real-weeks");
        await DocumentationPictures.Take(page, "real-weeks");
        complaints.ShouldBeEmpty();
        return (stages, week, listed.Count);
    }

    static async Task<string> Lines(IPage page, string section) => await page.EvaluateAsync<string>(
        """
        section => [...document.querySelectorAll(`[aria-labelledby=${section}] dl > div`)].map(line => {
          const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), words = [];
          while (texts.nextNode()) words.push(...texts.currentNode.data.split(/\s+/));
          return words.filter(Boolean).join(" ");
        }).join("; ")
        """, section);

    [GeneratedRegex("/pairs/[0-9a-f-]{36}")]
    private static partial Regex PairHref();
}
