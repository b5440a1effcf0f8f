using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>How saving many participants at once ended. Only where it says yes was anything saved.</summary>
enum Saved
{
    Yes,

    /// <summary>Somebody else saved some of them first.</summary>
    ChangedMeanwhile,

    /// <summary>The program was closed at the same moment, and takes nobody new.</summary>
    ClosedMeanwhile,
}

/// <summary>Saves many participants of a program at once, all or none.</summary>
static class SaveTogether
{
    /// <param name="takes">Asked again, under a lock, whether the program takes people; null where nobody new comes in.</param>
    /// <param name="within">What is stored together with them.</param>
    public static async Task<Saved> SaveParticipants(this GuildhallDb db, Guid programId, CancellationToken stop, ProgramLookup? takes = null, Func<Task>? within = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // One list of a program at a time: two that overlap in different orders would each wait for the other.
        await db.LockUntilCommit($"participants of {programId}", stop);
        if (takes is not null && !await takes.KeepTakingPeople(programId, stop)) return Saved.ClosedMeanwhile;
        if (within is not null) await within();
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return Saved.ChangedMeanwhile;
        }

        await transaction.CommitAsync(stop);
        return Saved.Yes;
    }
}
