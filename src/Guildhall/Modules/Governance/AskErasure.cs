using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>A person asks for their data to be deleted, or takes that back while nobody has done it.</summary>
sealed class AskErasure(GuildhallDb db, AccountLookup accounts, Outbox outbox, AuditTrail trail, TimeProvider clock)
{
    public async Task<Refusal?> Ask(Actor person, CancellationToken stop)
    {
        if (await Open(person).AnyAsync(stop)) return null;
        var request = new ErasureRequest(person.AccountId, clock.GetUtcNow());
        db.Add(request);
        // Whoever sits down at somebody’s open session must not be able to do this unseen.
        if (await accounts.Address(person.AccountId, stop) is { } address) outbox.Add(AccountMails.ErasureAsked(address, request.DueAt.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)));
        trail.Add(person, AuditVerb.ErasureAsked, AuditSubject.Account(person.AccountId));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            // The other window was first, and its request stands.
            db.ChangeTracker.Clear();
        }

        return null;
    }

    public async Task<Refusal?> TakeBack(Actor person, CancellationToken stop)
    {
        if (await Open(person).SingleOrDefaultAsync(stop) is not { } request) return ErasureRequest.MovedOn;
        if (request.TakeBack(clock.GetUtcNow()) is { } refusal) return refusal;
        trail.Add(person, AuditVerb.Withdrawn, AuditSubject.Account(person.AccountId), "erasure");
        if (await accounts.Address(person.AccountId, stop) is { } address) outbox.Add(AccountMails.ErasureTakenBack(address));
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return ErasureRequest.MovedOn;
        }
    }

    IQueryable<ErasureRequest> Open(Actor person) => db.Set<ErasureRequest>().Where(request => request.AccountId == person.AccountId && request.State == ErasureState.Asked);
}
