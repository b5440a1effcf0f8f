using System.Text.RegularExpressions;
using Guildhall.Browser.Tests.Pages;
using Guildhall.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Guildhall.Browser.Tests;

/// <summary>What a manager does around the studio: programs, people, rules and earlier runs.</summary>
public sealed class ManagerJourney(Chromium chromium, DemoProducts products) : IClassFixture<Chromium>, IClassFixture<DemoProducts>
{
    [Fact]
    public async Task Sets_up_a_program_and_fills_it_from_the_finder_and_by_file()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var (page, setUp, people) = (manager.Page, new ProgramSetUp(manager), new PeopleList(manager));

        manager.Clicks = 0;
        await manager.Click(manager.Link("New program"));
        await manager.Look("program-new");
        await setUp.Name("Second Shelf", "Spring 2027");
        await setUp.Target("0");
        await Expect(page.Locator(".errsum")).ToBeFocusedAsync();
        (await page.TitleAsync()).ShouldStartWith("Error: ");
        await manager.Look("program-goal-refused");
        await manager.Click(page.Locator(".errsum a"));
        await Expect(page.GetByLabel("Target")).ToBeFocusedAsync();
        await setUp.Target("14");
        await Expect(manager.Heading("Who may join, and who makes a good mentor?")).ToBeVisibleAsync();
        await manager.Look("program-who");
        await setUp.Continue();
        await Expect(manager.Heading("How long is it, and how much time does it ask?")).ToBeVisibleAsync();
        await manager.Look("program-stages");
        await setUp.Continue();
        await manager.Look("program-matching");
        await setUp.KeepMatching();
        await manager.Look("program-rewards");
        await setUp.Reward("60");
        await Expect(manager.Heading("Open Second Shelf?")).ToBeVisibleAsync();
        await Expect(page.GetByText("$60.00 for each finished mentee")).ToBeVisibleAsync();
        await manager.Look("program-publish");
        await setUp.Publish();
        manager.Clicks.ShouldBeLessThanOrEqualTo(12, "from New program to open, a refused target among them");

        await manager.Click(manager.Link("Go to matching"));
        await Expect(manager.Heading("Matching needs people on both sides")).ToBeVisibleAsync();
        await manager.Click(manager.Link("Find mentors").Last);
        await Expect(manager.Heading(" meet")).ToBeVisibleAsync();
        await manager.Look("mentors-find");
        await page.GetByLabel("Number of reviews, at least").FillAsync("10000");
        await manager.Click(manager.Button("Look again"));
        await Expect(manager.Heading("Nobody meets every rule")).ToBeVisibleAsync();
        await page.GetByLabel("Number of reviews, at least").FillAsync("5");
        await manager.Click(manager.Button("Look again"));
        await Expect(page.GetByRole(AriaRole.Checkbox).First).Not.ToBeCheckedAsync();
        await manager.Click(manager.Link("on this page"));
        await manager.Click(manager.Button("Add the chosen as mentors"));
        await Expect(page.Locator(".gh-notice")).ToContainTextAsync("in the program now");
        await manager.Click(manager.Link("See the mentors"));

        var sellers = await product.SellersWithoutAProgram(2);
        await people.BringIn("Mentees", "mentees.csv", $"id,name,languages\n{sellers[0]},Ana Lima,pt:native\nnobody-of-ours,Bo Ek,sv:native\n");
        await Expect(people.News).ToContainTextAsync("Line 3: There is no seller nobody-of-ours.");
        await manager.Look("people-file-refused");
        await people.BringIn("Mentees", "mentees.csv", $"id,name,languages\n{sellers[0]},Ana Lima,pt:native;en:working\n{sellers[1]},Maximiliana Wolfeschlegelsteinhausenbergerdorff de la Santísima Trinidad,es:native\n");
        await Expect(people.News).ToContainTextAsync("2 added, 0 updated; 2 of them signed up longer ago than the program asks and are marked.");
        await manager.Look("people");
        await manager.Click(manager.Link("Maximiliana"));
        await Expect(manager.Heading("Maximiliana")).ToBeVisibleAsync();
        await manager.Look("participant-long-name");

        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Defines_fills_matches_adjusts_and_sends_in_28_clicks()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var (page, setUp, people, studio) = (manager.Page, new ProgramSetUp(manager), new PeopleList(manager), new Studio(manager));
        var (mentors, mentees) = (await product.SellersWithoutAProgram(8, "signed_up_on < current_date - 400"), await product.SellersWithoutAProgram(40, "signed_up_on > current_date - 150"));

