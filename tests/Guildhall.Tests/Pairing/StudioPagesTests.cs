using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>The pages around a run: long lists in pages, two runs on one scale, what was checked, and as many queries for many people as for few.</summary>
public sealed class StudioPagesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_the_last_look_in_pages_and_approves_all_of_them()
    {
        var scene = await PairingScene.Given(product, mentees: 120, mentors: 30, places: 4);
        await scene.GivenRun();

        var (first, last, after) = (await scene.Manager.Page($"{scene.Studio}/1/send"), await scene.Manager.Page($"{scene.Studio}/1/send?page=3"), await scene.Manager.Page($"{scene.Studio}/1/send?page=9"));

        Rows(first).ShouldBe(50);
        first.QuerySelector(".gh-foot")!.TextContent.ShouldContain("Pairs 1 to 50 of 120");
        first.QuerySelector("a[rel=next]")!.GetAttribute("href").ShouldBe($"{scene.Studio}/1/send?page=2");
        first.QuerySelector("a[rel=prev]").ShouldBeNull();
        first.QuerySelector("h1")!.TextContent.ShouldBe("Last look at 120 pairs");
        Rows(last).ShouldBe(20);
        last.QuerySelector("a[rel=next]").ShouldBeNull();
        Rows(after).ShouldBe(0);
        await scene.Approve(1);
        (await scene.Approved()).ShouldBe(120);
    }

    [Fact]
    public async Task Lists_the_first_of_many_left_out_and_leads_to_all()
    {
        var scene = await PairingScene.Given(product, mentees: 20, mentors: 5, places: 4);
        await scene.GivenRun();
        await scene.Manager.Script($"{scene.Studio}/1/choose", [.. Enumerable.Range(1, 15).Select(mentee => ("ticked", StudioPairs.HtmlId(scene.Mentee(mentee))))]);

        var send = await scene.Manager.Page($"{scene.Studio}/1/send");
        var all = await scene.Manager.Page(send.QuerySelectorAll("aside a").Single(link => link.TextContent == "See all 15").GetAttribute("href")!);

        send.QuerySelectorAll("aside .plain li").Length.ShouldBe(12);
        all.QuerySelectorAll("input[name=include]").Length.ShouldBe(15);
    }

    [Fact]
    public async Task Shows_every_mentee_without_a_mentor_in_pages()
    {
        var scene = await PairingScene.Given(product, mentees: 230, mentors: 1, places: 1);
        await scene.GivenRun();

        var studio = await scene.Manager.Page($"{scene.Studio}/1");
        var first = await scene.Manager.Page(Link(studio, "a.gh-more"));
        var second = await scene.Manager.Page(Link(first, "a[rel=next]"));
        var last = await scene.Manager.Page(Link(second, "a[rel=next]"));
        var past = await scene.Manager.Page($"{scene.Studio}/1?unmatched=9");

        studio.QuerySelectorAll("#unmatched li").Length.ShouldBe(6);
        studio.QuerySelector("#unmatched li p")!.TextContent.ShouldStartWith("The one possible mentor is full.");
        foreach (var (page, said) in ((AngleSharp.Dom.IDocument, string)[])[(first, "Mentees 1 to 100 of 229"), (second, "Mentees 101 to 200 of 229"), (last, "Mentees 201 to 229 of 229"), (past, "Mentees 201 to 229 of 229")])
            page.QuerySelector("#unmatched .gh-foot")!.TextContent.ShouldContain(said);
        ((AngleSharp.Dom.IDocument[])[first, second, last]).SelectMany(page => page.QuerySelectorAll("#unmatched li a").Select(link => link.GetAttribute("href"))).Distinct().Count().ShouldBe(229);
        last.QuerySelector("#unmatched a[rel=next]").ShouldBeNull();
        Link(last, "a[rel=prev]").ShouldBe($"{scene.Studio}/1?unmatched=2#unmatched");

        static string Link(AngleSharp.Dom.IDocument page, string which) => page.QuerySelector($"#unmatched {which}")!.GetAttribute("href")!;
    }

    [Fact]
    public async Task Shows_the_history_in_pages_and_compares_runs_of_different_ones()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        for (var run = 0; run < 27; run++) await scene.GivenRun();

        var (first, second) = (await scene.Manager.Page($"{scene.Studio}/runs"), await scene.Manager.Page($"{scene.Studio}/runs?page=2"));
        var compared = await scene.Manager.Page($"{scene.Studio}/runs?from=1&to=27");

        first.QuerySelectorAll("tbody tr").Length.ShouldBe(25);
        first.QuerySelector("h1")!.TextContent.ShouldBe("27 runs");
        first.QuerySelector("tbody tr:last-child .words")!.TextContent.ShouldBe("Same settings");
        second.QuerySelectorAll("tbody tr th a").Select(link => link.TextContent).ShouldBe(["Run 2", "Run 1"]);
        second.QuerySelector("tbody tr:last-child .words")!.TextContent.ShouldBe("First run");
        second.QuerySelectorAll("tbody .gh-badge").Select(badge => badge.TextContent.Trim()).ShouldBe(["Replaced", "Replaced"]);
        compared.Body!.TextContent.ShouldContain("Run 27 compared with run 1");
        compared.QuerySelectorAll("input[name=from][checked]").ShouldHaveSingleItem().GetAttribute("value").ShouldBe("1");
    }

    [Fact]
    public async Task Says_who_made_a_run_a_person_or_the_command_line()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();
        (await product.Ask<RunMatching, Result<CompletedRun>>(run => run.Run(scene.Program.Slug, Actor.Product, TestContext.Current.CancellationToken))).Refusal.ShouldBeNull();
        (await product.Ask<RunMatching, Result<CompletedRun>>(run => run.Run(scene.Program.Slug, new Actor(Guid.CreateVersion7(), "Gone"), TestContext.Current.CancellationToken))).Refusal.ShouldBeNull();

        var by = (await scene.Manager.Page($"{scene.Studio}/runs")).QuerySelectorAll("tbody th small").Select(line => line.TextContent.Split(", ")[^1]);

        by.ShouldBe(["somebody who left", "the command line", "Dana Reyes"]);
    }

    [Fact]
    public async Task Compares_runs_of_other_weights_on_the_scale_of_the_newer()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        // All three hours of the week are shared; of everything but hours nothing is known, which scores the neutral half.
        await scene.Steer(settings => settings with { Weights = Only(Factor.Style) });
        var before = await scene.GivenRun();
        await scene.Steer(settings => settings with { Weights = Only(Factor.Hours) });
        var after = await scene.GivenRun();

        (await scene.Manager.Get($"{scene.Studio}/2")).Words.ShouldContain("No set of pairs matches more mentees, and none that matches as many scores higher under these rules.");
        await scene.Steer(settings => settings with { Objective = AssignmentObjective.Score });
        (await scene.GivenRun()).Summary.AveragePoints.ShouldBe(after.Summary.AveragePoints);
        (await scene.Manager.Get($"{scene.Studio}/3")).Words.ShouldContain("No other set of pairs scores higher under these rules.");

        var (studio, compared) = (await scene.Manager.Page($"{scene.Studio}/2"), await scene.Manager.Page($"{scene.Studio}/runs?from=1&to=2"));

        after.Summary.AveragePoints.ShouldNotBe(before.Summary.AveragePoints);
        foreach (var page in (AngleSharp.Dom.IDocument[])[studio, compared])
        {
            var card = page.QuerySelector(".delta")!;
            card.TextContent.ShouldContain(FormattableString.Invariant($"The two runs score on different scales. Here the pairs of run 1 are scored as run 2 scores; by their own settings they average {before.Summary.AveragePoints:0.0}."));
            var average = card.QuerySelectorAll(".gh-metric").Single(metric => metric.QuerySelector("dt")!.TextContent.StartsWith("Average fit", StringComparison.Ordinal));
            average.QuerySelectorAll("dd").Select(line => line.TextContent.Trim()).ShouldBe([FormattableString.Invariant($"{after.Summary.AveragePoints:0.0}"), FormattableString.Invariant($"was {after.Summary.AveragePoints:0.0}")]);
        }

        (await scene.Manager.Get($"{scene.Studio}/runs?from=2&to=2")).Words.ShouldNotContain("different scales");
    }

    [Fact]
    public async Task Says_how_many_pairs_the_rules_leave_and_how_many_were_checked()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 2, places: 2);
        (await scene.Program.BringIn("mentor", $"id,capacity,languages\n{scene.Mentor(2)},2,fi:native\n")).Location.ShouldNotBeNull();
        await scene.GivenRun();
        var all = (await scene.Manager.Get($"{scene.Studio}/1")).Words;
        await scene.Keep(1, 1);
        await scene.GivenRun();

        var pinned = (await scene.Manager.Get($"{scene.Studio}/2")).Words;

        all.ShouldContain("Of 6 pairs the rules leave 3, and a separate check read every one.");
        pinned.ShouldContain("Of 6 pairs the rules leave 3. A separate check read the 2 that could still be chosen;");
    }

    [Fact]
    public async Task Says_how_many_rules_are_not_worked_out_yet_and_works_them_out_on_the_next_look()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        (await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},1,fi:native,Europe/Lisbon,mon 9-12\n{scene.Mentor(2)},1,en:native,Europe/Lisbon,tue 9-12\n")).Location.ShouldNotBeNull();
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Select(rule => rule.Rule is Rule.Language or Rule.SharedHours ? rule with { Strength = RuleStrength.Off } : rule)] });
        await scene.GivenRun();
        var stop = TestContext.Current.CancellationToken;
        var id = await product.Database.ScalarAsync<Guid>($"SELECT r.id FROM pairing.match_run r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");
        var match = (await product.Ask<OpenMatches, OpenMatch?>(matches => matches.Open(id, stop)))!;

        var hurried = match.Insights(stop, TimeSpan.Zero);
        var partly = await scene.Manager.Page($"{scene.Studio}/1");
        var whole = await scene.Manager.Page(partly.QuerySelector("#rules .costs a")!.GetAttribute("href")!);

        (hurried.RuleCosts.Count, hurried.RulesLeft).ShouldBe((1, 1));
        partly.QuerySelector("#rules .costs")!.TextContent.ShouldBe("1 rule and 2 kinds of mentors not worked out yet. Look again.");
        whole.QuerySelector("#rules .costs").ShouldBeNull();
        (match.Known!.IsWhole, match.Known.RuleCosts.Count).ShouldBe((true, 2));
        match.Insights(stop, TimeSpan.Zero).ShouldBeSameAs(match.Known);
        match.Known.ShouldBeEquivalentTo(RunInsights.Of(match.Prepared, match.Run, null, TimeSpan.FromMinutes(1), stop));
    }

    [Fact]
    public async Task Shows_what_rules_cost_when_it_is_asked_for_and_from_then_on()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 2, places: 1);
        (await scene.Program.BringIn("mentor", $"id,capacity,languages\n{scene.Mentor(2)},2,fi:native\n")).Location.ShouldNotBeNull();
        // More runs than stay open in memory: the newest is always among those that do.
        for (var run = 0; run < 8; run++) await scene.GivenRun();

        var before = await scene.Manager.Page($"{scene.Studio}/8");
        var link = before.QuerySelector("#rules .costs a")!.GetAttribute("href")!;
        var asked = await scene.Manager.Page(link);
        var after = await scene.Manager.Page($"{scene.Studio}/8");

        before.QuerySelector("#rules")!.TextContent.ShouldNotContain("without a match");
        foreach (var page in (AngleSharp.Dom.IDocument[])[asked, after])
        {
            page.QuerySelector("#rules")!.TextContent.ShouldContain("Leaves 1 mentee without a match.");
            page.QuerySelector("#rules .costs").ShouldBeNull();
        }
    }

    [Fact]
    public async Task Says_which_languages_and_hours_mentors_are_short_of()
    {
        var scene = await PairingScene.Given(product, mentees: 4, mentors: 1, places: 1);
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},1,pt:native,Europe/Lisbon,sat 9-12\n");
        await scene.Program.BringIn("mentee", $"id,languages,time_zone,week_hours\n{string.Join('\n', Enumerable.Range(1, 4).Select(mentee => $"{scene.Mentee(mentee)},pt:native,Europe/Lisbon,sat 9-12"))}\n");
        await scene.GivenRun();

        var page = await scene.Manager.Page($"{scene.Studio}/1?costs=true");

        page.QuerySelectorAll("#shortages li").Select(line => line.QuerySelector("b")!.TextContent).ShouldBe(["Speaking Portuguese", "Free at weekends"], ignoreOrder: true);
        page.QuerySelector("#shortages")!.TextContent.ShouldContain("Three more mentors who speak Portuguese, with 1 place each, would match 3 more mentees.");
    }

    [Fact]
    public async Task Names_every_rule_that_stands_against_a_mentee_and_leads_to_the_waiver_of_a_conflict()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 4, places: 1);
        await scene.Program.BringIn("mentee", $"id,languages,time_zone,week_hours,brands\n{scene.Mentee(1)},pt:native,Europe/Lisbon,mon 9-12,Acme\n");
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours,brands\n{scene.Mentor(3)},1,pt:native,Europe/Lisbon,mon 9-12,Acme\n{scene.Mentor(4)},1,pt:native,Europe/Lisbon,sun 20-22,Other\n");
        await scene.GivenRun();

        var line = (await scene.Manager.Page($"{scene.Studio}/1")).QuerySelectorAll("#unmatched li").ShouldHaveSingleItem();
        var waiver = line.QuerySelectorAll("a").Single(link => link.TextContent.StartsWith("Sign a waiver", StringComparison.Ordinal));
        var form = await scene.Manager.Page(waiver.GetAttribute("href")!);
        var choices = await scene.Manager.Page($"{scene.Studio}/1/mentees/{StudioPairs.HtmlId(scene.Mentee(1))}");

        line.QuerySelector("p")!.TextContent.ShouldBe("Speaks Portuguese. 2 of 4 mentors do not speak it. Of the other 2, 1 shares less than 2 hours a week and 1 has a brand in common.");
        waiver.TextContent.ShouldBe("Sign a waiver for Mentor 3 with Bo Lind");
        (form.QuerySelector("#mentee")!.GetAttribute("value"), form.QuerySelector("#mentor")!.GetAttribute("value"), form.QuerySelector("#rule option[selected]")!.GetAttribute("value")).ShouldBe((scene.Mentee(1), scene.Mentor(3), "SharedBrand"));
        choices.QuerySelectorAll("main a").ShouldContain(link => link.GetAttribute("href") == waiver.GetAttribute("href"));
        (await scene.Manager.Get($"{scene.Studio}/1/pairs.csv")).Text.ShouldContain("1 has a brand in common.");
    }

    [Fact]
    public async Task Ends_a_sentence_with_one_full_stop_where_a_name_ends_with_one()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1, menteeName: "Candle Co.");
        await scene.Program.BringIn("mentor", $"id,name,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},Fieldnote Co.,1,en:native,Europe/Lisbon,mon 9-12\n");
        await scene.GivenRun();

        var page = await scene.Manager.Page($"{scene.Studio}/1/mentees/{StudioPairs.HtmlId(scene.Mentee(1))}");

        page.QuerySelector("main")!.TextContent.ShouldContain("Matched with Fieldnote Co. 0 other mentors pass every rule.");
    }

    [Fact]
    public async Task Folds_the_kinds_of_mentors_that_would_match_nobody_more()
    {
        var scene = await PairingScene.Given(product, mentees: 4, mentors: 1, places: 1);
        await scene.GivenRun();
        var stop = TestContext.Current.CancellationToken;
        var id = await product.Database.ScalarAsync<Guid>($"SELECT r.id FROM pairing.match_run r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'");
        var match = (await product.Ask<OpenMatches, OpenMatch?>(matches => matches.Open(id, stop)))!;
        var known = match.Insights(stop, TimeSpan.FromMinutes(1));
        foreach (var answer in known.MoreMentors.Values.ToList())
            ((Dictionary<MentorKind, ThreeMoreAnswer>)known.MoreMentors)[new MentorKind(null, "xx", null)] = answer with { Kind = new MentorKind(null, "pt", null), MatchedAfter = answer.MatchedBefore, TotalAfter = answer.TotalBefore + 1 };

        foreach (var path in (string[])[$"{scene.Studio}/1", $"/manage/{scene.Program.Slug}/mentors/find"])
        {
            var page = await scene.Manager.Page(path);

            page.QuerySelectorAll("[aria-labelledby=short-h] > ul p").ShouldAllBe(line => line.TextContent.Contains("more mentee", StringComparison.Ordinal));
            var folded = page.QuerySelector("[aria-labelledby=short-h] details")!;
            folded.QuerySelector("summary")!.TextContent.ShouldBe("Three more of 1 other kind would match nobody more");
            folded.QuerySelector("li b")!.TextContent.ShouldBe("Speaking Portuguese");
        }
    }

    [Fact]
    public async Task Says_how_the_pairs_are_spread_over_mentors_and_scores()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 2, places: 2);
        var run = await scene.GivenRun();

        var page = await scene.Manager.Page($"{scene.Studio}/1");

        page.QuerySelectorAll(".spread .rows > div").Select(line => (line.QuerySelector("dt")!.FirstChild!.TextContent.Trim(), line.QuerySelector("dd")!.TextContent)).ShouldBe(
        [
            ("Spread of fit", "0.0 points"), ("Most with one mentor or operator", "2 of 3 pairs"), ("Unevenness over mentors (Gini)", "0.17"), ("Concentration (HHI)", "5,556 of 10,000"),
            ("Pairs that both would rather have", Guildhall.Platform.Ui.Counted.Of((int)run.Summary.BlockingPairs)),
        ]);
    }

    [Fact]
    public async Task Says_what_to_do_where_nothing_is_kept_and_before_the_first_run()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        var before = await scene.Manager.Page($"{scene.Studio}/runs");
        await scene.GivenRun();

        var kept = await scene.Manager.Page($"{scene.Studio}/1?tab=kept");

        before.QuerySelector("h1")!.TextContent.ShouldBe("No runs yet");
        before.QuerySelector("main table").ShouldBeNull();
        before.QuerySelectorAll("main form button").ShouldHaveSingleItem().TextContent.ShouldBe("Run matching");
        kept.QuerySelector("#pairs .none")!.TextContent.ShouldBe("Nothing kept yet. Open a pair and choose Keep this pair.");
        kept.QuerySelector("#pairs .gh-foot").ShouldBeNull();
    }

    [Fact]
    public async Task Calls_the_pairs_of_an_approved_run_approved()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 2);
        await scene.GivenRun();
        var matched = (await scene.Stored(1)).Pairs[0].MenteeId;
        await scene.Manager.Script($"{scene.Studio}/1/choose", ("ticked", StudioPairs.HtmlId(matched)));
        await scene.Approve(1);

        var studio = await scene.Manager.Page($"{scene.Studio}/1");
        var csv = await scene.Manager.Get($"{scene.Studio}/1/pairs.csv");

        studio.QuerySelector("#pairs .gh-tabs a")!.TextContent.ShouldBe("Approved1");
        studio.QuerySelectorAll("tbody[id^=pair-]").ShouldHaveSingleItem();
        csv.Text.ShouldContain(",no,left out,");
        csv.Text.ShouldContain(",no,approved,");
        csv.Text.ShouldContain(",no match,");
    }

    [Theory]
    [InlineData("", 16)]
    [InlineData("/1?tab=changed", 15)]
    [InlineData("/1?costs=true", 15)]
    [InlineData("/1?open={mentee}", 15)]
    [InlineData("/1/mentees/{mentee-id}", 10)]
    [InlineData("/1/send", 10)]
    [InlineData("/runs", 12)]
    [InlineData("/runs?from=1&to=2", 16)]
    [InlineData("/rules", 10)]
    public async Task Asks_the_database_as_often_for_forty_pairs_and_eight_runs_as_for_two(string path, int most)
    {
        var few = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        var many = await PairingScene.Given(product, mentees: 40, mentors: 10, places: 4);
        for (var run = 0; run < 2; run++) await few.GivenRun();
        for (var run = 0; run < 8; run++) await many.GivenRun();
        string Path(PairingScene scene) => scene.Studio + path.Replace("{mentee}", scene.Mentee(1)).Replace("{mentee-id}", StudioPairs.HtmlId(scene.Mentee(1)));
        await few.Manager.Page(Path(few));
        await many.Manager.Page(Path(many));

        var queriesOfFew = await QueryCount.Of(product.Database, () => few.Manager.Page(Path(few)));
        var queriesOfMany = await QueryCount.Of(product.Database, () => many.Manager.Page(Path(many)));

        queriesOfFew.ShouldBeInRange(3, most);
        queriesOfMany.ShouldBe(queriesOfFew);
    }

    static int Rows(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("tbody tr").Length;

    static Dictionary<Factor, int> Only(Factor factor) => new() { [factor] = 100 };
}
