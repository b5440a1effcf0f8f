using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Somebody of a pair, or staff for them.</summary>
/// <param name="Side">Null for staff.</param>
sealed record MentorshipActor(Guid AccountId, Side? Side, ShopActor? Shop);

/// <summary>
/// Changes the state of a mentorship: going on after the trial, a pause, somebody else, an end. Under the lock that pairs are decided by, so that of two who do opposite things at
/// once the second finds what the first did; its number and its concurrency token hold even without the lock.
/// </summary>
sealed class ChangeMentorship(GuildhallDb db, EnrollmentLookup enrollment, AccountLookup accounts, EndPair pairs, OtherMentors others, MentorPlaces places, MentorshipMail mail, MarketplaceZone zone, TimeProvider clock)
{
    /// <summary>How many other mentors somebody who asks for another is shown.</summary>
    public const int OthersShown = 3;

    static readonly Refusal meanwhile = Refusal.Conflict("changed_meanwhile", "Somebody changed this at the same moment. What stands here is how it is now. Nothing was done twice.");

    public Task<Refusal?> Keep(Guid id, Side side, ShopActor shop, CancellationToken stop) => Of(id, side, shop, async (mentorship, actor, now) =>
    {
        var first = mentorship.KeepsAt(side) is null;
        if (!mentorship.Keep(side, actor.AccountId, now).Succeeded(out var change, out var refusal) && refusal is not null) return refusal;
        if (change is null) return null;
        db.Add(change);
        if (first) await mail.BothKeep(mentorship, side.Other(), stop);
        return null;
    }, stop);

    public Task<Refusal?> Pause(Guid id, Side side, ShopActor shop, CancellationToken stop) => Of(id, side, shop, (mentorship, actor, now) => Paused(mentorship, actor, now, stop), stop);

    public Task<Refusal?> Resume(Guid id, Side side, ShopActor shop, CancellationToken stop) => Of(id, side, shop, (mentorship, actor, now) => Resumed(mentorship, actor, now, stop), stop);

    /// <summary>A mentee asks for somebody else, and may choose whom; nobody is blamed, and the mentor hears a neutral line.</summary>
    /// <param name="chosen">The mentor whom they chose among those shown; null leaves it to the next best.</param>
    public Task<Refusal?> Switch(Guid id, Side side, ShopActor shop, SwitchReason reason, string? words, Guid? chosen, CancellationToken stop) => Of(id, side, shop, async (mentorship, actor, now) =>
    {
        if (await Ended(mentorship, PairEnd.Switched, actor, now, stop) is { } refusal) return refusal;
        db.Add(new SwitchRequest(mentorship.Id, side, actor.AccountId, reason, words, now));
        // The pair has to be over before somebody else is asked: a mentee stands in one pair of a program.
        await db.SaveChangesAsync(stop);
        return side == Side.Mentee && chosen is { } mentorId ? await others.Choose(id, mentorId, OthersShown, shop, stop) : null;
    }, stop);

    /// <summary>One of the two can't go on.</summary>
    public Task<Refusal?> Leave(Guid id, Side side, ShopActor shop, CancellationToken stop) =>
        Of(id, side, shop, (mentorship, actor, now) => Ended(mentorship, side == Side.Mentor ? PairEnd.MentorLeft : PairEnd.MenteeLeft, actor, now, stop), stop);

    /// <summary>They came to the end together, and the one who says so gives a review.</summary>
    public Task<Refusal?> Finish(Guid id, Side side, ShopActor shop, Func<Guid, DateTimeOffset, MentorshipReview> review, CancellationToken stop) => Of(id, side, shop, async (mentorship, actor, now) =>
    {
        if (await Ended(mentorship, PairEnd.Finished, actor, now, stop) is { } refusal) return refusal;
        db.Add(review(mentorship.Id, now));
        return null;
    }, stop);

    /// <summary>The other one's review, after it has come to its end.</summary>
    public Task<Refusal?> Review(Guid id, Side side, ShopActor shop, Func<Guid, DateTimeOffset, MentorshipReview> review, CancellationToken stop) => Of(id, side, shop, (mentorship, _, now) =>
    {
        if (mentorship.State != MentorshipState.Finished) return Task.FromResult<Refusal?>(Refusal.Conflict("not_finished", "A review is given when the mentorship has come to its end. Nothing was stored."));
        db.Add(review(mentorship.Id, now));
        return Task.FromResult<Refusal?>(null);
    }, stop);

