using System.Security.Cryptography;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Governance;

/// <summary>Erases who asked for it, in one transaction: the account, and the shop where nobody else acts for it.</summary>
sealed class CarryOutErasure(GuildhallDb db, AccountLookup accounts, SellerLookup sellers, PersonalErasure erasure, AuditTrail trail, TimeProvider clock)
{
    public async Task<Refusal?> Run(Guid requestId, Actor by, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<ErasureRequest>().SingleOrDefaultAsync(one => one.Id == requestId, stop) is not { } request) return Refusal.NotFound("request");
        if (request.CarryOut(by, clock.GetUtcNow()) is { } moved) return moved;
        if (await accounts.Held(request.AccountId, stop) is not { } account) return ErasureRequest.MovedOn;
        Guid? shop = account.SharesShop ? null : account.SellerId;
        trail.Add(by, AuditVerb.Erased, AuditSubject.Account(account.Id));
        if (shop is { } leaving) trail.Add(by, AuditVerb.Erased, AuditSubject.Seller(leaving));
        try
        {
            // First of all, so that of two who carry it out at once the second stops here.
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ErasureRequest.MovedOn;
        }

        var card = shop is { } id ? (await sellers.Cards([id], stop)).GetValueOrDefault(id) : null;
        List<string> names = [account.Name, account.Email, account.Email.ToUpperInvariant(), account.Email.ToLowerInvariant()];
        if (card is not null && card.Name != card.ExternalId) names.Add(card.Name);
        var person = new LeavingPerson(new Person(account.Id, shop, account.Email), account.SellerId, account.Name, [.. names.Distinct()], card is null ? [] : [card.ExternalId], RandomNumberGenerator.GetBytes(32));
        if (await erasure.Run(person, stop) is { } refusal) return refusal;
        await transaction.CommitAsync(stop);
        return null;
    }
}
