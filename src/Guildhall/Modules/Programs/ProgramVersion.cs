using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Programs;

/// <summary>The rules of a program as they were from one day on. A mentorship keeps the version it started under.</summary>
sealed class ProgramVersion
{
    ProgramVersion() { }

    internal ProgramVersion(Guid programId, int number, ProgramDesign design, Guid changedBy, DateTimeOffset now) =>
        (ProgramId, Number, Design, ChangedBy, ChangedAt) = (programId, number, design, changedBy, now);

    public Guid ProgramId { get; private set; }
    public int Number { get; private set; }
    public ProgramDesign Design { get; private set; } = ProgramDesign.FirstNinetyDays;
    public Guid ChangedBy { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>A design as it is stored.</summary>
    internal static string Write(ProgramDesign design) => JsonSerializer.Serialize(design, JsonColumns.Options);

    internal void Rewrite(ProgramDesign design, Guid by, DateTimeOffset now) => (Design, ChangedBy, ChangedAt) = (design, by, now);

    public static void Map(EntityTypeBuilder<ProgramVersion> version)
    {
        version.HasKey(v => new { v.ProgramId, v.Number });
        version.Property(v => v.Design).HasColumnType("jsonb").HasConversion(
            design => Write(design),
            json => JsonSerializer.Deserialize<ProgramDesign>(json, JsonColumns.Options)!);
        version.NotPersonal(v => v.Design);
    }
}
