using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>An action item as its form brings it.</summary>
/// <param name="Key">Made when the form was shown, and sent with it however often.</param>
/// <param name="Owner">The side that does it.</param>
sealed record ActionDraft(Guid Key, string Text, Side Owner, DateOnly DueOn);

/// <summary>Writes action items down, ticks them and takes them back. Whoever is in the mentorship writes; whose it is ticks; who wrote it takes it back while it is open.</summary>
sealed class ChangeActions(GuildhallDb db, EnrollmentLookup enrollment, AccountLookup accounts, TimeProvider clock)
{
    /// <summary>More at once are a list that nobody does.</summary>
    public const int MostOpen = 20;

    const int MostDaysAhead = 366;

    public Task<Refusal?> Add(Guid id, Side side, ShopActor shop, ActionDraft draft, DateOnly today, CancellationToken stop) => Change(id, side, shop, async mentorship =>
    {
        if (await db.Set<ActionItem>().AsNoTracking().AnyAsync(item => item.MentorshipId == id && item.AccountId == shop.AccountId && item.Key == draft.Key, stop)) return null;
        // Whoever goes back in the browser gets a form with a new key, and their words in it: the same that is open already is the same item.
        if (await db.Set<ActionItem>().AsNoTracking().AnyAsync(item => item.MentorshipId == id && item.DoneAt == null && item.Owner == draft.Owner && item.DueOn == draft.DueOn && item.Text == draft.Text, stop)) return null;
        if (mentorship.IsOver) return Refusal.Conflict("over", "The mentorship is over, so there is nothing more to agree on. Nothing was stored.");
        if (draft.Text.Length is 0 or > ActionItem.TextLimit) return Refusal.Invalid("text", $"Say in up to {ActionItem.TextLimit} characters what is to be done. Nothing was stored.", "Text");
        if (draft.DueOn < today || draft.DueOn > today.AddDays(MostDaysAhead)) return Refusal.Invalid("due", "Choose a day from today to a year from now. Nothing was stored.", "DueOn");
        if (await db.Set<ActionItem>().CountAsync(item => item.MentorshipId == id && item.DoneAt == null, stop) >= MostOpen)
            return Refusal.Conflict("too_many", $"{MostOpen} are open, which is the most. Finish one or take one back first. Nothing was stored.");
        db.Add(new ActionItem(id, draft.Key, draft.Owner, draft.Text, draft.DueOn, shop.AccountId, clock.GetUtcNow()));
        return null;
    }, stop);

    public Task<Refusal?> Tick(Guid id, Guid itemId, Side side, ShopActor shop, bool isDone, CancellationToken stop) => Change(id, side, shop, async _ =>
    {
        if (await db.Set<ActionItem>().SingleOrDefaultAsync(item => item.Id == itemId && item.MentorshipId == id, stop) is not { } item) return Refusal.NotFound("action");
        if (item.Owner != side) return Refusal.Conflict("not_yours", "Whose it is ticks it. Nothing was changed.");
        item.Tick(isDone, clock.GetUtcNow());
        return null;
    }, stop);

    public Task<Refusal?> Remove(Guid id, Guid itemId, Side side, ShopActor shop, CancellationToken stop) => Change(id, side, shop, async _ =>
    {
        if (await db.Set<ActionItem>().SingleOrDefaultAsync(item => item.Id == itemId && item.MentorshipId == id, stop) is not { } item) return Refusal.NotFound("action");
        if (item.AccountId != shop.AccountId || item.DoneAt is not null) return Refusal.Conflict("not_yours", "Who wrote it down takes it back, while it is open. Nothing was changed.");
        db.Remove(item);
        return null;
    }, stop);

    /// <summary>One after the other in a mentorship, so that two who add at once don't go past the limit, and a second tap finds what the first did.</summary>
    async Task<Refusal?> Change(Guid id, Side side, ShopActor shop, Func<Mentorship, Task<Refusal?>> change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit($"actions of {id}", stop);
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship
            || (await enrollment.SellersOf([mentorship.Of(side)], stop)).GetValueOrDefault(mentorship.Of(side)) != shop.SellerId || !await accounts.KeepActingFor(shop.AccountId, shop.SellerId, stop)) return Refusal.NotFound("mentorship");
        if (await change(mentorship) is { } refusal) return refusal;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }
}
