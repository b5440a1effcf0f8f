using System.Text.Json;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// The outcome figures of a shop as they were known on the day it joined. Written once: the database refuses to change or remove it, whoever asks. When the
/// marketplace corrects those days later, <see cref="CorrectBaselines"/> writes a further dated version beside the first.
/// </summary>
sealed class Baseline
{
    Baseline() { }

    /// <param name="asOf">The last day that counts.</param>
    public Baseline(Guid participantId, DateTimeOffset now, DateOnly asOf, OutcomeFigures? figures) =>
        (ParticipantId, Version, FrozenAt, AsOf, Figures) = (participantId, 1, now, asOf, figures is { IsNone: true } ? null : figures);

    public Guid ParticipantId { get; private set; }

    /// <summary>1 is the frozen one.</summary>
    public int Version { get; private set; }
    public DateTimeOffset FrozenAt { get; private set; }

    /// <summary>The last day that counts, the same in every version; null in rows older than this column, whose figures say it.</summary>
    public DateOnly? AsOf { get; private set; }

    /// <summary>Null is the baseline "none": a shop without history.</summary>
    public OutcomeFigures? Figures { get; private set; }

    /// <summary>The import that corrected the days; null of the frozen one.</summary>
    public Guid? ImportId { get; private set; }

    public static string? Json(OutcomeFigures? figures) => figures is null or { IsNone: true } ? null : JsonSerializer.Serialize(figures, JsonColumns.Options);

    public static OutcomeFigures? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<OutcomeFigures>(json, JsonColumns.Options);

    public static void Map(EntityTypeBuilder<Baseline> baseline)
    {
        baseline.HasKey(b => new { b.ParticipantId, b.Version });
        baseline.Property(b => b.Figures).HasColumnType("jsonb").HasConversion(figures => Json(figures), json => Read(json));
        // Figures without a name: they stay, frozen, when the shop is erased, because what programs achieve is counted from them.
        baseline.BelongsThrough<Baseline, Participant>(b => b.ParticipantId).NotPersonal(b => b.Figures);
    }
}

/// <summary>What the model can't say of baselines.</summary>
static class BaselineSql
{
    public const string Freeze = """
        CREATE FUNCTION enrollment.refuse_change_of_baseline() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'A baseline is frozen when a shop joins. A correction is a further version.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON enrollment.baseline FOR EACH STATEMENT EXECUTE FUNCTION enrollment.refuse_change_of_baseline();
        """;
}
