using System.Globalization;
using System.Net;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Programs;

public sealed class SetUpProgramTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static readonly (string Name, string Value)[] Goal = [("Outcome", "days_to_first_sale"), ("Target", "14"), ("Guardrails", "return_rate")];

    static readonly (string Name, string Value)[] Who =
    [
        ("MaximumDaysSinceSignUp", "180"), ("MinimumDaysSelling", "270"), ("ActiveWithinDays", "60"), ("RevenueWindowDays", "180"), ("TopRevenuePercent", "25"), ("MinimumReviewMean", "4.2"), ("MinimumReviews", "5"),
    ];

    static readonly (string Name, string Value)[] Stages = [("LengthWeeks", "13"), ("TrialWeeks", "2"), ("TouchpointsAWeek", "1"), ("SessionMinutes", "45")];

    static readonly (string Name, string Value)[] Standard = [("Standard_Contacts", "1"), ("Standard_Minutes", "45"), ("Standard_Mentees", "3")];

    [Theory]
    [InlineData("Name", "", "Enter a name of up to 80 letters.")]
    [InlineData("Name", "Ninety\0", "This form could not be read")]
    [InlineData("Cohort", " ", "Enter a cohort, such as Autumn 2026.")]
    [InlineData("StartsOn", "soon", "Enter the first day as year, month and day, such as 2027-01-04.")]
    [InlineData("ApplicationsCloseOn", "", "Enter the last day to apply as year, month and day, such as 2027-01-04.")]
    [InlineData("ApplicationsCloseOn", "2027-02-30", "Enter the last day to apply as year, month and day, such as 2027-01-04.")]
    [InlineData("StartsOn", "2020-01-06", "Choose a first day that is not over yet.")]
    [InlineData("StartsOn", "9999-12-31", "Choose a first day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("StartsOn", "2101-01-01", "Choose a first day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("StartsOn", "0027-01-04", "Choose a first day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("ApplicationsCloseOn", "9999-12-30", "Choose a last day for applications from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("ApplicationsCloseOn", "2027-06-01", "Choose a last day for applications on or before the first day of the program.")]
    public async Task Refuses_a_draft_in_its_own_words(string field, string value, string words)
    {
        var manager = await product.Manager();
        var before = await Programs();

        var refused = await manager.Post("/manage/new", With([("Name", "Refused"), ("Cohort", "Never"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2026-12-31")], field, value));

        ((int)refused.Status).ShouldBeInRange(400, 422);
        refused.Words.ShouldContain(words);
        (await Programs()).ShouldBe(before);
    }

    [Theory]
    [InlineData("goal", "Outcome", "messages_sent", "Choose a result measured from seller figures. Messages, sessions and sign-ups show activity, not growth, so they can’t be the goal.")]
    [InlineData("goal", "Outcome", "return_rate", "Choose a result measured from seller figures.")]
    [InlineData("goal", "Target", "0", "Enter a target between 1 and 365: the goal reads “within 14 days”.")]
    [InlineData("goal", "Guardrails", "messages_sent", "Choose guardrails from the list.")]
    [InlineData("goal", "By", "2027-01-03", "Choose a day for the goal from 4 Jan 2027, the first day of the program, to 31 Dec 2100.")]
    [InlineData("goal", "By", "soon", "Enter the day of the goal as year, month and day, such as 2027-01-04.")]
    [InlineData("goal", "Secondary", "messages_sent", "Choose further results from the list. Messages, sessions and sign-ups show activity, not growth")]
    [InlineData("goal", "Secondary", "days_to_first_sale", "Take “First sale, sooner” out of the further results: it is the goal already.")]
    [InlineData("goal", "Secondary", "days_to_revenue_milestone", "Enter the sales that count as the revenue milestone, as an amount above 0.")]
    [InlineData("goal", "Outcome", "days_to_revenue_milestone", "Enter the sales that count as the revenue milestone, as an amount above 0.")]
    [InlineData("goal", "Limit_return_rate", "101", "Enter a limit for return rate from 0 to 100, or leave it empty.")]
    [InlineData("goal", "Limit_return_rate", "few", "Enter the limit for return rate as a number, such as 2.5.")]
    [InlineData("stages", "Standard_Mentees", "0", "Enter between 1 and 50 mentees a mentor for Standard.")]
    [InlineData("stages", "Standard_Minutes", "many", "Enter the minutes for Standard as a whole number, in digits.")]
    [InlineData("stages", "Standard_Contacts", "15", "Enter between 0 and 14 contacts a week for Standard.")]
    [InlineData("who", "MaximumDaysSinceSignUp", "0", "Enter between 1 and 3,650 days since sign-up.")]
    [InlineData("who", "MinimumDaysSelling", "-1", "Enter between 0 and 3,650 days of selling.")]
    [InlineData("who", "TopRevenuePercent", "0", "Enter a share between 1% and 100%.")]
    [InlineData("who", "TopRevenuePercent", "101", "Enter a share between 1% and 100%.")]
    [InlineData("who", "MinimumReviewMean", "5.1", "Enter a review mean between 1 and 5.")]
    [InlineData("who", "RevenueWindowDays", "3651", "Enter between 1 and 3,650 days to count sales over.")]
    [InlineData("who", "ActiveWithinDays", "0", "Enter between 1 and 3,650 days since the last order.")]
    [InlineData("who", "MinimumReviews", "10001", "Enter between 0 and 10,000 known reviews.")]
    [InlineData("goal", "Target", "99999999999", "Enter a target between 1 and 365: the goal reads “within 14 days”.")]
    [InlineData("stages", "LengthWeeks", "105", "Enter a length between 1 and 104 weeks.")]
    [InlineData("stages", "TrialWeeks", "13", "Enter a trial shorter than the program.")]
    [InlineData("stages", "TouchpointsAWeek", "15", "Enter between 0 and 14 contacts a week.")]
    [InlineData("stages", "SessionMinutes", "9", "Enter a session of 10 to 180 minutes.")]
    public async Task Refuses_a_bad_value_of_a_step_in_its_own_words(string step, string field, string value, string words)
    {
        var scene = await ProgramScene.GivenProgram(product);
        var before = await Versions(scene.Slug);

        var refused = await Save(scene, step, With(step switch { "goal" => Goal, "who" => Who, _ when field.StartsWith("Standard", StringComparison.Ordinal) => [.. Stages, .. Standard], _ => Stages }, field, value));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain(words);
        (await Versions(scene.Slug)).ShouldBe(before);
    }

    [Theory]
    [InlineData("coaching", "Steps", "The step is written on one line that is much, much longer than anybody would ever read out in a meeting, and it goes on and on about the figures of the shop and about what was agreed last time and about what the seller tried and what they saw, until nobody knows any more what the step was about, and then on, and on, and further on.", "Enter steps of up to 300 characters each: “The step is written on one line that is ")]
    [InlineData("coaching", "FocusSkills", "magic", "Choose skills from the list.")]
    [InlineData("pains", "stock_outs_inventory", "1.5", "Enter a weight from 0 to 1 for Stock against stock-outs.")]
    [InlineData("pains", "stock_outs_inventory", "much", "Enter the weight of stock against stock-outs as a number, such as 2.5.")]
    [InlineData("pains", "stock_outs_inventory", "0", "Give at least one skill a weight above 0 against low visibility")]
    [InlineData("rewards", "Reward", "60", "Leave the reward empty for now: the marketplace has no currency yet.")]
    public async Task Refuses_a_bad_value_of_a_further_page_in_its_own_words(string page, string field, string value, string words)
    {
        var scene = await ProgramScene.GivenProgram(product);
        var before = await Designs(scene.Slug);

        var refused = await Save(scene, page, [(field, value)]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain(words);
        (await Designs(scene.Slug)).ShouldBe(before);
    }

    [Fact]
    public async Task Keeps_every_part_of_the_rules_and_shows_it_before_opening()
    {
        var scene = await ProgramScene.GivenProgram(product);

        (await Save(scene, "goal", [("Outcome", "listing_quality"), ("Target", "75"), ("By", "2027-06-30"), ("Guardrails", "return_rate"), ("Guardrails", "late_dispatch"), ("Limit_return_rate", "7.5"), ("Limit_late_dispatch", ""), ("Secondary", "days_to_first_sale")])).Location.ShouldNotBeNull();
        (await Save(scene, "stages", [.. Stages, ("Intensive_Contacts", "3"), ("Intensive_Minutes", "50"), ("Intensive_Mentees", "1"), .. Standard])).Location.ShouldNotBeNull();
        (await Save(scene, "coaching", [("Steps", "Look at the figures.\r\n\r\n  Agree on one thing.  "), ("FocusSkills", "pricing"), ("Cases", "A\r\nB\r\nC\r\n\r\nD\r\nE\r\nF\r\n\r\nG\r\nH\r\nI")])).Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        var shown = (await scene.Manager.Get($"/manage/{scene.Slug}/setup/publish")).Words;
        var coaching = await scene.Manager.Page($"/manage/{scene.Slug}/setup/coaching");

        shown.ShouldContain("Better listings, 75 of 100 on the quality score, by Wed 30 Jun 2027");
        shown.ShouldContain("Return rate, at most 7.5%; Late dispatch, no worse than it was at the start");
        shown.ShouldContain("Also looked atFirst sale, sooner");
        shown.ShouldContain("Intensive: 3 contacts a week, 50 minutes, 1 mentee a mentor; Standard: 1 contact a week, 45 minutes, 3 mentees a mentor; Light: 1 contact");
        shown.ShouldContain("2 steps of a session, 0 session guides, 0 things never to advise, 3 situations to answer");
        shown.ShouldContain("One person reviews a mentor’s application; mentors answer the situations of the coaching method");
        coaching.QuerySelector("#Steps")!.TextContent.Trim().ShouldBe("Look at the figures.\nAgree on one thing.");
        coaching.QuerySelector("#Cases")!.TextContent.Trim().ShouldBe("A\nB\nC\n\nD\nE\nF\n\nG\nH\nI");
        coaching.QuerySelector("input[value=pricing]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task Leads_a_draft_through_the_matching_and_back_from_an_open_program()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var draft = await scene.Manager.Page($"/manage/{scene.Slug}/setup/matching");
        await Save(scene, "publish", []);
        var open = await scene.Manager.Page($"/manage/{scene.Slug}/setup/matching");

        draft.QuerySelector("main .step")!.TextContent.ShouldBe("Step 5 of 7");
        draft.QuerySelector("main .gh-btn-1")!.GetAttribute("href").ShouldBe($"/manage/{scene.Slug}/setup/rewards");
        draft.QuerySelectorAll("main dl.rows dd").Select(cell => cell.TextContent).Where(text => text.EndsWith('%')).Sum(text => int.Parse(text.TrimEnd('%'), CultureInfo.InvariantCulture)).ShouldBe(100);
        open.QuerySelector("main .gh-btn-1")!.GetAttribute("href").ShouldBe($"/manage/{scene.Slug}/setup/publish");
    }

    [Fact]
    public async Task Starts_a_program_with_the_rules_of_another()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await Save(scene, "goal", With(With(Goal, "Target", "33"), "By", "2027-02-01"));
        (string, string)[] form = [("Name", "Pilot"), ("Cohort", scene.Slug), ("StartsOn", "2027-05-03"), ("ApplicationsCloseOn", "2027-04-30"), ("CopyOf", scene.Slug)];

        var page = await scene.Manager.Page("/manage/new");
        var drafted = await scene.Manager.Post("/manage/new", form);
        var refused = await scene.Manager.Post("/manage/new", With(With(form, "CopyOf", "nothing"), "Name", "Pilot 2"));

        page.QuerySelectorAll("input[name=CopyOf]").Select(input => input.GetAttribute("value")).ShouldContain(scene.Slug);
        page.QuerySelector("input[name=CopyOf][checked]")!.GetAttribute("value").ShouldBe("");
        (await Versions(drafted.Location!.Split('/')[2])).ShouldBe("1: 33 in 13");
        (await Designs(drafted.Location!.Split('/')[2])).ShouldContain("\"by\": null");
        (refused.Status, refused.Words.Contains("the program you chose is not there any more. Nothing was created.")).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
    }

    [Fact]
    public async Task Copies_a_program_into_a_draft_of_its_own_name_each_time()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await Save(scene, "goal", With(Goal, "Target", "34"));
        await Save(scene, "publish", []);

        var first = await scene.Manager.Post($"/manage/{scene.Slug}/setup/copy");
        var second = await scene.Manager.Post($"/manage/{scene.Slug}/setup/copy");

        (first.Location, second.Location).ShouldBe(($"/manage/copy-of-{scene.Slug}/setup/name", $"/manage/copy-2-of-{scene.Slug}/setup/name"));
        (await scene.Manager.Page(first.Location!)).QuerySelector("#Name")!.GetAttribute("value").ShouldBe("Copy of First 90 Days");
        (await Versions($"copy-of-{scene.Slug}")).ShouldBe("1: 34 in 13");
    }

    [Fact]
    public void Cuts_the_name_of_a_copy_where_it_would_be_too_long() =>
        Modules.Programs.NewProgramForm.CopyName(new string('a', 71) + "😀", 1).ShouldBe("Copy of " + new string('a', 71));

    [Fact]
    public async Task Makes_no_version_where_nothing_was_changed()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await Save(scene, "publish", []);

        (await Save(scene, "who", Who)).Location.ShouldNotBeNull();

        (await Versions(scene.Slug)).ShouldBe("1: 14 in 13");
    }

    [Fact]
    public async Task Corrects_name_and_days_at_the_same_address_and_shows_them_before_opening()
    {
        var scene = await ProgramScene.GivenProgram(product);
        (string, string)[] form = [("Name", "Ninety"), ("Cohort", "Winter"), ("ApplicationsCloseOn", "2027-02-01"), ("StartsOn", "2027-02-08")];

        var refused = await Save(scene, "name", [("Name", ""), ("Cohort", " "), ("ApplicationsCloseOn", "2027-03-01"), ("StartsOn", "2020-02-08")]);
        var saved = await Save(scene, "name", form);
        var last = await scene.Manager.Page($"/manage/{scene.Slug}/setup/publish");
        // What was typed long ago stays as it is, though its day may be over.
        await product.Database.ExecuteAsync($"UPDATE programs.program SET starts_on = '2020-01-06', applications_close_on = '2020-01-02' WHERE slug = '{scene.Slug}'");
        var kept = await Save(scene, "name", [("Name", "Ninety days"), ("Cohort", "Winter"), ("ApplicationsCloseOn", "2020-01-02"), ("StartsOn", "2020-01-06")]);

        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#Name", "#Cohort", "#ApplicationsCloseOn", "#StartsOn"]);
        saved.Location.ShouldBe($"/manage/{scene.Slug}/setup/goal");
        last.Body!.TextContent.ShouldContain("Ninety, Winter: applications until Mon 1 Feb 2027, first day Mon 8 Feb 2027");
        kept.Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task Keeps_a_program_within_the_days_that_can_be_meant()
    {
        var scene = await ProgramScene.GivenProgram(product);

        var refused = await Save(scene, "name", [("Name", "Ninety"), ("Cohort", "Winter"), ("ApplicationsCloseOn", "9999-12-30"), ("StartsOn", "9999-12-31")]);

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#ApplicationsCloseOn", "#StartsOn"]);
    }

    [Theory]
    [InlineData("2018-01-01", "2017-12-31", null)]
    [InlineData("2018-01-01", "9999-12-31", "figures_range")]
    [InlineData("9999-12-31", "2017-12-31", "first_day_range")]
    public void Holds_a_program_about_the_past_to_the_same_days(string starts, string asOf, string? code)
    {
        var form = new Modules.Programs.NewProgramForm("Past", "Pilot", DateOnly.Parse(starts, CultureInfo.InvariantCulture), new(2018, 1, 1)) { FiguresAsOf = DateOnly.Parse(asOf, CultureInfo.InvariantCulture) };

        Modules.Programs.Program.Draft(form, Actor.Product, DateTimeOffset.UnixEpoch).Refusal?.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Suggests_a_season_that_is_not_there_yet()
    {
        var manager = await product.Manager();
        (string, string)[] Suggested(AngleSharp.Dom.IDocument page) => [.. new[] { "Name", "Cohort", "ApplicationsCloseOn", "StartsOn" }.Select(field => (field, page.QuerySelector($"#{field}")!.GetAttribute("value")!))];
        var first = Suggested(await manager.Page("/manage/new"));
        (await manager.Post("/manage/new", first)).Location.ShouldNotBeNull();

        var second = Suggested(await manager.Page("/manage/new"));

        second.ShouldNotBe(first);
        (await manager.Post("/manage/new", second)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task Names_every_problem_of_a_step_at_once()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var unread = await Save(scene, "who", With(With(Who, "MinimumReviewMean", "9"), "TopRevenuePercent", "some"));
        unread.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#TopRevenuePercent", "#MinimumReviewMean"]);

        var who = await Save(scene, "who", With(With(Who, "MinimumReviewMean", "9"), "TopRevenuePercent", "0"));
        var goal = await Save(scene, "goal", With(With(Goal, "Outcome", "listing_quality"), "Target", "500"));

        who.Page.QuerySelectorAll(".errsum a").Select(link => link.GetAttribute("href")).ShouldBe(["#TopRevenuePercent", "#MinimumReviewMean"]);
        goal.Words.ShouldContain("Enter a target between 1 and 100: the goal reads “70 of 100 on the quality score”.");
    }

    [Fact]
    public async Task Rewrites_a_draft_in_place_and_makes_every_change_of_an_open_program_a_version()
    {
        var scene = await ProgramScene.GivenProgram(product);

        (await Save(scene, "goal", With(Goal, "Target", "21"))).Location.ShouldBe($"/manage/{scene.Slug}/setup/who");
        (await Save(scene, "who", Who)).Location.ShouldBe($"/manage/{scene.Slug}/setup/stages");
        (await Save(scene, "stages", Stages)).Location.ShouldBe($"/manage/{scene.Slug}/setup/matching");
        (await Save(scene, "rewards", [])).Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        var draft = await Versions(scene.Slug);
        (await Save(scene, "publish", [])).Location.ShouldBe($"/manage/{scene.Slug}");
        var page = await scene.Manager.Page($"/manage/{scene.Slug}/setup/stages");
        (await Save(scene, "stages", With(Stages, "LengthWeeks", "8"))).Location.ShouldBe($"/manage/{scene.Slug}/setup/publish");
        var opened = await Versions(scene.Slug);
        var again = await Save(scene, "publish", []);

        draft.ShouldBe("1: 21 in 13");
        opened.ShouldBe("1: 21 in 13, 2: 21 in 8");
        (again.Status, again.Words.Contains("This program is already open.")).ShouldBe((HttpStatusCode.Conflict, true));
        page.QuerySelector("main .step").ShouldBeNull();
        page.QuerySelector("main .hint")!.TextContent.ShouldBe("A change makes version 2. Pairs keep the version they started under.");
        page.QuerySelector("main button")!.TextContent.ShouldBe("Save");
        page.QuerySelector("main .back")!.GetAttribute("href").ShouldBe($"/manage/{scene.Slug}/setup/publish");
    }

    [Fact]
    public async Task Tells_the_second_of_two_managers_and_keeps_the_change_of_the_first()
    {
        var scene = await ProgramScene.GivenProgram(product);
        using var other = await product.AnotherManager("Mei Tanaka", "mei@example.com");
        var path = $"/manage/{scene.Slug}/setup/goal";
        var seen = Seen(await scene.Manager.Page(path));

        var first = await other.Post(path, [.. With(Goal, "Target", "30"), ("seen", seen)]);
        var second = await scene.Manager.Post(path, [.. With(Goal, "Target", "7"), ("seen", seen)]);

        first.Location.ShouldNotBeNull();
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("Somebody else changed this program while you were on this page. Their change is kept and yours is not saved.");
        second.Page.QuerySelector("input[name=Target]")!.GetAttribute("value").ShouldBe("30");
        (await Versions(scene.Slug)).ShouldBe("1: 30 in 13");
    }

    [Fact]
    public async Task Lets_one_of_twenty_changes_at_once_through()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var path = $"/manage/{scene.Slug}/setup/goal";
        var seen = Seen(await scene.Manager.Page(path));

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(target => scene.Manager.Post(path, [.. With(Goal, "Target", $"{target}"), ("seen", seen)])));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(19);
    }

    [Fact]
    public async Task Refuses_the_second_program_of_one_name_and_cohort()
    {
        var manager = await product.Manager();
        (string, string)[] form = [("Name", "Twice"), ("Cohort", "Spring 2027"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2026-12-31")];
        (await manager.Post("/manage/new", form)).Location.ShouldBe("/manage/twice-spring-2027/setup/goal");

        var second = await manager.Post("/manage/new", form);

        second.Status.ShouldBe(HttpStatusCode.Conflict);
        second.Words.ShouldContain("There is already a program called Twice, Spring 2027. Nothing was created. Choose another cohort.");
    }

    [Theory]
    [InlineData("New", "!")]
    [InlineData("?", "Sellers")]
    public async Task Refuses_a_name_that_would_hide_another_page(string name, string cohort)
    {
        var manager = await product.Manager();

        var refused = await manager.Post("/manage/new", ("Name", name), ("Cohort", cohort), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2026-12-31"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector("#Name-error")!.TextContent.ShouldStartWith("Choose another name or cohort: the address /manage/");
        refused.Page.QuerySelector("#Cohort")!.GetAttribute("value").ShouldBe(cohort);
    }

    [Fact]
    public async Task Lists_every_program_a_page_at_a_time()
    {
        var scene = await ProgramScene.GivenProgram(product);
        var before = await QueryCount.Of(product.Database, () => scene.Manager.Page("/manage"));
        await using (var db = product.Database.NewDb())
        {
            db.AddRange(Enumerable.Range(0, 60).Select(number => Modules.Programs.Program.Draft(
                new("Many", $"Number {number}", new(2027, 1, 4), new(2026, 12, 31)), Actor.Product, DateTimeOffset.UnixEpoch.AddDays(number)).Value));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var names = new List<string>();
        string? next = "/manage";
        for (var pages = 0; next is not null && pages < 9; pages++)
        {
            var page = await scene.Manager.Page(next);
            names.AddRange(page.QuerySelectorAll("tbody tr").Select(row => row.TextContent));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        names.Count.ShouldBe((int)await product.Database.ScalarAsync<long>("SELECT count(*) FROM programs.program"));
        names.Distinct().Count().ShouldBe(names.Count);
        (await QueryCount.Of(product.Database, () => scene.Manager.Page("/manage"))).ShouldBe(before);
    }

    [Fact]
    public void Knows_every_page_that_a_program_could_hide()
    {
        var routes = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/').Split('/'));

        var pages = routes.Where(parts => parts is ["manage", var second, ..] && !second.StartsWith('{')).Select(parts => parts[1]).Distinct();

        Modules.Programs.Program.TakenSlugs.Order().ShouldBe(pages.Order());
    }

    [Theory]
    [InlineData("Año 1, Niños", "Otoño", "/manage/ano-1-ninos-otono/setup/goal")]
    [InlineData("初めての店", "春", null)]
    [InlineData("<b>Bold</b>", "2027", "/manage/b-bold-b-2027/setup/goal")]
    public async Task Takes_names_of_any_script_and_shows_them_as_text(string name, string cohort, string? address)
    {
        var manager = await product.Manager();

        var drafted = await manager.Post("/manage/new", ("Name", name), ("Cohort", cohort), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2026-12-31"));
        var goal = await manager.Get(drafted.Location!);

        if (address is not null) drafted.Location.ShouldBe(address);
        goal.Heading.ShouldContain($"What should {name} change for a seller?");
        goal.Text.ShouldNotContain("<b>Bold");
    }

    [Theory]
    [InlineData("/manage/nothing/setup/goal")]
    [InlineData("/manage/nothing/people")]
    [InlineData("/manage/nothing/matching")]
    [InlineData("/manage/nothing/matching/rules")]
    [InlineData("/manage/nothing/mentors/find")]
    public async Task Answers_a_page_when_there_is_no_such_program(string path)
    {
        var answer = await (await product.Manager()).Get(path);

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Heading.ShouldNotBeEmpty();
    }

    async Task<Answer> Save(ProgramScene scene, string step, (string, string)[] fields)
    {
        var path = $"/manage/{scene.Slug}/setup/{step}";
        var page = await scene.Manager.Page(path);
        var seen = page.QuerySelector("input[name=seen]")?.GetAttribute("value") ?? Seen(await scene.Manager.Page($"/manage/{scene.Slug}/setup/goal"));
        return await scene.Manager.Post(path, [.. fields, ("seen", seen)]);
    }

    static string Seen(AngleSharp.Dom.IDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    static (string Name, string Value)[] With((string Name, string Value)[] fields, string name, string value) =>
        Array.Exists(fields, field => field.Name == name) ? Array.ConvertAll(fields, field => field.Name == name ? (name, value) : field) : [.. fields, (name, value)];

    Task<long> Programs() => product.Database.ScalarAsync<long>("SELECT count(*) FROM programs.program");

    /// <summary>The rules of every version as they are stored.</summary>
    Task<string> Designs(string slug) => product.Database.ScalarAsync<string>($"SELECT string_agg(v.design::text, ' ' ORDER BY v.number) FROM programs.program_version v JOIN programs.program p ON p.id = v.program_id WHERE p.slug = '{slug}'");

    /// <summary>Each version's number, target and length.</summary>
    Task<string> Versions(string slug) => product.Database.ScalarAsync<string>($"""
        SELECT string_agg(format('%s: %s in %s', v.number, v.design->'goal'->>'target', v.design->'structure'->>'lengthWeeks'), ', ' ORDER BY v.number)
        FROM programs.program_version v JOIN programs.program p ON p.id = v.program_id WHERE p.slug = '{slug}'
        """);
}
