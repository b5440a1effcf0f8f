using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Library;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// Sends a message to the other one. It is stored and visible at once; the mail about it is <see cref="TellOfMessages"/>'s. The same form again is the same message, and its
/// answer is the first one's.
/// </summary>
sealed class SendMessage(GuildhallDb db, OpenThread threads, LibraryLookup library, ReadAgreement agreements, TimeProvider clock)
{
    public const int MostAnHour = 30;

    /// <summary>Several messages in a row are one mail, and none where they are read meanwhile.</summary>
    public static readonly TimeSpan BeforeTelling = TimeSpan.FromMinutes(5);

    public async Task<Result<Guid>> Run(Guid mentorshipId, Side side, ShopActor shop, MessageDraft draft, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // By the writer before the thread: what they may send in an hour is counted over all of theirs.
        await db.LockUntilCommit($"messages by {shop.AccountId}", stop);
        if (await threads.Of(mentorshipId, side, shop, stop) is not { } thread) return Refusal.NotFound("thread");
        if (await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(m => m.MentorshipId == mentorshipId && m.AccountId == shop.AccountId && m.Key == draft.Key, stop) is { } first)
            return first.Says(draft) ? first.Id : Refusal.Conflict("other_words", "What you sent from this page before was sent, with other words. What you typed now was not: send it again to send it as a message of its own.");

        var now = clock.GetUtcNow();
        if (thread.Refusal is { } closed) return closed;
        if (draft.Article is { } slug && (await library.BySlugs(side == Side.Mentee ? ReaderSide.Mentee : ReaderSide.Mentor, [slug], stop)).Count == 0)
            return Refusal.Invalid("article", "Choose an article from the list: this one is not offered any more. Nothing was sent.", "Article");
        var since = now.AddHours(-1);
        if (await db.Set<Message>().CountAsync(m => m.AccountId == shop.AccountId && m.WrittenAt > since, stop) >= MostAnHour)
            return Refusal.Conflict("too_many", $"You wrote {MostAnHour} messages within an hour, which is the most. This one was not sent; your words are below. Send it again in a while.");

        // Later than what stands there, by more than the clocks of two nodes differ.
        var last = thread.Own.LastWroteAt > thread.Other.LastWroteAt || thread.Other.LastWroteAt is null ? thread.Own.LastWroteAt : thread.Other.LastWroteAt;
        var at = last is { } before && now < before.AddMilliseconds(1) ? before.AddMilliseconds(1) : now;
        var quiet = (await agreements.InForce([mentorshipId], stop)).GetValueOrDefault(mentorshipId)?.QuietOf(thread.Other.Side);
        var message = new Message(mentorshipId, side, shop.AccountId, draft, at, thread.Other.GetAnswer(quiet?.EndAfter(now) ?? now + BeforeTelling));
        thread.Own.Wrote(at);
        db.Add(message);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return message.Id;
    }
}
