using Guildhall.Browser.Tests.Pages;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>The ways through the studio that the first run doesn't take: without scripts, by keyboard, and two managers at once.</summary>
public sealed class StudioJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task Every_step_works_without_a_script()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.Arrive(chromium, product, scripts: false);
        var (page, studio) = (manager.Page, new Studio(manager));

        await manager.Go(await product.FirstRunPath());
        await new FirstRun(manager).CreateAccount("Dana Whitfield", "dana@example.com", Visitor.Password);
        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("Matching").First);
        await studio.RunMatching();

        await manager.Click(studio.Rows.Nth(1).GetByRole(AriaRole.Link, new() { NameRegex = new("^Show why ") }));
        await Expect(studio.OpenRow).ToHaveCountAsync(1);
        await Expect(studio.Rows.Nth(1).Locator(".why")).ToBeVisibleAsync();
        await studio.MoveWeight(from: "Category", to: "Hours", points: 20);
        await studio.RunAgain();
        await manager.Click(manager.Link("See what moved"));
        await studio.Keep();
        await Expect(studio.FirstRow.GetByText("Kept", new() { Exact = true })).ToBeVisibleAsync();

        var mentee = (await studio.Pairs()).Keys.First();
        var mentor = await studio.SwapForFirstAlternative();
        (await studio.Pairs())[mentee].ShouldBe(mentor);

        await studio.SwitchRule("A language in common", on: false);
        await studio.SwitchRule("A language in common", on: true);
        await manager.Click(studio.NoMatch.GetByRole(AriaRole.Link).First);
        await Expect(manager.Heading("Every mentor for ")).ToBeVisibleAsync();
        await manager.Go(new Uri(page.Url).AbsolutePath[..new Uri(page.Url).AbsolutePath.IndexOf("/mentees/", StringComparison.Ordinal)]);

        var left = studio.Rows.Last.GetByRole(AriaRole.Checkbox);
        var name = await left.GetAttributeAsync("aria-label");
        await left.UncheckAsync();
        await studio.ReviewAndSend();
        await Expect(page.GetByText(name!["Include ".Length..])).ToBeVisibleAsync();
        await studio.Approve();
        await manager.Click(manager.Button("Undo"));
        await Expect(studio.News).ToContainTextAsync("The approval is taken back.");
        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_everything_and_the_focus_is_always_seen()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var (page, studio, keys) = (manager.Page, new Studio(manager), new Keyboard(manager.Page));

        await keys.Press("Enter", on: manager.Link("First 90 Days").Last);
        await keys.Press("Enter", on: manager.Link("Go to matching"));
        await Expect(manager.Heading("No run yet")).ToBeVisibleAsync();
        await keys.Press("Enter", on: manager.Button("Run matching"));
        await Expect(studio.News).ToContainTextAsync("is done");

        var second = studio.Rows.Nth(1);
        await keys.Press("Enter", on: second.GetByRole(AriaRole.Link, new() { NameRegex = new("^Show why ") }));
        await Expect(second.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Why this pair scores ") })).ToBeFocusedAsync();
        await Expect(studio.Status).ToHaveTextAsync("Reasons shown.");
        await keys.Press("Enter", on: second.GetByRole(AriaRole.Button, new() { Name = "Keep this pair" }));
        await Expect(second.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Why this pair scores ") })).ToBeFocusedAsync();
        await Expect(studio.Status).ToContainTextAsync("is kept in every later run.");
        await keys.PressBackwards("Enter", on: second.GetByRole(AriaRole.Link, new() { NameRegex = new("^Hide why ") }));
        await Expect(second.GetByRole(AriaRole.Link, new() { NameRegex = new("^Show why ") })).ToBeFocusedAsync();
        await Expect(studio.Status).ToHaveTextAsync("Reasons hidden.");

        var category = await studio.Weight("Category");
        await keys.Press("ArrowLeft", on: page.GetByRole(AriaRole.Slider, new() { Name = "Category weight" }));
        (await studio.Weight("Category")).ShouldBe(category - 1);
        await keys.Press("ArrowRight", on: page.GetByRole(AriaRole.Slider, new() { Name = "Hours weight" }));
        await keys.PressBackwards("Enter", on: manager.Button("Run again"));
        await Expect(manager.Heading("Run 2 compared with run 1")).ToBeVisibleAsync();

        await keys.Press("Space", on: page.GetByRole(AriaRole.Switch, new() { Name = "A language in common" }));
        await Expect(manager.Heading("Run 3 compared with run 2")).ToBeVisibleAsync();
        await keys.Press("Enter", on: page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Review and approve ") }));
        await keys.Press("Enter", on: page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") }));
        await keys.Press("Enter", on: manager.Button("Undo"));
        await Expect(studio.News).ToContainTextAsync("The approval is taken back.");

        keys.Hidden.ShouldBeEmpty();
        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_managers_the_second_is_told_and_loses_nothing_of_the_firsts()
    {
        await using var product = await products.StartWithDemo();
        await using var dana = await Visitor.ArriveSignedIn(chromium, product, "Dana Whitfield");
        await using var omar = await Visitor.ArriveSignedIn(chromium, product, "Omar Haddad");
        var (first, second) = (new Studio(dana), new Studio(omar));
        await dana.Click(dana.Link("First 90 Days").Last);
        await dana.Click(dana.Link("Matching").First);
        await first.RunMatching();
        await omar.Click(omar.Link("First 90 Days").Last);
        await omar.Click(omar.Link("Matching").First);
        await Expect(second.FirstRow).ToBeVisibleAsync();

        await first.MoveWeight(from: "Category", to: "Hours", points: 10);
        await first.RunAgain();
        var (category, hours) = (await first.Weight("Category"), await first.Weight("Hours"));
        await second.MoveWeight(from: "Velocity", to: "Skills", points: 5);
        await omar.Click(omar.Button("Run again"));

        await Expect(second.News.First).ToContainTextAsync("Dana Whitfield changed these settings a moment ago.");
        (await second.Weight("Category"), await second.Weight("Hours")).ShouldBe((category, hours));
        await omar.Look("studio-changed-meanwhile");
        await second.RunAgain();

        await first.ReviewAndSend(of: omar.Page.Url);
        await second.ReviewAndSend();
        await second.Approve();
        await dana.Click(dana.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Approve ") }));
        await Expect(first.News.First).ToContainTextAsync("already");
        dana.Problems.ShouldBeEmpty();
        omar.Problems.ShouldBeEmpty();
    }
}
