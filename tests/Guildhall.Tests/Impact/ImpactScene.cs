using System.Net;
using AngleSharp.Dom;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>A program that began on 2 February 2026, with the sellers of one scene and no others in the marketplace.</summary>
sealed class ImpactScene(RunningProduct product, ProgramScene program)
{
    public static readonly DateOnly StartsOn = new(2026, 2, 2);
    static readonly DateOnly firstDay = StartsOn.AddDays(-StudyCalendar.PeriodsBefore * 28);

    public ProgramScene Program => program;
    public string Root => $"/manage/{program.Slug}/impact";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="lastDay">The last day that figures are known of; the day after the window of four periods unless said.</param>
    public static async Task<ImpactScene> Given(RunningProduct product, MadeSellers made, DateOnly? lastDay = null)
    {
        var scene = new ImpactScene(product, await product.GivenOpenProgram());
        await product.Database.ExecuteAsync($"TRUNCATE sellers.seller_day; DELETE FROM sellers.seller; UPDATE programs.program SET starts_on = '{StartsOn:yyyy-MM-dd}' WHERE slug = '{scene.Program.Slug}'");
        await scene.Insert(made.Make(), lastDay ?? firstDay.AddDays(28 * made.Periods));
        return scene;
    }

    async Task Insert(IReadOnlyList<StudySeller> sellers, DateOnly lastDay)
    {
        var now = product.Clock.GetUtcNow();
        var ids = InOrder.Ids(now, sellers.Count);
        var days = new List<(Guid Seller, DateOnly Day, int Orders, long Revenue, int? Reviews, double? Mark)>();
        for (var i = 0; i < sellers.Count; i++)
            for (var day = firstDay.AddDays(i % 7); day <= lastDay; day = day.AddDays(7))
            {
                // A quarter of the period's each week; beyond the last period one order a day shows that the day was imported.
                var period = (day.DayNumber - firstDay.DayNumber) / 28;
                var week = (day.DayNumber - firstDay.DayNumber) % 28 / 7;
                if (period >= sellers[i].Orders.Length) days.Add((ids[i], day, 1, 3_000, null, null));
                else days.Add((ids[i], day, Part((int)sellers[i].Orders[period], week), Part((int)sellers[i].Sales[period], week), Reviews(sellers[i], period, week), Mark(sellers[i], period, week)));
            }

        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 24).Select(n => new DateOnly(2025, 8, 1).AddMonths(n)), Stop);
        await Execute(connection, "INSERT INTO sellers.seller (id, external_id, name, category, country, signed_up_on) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
            ids, sellers.Select((_, i) => $"made-{i}").ToArray(), sellers.Select((_, i) => $"Shop {i}").ToArray(), sellers.Select(seller => seller.Category!).ToArray(), sellers.Select(seller => seller.Country!).ToArray(),
            sellers.Select(seller => firstDay.AddDays(-(int)(365.25 * seller.Years))).ToArray());
        await Execute(connection, "INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units, reviews, review_mean) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)",
            days.Select(day => day.Seller).ToArray(), days.Select(day => day.Day).ToArray(), days.Select(day => day.Orders).ToArray(), days.Select(day => day.Revenue).ToArray(), days.Select(day => day.Reviews).ToArray(), days.Select(day => day.Mark).ToArray());

        // One mentor for four mentees; mentors sell nothing here.
        var mentees = sellers.Index().Where(one => one.Item.Joined > 0).ToList();
        var mentors = InOrder.Ids(now, (mentees.Count + 3) / 4);
        var participants = InOrder.Ids(now, mentees.Count);
        var pairs = InOrder.Ids(now, mentees.Count);
        await Execute(connection, """
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentee, as_mentor)
            SELECT u.id, p.id, u.seller_id, u.side, 'Stated', '2026-01-10', CASE WHEN u.side = 'Mentee' THEN '{}'::jsonb END, CASE WHEN u.side = 'Mentor' THEN '{}'::jsonb END
            FROM unnest($1, $2, $3) u(id, seller_id, side) CROSS JOIN programs.program p WHERE p.slug = $4
            """, (Guid[])[.. participants, .. mentors], (Guid[])[.. mentees.Select(one => ids[one.Index]), .. mentors], (string[])[.. participants.Select(_ => "Mentee"), .. mentors.Select(_ => "Mentor")], program.Slug);
        await Execute(connection, """
            INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, ends_on, changes)
            SELECT u.id, p.id, u.mentee_id, u.mentor_id, 1, 'Active', u.at - interval '14 days', '2026-05-01', 2
            FROM unnest($1, $2, $3, $4) u(id, mentee_id, mentor_id, at) CROSS JOIN programs.program p WHERE p.slug = $5
            """, pairs, participants, mentees.Select((_, n) => mentors[n / 4]).ToArray(), mentees.Select(one => ActiveAt(one.Item)).ToArray(), program.Slug);
        await Execute(connection, "INSERT INTO mentorships.mentorship_change (mentorship_id, number, state, at) SELECT id, 1, 'Trial', at - interval '14 days' FROM unnest($1, $2) u(id, at) UNION ALL SELECT id, 2, 'Active', at FROM unnest($1, $2) u(id, at)",
            pairs, mentees.Select(one => ActiveAt(one.Item)).ToArray());
    }

    /// <summary>Lots were drawn the day before the program began: every mentee won, and so many of the others lost.</summary>
    public Task GivenLots(int losers) => product.Database.ExecuteAsync($"""
        WITH drawn AS (
            INSERT INTO experiments.draw (id, program_id, number, program_version, seed, places, drawn_on, waits_until, drawn_by, drawn_at)
            SELECT gen_random_uuid(), id, 1, 1, sha256('made'), 1, '{StartsOn.AddDays(-1):yyyy-MM-dd}', '{StartsOn.AddDays(150):yyyy-MM-dd}', gen_random_uuid(), '{StartsOn.AddDays(-1):yyyy-MM-dd}' FROM programs.program WHERE slug = '{program.Slug}' RETURNING id, program_id)
        INSERT INTO experiments.lot (draw_id, participant_id, seller_id, is_first, odds_share, has_won)
        SELECT drawn.id, p.id, p.seller_id, false, 0.4, true FROM drawn JOIN enrollment.participant p ON p.program_id = drawn.program_id AND p.side = 'Mentee'
        UNION ALL (SELECT drawn.id, s.id, s.id, false, 0.4, false FROM drawn CROSS JOIN sellers.seller s WHERE NOT EXISTS (SELECT FROM enrollment.participant p WHERE p.seller_id = s.id) ORDER BY s.id LIMIT {losers})
        """);

    /// <summary>Those of a period are of its first week.</summary>
    static int? Reviews(StudySeller seller, int period, int week) => week == 0 && seller.Averages.TryGetValue(PanelAverage.Review, out var parts) ? (int)parts.Counts[period] : null;

    static double? Mark(StudySeller seller, int period, int week) => Reviews(seller, period, week) > 0 ? seller.Averages[PanelAverage.Review].Sums[period] / seller.Averages[PanelAverage.Review].Counts[period] : null;

    static int Part(int whole, int week) => (whole / 4) + (week < whole % 4 ? 1 : 0);

    static DateTime ActiveAt(StudySeller mentee) => StartsOn.AddDays((28 * (mentee.Joined - StudyCalendar.PeriodsBefore - 1)) + 3).ToDateTime(new(12, 0), DateTimeKind.Utc);

    static async Task Execute(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(Stop);
    }

    public async Task Settles(string outcome = "Sales", string window = "4", string useful = "10", string firstSaleWithin = "", string firstSaleUseful = "", params (string Field, string Value)[] others)
    {
        var seen = (await program.Manager.Page($"{Root}/plan")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await program.Manager.Post($"{Root}/plan", [("seen", seen), ("Outcome", outcome), ("WindowPeriods", window), ("Compares", "category"), ("Compares", "country"), ("Compares", "age"), ("UsefulPercent", useful), ("FirstSaleWithin", firstSaleWithin), ("FirstSaleUseful", firstSaleUseful), .. others])).Location.ShouldBe($"{Root}?did=settled");
    }

    /// <summary>Asks for the results, lets the job read them, and opens the page.</summary>
    public async Task<IDocument> Reads()
    {
        (await program.Manager.Post(Root)).Location.ShouldBe(Root);
        await RunJob();
        return await program.Manager.Page(Root);
    }

    public async Task RunJob()
    {
        await using var scope = product.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReadResults>().RunAll(Stop);
    }

    public async Task<IReadOnlyList<string[]>> Csv()
    {
        var answer = await program.Manager.Get($"{Root}/impact.csv");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        return [.. answer.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }
}
