using Guildhall.Browser.Tests.Pages;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>From the printed link to approved pairs: the main job of the product, by somebody who has never seen it.</summary>
public sealed class NewcomerJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task Sets_up_matches_steers_and_approves()
    {
        await using var product = await products.StartEmpty();
        await using var newcomer = await Visitor.Arrive(chromium, product);
        var (page, first, studio) = (newcomer.Page, new FirstRun(newcomer), new Studio(newcomer));

        await newcomer.Go(await product.FirstRunPath());
        await newcomer.Look("first-run");
        await first.CreateAccount("Dana Whitfield", "dana@example.com", Visitor.Password);
        await Expect(newcomer.Heading("Which marketplace is this for?")).ToBeVisibleAsync();
        await newcomer.Look("marketplace");
        await first.StartWithDemo("Harrow Lane");
        await Expect(newcomer.Heading("Programs")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await newcomer.Look("programs");

        newcomer.Clicks = 0;
        await newcomer.Click(newcomer.Link("First 90 Days").Last);
        await newcomer.Look("overview-start");
        await newcomer.Click(newcomer.Link("Go to matching"));
        await Expect(newcomer.Heading("No run yet")).ToBeVisibleAsync();
        await newcomer.Look("matching-start");
        await studio.RunMatching();
        await newcomer.Look("studio-first-run");

        await Expect(studio.OpenRow).ToHaveCountAsync(1);
        await Expect(studio.OpenRow.Locator(".why-t tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(studio.OpenRow.Locator(".alts li")).Not.ToHaveCountAsync(0);
        await Expect(studio.OpenRow.Locator(".alts li").First).ToContainTextAsync(" less for ");

        await studio.MoveWeight(from: "Category", to: "Hours", points: 10);
        await studio.RunAgain();
        await newcomer.Click(newcomer.Link("See what moved"));
        await Expect(studio.Moved).ToBeInViewportAsync();
        await newcomer.Look("studio-second-run");
        await DocumentationPictures.Take(page, "studio-light");
        await DocumentationPictures.Take(page, "studio-dark", scheme: ColorScheme.Dark);
        await DocumentationPictures.Take(page, "studio-phone", width: 390, height: 1400);
        await studio.Keep();
        await Expect(studio.Status).ToContainTextAsync("is kept in every later run.");

        await newcomer.Click(studio.NoMatch.GetByRole(AriaRole.Link).First);
        await Expect(newcomer.Heading("Every mentor for ")).ToBeVisibleAsync();
        await newcomer.Look("mentee-choices");
        await newcomer.Click(newcomer.Link("Matching, run 2"));

        await studio.ReviewAndSend();
        await newcomer.Look("send");
        await studio.Approve();
        newcomer.Clicks.ShouldBeLessThanOrEqualTo(10, "import to approval, the matching part");
        await newcomer.Look("studio-approved");
        await newcomer.Click(newcomer.Button("Undo"));
        await Expect(studio.News).ToContainTextAsync("The approval is taken back.");

        var mentee = (await studio.Pairs()).Keys.First();
        var mentor = await studio.SwapForFirstAlternative();
        (await studio.Pairs())[mentee].ShouldBe(mentor);
        await studio.SwitchRule("A language in common", on: false);
        await studio.SwitchRule("A language in common", on: true);

        newcomer.Problems.ShouldBeEmpty();
    }
}
