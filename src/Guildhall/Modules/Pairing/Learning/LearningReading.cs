using System.Reflection;
using System.Text.Json;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

/// <summary>What past pairs said on a day of the weights in use then, with the weights that it proposes and the judgement on them. Written once: the database refuses to change or remove it, whoever asks.</summary>
sealed class LearningReading
{
    LearningReading() { }

    public LearningReading(LearningRequest request, int number, RulesNow rules, LearningFindings findings, DateTimeOffset now)
    {
        (Id, ProgramId, Number, AskedBy, ReadAt, SettingsSeen, Findings) = (request.Id, request.ProgramId, number, request.AskedBy, now, rules.Seen, findings);
        CodeVersion = typeof(LearningReading).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
    }

    /// <summary>The id of the request that it answers.</summary>
    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>1, 2, 3… within the program.</summary>
    public int Number { get; private set; }
    public Guid AskedBy { get; private set; }
    public DateTimeOffset ReadAt { get; private set; }

    /// <summary>The edition of the settings whose weights it judged: weights can be approved while it is the edition in use.</summary>
    public uint SettingsSeen { get; private set; }
    public LearningFindings Findings { get; private set; } = null!;

    /// <summary>Of the product that computed it.</summary>
    public string CodeVersion { get; private set; } = "";

    /// <summary>One at a time adds a reading of a program or approves by one: which is the newest stays so until the transaction ends.</summary>
    public static Task Lock(GuildhallDb db, ProgramFacts program, CancellationToken stop) => db.LockUntilCommit($"learning {program.Id}", stop);

    public static void Map(EntityTypeBuilder<LearningReading> reading)
    {
        reading.Property(r => r.Id).ValueGeneratedNever();
        reading.HasIndex(r => new { r.ProgramId, r.Number }).IsUnique();
        reading.Property(r => r.SettingsSeen).HasConversion<long>();
        reading.Property(r => r.Findings).HasColumnType("jsonb").HasConversion(findings => JsonSerializer.Serialize(findings, JsonColumns.Options), json => JsonSerializer.Deserialize<LearningFindings>(json, JsonColumns.Options)!);
        // Associations over thirty mentees and more: nobody is in them.
        reading.NotPersonal(r => r.Findings, r => r.CodeVersion);
    }
}

/// <summary>A manager took the weights that a reading proposed into use. Of a reading there is one at most.</summary>
sealed class WeightApproval
{
    WeightApproval() { }

    public WeightApproval(LearningReading reading, Guid by, DateTimeOffset now) => (ReadingId, ApprovedBy, ApprovedAt) = (reading.Id, by, now);

    public Guid ReadingId { get; private set; }
    public Guid ApprovedBy { get; private set; }
    public DateTimeOffset ApprovedAt { get; private set; }

    public static void Map(EntityTypeBuilder<WeightApproval> approval)
    {
        approval.HasKey(a => a.ReadingId);
        approval.Property(a => a.ReadingId).ValueGeneratedNever();
        approval.HasOne<LearningReading>().WithOne().HasForeignKey<WeightApproval>(a => a.ReadingId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>What the model can't say of what is kept for learning.</summary>
static class LearningSql
{
    public const string Freeze = """
        CREATE FUNCTION pairing.refuse_change_of_learning() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'How pairs were chosen, what was learned and what was approved stay as they are. A later one is a further row.' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pairing.pair_choice FOR EACH STATEMENT EXECUTE FUNCTION pairing.refuse_change_of_learning();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pairing.learning_reading FOR EACH STATEMENT EXECUTE FUNCTION pairing.refuse_change_of_learning();
        CREATE TRIGGER frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON pairing.weight_approval FOR EACH STATEMENT EXECUTE FUNCTION pairing.refuse_change_of_learning();
        """;
}
