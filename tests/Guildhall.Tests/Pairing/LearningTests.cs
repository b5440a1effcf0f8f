using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Pairing;

/// <summary>Learning from past pairs, from what is kept at an approval to weights that a manager takes into use: on pairs of which the test knows what mattered.</summary>
public sealed class LearningTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Learns_the_factor_that_matters_and_changes_nothing_until_a_manager_says_so()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0.8 });

        var page = await scene.Reads();

        Text(page, ".hero .gh-badge").ShouldBe("Some evidence");
        Text(page, "#hero-h").ShouldBe("Skills went with better outcomes, and weights that count it more would have done better");
        Text(page, ".hero p").ShouldStartWith("500 mentees of 100 mentors in all cohorts, figures to 22 Jun 2026.");
        Text(page, "#traits-h").ShouldBe("Association, not yet cause");
        Rows(page, "traits-h")[0].ShouldMatch(@"^Skills \+\d+ points very likely \+\d+ to \+\d+ Stands out$");
        Rows(page, "traits-h").Count(row => row.EndsWith("Stands out", StringComparison.Ordinal)).ShouldBe(1);
        Rows(page, "weights-h").ShouldBe(["Skills 20 30+10", "Hours 30 26−4", "Category 50 44−6"]);
        Rows(page, "judged-h").Count.ShouldBe(2);
        (await scene.Skills()).ShouldBe(20);

        (await scene.Approves(1)).Location.ShouldBe($"{scene.Root}?did=approved");
        var after = await scene.Program.Manager.Page($"{scene.Root}?did=approved");

        (await scene.Skills()).ShouldBe(30);
        (await scene.Count("weight_approval")).ShouldBe(1);
        Text(after, ".gh-notice").ShouldContain("These weights are in use from the next run on.");
        Text(after, "[aria-labelledby=judged-h]").ShouldContain("Approved ");
        after.QuerySelector("form[action$=approve]").ShouldBeNull();
        (await scene.Approves(1)).Words.ShouldContain("These weights were approved already. Nothing was done twice.");
    }

    [Fact]
    public async Task Lets_nothing_be_approved_where_nothing_matters()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0 });

        var page = await scene.Reads();
        var refused = await scene.Approves(1);

        Text(page, ".hero .gh-badge").ShouldBe("No clear change");
        Text(page, "#hero-h").ShouldBe("Nothing stands out against chance");
        Rows(page, "traits-h").ShouldAllBe(row => row.EndsWith("Could be chance", StringComparison.Ordinal));
        page.QuerySelector("form[action$=approve]").ShouldBeNull();
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Words.ShouldContain("Past choices don’t say that these weights are better, so they can’t be approved.");
        (await scene.Skills()).ShouldBe(20);
    }

    [Fact]
    public async Task Says_how_many_choices_are_missing()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0.8, Drawn = 14 });

        var page = await scene.Reads();

        Text(page, ".hero .gh-badge").ShouldBe("Too few");
        Text(page, "[aria-labelledby=judged-h]").ShouldContain("Judged on 14 choices; 100 are needed.");
        page.QuerySelectorAll("[aria-labelledby=judged-h] table").ShouldBeEmpty();
        Rows(page, "weights-h").Count.ShouldBe(3);
        page.QuerySelector("form[action$=approve]").ShouldBeNull();
        (await scene.Approves(1)).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Has_no_number_with_too_few()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0.8, Mentees = 18 });

        var page = await scene.Reads();

        (Text(page, ".hero .gh-badge"), Text(page, "#hero-h")).ShouldBe(("Too few", "Needs about 22 more mentees and 6 more mentors"));
        page.QuerySelectorAll("table").ShouldBeEmpty();
        (await product.Database.ScalarAsync<string>($"SELECT r.findings ->> 'associations' FROM pairing.learning_reading r JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}'")).ShouldBe("[]");
    }

    [Fact]
    public async Task Counts_nobody_whose_twelve_weeks_are_not_over_and_no_period_with_a_gap()
    {
        var early = await LearningScene.Given(product, new() { Mentees = 80 }, lastDay: new(2026, 5, 25));
        var page = await early.Reads();
        var scene = await LearningScene.Given(product, new() { Mentees = 80 });
        // 24 May is the last day of the first who joined, and in the middle of the second.
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day = '2026-06-10'");

        var gap = await scene.Reads();

        Text(page, ".hero").ShouldContain("40 mentees of 16 mentors in all cohorts, figures to 25 May 2026. 40 more are not twelve weeks on yet.");
        Text(gap, ".hero").ShouldContain("40 mentees of 16 mentors in all cohorts, figures to 22 Jun 2026. Of 40 too little is known from before they joined.");
    }

    [Fact]
    public async Task Learns_from_every_cohort_of_the_name_and_from_no_other_program()
    {
        var scene = await LearningScene.Given(product, new() { Mentees = 80 });
        var (next, other) = (await scene.Program.GivenAnotherProgram(), await scene.Program.GivenAnotherProgram());
        await product.Database.ExecuteAsync($"UPDATE programs.program SET name = '{scene.Program.Slug}' WHERE slug = '{next.Slug}'; UPDATE programs.program SET name = 'Another' WHERE slug = '{other.Slug}'");

        var (ofNext, ofOther) = (await new LearningScene(product, next).Reads(), await new LearningScene(product, other).Reads());

        Text(ofNext, ".hero").ShouldContain("80 mentees of 16 mentors in all cohorts");
        Text(ofOther, ".hero").ShouldContain("0 mentees of 0 mentors in all cohorts");
    }

    [Fact]
    public async Task Approves_nothing_once_pairs_were_read_again_or_settings_were_changed()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0.8 });
        await scene.Reads();
        await scene.Reads();
        var older = await scene.Approves(1);
        await scene.Steer(settings => settings with { Objective = AssignmentObjective.Score });

        var changed = await scene.Approves(2);
        var page = await scene.Program.Manager.Page(scene.Root);

        older.Status.ShouldBe(HttpStatusCode.Conflict);
        older.Words.ShouldContain("Past pairs were read again since. Nothing was changed.");
        changed.Status.ShouldBe(HttpStatusCode.Conflict);
        changed.Words.ShouldContain("The matching settings were changed since these weights were judged, so they were not approved.");
        page.QuerySelector("form[action$=approve]").ShouldBeNull();
        page.QuerySelectorAll("[aria-labelledby=readings-h] li").Length.ShouldBe(2);
        (await scene.Skills(), await scene.Count("weight_approval")).ShouldBe((20, 0));
    }

    [Fact]
    public async Task Of_approvals_settings_and_readings_at_once_the_database_lets_one_be_first()
    {
        var scene = await LearningScene.Given(product, new() { SkillsMatter = 0.8 });
        await scene.Reads();
        (await scene.Program.Manager.Post(scene.Root)).Location.ShouldBe(scene.Root);

        var read = scene.RunJob();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.Approves(1)));
        await read;

        // Whichever came first: the weights were approved once, or the newer reading stands and none were.
        var approved = answers.Count(answer => answer.Location is not null);
        approved.ShouldBeInRange(0, 1);
        (await scene.Count("weight_approval")).ShouldBe(approved);
        (await scene.Skills()).ShouldBe(approved == 1 ? 30 : 20);
        answers.Where(answer => answer is { Location: null }).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict);
        // A reading after the approval judged the new settings, one before it judged the old ones and let nobody approve by the first.
        (await product.Database.ScalarAsync<bool>($"SELECT NOT EXISTS (SELECT FROM pairing.weight_approval a JOIN pairing.learning_reading r ON r.id = a.reading_id JOIN pairing.learning_reading later ON later.program_id = r.program_id AND later.number > r.number AND later.settings_seen = r.settings_seen JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{scene.Program.Slug}')")).ShouldBeTrue();
    }

    [Fact]
    public async Task Reads_once_for_two_who_ask_at_once()
    {
        var scene = await LearningScene.Given(product, new() { Mentees = 18 });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Program.Manager.Post(scene.Root)));
        var waiting = await scene.Program.Manager.Page(scene.Root);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.RunJob()));

        Text(waiting, ".gh-notice").ShouldContain("Past pairs are being read.");
        waiting.QuerySelector("form[action$=learning]").ShouldBeNull();
        (await scene.Count("learning_reading"), await scene.Count("learning_request")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Tells_of_a_reading_that_failed_and_lets_ask_again()
    {
        var scene = await LearningScene.Given(product, new() { Mentees = 18 });
        await product.Database.ExecuteAsync("ALTER TABLE sellers.listing RENAME TO listing_away");
        IDocument failed;
        try
        {
            failed = await scene.Reads();
        }
        finally
        {
            await product.Database.ExecuteAsync("ALTER TABLE sellers.listing_away RENAME TO listing");
        }

        var again = await scene.Reads();

        Text(failed, ".gh-notice.bad").ShouldContain("could not be read");
        Text(again, ".hero .gh-badge").ShouldBe("Too few");
        again.QuerySelector(".gh-notice.bad").ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE pairing.pair_choice SET made_at = now()")]
    [InlineData("DELETE FROM pairing.pair_choice WHERE false")]
    [InlineData("TRUNCATE pairing.pair_choice")]
    [InlineData("UPDATE pairing.learning_reading SET number = 9")]
    [InlineData("DELETE FROM pairing.learning_reading")]
    [InlineData("DELETE FROM pairing.weight_approval")]
    [InlineData("UPDATE pairing.weight_approval SET approved_at = now()")]
    public async Task Never_changes_what_was_chosen_read_or_approved(string sql)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => product.Database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("How pairs were chosen, what was learned and what was approved stay as they are. A later one is a further row.");
    }

    [Fact]
    public async Task Is_not_there_for_managers_of_other_programs()
    {
        var scene = await LearningScene.Given(product, new() { Mentees = 18 });
        await scene.Reads();
        var other = await ProgramScene.GivenProgram(product);
        using var foreign = await product.Another("Priya Rao", "priya.learning@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow(), [other.Slug]));

        (await foreign.Get(scene.Root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Post(scene.Root)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Post($"{scene.Root}/approve", ("reading", "1"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Get($"{other.Studio}/learning")).Status.ShouldBe(HttpStatusCode.OK);
        (await foreign.Post($"{other.Studio}/learning/approve", ("reading", "1"))).Status.ShouldBe(HttpStatusCode.NotFound, "the reading is another program's");
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    [InlineData("first", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2", HttpStatusCode.NotFound)]
    [InlineData("99999999999999", HttpStatusCode.NotFound)]
    public async Task Refuses_an_approval_of_what_is_no_reading(string reading, HttpStatusCode status)
    {
        var scene = await LearningScene.Given(product, new() { Mentees = 0 });

        (await scene.Program.Manager.Post($"{scene.Root}/approve", ("reading", reading))).Status.ShouldBe(status);
        (await scene.Program.Manager.Get($"{scene.Root}/approve")).Location.ShouldBe(scene.Root);
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_many_readings_as_for_one()
    {
        var (few, many) = (await LearningScene.Given(product, new() { Mentees = 18 }), await LearningScene.Given(product, new() { SkillsMatter = 0.8 }));
        await few.Reads();
        for (var n = 0; n < 3; n++) await many.Reads();
        (await many.Approves(3)).Location.ShouldNotBeNull();

        var ofFew = await QueryCount.Of(product.Database, () => few.Program.Manager.Get(few.Root));
        var ofMany = await QueryCount.Of(product.Database, () => many.Program.Manager.Get(many.Root));

        (ofFew, ofMany).ShouldBe((8, 8));
    }

    static string Text(IParentNode page, string selector) => string.Join(' ', page.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static List<string> Rows(IDocument page, string heading) => [.. page.QuerySelectorAll($"[aria-labelledby={heading}] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))];
}
