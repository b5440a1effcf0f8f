using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// Writes a further version beside a baseline when an import wrote days that it counts and its figures come out otherwise. The frozen one stays as it is, and
/// figures that are the same make no version. docs/decisions/0021-later-versions-of-a-baseline.md.
/// </summary>
sealed class CorrectBaselines(GuildhallDb db, SellerLookup sellers, NpgsqlDataSource database, TimeProvider clock) : IHearOfDays
{
    /// <summary>Held, shared, by who freezes a baseline, from before its figures are read until it is stored.</summary>
    public const string FreezeLock = "freeze a baseline";

    /// <summary>The baselines of some shops that count a day which was written, each by its newest version.</summary>
    public const string Touched = """
        SELECT p.id AS "ParticipantId", p.seller_id AS "SellerId", frozen.day AS "AsOf", newest.version AS "Version", newest.figures::text AS "Figures"
        FROM unnest(@sellers, @days) AS written(seller_id, first_day)
            JOIN enrollment.participant p ON p.seller_id = written.seller_id AND p.left_at IS NULL
            JOIN LATERAL (
                SELECT coalesce(b.as_of, (b.figures ->> 'asOf')::date, (b.frozen_at AT TIME ZONE 'UTC')::date) AS day
                FROM enrollment.baseline b WHERE b.participant_id = p.id AND b.version = 1) frozen ON frozen.day >= written.first_day
            JOIN LATERAL (SELECT b.version, b.figures FROM enrollment.baseline b WHERE b.participant_id = p.id ORDER BY b.version DESC LIMIT 1) newest ON true
        """;

    // Of two nodes that come to the same version, the key lets one in.
    const string Write = """
        INSERT INTO enrollment.baseline (participant_id, version, frozen_at, as_of, figures, import_id)
        SELECT participant_id, version, @now, as_of, figures::jsonb, @import FROM unnest(@participants, @versions, @days, @figures) AS made(participant_id, version, as_of, figures)
        ON CONFLICT (participant_id, version) DO NOTHING
        """;

    public async Task Hear(ChangedDays changed, CancellationToken stop)
    {
        await WaitForWhoFreezes(stop);
        var touched = await db.Database.SqlQueryRaw<TouchedBaseline>(Touched, new NpgsqlParameter("sellers", changed.FirstDays.Keys.ToArray()), new NpgsqlParameter("days", changed.FirstDays.Values.ToArray())).ToListAsync(stop);
        if (touched.Count == 0) return;
        var figures = await sellers.Outcomes([.. touched.Select(one => (one.SellerId, one.AsOf)).Distinct()], stop);
        List<(TouchedBaseline Of, string? Figures)> made = [];
        foreach (var one in touched)
        {
            var before = Baseline.Read(one.Figures);
            // What is on sale is known of today only: the number of listings stays as it was frozen.
            var after = figures.TryGetValue((one.SellerId, one.AsOf), out var known) ? known with { Listings = before?.Listings } : null;
            if (BaselineFigure.Differing(before, after).Count > 0) made.Add((one, Baseline.Json(after)));
        }

        if (made.Count == 0) return;
        await db.Database.ExecuteSqlRawAsync(
            Write,
            [
                new NpgsqlParameter("now", clock.GetUtcNow()), new NpgsqlParameter("import", changed.ImportId), new NpgsqlParameter("participants", made.Select(one => one.Of.ParticipantId).ToArray()),
                new NpgsqlParameter("versions", made.Select(one => one.Of.Version + 1).ToArray()), new NpgsqlParameter("days", made.Select(one => one.Of.AsOf).ToArray()), new NpgsqlParameter("figures", made.Select(one => one.Figures).ToArray()),
            ], stop);
    }

    /// <summary>A baseline whose figures were read before the import and that is stored after this looked would miss the correction. Whoever begins from here on reads the corrected days.</summary>
    async Task WaitForWhoFreezes(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction) { Parameters = { new() { Value = FreezeLock } } };
        await wait.ExecuteNonQueryAsync(stop);
    }

    sealed record TouchedBaseline(Guid ParticipantId, Guid SellerId, DateOnly AsOf, int Version, string? Figures);
}
