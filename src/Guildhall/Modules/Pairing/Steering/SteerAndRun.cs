using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Database;

namespace Guildhall.Modules.Pairing;

/// <summary>Changes how a program matches and runs the matching by it. Where no run comes of it, nothing is changed.</summary>
sealed class SteerAndRun(GuildhallDb db, SteerMatching steer, RunMatching run)
{
    /// <param name="seen">The edition of the settings that the manager looked at.</param>
    /// <param name="change">The wanted settings, from the ones seen.</param>
    public async Task<Result<CompletedRun>> Run(string programSlug, uint seen, Func<MatchSettings, Result<MatchSettings>> change, Actor actor, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if ((await steer.Run(programSlug, seen, change, actor, stop)).Refusal is { } refusal) return refusal;
        if (!(await run.Run(programSlug, actor, stop)).Succeeded(out var done, out refusal)) return refusal;
        await transaction.CommitAsync(stop);
        return done;
    }
}
