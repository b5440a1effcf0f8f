using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Audit;

/// <summary>What an entry of the trail is about.</summary>
public sealed record AuditSubject(AuditKind Kind, Guid Id, Guid? ProgramId = null)
{
    public static AuditSubject Seller(Guid id, Guid? programId = null) => new(AuditKind.Seller, id, programId);
    public static AuditSubject Account(Guid id) => new(AuditKind.Account, id);

    /// <summary>Something that there is one of.</summary>
    public static AuditSubject The(AuditKind kind) => new(kind, Guid.Empty);
}

/// <summary>Where use cases say who did what. It is stored by the same save as what it tells of, and put into the chain after that.</summary>
public sealed class AuditTrail(GuildhallDb db, IDbContextFactory<GuildhallDb> databases, TimeProvider clock)
{
    /// <summary>Somebody who looks at the same thing of the same person again within this time has seen it once.</summary>
    public static readonly TimeSpan OneLook = TimeSpan.FromMinutes(15);

    public void Add(Actor actor, AuditVerb verb, AuditSubject subject, params IReadOnlyList<string> codes) =>
        db.Add(new AuditEntry(clock.GetUtcNow(), actor.AccountId, actor.Role, verb, subject.Kind, subject.Id, subject.ProgramId, codes));

    /// <summary>Notes that a page showed somebody's answers or figures. Stored at once and by itself: a page that tells of a refusal has changes behind it that must not be saved.</summary>
    public async Task Saw(Actor actor, AuditSubject subject, CancellationToken stop, params IReadOnlyList<string> codes)
    {
        var entry = new AuditEntry(clock.GetUtcNow(), actor.AccountId, actor.Role, AuditVerb.Seen, subject.Kind, subject.Id, subject.ProgramId, codes);
        var since = entry.At - OneLook;
        await using var own = await databases.CreateDbContextAsync(stop);
        await own.Database.ExecuteSqlAsync($"""
            INSERT INTO platform.audit_entry (id, at, actor_id, acting_as, verb, kind, subject_id, program_id, codes)
            SELECT {entry.Id}, {entry.At}, {entry.ActorId}, {entry.ActingAs?.ToString()}, {entry.Verb.ToString()}, {entry.Kind.ToString()}, {entry.SubjectId}, {entry.ProgramId}, {entry.Codes}
            WHERE NOT EXISTS (SELECT FROM platform.audit_entry
                WHERE subject_id = {entry.SubjectId} AND at > {since} AND actor_id = {entry.ActorId} AND verb = 'Seen' AND program_id IS NOT DISTINCT FROM {entry.ProgramId} AND codes @> {entry.Codes})
            """, stop);
    }
}
