using System.Net;
using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Pairing;

/// <summary>Runs: stored as computed, numbered once, shown whole, exported harmless.</summary>
public sealed class RunMatchingTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Stores_what_it_computed_and_reads_it_back_equal()
    {
        var scene = await PairingScene.Given(product, mentees: 4, mentors: 2, places: 1);

        var run = await scene.GivenRun();

        run.Pairs.Count.ShouldBe(2);
        run.Unmatched.Count.ShouldBe(2);
        await using var db = product.Database.NewDb();
        var stored = await db.Set<CompletedRun>().OrderByDescending(r => r.RanAt).FirstAsync(TestContext.Current.CancellationToken);
        var again = Matcher.Run(stored.ReadInput(), TestContext.Current.CancellationToken).Required;
        Json(stored.ReadResult()).ShouldBe(Json(again));
        Json(run).ShouldBe(Json(again));
    }

    [Fact]
    public async Task Gives_a_number_to_one_of_several_runs_at_once_and_tells_the_others()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Run()));

        var stored = answers.Where(answer => answer.Location is not null).Select(answer => answer.Location).ToList();
        stored.Distinct().Count().ShouldBe(stored.Count);
        (await scene.Runs()).ShouldBe(stored.Count);
        answers.Where(answer => answer.Location is null).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("Somebody else ran the matching at the same moment."));
    }

    [Theory]
    [InlineData(0, 1, "There is no mentee in this run.")]
    [InlineData(1, 0, "There is no mentor in this run.")]
    public async Task Refuses_an_empty_side(int mentees, int mentors, string words)
    {
        var scene = await PairingScene.Given(product, mentees, mentors, places: 1);

        var refused = await scene.Run();

        (refused.Status, refused.Words.Contains(words)).ShouldBe((HttpStatusCode.UnprocessableEntity, true), refused.Words);
        (await scene.Runs()).ShouldBe(0);
    }

    [Fact]
    public async Task Names_the_rule_that_blocks_most_when_no_pair_is_possible()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},1,fi:native,Europe/Lisbon,mon 9-12\n");

        var refused = await scene.Run();

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("No pair passes the rules. “A language in common” blocks most: 2 of 2 pairs.");
        (await scene.Runs()).ShouldBe(0);
    }

    [Fact]
    public async Task Leads_to_the_rules_first_and_carries_typed_weights_to_the_quiet_way_out()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1);
        await scene.Program.BringIn("mentor", $"id,capacity,languages,time_zone,week_hours\n{scene.Mentor(1)},1,fi:native,Europe/Lisbon,mon 9-12\n");

        var refused = await scene.Manager.Post($"{scene.Studio}/run", [.. MatchSettings.DefaultWeights.Select(weight => ($"weight.{weight.Key}", $"{weight.Value}"))]);

        refused.Page.QuerySelectorAll("main .gh-btn").Select(button => (button.TextContent, button.ClassList.Contains("gh-btn-1"))).ShouldBe([("Edit rules", true), ("Turn it off and run again", false)]);
        refused.Page.QuerySelector("main form input[name='weight.Category']")!.GetAttribute("value").ShouldBe("25");
    }

    [Fact]
    public async Task Says_that_every_place_is_taken_where_an_approval_left_none()
    {
        var scene = await PairingScene.Given(product, mentees: 3, mentors: 1, places: 1);
        await scene.GivenRun();
        await scene.Approve(1);

        var refused = await scene.Run();

        refused.Words.ShouldContain("2 mentees wait, and every place of the mentors is taken or closed.");
        refused.Page.QuerySelector("main form").ShouldBeNull();
        refused.Page.QuerySelector("main .gh-note a")!.GetAttribute("href").ShouldBe($"{scene.Studio}/1");
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_thirty_pairs_as_for_two()
    {
        var few = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 2);
        var many = await PairingScene.Given(product, mentees: 30, mentors: 10, places: 3);
        await few.GivenRun();
        (await many.GivenRun()).Pairs.Count.ShouldBe(30);
        await few.Manager.Page($"{few.Studio}/1");
        await many.Manager.Page($"{many.Studio}/1");

        var queriesOfFew = await QueryCount.Of(product.Database, () => few.Manager.Page($"{few.Studio}/1"));
        var queriesOfMany = await QueryCount.Of(product.Database, () => many.Manager.Page($"{many.Studio}/1"));

        queriesOfFew.ShouldBeInRange(5, 15);
        queriesOfMany.ShouldBe(queriesOfFew);
    }

    [Fact]
    public async Task Writes_files_that_a_spreadsheet_runs_nothing_of_and_a_program_reads_whole()
    {
        var scene = await PairingScene.Given(product, mentees: 2, mentors: 1, places: 1, menteeName: "=HYPERLINK(\"http://evil.example\",\"x\")");
        var run = await scene.GivenRun();

        var csv = await scene.Manager.Get($"{scene.Studio}/1/pairs.csv");

        csv.Headers["Content-Type"].ShouldBe("text/csv; charset=utf-8");
        csv.Headers["Content-Disposition"].ShouldBe("attachment; filename=\"pairs-run-1.csv\"");
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].TrimStart('\uFEFF').ShouldBe("mentee,mentee_name,mentor,mentor_name,points,kept,state,reason,odds");
        lines.Length.ShouldBe(3);
        lines[1..].ShouldAllBe(line => line.Contains(",\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\","));
        lines[1].ShouldStartWith(run.Pairs[0].MenteeId + ",");
    }

    [Fact]
    public async Task Shows_hostile_names_as_text_in_the_studio_and_on_the_last_look()
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1, menteeName: "<script>alert(1)</script>");
        await scene.GivenRun();

        foreach (var path in (string[])[$"{scene.Studio}/1?open={scene.Mentee(1)}", $"{scene.Studio}/1/send", $"{scene.Studio}/1/mentees/{StudioPairs.HtmlId(scene.Mentee(1))}"])
        {
            var page = await scene.Manager.Get(path);
            (page.Status, page.Text.Contains("<script>alert")).ShouldBe((HttpStatusCode.OK, false), path);
            page.Words.ShouldContain("<script>alert(1)</script>");
        }
    }

    [Theory]
    [InlineData("/2")]
    [InlineData("/0")]
    [InlineData("/2/send")]
    [InlineData("/1/mentees/zz")]
    [InlineData("/1/mentees/6e6f626f6479")]
    [InlineData("/2/pairs.csv")]
    [InlineData("/2/run.json")]
    [InlineData("/99999999999")]
    public async Task Answers_not_found_for_a_run_or_a_person_that_is_not_there(string path)
    {
        var scene = await PairingScene.Given(product, mentees: 1, mentors: 1, places: 1);
        await scene.GivenRun();

        (await scene.Manager.Get(scene.Studio + path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    static string Json(MatchRun run) => JsonSerializer.Serialize(run, JsonColumns.Options);
}
