using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Corrects what is known of a participant, or takes them out of the program. Of two people who do it at once, the second is told.</summary>
sealed class ChangeParticipant(GuildhallDb db)
{
    public async Task<Result<Participant>> Run(Guid programId, Guid participantId, uint seen, IFormCollection form, CancellationToken stop)
    {
        if (await Find(programId, participantId, seen, stop) is not { } participant) return Refusal.NotFound("participant");

        Result<Participant> changed;
        if (participant.AsMentee is { } mentee)
        {
            if (!ParticipantForm.Read(mentee, form).Succeeded(out var profile, out var refusal)) return refusal;
            changed = participant.Change(profile, null, ProfileOrigin.Stated);
        }
        else
        {
            if (!ParticipantForm.Read(participant.AsMentor!, form).Succeeded(out var profile, out var refusal)) return refusal;
            // Anything but a whole number reads as −1, which the entity refuses with its own words.
            var places = int.TryParse(form["Capacity"], NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : -1;
            changed = participant.Change(profile with { Capacity = places, IsOpenToNew = form["IsOpen"] == "true" }, null, ProfileOrigin.Stated);
        }

        return changed.Refusal is { } refused ? refused : await Save(participant, stop);
    }

    public async Task<Result<Participant>> Remove(Guid programId, Guid participantId, uint seen, CancellationToken stop)
    {
        if (await Find(programId, participantId, seen, stop) is not { } participant) return Refusal.NotFound("participant");
        db.Remove(participant);
        return await Save(participant, stop);
    }

    async Task<Participant?> Find(Guid programId, Guid participantId, uint seen, CancellationToken stop)
    {
        var participant = await db.Set<Participant>().SingleOrDefaultAsync(p => p.Id == participantId && p.ProgramId == programId, stop);
        if (participant is not null) db.Entry(participant).Property(p => p.RowVersion).OriginalValue = seen;
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
            return Refusal.Conflict("changed_meanwhile", "Somebody else changed this person while you were on this page. Their change is kept and yours is not saved. Look at the page again, then make your change.");
        }
    }
}