        manager.Clicks = 0;
        await manager.Click(manager.Link("New program"));
        await setUp.Name("Second Shelf", "Spring 2027");
        await setUp.Target("14");
        await setUp.Continue();
        await setUp.Continue();
        await setUp.KeepMatching();
        await setUp.Reward("60");
        await setUp.Publish();
        await manager.Click(manager.Link("People").First);
        await people.BringIn("Mentors", "mentors.csv", $"id,languages,capacity\n{string.Concat(mentors.Select(id => $"{id},en:native,4\n"))}");
        await people.BringIn("Mentees", "mentees.csv", $"id,languages\n{string.Concat(mentees.Select(id => $"{id},en:native\n"))}");
        await Expect(people.News).ToContainTextAsync("40 added");
        await manager.Click(manager.Link("Matching").First);
        await studio.RunMatching();
        await studio.MoveWeight(from: "Category", to: "Hours", points: 10);
        await studio.RunAgain();
        await manager.Click(manager.Link("See what moved"));
        await studio.Keep();
        await manager.Click(studio.NoMatch.GetByRole(AriaRole.Link).First);
        await manager.Click(manager.Link("Matching, run 2"));
        await studio.ReviewAndSend();
        await studio.Approve();
        await manager.Click(manager.Link("Programs").First);
        manager.Clicks.ShouldBeLessThanOrEqualTo(28, "two files to choose among them");

        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Winds_a_program_down_copies_it_and_publishes_a_charter()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var page = manager.Page;

