using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Proposes how a pair talks, or confirms what the other proposed. What both agreed to holds until both agree to something else.</summary>
sealed class ChangeAgreement(GuildhallDb db, ReadAgreement read, AgreementMail mail, TimeProvider clock)
{
    static readonly Refusal changedMeanwhile = Refusal.Conflict("changed_meanwhile", "The other one proposed something else while you were on this page. Theirs is kept and stands on this page. What you typed is below; send it again if you still want it.");

    /// <param name="seen">The newest version that the form showed, 0 before the first.</param>
    public async Task<Result<Agreement>> Propose(Guid pairId, Side side, ShopActor shop, FormFields form, uint seen, CancellationToken stop)
    {
        if (await read.Pair(pairId, side, shop, stop) is not { } pair) return Refusal.NotFound("agreement");
        var zones = await read.Zones(pair, stop);
        var terms = AgreementTerms.Read(form, zones.Mentee, zones.Mentor);
        if (form.Refusal is { } unreadable) return unreadable;
        var latest = await db.Set<Agreement>().AsNoTracking().Where(agreement => agreement.PairId == pairId).OrderByDescending(agreement => agreement.Number).FirstOrDefaultAsync(stop);
        if ((latest?.Number ?? 0) != seen) return changedMeanwhile;
        if (latest is not null && latest.Terms.Equals(terms))
        {
            return Refusal.Conflict("the_same", latest.ConfirmedAt is not null ? "This is what you two agreed to already. Nothing was changed."
                : latest.ProposedFrom == side ? "You proposed exactly this already. It waits for the other one." : "This is what the other one proposed. Agree to it, or change something.");
        }

        var proposed = new Agreement(pairId, (int)seen + 1, terms, side, shop.AccountId, clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Add(proposed);
        try
        {
            await db.SaveChangesAsync(stop);
            await mail.Proposed(pair, side, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return proposed;
        }
        catch (DbUpdateException lost) when (lost.IsTaken())
        {
            db.ChangeTracker.Clear();
            return changedMeanwhile;
        }
    }

    /// <summary>Agrees to the version that the page showed, and to no newer one.</summary>
    public async Task<Result<Guid>> Confirm(Guid pairId, Side side, ShopActor shop, uint seen, CancellationToken stop)
    {
        if (await read.Pair(pairId, side, shop, stop) is not { } pair) return Refusal.NotFound("agreement");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, number) = (clock.GetUtcNow(), (int)Math.Min(seen, int.MaxValue));
        var confirmed = await db.Set<Agreement>()
            .Where(agreement => agreement.PairId == pairId && agreement.Number == number && agreement.ConfirmedAt == null && agreement.ProposedFrom != side
                && !db.Set<Agreement>().Any(later => later.PairId == pairId && later.Number > number))
            .ExecuteUpdateAsync(set => set.SetProperty(agreement => agreement.ConfirmedAt, now).SetProperty(agreement => agreement.ConfirmedBy, shop.AccountId), stop);
        if (confirmed == 1)
        {
            await mail.Confirmed(pair, side, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return pairId;
        }

        // A second tap finds it confirmed, which is what was wanted.
        return await db.Set<Agreement>().AnyAsync(agreement => agreement.PairId == pairId && agreement.Number == number && agreement.ConfirmedAt != null && agreement.ProposedFrom != side, stop)
            ? pairId
            : Refusal.Conflict("not_to_confirm", "There is nothing to agree to in this version: it was replaced, or it is your own. Nothing was changed. Look at what stands here now.");
    }
}
