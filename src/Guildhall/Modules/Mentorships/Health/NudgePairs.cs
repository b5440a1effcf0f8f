using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// Writes to both of a mentorship that has had no contact: the product once a week by itself, and the program's team when they ask for it. Only then it is a case for the manager's list
/// alone: who was just reminded is left in peace.
/// </summary>
sealed class NudgePairs(GuildhallDb db, ProgramLookup programs, ReadHealth health, EnrollmentLookup enrollment, AccountLookup accounts, PairNames names, Outbox outbox, MarketplaceZone zones, TimeProvider clock)
{
    public static readonly MailKind Kind = new("nudge", "Reminders when you two have not been in contact", IsTransactional: false) { For = Readers.Mentees | Readers.Mentors, CanWait = true };

    /// <summary>So many days between two that the product sends by itself.</summary>
    public const int DaysBetween = 7;

    /// <summary>So many days somebody who was reminded has before the team is asked to write to them.</summary>
    public const int DaysToAnswer = 3;

    static readonly Risk[] aboutContact = [Risk.NeverMet, Risk.Silent, Risk.BelowMinimum];

    /// <summary>Every program that runs; safe to repeat.</summary>
    public async Task Run(CancellationToken stop)
    {
        foreach (var name in await programs.Open(stop))
        {
            if (await programs.BySlug(name.Slug, stop) is not { FiguresAsOf: null } program) continue;
            foreach (var one in (await health.Of(program, stop)).Where(one => one.Risk is { } risk && aboutContact.Contains(risk.Risk))) await ByItself(one.Mentorship, stop);
        }
    }

    async Task ByItself(Mentorship mentorship, CancellationToken stop)
    {
        var today = await zones.Today(stop);
        var last = today.AddDays(-DaysBetween);
        if (!await db.Set<Nudge>().AnyAsync(n => n.MentorshipId == mentorship.Id && n.SentOn > last, stop)) await Send(mentorship, today, null, stop);
    }

    /// <summary>The program's team writes to both, at most once a day.</summary>
    public async Task<Refusal?> ByStaff(Guid programId, Guid id, Actor actor, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ProgramId == programId, stop) is not { } mentorship) return Refusal.NotFound("pair");
        if (mentorship.IsOver) return Refusal.Conflict("over", "This mentorship has come to its end. Nobody was written to.");
        return await Send(mentorship, await zones.Today(stop), actor.AccountId, stop) ? null : Refusal.Conflict("written_today", "Both were written to today already. Nothing was sent twice.");
    }

    async Task<bool> Send(Mentorship mentorship, DateOnly today, Guid? accountId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        db.Add(new Nudge(Guid.CreateVersion7(now), mentorship.Id, now, today, accountId));
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        var called = await names.Of(members.Values, stop);
        var addresses = await accounts.AddressesOf([.. members.Values.Select(member => member.SellerId).Distinct()], stop);
        foreach (var side in new[] { Side.Mentee, Side.Mentor })
        {
            if (!members.TryGetValue(mentorship.Of(side), out var own) || !members.TryGetValue(mentorship.Of(side.Other()), out var other)) continue;
            var who = called(other);
            foreach (var address in addresses[own.SellerId])
                outbox.Add(new Mail(Kind, address, $"How is it going with {who.Name}?",
                    [
                        accountId is null ? $"You and {who.FirstName} have not been in contact for a while." : $"The program’s team noticed that you and {who.FirstName} have not been in contact for a while.",
                        side == Side.Mentee ? "Two lines are enough: what you are stuck with, or a time that suits you." : $"Two lines are enough: a question, or a time that suits you. If you have no time now, pause it on the page, and nobody waits.",
                    ], new Link($"Go to {who.FirstName}", MentorshipRoutes.Path(side, mentorship.Id)))
                { About = new(other.ParticipantId, who.Name) });
        }

        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
