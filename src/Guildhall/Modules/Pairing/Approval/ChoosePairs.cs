using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Keeps which pairs of a draft are ticked, so that the last look and the approval speak of the same pairs.</summary>
sealed class ChoosePairs(GuildhallDb db, ProgramLookup programs)
{
    /// <param name="leftOut">Mentees whose boxes were just unticked.</param>
    /// <param name="takenIn">Mentees whose boxes were just ticked.</param>
    public async Task<Result<CompletedRun>> Run(string programSlug, int number, IReadOnlyCollection<string> leftOut, IReadOnlyCollection<string> takenIn, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        if (await db.Set<CompletedRun>().SingleOrDefaultAsync(r => r.ProgramId == program.Id && r.Number == number, stop) is not { } run) return Refusal.NotFound("run");
        if (run.Choose(leftOut, takenIn).Refusal is { } refusal) return refusal;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return run;
    }
}
