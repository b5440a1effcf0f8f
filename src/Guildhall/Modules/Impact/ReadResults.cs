using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Impact;

/// <summary>Does the readings that were asked for: one at a time, under a lock, the reading and the end of the request in one transaction. A node that dies over one leaves it to another.</summary>
sealed class ReadResults(GuildhallDb db, ProgramLookup programs, GatherStudy gather, GatherNewSellers gatherNewSellers, GatherLottery gatherLottery, TimeProvider clock, ILogger<ReadResults> log)
{
    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop)) db.ChangeTracker.Clear();
    }

    /// <returns>Whether there was one to do.</returns>
    async Task<bool> Run(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<ReadingRequest>().FromSql($"SELECT * FROM impact.reading_request WHERE done_at IS NULL ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(stop) is not [var request]) return false;
        await transaction.CreateSavepointAsync("asked", stop);
        try
        {
            var plan = await db.Set<ReadingPlan>().SingleAsync(plan => plan.ProgramId == request.ProgramId && plan.Number == request.PlanNumber, stop);
            var program = (await programs.ById(request.ProgramId, stop))!;
            var study = await gather.Of(program, plan.WindowPeriods, stop);
            var found = ReadStudy.Of(study, plan.Terms, stop);
            var earlier = await db.Set<Reading>().AsNoTracking().Where(reading => reading.ProgramId == program.Id).OrderByDescending(reading => reading.ReadAt).FirstOrDefaultAsync(stop);
            var findings = found with
            {
                Averages = ReadAverages.Marked(found.Averages, program.Design, earlier?.Findings.Averages ?? []),
                FirstSales = await Wait(plan.Terms.FirstSale),
                Milestone = await Wait(plan.Terms.Milestone),
                Staying = await Wait(plan.Terms.Staying),
                Lottery = await gatherLottery.Of(program, plan.WindowPeriods, stop) is { } lottery ? ReadLottery.Of(lottery, plan.Terms) : null,
            };
            async Task<FoundWait?> Wait(WaitTerms? asked) => asked is null ? null : ReadWait.Of(await gatherNewSellers.Of(program, asked, stop), plan.Terms, asked, stop);
            var reading = new Reading(request, program, study, findings, clock.GetUtcNow());
            db.Add(reading);
            request.Done(reading.ReadAt);
            await db.SaveChangesAsync(stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One that fails would fail again, and keep others waiting: whoever asked is told, and may ask again.
            log.LogError(failure, "The results of program {Program} could not be read", request.ProgramId);
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
