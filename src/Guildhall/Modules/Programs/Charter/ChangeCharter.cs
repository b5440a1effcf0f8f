using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Publishes a new version of the charter, or withdraws the one that holds. One at a time: the second of two people is told.</summary>
sealed class ChangeCharter(GuildhallDb db, CharterLookup charter, AuditTrail trail, TimeProvider clock)
{
    public const string Lock = "charter";

    /// <param name="Seen">The newest version when the form was shown.</param>
    public sealed record Input(string Text, string WhatChanged, uint Seen);

    public async Task<Result<CharterVersion>> Publish(Input input, Actor actor, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit(Lock, stop);
        var current = await charter.Current(stop);
        var newest = await db.Set<CharterVersion>().MaxAsync(version => version.Number, stop);
        if (input.Seen != newest)
            return Refusal.Conflict("published_meanwhile", $"Somebody else published version {newest} while you were writing. Yours is not published, and your text stands in the form. Read theirs, then decide.");
        if (!CharterVersion.Publish(newest + 1, input.Text, input.WhatChanged.Trim(), actor, clock.GetUtcNow()).Succeeded(out var version, out var refusal)) return refusal;
        if (version.Text == current.Text) return Refusal.Invalid("same_text", $"Change the text first: it is the same as version {current.Number}, which holds now.", "Text");

        db.Add(version);
        trail.Add(actor, AuditVerb.Published, AuditSubject.The(AuditKind.Charter), string.Create(CultureInfo.InvariantCulture, $"version-{version.Number}"));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return version;
    }

    public async Task<Result<CharterVersion>> Withdraw(int number, string reason, Actor actor, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit(Lock, stop);
        await charter.Current(stop);
        var held = await db.Set<CharterVersion>().Where(version => version.WithdrawnAt == null).OrderByDescending(version => version.Number).Take(2).ToListAsync(stop);
        if (!await db.Set<CharterVersion>().AnyAsync(version => version.Number == number, stop)) return Refusal.NotFound("version");
        if (held[0].Number != number) return Refusal.Conflict("not_in_force", $"Version {number} does not hold any more: version {held[0].Number} does. Nothing was changed.");
        if (held.Count == 1) return Refusal.Conflict("last_version", $"Version {number} is the only one left, and there has to be a charter. Nothing was changed. Publish another version instead.");
        if (!held[0].Withdraw(reason.Trim(), actor, clock.GetUtcNow()).Succeeded(out var version, out var refusal)) return refusal;

        trail.Add(actor, AuditVerb.Withdrawn, AuditSubject.The(AuditKind.Charter), string.Create(CultureInfo.InvariantCulture, $"version-{number}"));
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return version;
    }
}