        await manager.Click(manager.Link("Set-up").First);
        await manager.Look("program-set-up");
        await manager.Click(manager.Link("Change State"));
        await manager.Look("program-state");
        await manager.Click(manager.Button("Close First 90 Days"));
        await Expect(manager.Heading("First 90 Days is closed")).ToBeVisibleAsync();
        await manager.Click(page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }));
        await manager.Click(manager.Link("Change Welcome session"));
        await page.GetByLabel("Day").FillAsync("2030-01-07");
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync("17:30");
        await page.GetByLabel("Join link").FillAsync("https://meet.example.com/welcome");
        await manager.Look("program-welcome");
        await manager.Click(manager.Button("Save"));
        await Expect(page.GetByText("Mon 7 Jan 2030, 17:30")).ToBeVisibleAsync();
        await manager.Click(manager.Link("Change Skills against pains"));
        await manager.Look("program-pains");
        await page.GetByLabel("Policies against late dispatch").FillAsync("0.5");
        await manager.Click(manager.Button("Save"));
        await manager.Click(manager.Link("Version 2 of the rules"));
        await Expect(page.GetByText("The weight of policies against late dispatch changed from 1 to 0.5.")).ToBeVisibleAsync();
        await manager.Look("program-versions");
        await manager.Click(manager.Link("Set-up").First);
        await manager.Click(manager.Link("Change Coaching method"));
        await manager.Look("program-coaching");
        await manager.Click(page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }));
        await manager.Click(manager.Button("Copy into a new draft"));
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("Copy of First 90 Days");

        await manager.Go("/manage");
        await manager.Look("programs-closed");
        await manager.Click(manager.Link("Charter").First);
        await manager.Look("charter-manage");
        await page.GetByLabel("Text").FillAsync("Be honest with each other.");
        await manager.Click(manager.Button("Publish version 2"));
        await Expect(page.Locator(".errsum")).ToContainTextAsync("Enter what is new in this version");
        await Expect(page.GetByLabel("Text")).ToHaveValueAsync("Be honest with each other.");
        await page.GetByLabel("What is new, in one line").FillAsync("Much shorter.");
        await manager.Click(manager.Button("Publish version 2"));
        await Expect(page.Locator(".gh-notice")).ToHaveTextAsync("Published. It holds from now on.");
        await manager.Click(manager.Link("visitors can read it"));
        await Expect(manager.Heading("The charter")).ToBeVisibleAsync();
        await manager.Look("charter");
        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Corrects_what_a_mentor_said_and_is_told_when_somebody_was_quicker()
    {
        await using var product = await products.StartWithDemo();
        await using var dana = await Visitor.ArriveSignedIn(chromium, product, "Dana Whitfield");
        await using var omar = await Visitor.ArriveSignedIn(chromium, product, "Omar Haddad");
        await dana.Click(dana.Link("First 90 Days").Last);
        await dana.Click(dana.Link("People").First);
        await dana.Look("people-demo");
        await dana.Click(dana.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Mentors") }));
        await dana.Click(dana.Page.Locator("tbody th a").First);
        await Expect(dana.Heading("Free hours in an ordinary week")).ToBeVisibleAsync();
        await dana.Look("participant");
        await omar.Page.GotoAsync(dana.Page.Url);

        var sunday = dana.Page.GetByLabel("Sun 05:00");
        await sunday.CheckAsync();
        await dana.Page.GetByLabel("Places for mentees").FillAsync("2.5");
        await dana.Click(dana.Button("Save"));
        await Expect(dana.Page.Locator(".errsum")).ToBeFocusedAsync();
        await dana.Look("participant-refused");
        await Expect(sunday).ToBeCheckedAsync();
        await dana.Page.GetByLabel("Places for mentees").FillAsync("7");
        await dana.Click(dana.Button("Save"));
        await Expect(dana.Page.Locator(".gh-notice")).ToHaveTextAsync("Saved.");
        await Expect(sunday).ToBeCheckedAsync();
        await Expect(dana.Page.GetByLabel("Places for mentees")).ToHaveValueAsync("7");

        await omar.Page.GetByLabel("Places for mentees").FillAsync("1");
        await omar.Click(omar.Button("Save"));
        await Expect(omar.Page.Locator(".errsum")).ToContainTextAsync("Somebody else changed this person while you were on this page.");
        await Expect(omar.Page.Locator(".gh-notice")).ToHaveTextAsync(new Regex(@"What you typed stands below\. Stored now, where it differs: \d+ free hours a week; 7 places\. Save again to use yours\."));
        await Expect(omar.Page.GetByLabel("Places for mentees")).ToHaveValueAsync("1");
        await omar.Look("participant-behind");
        await omar.Click(omar.Button("Save"));
        await Expect(omar.Page.Locator(".gh-notice")).ToHaveTextAsync("Saved.");

        await Expect(omar.Page.GetByText("Yes, remove")).ToBeHiddenAsync();
        await omar.Page.GetByText("Remove from the program", new() { Exact = true }).ClickAsync();
        await Expect(omar.Page.GetByText("Yes, remove")).ToBeVisibleAsync();
        await omar.Look("participant-removal");

        dana.Problems.ShouldBeEmpty();
        omar.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changes_a_rule_waives_one_and_compares_two_runs()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var (page, studio) = (manager.Page, new Studio(manager));
        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("Matching").First);
        await studio.RunMatching();

        await manager.Click(manager.Link("Edit rules"));
        await Expect(manager.Heading("Matching rules")).ToBeVisibleAsync();
        await manager.Look("rules");
        var hours = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "shared hours a week" });
        await hours.GetByRole(AriaRole.Textbox).First.FillAsync("5");
        await manager.Click(manager.Button("Save rules"));
        await Expect(page.Locator(".gh-notice")).ToHaveTextAsync("Saved. The next run uses it.");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "At least 5 shared hours a week" })).ToBeVisibleAsync();

        var (mentee, mentor) = await product.AMenteeAndAMentor();
        await page.GetByLabel("Mentee’s seller id").FillAsync(mentee);
        await page.GetByLabel("Mentor’s seller id").FillAsync(mentor);
        await manager.Click(manager.Button("Sign waiver"));
        await Expect(page.Locator(".errsum")).ToContainTextAsync("Enter why this conflict is acceptable");
        await manager.Look("rules-waiver-refused");
        await Expect(page.GetByLabel("Mentee’s seller id")).ToHaveValueAsync(mentee);
        await Expect(page.GetByLabel("Mentor’s seller id")).ToHaveValueAsync(mentor);
        await page.GetByLabel("Why it is acceptable").FillAsync("They share a brand that both only resell.");
        await page.GetByLabel("Last day it holds").FillAsync("2030-12-31");
        await manager.Click(manager.Button("Sign waiver"));
        await Expect(page.GetByText("They share a brand that both only resell.")).ToBeVisibleAsync();
        await manager.Look("rules-waived");

        await manager.Click(manager.Link("Back to the studio"));
        await studio.RunAgain();
        await Expect(manager.Heading("Run 2 compared with run 1")).ToBeVisibleAsync();
        await manager.Go($"{new Uri(page.Url).AbsolutePath[..^"/2".Length]}/runs");
        await manager.Look("runs");
        await manager.Click(page.GetByLabel("Compare from run 2"));
        await manager.Click(page.GetByLabel("Compare to run 1"));
        await manager.Click(manager.Button("Compare two runs"));
        await Expect(page.GetByText("run 1").First).ToBeVisibleAsync();
        await Expect(studio.Moved).ToContainTextAsync("What moved");
        await manager.Look("runs-compared");
        manager.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Draws_near_ties_by_lot_and_looks_at_approved_pairs_again()
    {
        await using var product = await products.StartWithDemo();
        await using var manager = await Visitor.ArriveSignedIn(chromium, product);
        var (page, studio) = (manager.Page, new Studio(manager));
        await manager.Click(manager.Link("First 90 Days").Last);
        await manager.Click(manager.Link("Matching").First);
        await studio.RunMatching();
        await manager.Click(manager.Link("Edit rules"));
        await page.GetByLabel("Draw near ties by lot").FillAsync("9");
        await manager.Click(manager.Button("Save rules"));
        await Expect(page.Locator(".errsum")).ToContainTextAsync("Enter 0, or from 0.1 to 5 points for near ties.");
        await page.GetByLabel("Draw near ties by lot").FillAsync("2");
        await manager.Click(manager.Button("Save rules"));
        await Expect(page.Locator(".gh-notice")).ToHaveTextAsync("Saved. The next run uses it.");

        await manager.Click(manager.Link("Back to the studio"));
        await studio.RunAgain();
        await Expect(page.GetByText("Drawn by lot: each fit counted with up to 2 points less. Checked.")).ToBeVisibleAsync();
        await Expect(page.Locator(".delta header")).ToContainTextAsync("near ties within 2 points are drawn by lot");
        await page.Locator("input[name=include]").First.UncheckAsync();
        await studio.ReviewAndSend();
        await studio.Approve();
        await manager.Click(manager.Link("All runs"));
        await manager.Click(manager.Link("Approved pairs today"));
        await manager.Look("recalibration-after-approval");
        await page.GetByLabel("Points a switch must bring").FillAsync("-1");
        await manager.Click(manager.Button("Look again"));
        await Expect(page.Locator(".errsum")).ToContainTextAsync("Enter from 0 to 100 points.");

        // With other things that count, other mentors fit better; the one mentee who was left out lets the matching run.
        await manager.Go($"{new Uri(page.Url).AbsolutePath[..^"/recalibration".Length]}");
        await studio.MoveWeight("Category", "Contact", 24);
        await studio.RunAgain();
        await manager.Click(manager.Link("All runs"));
        await manager.Click(manager.Link("Approved pairs today"));
        await Expect(manager.Heading("switches would bring")).ToBeVisibleAsync();
        await manager.Look("recalibration");

        // Nobody has accepted yet, so nothing can be learned.
        await manager.Click(manager.Link("Matching").First);
        await manager.Click(manager.Link("Learning"));
        await manager.Look("learning-before");
        await manager.Click(manager.Button("Read past pairs"));
        await Expect(page.GetByText("Past pairs are being read.")).ToBeVisibleAsync();
        await product.RunJob("learn-from-pairs");
        await manager.Click(manager.Link("Look again"));
        await Expect(manager.Heading("Needs ")).ToBeVisibleAsync();
        await manager.Look("learning-too-few");
        manager.Problems.ShouldBeEmpty();
    }
}
