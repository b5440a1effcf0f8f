using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Counts for a plan whom a program may expect, and who is nobody to compare with.</summary>
sealed class ExpectMentees(GuildhallDb db) : IKnowWhoTakesPart
{
    public async Task<ExpectedPeople> Of(Guid programId, CancellationToken stop)
    {
        var mentees = await db.Set<Participant>().CountAsync(p => p.ProgramId == programId && p.Side == Side.Mentee, stop);
        var waiting = await db.Set<Application>().CountAsync(a => a.ProgramId == programId && a.Side == Side.Mentee && (a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting), stop);
        var places = (await db.Set<Participant>().AsNoTracking().Where(p => p.ProgramId == programId && p.Side == Side.Mentor).ToListAsync(stop)).Where(p => p.AsMentor is { IsOpenToNew: true }).Sum(p => p.AsMentor!.Capacity);
        // Also of who was erased: their figures stay, without a name.
        return new(mentees + waiting, places, await db.Set<Participant>().IgnoreQueryFilters().Select(p => p.SellerId).Distinct().ToListAsync(stop));
    }
}
