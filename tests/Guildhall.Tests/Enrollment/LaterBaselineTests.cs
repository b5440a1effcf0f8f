using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Tests.Enrollment;

/// <summary>Days are corrected after a shop joined: a further version stands beside the frozen baseline.</summary>
public sealed class LaterBaselineTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const string November = "CREATE TABLE IF NOT EXISTS sellers.seller_day_2026_11 PARTITION OF sellers.seller_day FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_a_dated_version_beside_the_frozen_one()
    {
        var taken = await GivenTakenIn("2026-11-01,10,4.5");
        var frozen = await Stored(taken, 1);

        await Import(taken, "day,orders,review_mean", "2026-11-01,12,4.5", "the <b>second<b>.csv");

        (await Stored(taken, 1)).ShouldBe(frozen);
        frozen.ShouldContain("\"orders\": 10");
        (await Stored(taken, 2)).ShouldContain("\"orders\": 12");
        var page = await taken.Page();
        page.QuerySelector("[aria-labelledby=baseline-h] header")!.TextContent.ShouldContain("Frozen on 21 Nov 2026, with figures to");
        Row(page, "Orders in 90 days").ShouldBe("10");
        Row(page, "Returns in 90 days").ShouldBe("not known");
        var later = page.QuerySelector("[aria-labelledby=corrected-h] li")!.TextContent;
        later.ShouldContain("Version 2, 21 Nov 2026");
        later.ShouldContain("From the file the <b>second<b>.csv.");
        later.ShouldContain("Orders in 90 days: 12, frozen as 10.");
        later.ShouldNotContain("Average review");
        page.QuerySelectorAll("[aria-labelledby=corrected-h] li p b").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mentee")]
    [InlineData("mentor")]
    public async Task Freezes_the_figures_of_who_comes_in_by_file(string side)
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        await product.Database.ExecuteAsync($"{November} INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT id, '2026-11-01', 7 FROM sellers.seller WHERE external_id = '{scene.Id("ana")}'");

        (await scene.BringIn(side, $"id{(side == "mentor" ? ",capacity" : "")}\n{scene.Id("ana")}{(side == "mentor" ? ",2" : "")}\n")).Location.ShouldNotBeNull();
        (await scene.BringIn(side, $"id,name{(side == "mentor" ? ",capacity" : "")}\n{scene.Id("ana")},Ana{(side == "mentor" ? ",2" : "")}\n")).Location!.ShouldContain("updated=1");

        var frozen = await product.Database.ScalarAsync<string>($"SELECT string_agg(b.version || ' ' || (b.figures ->> 'orders'), ', ') FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ana")}'");
        frozen.ShouldBe("1 7");
    }

    [Fact]
    public async Task Freezes_the_figures_of_who_comes_in_from_the_finder()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("bo");
        var seller = await product.Database.ScalarAsync<Guid>($"SELECT id FROM sellers.seller WHERE external_id = '{scene.Id("bo")}'");

        (await scene.Manager.Post($"/manage/{scene.Slug}/mentors/find", ("seller", seller.ToString()))).Location!.ShouldContain("added=1");

        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id WHERE p.seller_id = '{seller}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Counts_no_day_after_the_one_on_which_they_came_in()
    {
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day > '2026-11-10'");
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ahead");
        await product.Database.ExecuteAsync($"{November} INSERT INTO sellers.seller_day (seller_id, day, orders) SELECT id, day, 1 FROM sellers.seller, unnest(ARRAY['2026-11-01', '2026-11-28']::date[]) day WHERE external_id = '{scene.Id("ahead")}'");

        (await scene.BringIn("mentee", $"id\n{scene.Id("ahead")}\n")).Location.ShouldNotBeNull();

        (await product.Database.ScalarAsync<string>($"SELECT b.as_of || ' ' || (b.figures ->> 'orders') FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id JOIN sellers.seller s ON s.id = p.seller_id WHERE s.external_id = '{scene.Id("ahead")}'")).ShouldBe("2026-11-21 1");
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day > '2026-11-10'");
    }

    [Theory]
    [InlineData("day,orders,review_mean", "2026-11-01,10,4.5", "the same day again")]
    [InlineData("day,orders,views", "2026-11-01,10,900", "a figure that no outcome counts")]
    [InlineData("day,orders,review_mean", "2026-11-15,99,1", "a day after the baseline’s last")]
    public async Task Writes_nothing_where_the_figures_stay(string header, string row, string why)
    {
        await product.Database.ExecuteAsync("DELETE FROM sellers.seller_day WHERE day > '2026-11-10'");
        var taken = await GivenTakenIn("2026-11-01,10,4.5");

        await Import(taken, header, row);

        (await Versions(taken)).ShouldBe(1, why);
    }

    [Fact]
    public async Task Counts_a_first_order_that_is_told_later()
    {
        var taken = await GivenTakenIn("2026-11-05,10,4.5");

        await Import(taken, "event_id,happened_on", "o1,2026-11-02", kind: ImportKind.Events);

        Row(await taken.Page(), "Days to first sale").ShouldBe("14 days");
        (await taken.Page()).QuerySelector("[aria-labelledby=corrected-h] li")!.TextContent.ShouldContain("Days to first sale: 11 days, frozen as 14 days.");
    }

    [Fact]
    public async Task Keeps_none_as_it_was_frozen_when_a_history_is_told_later()
    {
        var other = await GivenTakenIn("2026-11-05,10,4.5");
        var taken = await GivenTakenIn(null);
        (await product.Database.ScalarAsync<bool>($"SELECT figures IS NULL FROM enrollment.baseline WHERE participant_id = '{taken.ParticipantId}'")).ShouldBeTrue();

        await Import(taken, "day,orders,revenue", "2026-11-03,2,20.50");

        var page = await taken.Page();
        page.QuerySelector("[aria-labelledby=baseline-h]")!.TextContent.ShouldContain("None: nothing was known of how the shop sold. That is not the same as zero.");
        page.QuerySelector("[aria-labelledby=corrected-h]")!.TextContent.ShouldContain("Orders in 90 days: 2, frozen as not known.");
        (await Versions(other)).ShouldBe(1);
    }

    [Fact]
    public async Task Shows_that_a_correction_was_taken_back()
    {
        var taken = await GivenTakenIn("2026-11-01,10,4.5");

        await Import(taken, "day,orders,review_mean", "2026-11-01,12,4.5");
        await Import(taken, "day,orders,review_mean", "2026-11-01,10,4.5");

        var lines = (await taken.Page()).QuerySelectorAll("[aria-labelledby=corrected-h] li").Select(one => one.TextContent).ToList();
        lines[0].ShouldContain("Version 3");
        lines[0].ShouldContain("The same figures as the frozen ones again.");
        lines[1].ShouldContain("Version 2");
    }

    [Fact]
    public async Task Makes_one_version_when_two_nodes_come_at_once()
    {
        var shops = new List<Taken>();
        for (var i = 0; i < 3; i++) shops.Add(await GivenTakenIn("2026-11-01,10,4.5"));
        foreach (var taken in shops) await Import(taken, "day,orders,review_mean", "2026-11-01,13,4.5", tell: false);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Tell()));

        foreach (var taken in shops) (await Versions(taken)).ShouldBe(2);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM sellers.day_change")).ShouldBe(0);
    }

    [Fact]
    public async Task Waits_for_a_baseline_that_is_being_frozen_with_the_figures_of_before()
    {
        var taken = await GivenTakenIn("2026-11-01,10,4.5");
        await using var db = product.Database.NewDb();
        await using var deciding = await db.Database.BeginTransactionAsync(Stop);
        await db.ShareUntilCommit(CorrectBaselines.FreezeLock, Stop);
        await Import(taken, "day,orders,review_mean", "2026-11-01,17,4.5", tell: false);

        var telling = Tell();
        await Task.WhenAny(telling, WaitsForALock());
        var wasDone = telling.IsCompleted;
        await deciding.CommitAsync(Stop);
        await telling;

        wasDone.ShouldBeFalse();
        (await Stored(taken, 2)).ShouldContain("\"orders\": 17");
    }

    [Theory]
    [InlineData("UPDATE enrollment.baseline SET figures = '{}' WHERE version > 1")]
    [InlineData("DELETE FROM enrollment.baseline WHERE version > 1")]
    public async Task Lets_nobody_change_a_later_version(string sql)
    {
        var taken = await GivenTakenIn("2026-11-01,10,4.5");
        await Import(taken, "day,orders,review_mean", "2026-11-01,12,4.5");

        var refused = await Should.ThrowAsync<PostgresException>(product.Database.ExecuteAsync(sql));

        refused.MessageText.ShouldBe("A baseline is frozen when a shop joins. A correction is a further version.");
        (await Should.ThrowAsync<PostgresException>(product.Database.ExecuteAsync($"INSERT INTO enrollment.baseline (participant_id, version, frozen_at) VALUES ('{taken.ParticipantId}', 9, now())"))).ConstraintName.ShouldBe("first_is_frozen");
    }

    [Fact]
    public async Task Leaves_whoever_left_the_program_alone()
    {
        var taken = await GivenTakenIn("2026-11-01,10,4.5");
        await product.Database.ExecuteAsync($"UPDATE enrollment.participant SET left_at = now() WHERE id = '{taken.ParticipantId}'");

        await Import(taken, "day,orders,review_mean", "2026-11-01,12,4.5");

        (await Versions(taken)).ShouldBe(1);
    }

    [Fact]
    public async Task Says_that_none_was_frozen_of_who_came_in_before_it_was_for_everybody()
    {
        var scene = await ProgramScene.GivenProgram(product);
        await scene.GivenSellers("ana");
        var id = Guid.CreateVersion7();
        await product.Database.ExecuteAsync($$"""
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, person_name, origin, joined_at, as_mentee)
            SELECT '{{id}}', p.id, s.id, 'Mentee', 'Ana', 'Stated', now(), '{"id":"{{scene.Id("ana")}}"}' FROM programs.program p, sellers.seller s WHERE p.slug = '{{scene.Slug}}' AND s.external_id = '{{scene.Id("ana")}}'
            """);

        (await scene.Manager.Get($"{scene.People}/{id}")).Words.ShouldContain("None was frozen when they came in.");
    }

    sealed record Taken(ProgramScene Scene, Guid SellerId, string ExternalId, string ParticipantId)
    {
        public Task<AngleSharp.Dom.IDocument> Page() => Scene.Manager.Page($"{Scene.People}/{ParticipantId}");
    }

    async Task<Taken> GivenTakenIn(string? day)
    {
        var scene = await product.GivenOpenProgram();
        var (shop, sellerId) = await product.GivenShop();
        var externalId = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{sellerId}'");
        if (day is null) await product.Database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = NULL WHERE id = '{sellerId}'");
        else await Import(new(scene, sellerId, externalId, ""), "day,orders,review_mean", day);
        // Which goals are offered depends on what the shop sells by now.
        await shop.Answers(scene.Slug, Applicants.Suggested.Select(one => one.Step == "goal" ? ("goal", [("Target", "0")]) : one));
        (await shop.Post($"/apply/{scene.Slug}/check")).Location.ShouldBe($"/apply/{scene.Slug}/done");
        var application = await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.application WHERE seller_id = '{sellerId}'");
        var href = $"/manage/{scene.Slug}/applications/{application}";
        var seen = (await scene.Manager.Page(href)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post(href, ("seen", seen), ("Decision", "accept"), ("Tier", "Standard"), ("TierReason", "As we know them."))).Status.ShouldBe(HttpStatusCode.Redirect);
        return new Taken(scene, sellerId, externalId, await product.Database.ScalarAsync<string>($"SELECT id::text FROM enrollment.participant WHERE seller_id = '{sellerId}'"));
    }

    async Task Import(Taken taken, string header, string row, string fileName = "days.csv", ImportKind? kind = null, bool tell = true)
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-baseline-");
        var path = Path.Combine(folder.FullName, fileName);
        // The reviews weigh the mean; they go with it.
        await File.WriteAllTextAsync(path, header.Contains("review_mean", StringComparison.Ordinal) ? $"seller_id,{header},reviews\n{taken.ExternalId},{row},8\n" : $"seller_id,{header}\n{taken.ExternalId},{row}\n", Stop);
        var imported = await product.Ask<ImportLocalFile, Guildhall.Platform.Result<ImportLocalFile.Outcome>>(import => import.Run(new(kind ?? ImportKind.Days, path, null, false, false, "USD"), null, Stop));
        folder.Delete(recursive: true);
        imported.Succeeded(out var outcome, out var refusal).ShouldBeTrue(refusal?.Message);
        outcome!.Refusal.ShouldBeNull();
        if (tell) await Tell();
    }

    Task<bool> Tell() => product.Ask<TellOfDays, bool>(async tell =>
    {
        await tell.Run(Stop);
        return true;
    });

    async Task WaitsForALock()
    {
        // About half a minute: who never waits is a failure, not a test that hangs.
        for (var looks = 0; looks < 1_500; looks++)
        {
            if (await product.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))")) return;
            await Task.Delay(20, Stop);
        }

        throw new TimeoutException("Nobody waits for the lock.");
    }

    Task<string> Stored(Taken taken, int version) => product.Database.ScalarAsync<string>($"SELECT figures::text FROM enrollment.baseline WHERE participant_id = '{taken.ParticipantId}' AND version = {version}");

    Task<long> Versions(Taken taken) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.baseline WHERE participant_id = '{taken.ParticipantId}'");

    static string Row(AngleSharp.Dom.IDocument page, string label) => page.QuerySelectorAll("[aria-labelledby=baseline-h] dl > div").Single(row => row.QuerySelector("dt")!.TextContent == label).QuerySelector("dd")!.TextContent;
}
