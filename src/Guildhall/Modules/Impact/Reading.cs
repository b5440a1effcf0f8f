using System.Reflection;
using System.Text.Json;
using Guildhall.Evidence;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Impact;

/// <summary>How the effect is told from what would have come anyway.</summary>
enum StudyDesign
{
    /// <summary>Sellers who sold before they joined, beside sellers who were never mentored.</summary>
    SoldBefore,
}

/// <summary>What was found on a day, with everything it rests on. Written once: the database refuses to change or remove it, whoever asks.</summary>
sealed class Reading
{
    Reading() { }

    public Reading(ReadingRequest request, ProgramFacts program, Study study, Findings findings, DateTimeOffset now)
    {
        (Id, ProgramId, PlanNumber, ProgramVersion, AskedBy, ReadAt) = (request.Id, program.Id, request.PlanNumber, program.Version, request.AskedBy, now);
        (Design, DataThrough, Verdict, Mentees, Controls, Findings) = (StudyDesign.SoldBefore, study.DataThrough, findings.Verdict, findings.Mentees, findings.Controls, findings);
        (FirstSaleVerdict, MilestoneVerdict, StayingVerdict) = (findings.FirstSales?.Verdict, findings.Milestone?.Verdict, findings.Staying?.Verdict);
        CodeVersion = typeof(Reading).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    }

    /// <summary>The id of the request that it answers.</summary>
    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }
    public int PlanNumber { get; private set; }

    /// <summary>The version of the program's rules on that day.</summary>
    public int ProgramVersion { get; private set; }
    public StudyDesign Design { get; private set; }

    /// <summary>The last day of figures that counts.</summary>
    public DateOnly DataThrough { get; private set; }
    public VerdictKind Verdict { get; private set; }

    /// <summary>Of new sellers; null where it was not looked at, as the other two.</summary>
    public VerdictKind? FirstSaleVerdict { get; private set; }
    public VerdictKind? MilestoneVerdict { get; private set; }
    public VerdictKind? StayingVerdict { get; private set; }
    public int Mentees { get; private set; }
    public int Controls { get; private set; }
    public Findings Findings { get; private set; } = null!;

    /// <summary>Of the product that computed it.</summary>
    public string CodeVersion { get; private set; } = "";
    public Guid AskedBy { get; private set; }
    public DateTimeOffset ReadAt { get; private set; }

    public static void Map(EntityTypeBuilder<Reading> reading)
    {
        reading.Property(r => r.Id).ValueGeneratedNever();
        reading.HasIndex(r => new { r.ProgramId, r.ReadAt });
        reading.HasOne<ReadingPlan>().WithMany().HasForeignKey(r => new { r.ProgramId, r.PlanNumber });
        reading.Property(r => r.Findings).HasColumnType("jsonb").HasConversion(findings => JsonSerializer.Serialize(findings, JsonColumns.Options), json => JsonSerializer.Deserialize<Findings>(json, JsonColumns.Options)!);
        // Averages of ten sellers and more: nobody is in them.
        reading.NotPersonal(r => r.Findings, r => r.CodeVersion);
    }
}

/// <summary>What the model can't say of readings and plans.</summary>
static class ReadingSql
{
    public const string Freeze = """
        CREATE FUNCTION impact.refuse_change_of_reading() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'What was settled and what was read stay as they are. A later one is a further row.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON impact.reading FOR EACH STATEMENT EXECUTE FUNCTION impact.refuse_change_of_reading();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON impact.reading_plan FOR EACH STATEMENT EXECUTE FUNCTION impact.refuse_change_of_reading();
        """;
}
