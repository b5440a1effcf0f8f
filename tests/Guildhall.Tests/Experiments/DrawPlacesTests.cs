using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Matching;
using Guildhall.Modules.Experiments;
using Guildhall.Platform.Access;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Experiments;

/// <summary>Lots for places, from the page that says what they mean to the matching that goes by them.</summary>
public sealed class DrawPlacesTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Says_what_drawing_means_where_more_wait_than_there_are_places_and_draws_nothing_yet()
    {
        var scene = await LotteryScene.Given(product);
        await scene.Pairing.Program.BringIn("mentee", $"id,tier\n{scene.Pairing.Mentee(1)},intensive\n{scene.Pairing.Mentee(2)},intensive\n");

        var start = await scene.Manager.Page(scene.Pairing.Studio);
        await scene.Pairing.GivenRun();
        var studio = await scene.Manager.Page(scene.Pairing.Studio);
        var page = await scene.Manager.Get(scene.Page);

        foreach (var matching in new[] { start, studio })
        {
            matching.QuerySelector(".gh-notice a[href$='/lottery']")!.TextContent.ShouldBe("Draw lots for the places");
            matching.Body!.TextContent.ShouldContain("7 mentees wait for 3 open places.");
        }

        page.Words.ShouldContain("3 in 7, 43%");
        page.Page.QuerySelectorAll("[aria-labelledby=tiers-h] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))).ShouldBe(["Intensive 2 0 to 1", "No level said 5 2 to 3"]);
        page.Page.QuerySelector("#WaitsUntil")!.GetAttribute("value").ShouldBe("2027-04-05", "the day after the program's last, which is the first of a next round");
        (await scene.Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Has_nothing_to_draw_for_where_there_is_a_place_for_everybody()
    {
        var scene = await LotteryScene.Given(product, mentees: 3);

        var page = await scene.Manager.Page(scene.Page);
        var refused = await scene.Draws(waiting: 3);

        page.QuerySelector(".gh-empty")!.TextContent.ShouldContain("3 mentees wait for 3 open places: there is one for everybody");
        page.QuerySelector("main form").ShouldBeNull();
        (await scene.Manager.Page(scene.Pairing.Studio)).QuerySelector("a[href$='/lottery']").ShouldBeNull();
        (refused.Status, await scene.Count()).ShouldBe((HttpStatusCode.Conflict, 0));
    }

    [Fact]
    public async Task Matches_winners_alone_and_says_until_when_the_others_wait()
    {
        var scene = await LotteryScene.Given(product);
        var until = await scene.GivenDraw();
        var (won, lost) = await scene.Lots();

        var run = await scene.Pairing.GivenRun();
        var studio = await scene.Manager.Page(scene.Pairing.Studio);

        (won.Count, lost.Count).ShouldBe((3, 4));
        run.Pairs.Select(pair => pair.MenteeId).ShouldBe(won, ignoreOrder: true);
        run.Unmatched.ShouldBeEmpty();
        studio.QuerySelectorAll("#unmatched li p").Select(line => line.TextContent).ShouldBe(Enumerable.Repeat($"Waiting by lot until {until:d MMM yyyy}.", 4));
        studio.Body!.TextContent.ShouldContain($"4 mentees wait by lot until {until:d MMM yyyy}, and are not in this run.");
        studio.Body.TextContent.ShouldNotContain("Run again to match the people of today", Case.Sensitive, "nobody of today is missing from the run");
        (await scene.Pairing.Approve(1)).Location.ShouldNotBeNull();
        (await scene.Pairing.Run()).Words.ShouldContain($"everybody who has no mentor yet waits until {until:d MMM yyyy}");
    }

    [Fact]
    public async Task Shows_the_record_and_that_it_draws_the_same_again()
    {
        var scene = await LotteryScene.Given(product);
        await scene.GivenDraw();

        var page = await scene.Manager.Get(scene.Page);
        var (draw, lots) = await scene.Record();

        page.Words.ShouldContain("Drawn again just now: the same winners");
        page.Words.ShouldContain("43% for everybody");
        page.Page.QuerySelectorAll("[aria-labelledby=lots-h] tbody .gh-badge").Select(badge => badge.TextContent).ShouldBe(["Won", "Won", "Won", "Waits", "Waits", "Waits", "Waits"]);
        page.Page.QuerySelector("main form").ShouldBeNull("it is drawn once");
        Lots.Draw(draw.Seed, lots.Select(lot => lot.Ticket), draw.Places).Where(one => one.HasWon).Select(one => one.Ticket.ParticipantId).Order().ShouldBe(lots.Where(lot => lot.HasWon).Select(lot => lot.ParticipantId).Order());
        (draw.Seed.Length, draw.Seed.Distinct().Count() > 8).ShouldBe((32, true));
        lots.ShouldAllBe(lot => lot.OddsShare == 3 / 7.0);
        (await product.Database.ScalarAsync<long>("SELECT count(*) FROM platform.audit_entry WHERE 'lottery' = ANY (codes)")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Exports_all_that_somebody_else_needs_to_draw_it_again()
    {
        var scene = await LotteryScene.Given(product);
        await scene.GivenDraw();

        var file = await scene.Manager.Get($"{scene.Page}/1/lots.csv");
        var rows = file.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToList();

        // By the page of the method, without our code: all seven stand in one level.
        ulong Number(string of) => Convert.ToUInt64(Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{rows[0][0]} {of}")))[..16], 16);
        var list = rows.Select(row => row[2]).OrderBy(Number).ToList();
        var start = (int)(new BigInteger(Number("start")) * 7 >> 64);
        var won = list.Where((_, k) => ((3 * (k + 1)) + start) / 7 > ((3 * k) + start) / 7);
        rows.Where(row => row[6] == "yes").Select(row => row[2]).ShouldBe(won, ignoreOrder: true);
        rows.ShouldAllBe(row => row[1] == "3" && row[3] == "" && row[4] == "no" && row[5] == "0.428571");
        (await scene.Manager.Get($"{scene.Page}/2/lots.csv")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Makes_one_draw_of_several_at_once()
    {
        var scene = await LotteryScene.Given(product);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.Draws()));
        var late = await scene.Draws(waiting: 7);

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Append(late).Where(answer => answer.Location is null).ShouldAllBe(answer => answer.Status == HttpStatusCode.Conflict && answer.Words.Contains("Lots are drawn already"));
        (await scene.Count()).ShouldBe(1);
    }

    [Theory]
    [InlineData("INSERT INTO experiments.draw (id, program_id, number, program_version, seed, places, drawn_on, waits_until, drawn_by, drawn_at) SELECT gen_random_uuid(), program_id, 2, 1, seed, 1, waits_until - 1, waits_until + 1, drawn_by, drawn_at FROM experiments.draw", "one_draw_holds")]
    [InlineData("UPDATE experiments.lot SET has_won = true", "Lots are drawn once. What was drawn stays as it is.")]
    [InlineData("DELETE FROM experiments.lot WHERE false", "Lots are drawn once. What was drawn stays as it is.")]
    [InlineData("UPDATE experiments.draw SET waits_until = waits_until + 1", "Lots are drawn once. What was drawn stays as it is.")]
    [InlineData("TRUNCATE experiments.draw CASCADE", "Lots are drawn once. What was drawn stays as it is.")]
    public async Task Has_the_database_refuse_a_second_draw_and_every_change(string sql, string words)
    {
        var scene = await LotteryScene.Given(product);
        await scene.GivenDraw();

        (await Should.ThrowAsync<PostgresException>(() => product.Database.ExecuteAsync(sql))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Refuses_a_place_by_hand_for_who_lost()
    {
        var scene = await LotteryScene.Given(product);
        await scene.GivenDraw();
        var (won, lost) = await scene.Lots();

        var refused = await scene.Manager.Post($"{scene.Pairing.Studio}/keep", ("mentee", lost[0]), ("mentor", scene.Pairing.Mentor(1)), ("keep", "true"));
        var pin = await scene.Pairing.Steer(settings => settings with { Pins = [new Pin(lost[0], scene.Pairing.Mentor(1))] });
        var ofWinner = await scene.Pairing.Steer(settings => settings with { Pins = [new Pin(won[0], scene.Pairing.Mentor(1))] });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        pin!.Code.ShouldBe("waits_by_lot");
        pin.Message.ShouldContain("waits by lot until");
        ofWinner.ShouldBeNull();
    }

    [Fact]
    public async Task Approves_no_run_from_before_the_draw_that_pairs_who_lost()
    {
        LotteryScene scene;
        bool allWon;
        do
        {
            scene = await LotteryScene.Given(product, mentees: 12, places: 6);
            var run = await scene.Pairing.GivenRun();
            await scene.GivenDraw(waiting: 12, places: 6);
            allWon = !run.Pairs.Select(pair => pair.MenteeId).Except((await scene.Lots()).Won).Any();
        }
        while (allWon); // One draw in 924: then there is nothing to see.

        var refused = await scene.Pairing.Approve(1);

        (refused.Status, refused.Words.Contains("Lots were drawn since this run was made")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await scene.Pairing.Approved()).ShouldBe(0);
    }

    [Fact]
    public async Task Lets_who_joins_after_the_draw_wait_behind_it()
    {
        var scene = await LotteryScene.Given(product, mentees: 4);
        await scene.GivenDraw(waiting: 4);
        await scene.Pairing.GivenMentees(5, 6);
        await scene.Pairing.GivenMentors(2, 2, places: 5);

        var run = await scene.Pairing.GivenRun();

        run.Pairs.Select(pair => pair.MenteeId).ShouldBe((await scene.Lots()).Won, ignoreOrder: true);
        (await scene.Manager.Page(scene.Pairing.Studio)).QuerySelectorAll("#unmatched li").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Draws_for_the_numbers_that_were_seen_or_not_at_all()
    {
        var scene = await LotteryScene.Given(product);
        await scene.Pairing.GivenMentees(8, 8);

        var refused = await scene.Draws();

        (refused.Status, refused.Words.Contains("8 mentees wait for 3 places now")).ShouldBe((HttpStatusCode.Conflict, true), refused.Words);
        (await scene.Count()).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(183)]
    public async Task Lets_nobody_wait_for_no_time_or_too_long(int days)
    {
        var scene = await LotteryScene.Given(product);

        var refused = await scene.Draws(scene.Today.AddDays(days));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Page.QuerySelector(".errsum a")!.GetAttribute("href").ShouldBe("#WaitsUntil");
        refused.Words.ShouldContain("nobody waits by lot for more than 26 weeks");
        (await scene.Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Draws_for_no_closed_program_and_shows_none_to_who_may_not_see_it()
    {
        var scene = await LotteryScene.Given(product);
        using var foreign = await product.Another("Priya Rao", "priya.lots@example.com", account => account.Grant(Role.Manager, product.Clock.GetUtcNow(), ["some-other-program"]));
        await product.Database.ExecuteAsync($"UPDATE programs.program SET state = 'Closed' WHERE slug = '{scene.Pairing.Program.Slug}'");

        var closed = await scene.Draws();

        (closed.Status, closed.Words.Contains("takes nobody new")).ShouldBe((HttpStatusCode.Conflict, true), closed.Words);
        (await foreign.Get(scene.Page)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await foreign.Post(scene.Page, ("WaitsUntil", "2027-01-30"), ("Waiting", "7"), ("Places", "3"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Get($"{scene.Page}?draw=9")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Manager.Get("/manage/no-such-program/lottery")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await scene.Count()).ShouldBe(0);
    }

    [Fact]
    public async Task Tells_a_mentee_the_odds_and_until_when_they_wait()
    {
        var program = await product.GivenOpenProgram();
        List<(Browser Browser, Guid Seller)> shops = [];
        foreach (var name in (string[])["Amara Osei", "Bela Nagy", "Chen Wei"])
        {
            var shop = await product.GivenShop(name);
            shops.Add(shop);
            (await program.BringIn("mentee", $"id,name,languages,time_zone,week_hours\n{await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{shop.SellerId}'")},{name},en:native,Europe/London,mon 9-12\n")).Status.ShouldBe(HttpStatusCode.Redirect);
        }

        var scene = new LotteryScene(product, new PairingScene(program));
        await scene.Pairing.GivenMentors(1, 1, places: 1);
        var until = await scene.GivenDraw(waiting: 3, places: 1);
        var late = await product.GivenShop("Dora Lund");
        await program.BringIn("mentee", $"id,name\n{await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{late.SellerId}'")},Dora Lund\n");

        List<string> homes = [];
        foreach (var (browser, _) in shops) homes.Add((await browser.Get("/me")).Words);
        var ofLate = (await late.Browser.Get("/me")).Words;

        homes.Count(home => home.Contains("You won a place")).ShouldBe(1);
        var waits = homes.Where(home => home.Contains($"You wait until {until:d MMMM yyyy} at the latest")).ToList();
        waits.Count.ShouldBe(2);
        waits.ShouldAllBe(home => home.Contains("3 shops waited for 1 place, so lots were drawn. Your odds were 33%.") && home.Contains($"wait for a place until {until:d MMMM yyyy} at the latest."));
        ofLate.ShouldContain("lots were drawn before you joined");
        ofLate.ShouldContain($"from {until:d MMMM yyyy} on");

        // A mail says the same to each of the three, once, however often somebody presses.
        (await scene.Draws(waiting: 3, places: 1)).Status.ShouldBe(HttpStatusCode.Conflict);
        var mails = await product.Database.ScalarAsync<string>($"SELECT string_agg(split_part(\"to\", '@', 1) || ': ' || subject, ' | ' ORDER BY \"to\") FROM platform.outgoing_mail WHERE kind_id = 'lottery' AND \"to\" IN (SELECT email FROM people.account WHERE seller_id = ANY (ARRAY[{string.Join(',', shops.Select(shop => shop.Seller).Append(late.SellerId).Select(id => $"'{id}'::uuid"))}]))");
        mails.Split(" | ").Length.ShouldBe(3);
        mails.Split(" | ").Count(mail => mail.Contains("You won a place in First 90 Days")).ShouldBe(1);
        mails.Split(" | ").Count(mail => mail.EndsWith($"Your place in First 90 Days waits until {until:d MMMM yyyy} at the latest", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Asks_the_database_as_often_for_thirty_lots_as_for_seven()
    {
        var (few, many) = (await LotteryScene.Given(product), await LotteryScene.Given(product, mentees: 30, places: 12));
        await few.GivenDraw();
        await many.GivenDraw(waiting: 30, places: 12);

        var ofFew = await QueryCount.Of(product.Database, () => few.Manager.Page(few.Page));
        var ofMany = await QueryCount.Of(product.Database, () => many.Manager.Page(many.Page));

        ofMany.ShouldBe(ofFew);
        ofFew.ShouldBeLessThanOrEqualTo(20);
    }
}
