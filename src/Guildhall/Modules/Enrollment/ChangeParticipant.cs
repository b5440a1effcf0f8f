using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Corrects what is known of a participant, or takes them out of the program. Of two people who do it at once, the second is told.</summary>
sealed class ChangeParticipant(GuildhallDb db, ProgramLookup programs, IEnumerable<IHoldParticipants> holders)
{
    public async Task<Result<Participant>> Run(string programSlug, Guid participantId, FormFields form, CancellationToken stop)
    {
        if (await Find(programSlug, participantId, form, stop) is not { } participant) return Refusal.NotFound("participant");

        var said = ParticipantForm.Read(participant.Profile, form);
        if (form.Refusal is { } unreadable) return unreadable;
        // Correcting a mentor's places doesn't make assumed hours their own words.
        var origin = ParticipantForm.SaysTheSame(participant.Profile, said) ? participant.Origin : ProfileOrigin.Stated;
        var changed = said is MenteeProfile mentee ? participant.Change(mentee, null, origin) : participant.Change((MentorProfile)said, null, origin);
        return changed.Refusal is { } refusal ? refusal : await Save(participant, stop);
    }

    public async Task<Result<Participant>> Remove(string programSlug, Guid participantId, FormFields form, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await Find(programSlug, participantId, form, stop) is not { } participant) return Refusal.NotFound("participant");
        foreach (var holder in holders)
            if (await holder.MayLeave(participant.ProgramId, participant.Id, stop) is { } held) return held;

        db.Remove(participant);
        var removed = await Save(participant, stop);
        if (removed.Refusal is null) await transaction.CommitAsync(stop);
        return removed;
    }

    async Task<Participant?> Find(string programSlug, Guid participantId, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return null;
        var participant = await db.Set<Participant>().SingleOrDefaultAsync(p => p.Id == participantId && p.ProgramId == program.Id, stop);
        if (participant is not null) db.Entry(participant).Property(p => p.RowVersion).OriginalValue = form.Edition("seen");
        return participant;
    }

    async Task<Result<Participant>> Save(Participant participant, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return participant;
        }
        catch (DbUpdateConcurrencyException)
        {
            // The page that says so shows what is stored, not what was to be.
            db.ChangeTracker.Clear();
            return Refusal.Conflict("changed_meanwhile", "Somebody else changed this person while you were on this page. Their change is kept and yours is not saved. Look at what is stored now, then decide.");
        }
    }
}
