using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Does the readings of past pairs that were asked for: one at a time, the reading and the end of the request in one transaction. A node that dies over one leaves it to another.</summary>
sealed class LearnFromPairs(GuildhallDb db, ProgramLookup programs, CurrentRules rules, GatherOutcomes gather, TimeProvider clock, ILogger<LearnFromPairs> log)
{
    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop)) db.ChangeTracker.Clear();
    }

    /// <returns>Whether there was one to do.</returns>
    async Task<bool> Run(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<LearningRequest>().FromSql($"SELECT * FROM pairing.learning_request WHERE done_at IS NULL ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(stop) is not [var request]) return false;
        await transaction.CreateSavepointAsync("asked", stop);
        try
        {
            var program = (await programs.ById(request.ProgramId, stop))!;
            var study = await gather.Of(program, stop);
            await LearningReading.Lock(db, program, stop);
            var now = await rules.Of(program, stop);
            var last = await db.Set<LearningReading>().Where(reading => reading.ProgramId == program.Id).MaxAsync(reading => (int?)reading.Number, stop) ?? 0;
            var reading = new LearningReading(request, last + 1, now, Learn.Of(study, now.Settings.Weights), clock.GetUtcNow());
            db.Add(reading);
            request.Done(reading.ReadAt);
            await db.SaveChangesAsync(stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One that fails would fail again, and keep others waiting: whoever asked is told, and may ask again.
            log.LogError(failure, "What went with better outcomes in program {Program} could not be read", request.ProgramId);
            await transaction.RollbackToSavepointAsync("asked", stop);
            db.ChangeTracker.Clear();
            db.Attach(request);
            request.Done(clock.GetUtcNow(), hasFailed: true);
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
