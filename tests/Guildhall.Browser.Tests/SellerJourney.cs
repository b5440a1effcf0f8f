using Guildhall.Browser.Tests.Pages;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>Sellers on a phone: they apply, meet each other, and accept. Every tap is counted, and nothing is typed.</summary>
public sealed class SellerJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task A_new_shop_applies_in_17_taps()
    {
        await using var product = await products.StartWithDemo();
        await using var shop = await Visitor.ArriveAsShop(chromium, product, "Olga Marsh", await product.AFreeShop("> current_date - 150"));

        await shop.Go("/");
        shop.Clicks = 0;
        await shop.Click(shop.Link("Apply for a mentor").First);
        await Look(shop, "apply-shop");
        await Continue(shop);
        await Look(shop, "apply-about");
        await Continue(shop);
        await Pick(shop, 0);
        await Pick(shop, 1);
        await Look(shop, "apply-help", picture: "apply-help");
        await Continue(shop);
        await Pick(shop, 0);
        await Look(shop, "apply-goal");
        await Continue(shop);
        await Style(shop, "apply-style");
        await Times(shop, "apply-times");
        await Look(shop, "apply-languages");
        await Continue(shop);
        await Look(shop, "apply-check");
        await shop.Click(shop.Button("Send application"));
        shop.Clicks.ShouldBeLessThanOrEqualTo(17);

        await Look(shop, "apply-done");
        await shop.Go("/me");
        await Expect(shop.Page.GetByText("Your application is being read.")).ToBeVisibleAsync();
        await Look(shop, "me-applied");
        foreach (var (path, name) in new[] { ("/matching", "matching-explained"), ("/me/plan", "me-plan"), ("/me/settings", "me-settings"), ("/me/welcome", "me-welcome"), ("/me/charter", "me-charter"), ("/account/data", "account-data") })
        {
            await shop.Go(path);
            await Look(shop, name);
        }

        shop.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mentor_applies_in_16_taps_and_two_people_take_them_in()
    {
        await using var product = await products.StartWithDemo();
        await using var shop = await Visitor.ArriveAsShop(chromium, product, "Ruth Calloway", await product.AFreeShop("< current_date - 400"));
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);

        await shop.Go("/mentor");
        shop.Clicks = 0;
        await shop.Click(shop.Link("Apply to mentor").First);
        foreach (var skill in (int[])[0, 1, 2]) await Pick(shop, skill);
        await Look(shop, "mentor-apply-skills");
        await Continue(shop);
        await Style(shop, "mentor-apply-style");
        await Times(shop, "mentor-apply-hours");
        await Continue(shop);
        await Pick(shop, 0);
        await Look(shop, "mentor-apply-interests", picture: "mentor-interests");
        await Continue(shop);
        await shop.Click(shop.Page.GetByLabel("I have read the charter and keep to it"));
        await Look(shop, "mentor-apply-check");
        await shop.Click(shop.Button("Send application"));
        shop.Clicks.ShouldBeLessThanOrEqualTo(16);
        await Look(shop, "mentor-apply-done");

        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("Applications").First);
        await manager.Look("applications");
        await DocumentationPictures.Take(manager.Page, "applications");
        await manager.Click(manager.Link("Ruth Calloway"));
        foreach (var line in (string[])["results", "teaching", "skills", "time", "interests"]) await manager.Click(manager.Page.Locator($"#score-{line} label").Nth(2));
        await manager.Click(manager.Page.Locator("#Recommends label").First);
        await manager.Page.Locator("#Note").FillAsync("Calm and clear.");
        await manager.Click(manager.Button("Give your review"));
        await manager.Look("application-mentor");
        await manager.Click(manager.Page.Locator("#Decision label").First);
        await manager.Click(manager.Button("Decide"));
        await Expect(manager.Page.GetByText("Accepted. They are among the people of the program now.")).ToBeVisibleAsync();

        await shop.Go("/mentor");
        await shop.Click(shop.Link("How we coach"));
        await Look(shop, "mentor-coaching", picture: "mentor-coaching");
        await AnswerCoaching(shop);
        await Expect(shop.Page.Locator(".gh-notice").First).ToContainTextAsync("All 5 are right");

        manager.Problems.ShouldBeEmpty();
        shop.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_meet_and_accept_in_5_taps_and_2()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var studio = new Studio(manager);
        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("Matching").First);
        await studio.RunMatching();
        await studio.ReviewAndSend();
        await studio.Approve();
        var pair = await product.APairThatIsAsked();
        await using var mentee = await Visitor.ArriveAsShop(chromium, product, "Mina Farouk", pair.Mentee);
        await using var mentor = await Visitor.ArriveAsShop(chromium, product, "Ruth Calloway", pair.Mentor);
        await mentor.Go("/mentor/charter");
        await mentor.Click(mentor.Page.GetByLabel("I have read the charter and keep to it"));
        await mentor.Click(mentor.Button("Agree"));

        await mentor.Go($"/mentor/requests/{pair.Id}");
        await Look(mentor, "request", picture: "request");
        await mentor.Click(mentor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Accept ") }));
        await AnswerCoaching(mentor);
        mentor.Clicks = 1;
        await mentor.Click(mentor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Accept ") }));
        await Expect(mentor.Page.Locator(".gh-notice").First).ToContainTextAsync("Accepted.");
        mentor.Clicks.ShouldBeLessThanOrEqualTo(2, "the link in the mail, and accept");

        await mentee.Go("/me");
        await Look(mentee, "me-asked");
        mentee.Clicks = 1;
        await mentee.Go($"/me/match/{pair.Id}");
        await Look(mentee, "meet", picture: "meet");
        await mentee.Click(mentee.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Accept ") }));
        await Look(mentee, "meet-charter");
        await mentee.Click(mentee.Page.GetByText("Open the charter"));
        await mentee.Click(mentee.Page.GetByLabel("I have read the charter and keep to it"));
        await mentee.Click(mentee.Button("Agree"));
        await Expect(mentee.Heading(" is your mentor")).ToBeVisibleAsync();
        mentee.Clicks.ShouldBeLessThanOrEqualTo(5, "the link in the mail, accept, and the charter: open, tick, agree");

        await mentee.Go("/me/mentor");
        await Look(mentee, "me-mentor");
        await mentee.Click(mentee.Link("No, somebody else"));
        await Look(mentee, "me-mentor-change");
        await mentee.Click(mentee.Page.Locator(".opts label").First);
        await mentee.Click(mentee.Button("See other mentors"));
        await Look(mentee, "me-mentor-others");
        await mentee.Go("/me/mentor");
        await mentee.Click(mentee.Button("Yes, go on"));
        await Expect(mentee.Page.Locator(".gh-notice").First).ToContainTextAsync("Noted.");
        await mentor.Go($"/mentor/mentees/{pair.Id}");
        await mentor.Click(mentor.Button("Yes, go on"));
        await Look(mentor, "mentor-mentee-active");

        await mentee.Go("/me/plan");
        await Look(mentee, "me-plan-pair", picture: "me-plan");
        await mentee.Go("/me");
        await Look(mentee, "me-book");
        mentee.Clicks = 0;
        await mentee.Click(mentee.Page.Locator("[aria-labelledby=book-h] .times a").First);
        await Look(mentee, "me-book-confirm");
        await mentee.Click(mentee.Button("Confirm"));
        mentee.Clicks.ShouldBeLessThanOrEqualTo(2, "a suggested time, and confirm");
        await Expect(mentee.Page.Locator(".gh-notice").First).ToContainTextAsync("Booked.");
        await Look(mentee, "me-session");
        await mentee.Click(mentee.Link("Move it to another time"));
        await Look(mentee, "me-session-move");
        await mentee.Go("/me/sessions/book");
        await mentee.Click(mentee.Link("Only one question? Book 15 minutes"));
        await Look(mentee, "me-book-short");
        await mentee.Go("/me/sessions");
        await Look(mentee, "me-sessions");
        await mentee.Click(mentee.Button("Make an address"));
        await Look(mentee, "me-feed");
        await mentee.Go("/me");
        await Look(mentee, "me-next");
        await mentor.Go("/mentor/calendar");
        await Look(mentor, "mentor-calendar");
        await mentor.Go("/mentor/sessions");
        await Look(mentor, "mentor-sessions");

        await product.SessionsAreOver(pair.Id);
        await mentor.Go("/mentor");
        await Look(mentor, "mentor-log");
        mentor.Clicks = 0;
        var log = mentor.Page.Locator("form[action$='/note']");
        await mentor.Click(log.GetByText("Pricing", new() { Exact = true }));
        await mentor.Click(log.GetByText("Stock", new() { Exact = true }));
        await mentor.Click(log.Locator(".opts label").First);
        await mentor.Click(log.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save and tell ") }));
        await Expect(mentor.Page.Locator("form[action$='/note']")).ToHaveCountAsync(0);
        mentor.Clicks.ShouldBeLessThanOrEqualTo(4, "two topics, a next step of the plan, and save");
        await mentee.Go("/me");
        await mentee.Click(mentee.Button("Yes, we met"));
        await mentee.Click(mentee.Link("Say how it was"));
        await Look(mentee, "me-feedback");
        await mentee.Click(mentee.Page.GetByText("Partly", new() { Exact = true }));
        await mentee.Click(mentee.Page.GetByText("Not sure yet", new() { Exact = true }));
        await mentee.Click(mentee.Button("Send"));
        await Expect(mentee.Page.Locator(".gh-notice").First).ToContainTextAsync("Sent.");
        await Look(mentee, "me-session-over");
        await mentee.Go("/me/messages");
        await Look(mentee, "me-messages");
        await mentee.Click(mentee.Page.Locator("a.gh-bell:visible"));
        await Look(mentee, "notices", picture: "notices");
        await mentee.Click(mentee.Link("Choose what you get by mail"));
        await Look(mentee, "notice-choices");
        await mentee.Go("/me/progress");
        await Look(mentee, "me-progress");

        await mentor.Go("/mentor/mentees");
        await Look(mentor, "mentor-mentees");
        await mentor.Click(mentor.Page.Locator("main a[href^='/mentor/mentees/']").First);
        await Look(mentor, "mentor-mentee");
        await mentor.Go("/mentor");
        await Look(mentor, "mentor-home");
        await mentor.Click(mentor.Page.GetByRole(AriaRole.Switch, new() { Name = "Open to new mentees" }));
        await Expect(mentor.Page.GetByText("You are on a break.")).ToBeVisibleAsync();
        await mentor.Go("/mentor/settings");
        await Look(mentor, "mentor-settings");
        await mentor.Click(mentor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Change ") }).First);
        await Look(mentor, "mentor-hours");
        await manager.Click(manager.Link("Pairs").First);
        await manager.Look("pairs");
        await DocumentationPictures.Take(manager.Page, "pairs");
        await manager.Go($"{new Uri(manager.Page.Url).AbsolutePath}/{pair.Id}");
        await manager.Look("pair");
        await manager.Click(manager.Link("Overview").First);
        await manager.Look("overview");
        await manager.Click(manager.Link("Impact").First);
        await manager.Click(manager.Link("Settle it"));
        await manager.Look("impact-plan");
        await manager.Click(manager.Button("Save what you look at"));
        await manager.Look("impact-settled");
        await manager.Click(manager.Button("Read the results"));
        await Expect(manager.Page.GetByText("The results are being read.")).ToBeVisibleAsync();
        await product.RunJob("read-results");
        await manager.Click(manager.Link("Look again"));
        await Expect(manager.Heading("Too early to say")).ToBeVisibleAsync();
        await manager.Look("impact-too-early");
        var impact = new Uri(manager.Page.Url).AbsolutePath;
        await manager.Go($"{impact}/report");
        await manager.Look("impact-report");
        await manager.Go($"{impact}/cost");
        await manager.Look("impact-cost");
        await manager.Go(impact);
        await manager.Click(manager.Link("What would be public"));
        await manager.Look("impact-publish");
        await manager.Click(manager.Button("Publish release 1"));
        await Expect(manager.Page.GetByText("Everybody can read it now.")).ToBeVisibleAsync();
        await manager.Look("impact-published");
        await manager.Click(manager.Link("Look at the public page"));
        await Expect(manager.Heading("Too early to say")).ToBeVisibleAsync();
        await manager.Look("results-too-early");
        await manager.Click(manager.Link("How we measure").Last);
        await Expect(manager.Heading("How we measure")).ToBeVisibleAsync();
        await manager.Look("method");

        foreach (var one in new[] { manager, mentee, mentor }) one.Problems.ShouldBeEmpty();
    }

    /// <summary>The right answers, as the template's method has them.</summary>
    static async Task AnswerCoaching(Visitor mentor)
    {
        foreach (var one in Guildhall.Modules.Programs.CoachingMethod.FirstNinetyDays.Cases) await mentor.Click(mentor.Page.GetByText(one.Right, new() { Exact = true }));
        await mentor.Click(mentor.Button("Check my answers"));
    }

    static async Task Look(Visitor shop, string name, string? picture = null)
    {
        await shop.Look(name);
        if (picture is not null) await DocumentationPictures.Take(shop.Page, picture, 390, 844);
    }

    static Task Continue(Visitor shop) => shop.Click(shop.Button("Continue"));

    static Task Pick(Visitor shop, int place) => shop.Click(shop.Page.Locator(".opts label").Nth(place));

    static async Task Style(Visitor shop, string name)
    {
        await shop.Click(shop.Page.Locator("#Style label").First);
        await shop.Click(shop.Page.Locator("#Contact label").First);
        await Look(shop, name);
        await Continue(shop);
    }

    static async Task Times(Visitor shop, string name)
    {
        await shop.Click(shop.Page.Locator(".grid7 label").Nth(4));
        await shop.Click(shop.Page.Locator(".grid7 label").Nth(10));
        await Look(shop, name);
        await Continue(shop);
    }
}