    /// <summary>Staff change it. Somebody else's program has no such mentorship.</summary>
    public async Task<Refusal?> ByStaff(Guid programId, Guid id, Actor staff, StaffChange change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit(Lock, stop);
        if (await db.Set<Mentorship>().SingleOrDefaultAsync(m => m.Id == id && m.ProgramId == programId, stop) is not { } mentorship) return Refusal.NotFound("pair");
        var (actor, now) = (new MentorshipActor(staff.AccountId, null, null), clock.GetUtcNow());
        var refusal = change switch
        {
            StaffChange.Pause => await Paused(mentorship, actor, now, stop),
            StaffChange.Resume => await Resumed(mentorship, actor, now, stop),
            StaffChange.MentorLeft => await Ended(mentorship, PairEnd.MentorLeft, actor, now, stop),
            StaffChange.AllOfMentor => await HandOver(mentorship, actor, now, stop),
            StaffChange.MenteeLeft => await Ended(mentorship, PairEnd.MenteeLeft, actor, now, stop),
            _ => await Ended(mentorship, PairEnd.Finished, actor, now, stop),
        };
        return refusal ?? await Store(transaction, stop);
    }

    /// <summary>The same lock as Pairing's: an end frees a place, and nobody may decide on it meanwhile.</summary>
    const string Lock = "pairs";

    async Task<Refusal?> Of(Guid id, Side side, ShopActor shop, Func<Mentorship, MentorshipActor, DateTimeOffset, Task<Refusal?>> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit(Lock, stop);
        if (await db.Set<Mentorship>().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship
            || (await enrollment.SellersOf([mentorship.Of(side)], stop)).GetValueOrDefault(mentorship.Of(side)) != shop.SellerId || !await accounts.KeepActingFor(shop.AccountId, shop.SellerId, stop)) return Refusal.NotFound("mentorship");
        return await change(mentorship, new MentorshipActor(shop.AccountId, side, shop), clock.GetUtcNow()) ?? await Store(transaction, stop);
    }

    async Task<Refusal?> Store(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return null;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            db.ChangeTracker.Clear();
            return meanwhile;
        }
    }

    async Task<Refusal?> Paused(Mentorship mentorship, MentorshipActor actor, DateTimeOffset now, CancellationToken stop)
    {
        if (!mentorship.Pause(actor.Side, actor.AccountId, await zone.Today(stop), now).Succeeded(out var change, out var refusal)) return refusal;
        db.Add(change);
        await mail.Paused(mentorship, actor.Side, stop);
        return null;
    }

    async Task<Refusal?> Resumed(Mentorship mentorship, MentorshipActor actor, DateTimeOffset now, CancellationToken stop)
    {
        if (!mentorship.Resume(actor.Side, actor.AccountId, await zone.Today(stop), now).Succeeded(out var change, out var refusal)) return refusal;
        db.Add(change);
        await mail.Resumed(mentorship, actor.Side, stop);
        return null;
    }

    async Task<Refusal?> Ended(Mentorship mentorship, PairEnd because, MentorshipActor actor, DateTimeOffset now, CancellationToken stop)
    {
        if (!mentorship.End(because, actor.Side, actor.AccountId, now).Succeeded(out var change, out var refusal)) return refusal;
        if (await pairs.Run(mentorship.Id, because, stop) is { } held) return held;
        db.Add(change);
        // Who can't go on with one mentee is not asked about the next before they say so.
        if (because == PairEnd.MentorLeft && (await places.Change(mentorship.MentorId, new PlacesChange(IsOpen: false), stop)).Refusal is { } closed) return closed;
        await mail.Ended(mentorship, actor.Side, stop);
        return null;
    }

    /// <summary>Every mentee of a mentor who left or was suspended is owed somebody else, before anybody who waits.</summary>
    async Task<Refusal?> HandOver(Mentorship one, MentorshipActor actor, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var mentorship in await db.Set<Mentorship>().Where(m => m.MentorId == one.MentorId && m.State != MentorshipState.Finished && m.State != MentorshipState.Ended).OrderBy(m => m.Id).ToListAsync(stop))
            if (await Ended(mentorship, PairEnd.MentorLeft, actor, now, stop) is { } refusal) return refusal;
        return null;
    }
}

/// <summary>What staff may do with a mentorship.</summary>
enum StaffChange { Pause, Resume, MentorLeft, AllOfMentor, MenteeLeft, Finish }
