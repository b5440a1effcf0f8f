using System.Globalization;
using Guildhall.Modules.Experiments;
using Guildhall.Tests.Pairing;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Tests.Experiments;

/// <summary>A program in which more mentees wait than there are places.</summary>
sealed class LotteryScene(RunningProduct product, PairingScene pairing)
{
    public PairingScene Pairing => pairing;
    public Browser Manager => pairing.Manager;
    public string Page => $"/manage/{pairing.Program.Slug}/lottery";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<LotteryScene> Given(RunningProduct product, int mentees = 7, int places = 3) => new(product, await PairingScene.Given(product, mentees, mentors: 1, places));

    public async Task<Answer> Draws(DateOnly? until = null, int waiting = 7, int places = 3) => await Manager.Post(
        Page, ("WaitsUntil", (until ?? Today.AddDays(84)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("Waiting", waiting.ToString(CultureInfo.InvariantCulture)), ("Places", places.ToString(CultureInfo.InvariantCulture)));

    public DateOnly Today => DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Draws, which must succeed.</summary>
    public async Task<DateOnly> GivenDraw(int days = 84, int waiting = 7, int places = 3)
    {
        var until = Today.AddDays(days);
        var drawn = await Draws(until, waiting, places);
        drawn.Location.ShouldBe($"{Page}?did=drawn", drawn.Words);
        return until;
    }

    /// <summary>Who won and who lost the newest draw, by the ids of runs.</summary>
    public async Task<(IReadOnlyList<string> Won, IReadOnlyList<string> Lost)> Lots()
    {
        await using var command = product.Database.Source.CreateCommand($"""
            SELECT s.external_id, l.has_won FROM experiments.lot l JOIN experiments.draw d ON d.id = l.draw_id JOIN programs.program p ON p.id = d.program_id JOIN sellers.seller s ON s.id = l.seller_id
            WHERE p.slug = '{pairing.Program.Slug}' AND d.number = (SELECT max(number) FROM experiments.draw o WHERE o.program_id = p.id) ORDER BY s.external_id
            """);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        List<string> won = [], lost = [];
        while (await reader.ReadAsync(Stop)) (reader.GetBoolean(1) ? won : lost).Add(reader.GetString(0));
        return (won, lost);
    }

    public async Task<(Draw Draw, IReadOnlyList<Lot> Lots)> Record()
    {
        await using var db = product.Database.NewDb();
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM programs.program WHERE slug = '{pairing.Program.Slug}'");
        var draw = await db.Set<Draw>().AsNoTracking().SingleAsync(draw => draw.ProgramId == id, Stop);
        return (draw, await db.Set<Lot>().AsNoTracking().Where(lot => lot.DrawId == draw.Id).ToListAsync(Stop));
    }

    public Task<long> Count() => product.Database.ScalarAsync<long>($"SELECT count(*) FROM experiments.draw d JOIN programs.program p ON p.id = d.program_id WHERE p.slug = '{pairing.Program.Slug}'");
}
