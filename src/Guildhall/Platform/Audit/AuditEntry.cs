using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Access;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Audit;

/// <summary>What somebody did, as a closed list.</summary>
public enum AuditVerb { Seen, Exported, Changed, Decided, Reviewed, RoleGiven, RoleTaken, Suspended, Restored, Invited, Published, Withdrawn, ErasureAsked, Erased, Removed }

/// <summary>What it was done to.</summary>
public enum AuditKind { Seller, Account, Application, Run, Charter, Program, Marketplace, Retention }

/// <summary>Who did what to whom or what, and when: ids and codes, never a name or a word of anybody, so that it stays true when a person is erased. The database refuses to change or remove it.</summary>
sealed class AuditEntry
{
    public const int LongestCode = 40;

    AuditEntry() { }

    public AuditEntry(DateTimeOffset at, Guid actorId, Role? actingAs, AuditVerb verb, AuditKind kind, Guid subjectId, Guid? programId, IReadOnlyList<string> codes)
    {
        // PostgreSQL keeps microseconds; what it would cut is cut here, so that the digest is of what is stored.
        at = at.ToUniversalTime();
        At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
        Id = Guid.CreateVersion7(At);
        (ActorId, ActingAs, Verb, Kind, SubjectId, ProgramId, Codes) = (actorId, actingAs, verb, kind, subjectId, programId, [.. codes]);
        if (codes.FirstOrDefault(code => code.Length is 0 or > LongestCode || code.Any(letter => letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.'))) is { } odd)
            throw new ArgumentException($"“{odd}” is not a code: small letters, digits, - and . only.", nameof(codes));
    }

    public Guid Id { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The account; all zeros where the product itself acted.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>The role that let them; null for the product.</summary>
    public Role? ActingAs { get; private set; }
    public AuditVerb Verb { get; private set; }
    public AuditKind Kind { get; private set; }
    public Guid SubjectId { get; private set; }
    public Guid? ProgramId { get; private set; }

    /// <summary>Which fields or figures, such as <c>answers</c>.</summary>
    public string[] Codes { get; private set; } = [];

    /// <summary>SHA-256 over the digest before and what the row says. The database computes the same when it seals (<see cref="AuditSql"/>).</summary>
    public byte[] DigestAfter(byte[] before)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Id}|{(At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}|{ActorId}|{ActingAs}|{Verb}|{Kind}|{SubjectId}|{ProgramId}|{string.Join(',', Codes)}");
        return SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(text)]);
    }

    public static void Map(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entry", "platform");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => new { e.SubjectId, e.At });
        entry.HasIndex(e => new { e.ActorId, e.At });
        entry.HasIndex(e => new { e.ProgramId, e.At });
        entry.NotPersonal(e => e.Codes);
    }
}

/// <summary>A row's place in the chain: written once, in order, by the one who seals.</summary>
sealed class AuditLink
{
    AuditLink() { }

    /// <summary>1, 2, 3… without a gap.</summary>
    public long Position { get; private set; }
    public Guid EntryId { get; private set; }
    public byte[] Digest { get; private set; } = [];
    public DateTimeOffset SealedAt { get; private set; }

    public static void Map(EntityTypeBuilder<AuditLink> link)
    {
        link.ToTable("audit_link", "platform").HasKey(l => l.Position);
        link.Property(l => l.Position).ValueGeneratedNever();
        link.HasIndex(l => l.EntryId).IsUnique();
        link.NotPersonal(l => l.Digest);
    }
}

/// <summary>What waits to be sealed. A queue, so that nobody looks through the whole trail for it.</summary>
sealed class AuditPending
{
    AuditPending() { }

    public Guid EntryId { get; private set; }

    public static void Map(EntityTypeBuilder<AuditPending> pending)
    {
        pending.ToTable("audit_pending", "platform").HasKey(p => p.EntryId);
        pending.Property(p => p.EntryId).ValueGeneratedNever();
    }
}

/// <summary>How far the chain reached, so that a cut tail shows too.</summary>
sealed class AuditHead
{
    AuditHead() { }

    /// <summary>Always 1.</summary>
    public int Id { get; private set; }
    public long Position { get; private set; }
    public byte[] Digest { get; private set; } = [];

    public static void Map(EntityTypeBuilder<AuditHead> head)
    {
        head.ToTable("audit_head", "platform", table => table.HasCheckConstraint("one_audit_head", "id = 1"));
        head.Property(h => h.Id).ValueGeneratedNever();
        head.NotPersonal(h => h.Digest);
    }
}
