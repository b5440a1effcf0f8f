using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Impact;

/// <summary>What the public reads of a program from a moment on, until the next. Written once: what was published is published, and taking it down is a further release, which says so.</summary>
sealed class ResultRelease
{
    ResultRelease() { }

    public ResultRelease(Guid programId, Guid? readingId, PublicResults document, Guid publishedBy, DateTimeOffset now)
    {
        (ProgramId, Number, ReadingId, Document, PublishedBy, PublishedAt) = (programId, document.Release, readingId, document, publishedBy, now);
    }

    public Guid ProgramId { get; private set; }

    /// <summary>1 is the first.</summary>
    public int Number { get; private set; }

    /// <summary>What it rests on; null where results were taken down.</summary>
    public Guid? ReadingId { get; private set; }
    public PublicResults Document { get; private set; } = null!;
    public Guid PublishedBy { get; private set; }
    public DateTimeOffset PublishedAt { get; private set; }

    public static void Map(EntityTypeBuilder<ResultRelease> release)
    {
        // Of two who publish at once, the second finds the number taken.
        release.HasKey(r => new { r.ProgramId, r.Number });
        release.HasIndex(r => r.PublishedAt);
        release.HasOne<Reading>().WithMany().HasForeignKey(r => r.ReadingId);
        release.Property(r => r.Document).HasColumnType("jsonb").HasConversion(document => JsonSerializer.Serialize(document, JsonColumns.Options), json => JsonSerializer.Deserialize<PublicResults>(json, JsonColumns.Options)!);
        // It is public: nobody can be found in it. A reason is written for everybody to read.
        release.NotPersonal(r => r.Document);
    }
}

/// <summary>That a seller stands in the public table of a program, in which cell, and from which release on. Of a shop that was erased the count stays.</summary>
sealed class CountedSeller
{
    CountedSeller() { }

    public CountedSeller(Guid programId, int release, PlacedSeller placed) => (ProgramId, SellerId, Release, Row, Column) = (programId, placed.SellerId, release, placed.Row, placed.Column);

    public Guid ProgramId { get; private set; }
    public Guid SellerId { get; private set; }
    public int Release { get; private set; }

    /// <summary>Places among the rows and columns of the table.</summary>
    public int Row { get; private set; }
    public int Column { get; private set; }

    public static void Map(EntityTypeBuilder<CountedSeller> counted)
    {
        counted.HasKey(c => new { c.ProgramId, c.SellerId });
        counted.HasOne<ResultRelease>().WithMany().HasForeignKey(c => new { c.ProgramId, c.Release });
        counted.BelongsToSeller(c => c.SellerId);
    }
}

/// <summary>What the model can't say of releases.</summary>
static class ReleaseSql
{
    public const string Freeze = """
        CREATE FUNCTION impact.refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'What was published stays as it was. Take it down, or publish a further release.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON impact.result_release FOR EACH STATEMENT EXECUTE FUNCTION impact.refuse_change_of_release();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON impact.counted_seller FOR EACH STATEMENT EXECUTE FUNCTION impact.refuse_change_of_release();
        """;
}
