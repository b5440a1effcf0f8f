using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Keeps a place in a session for who tries the program, moves it to another, or gives it back. Of two who want the last place, the second is told.</summary>
sealed class ChooseSession(GuildhallDb db, TimeProvider clock)
{
    static readonly Refusal changedMeanwhile = Refusal.Conflict("changed_meanwhile", "Your trial was changed in another window at the same moment. What was done there stands, and this page changed nothing.");

    public async Task<Refusal?> Choose(ProgramFacts program, ShopActor shop, Guid sessionId, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Held until the end: whoever wants a place in the same session, or calls it off, waits and then sees this one.
        if ((await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM enrollment.trial_session WHERE id = {sessionId} AND program_id = {program.Id} FOR UPDATE").ToListAsync(stop)).Count == 0) return Refusal.NotFound("session");
        if (await OwnTrial(program, shop, stop) is not { } trial) return Refusal.NotFound("trial");
        var session = await db.Set<TrialSession>().SingleAsync(s => s.Id == sessionId, stop);
        if (trial.Choose(session, await Chosen(trial, stop), clock.GetUtcNow()) is { } refusal) return refusal;
        if (await db.Set<Trial>().CountAsync(t => t.SessionId == sessionId && t.Id != trial.Id, stop) >= session.Places)
            return Refusal.Conflict("full", string.Create(CultureInfo.CurrentCulture, $"The last of {session.Places:N0} places in this session has just gone. Nothing was changed. Choose another time below."));
        return await Stored(transaction, stop);
    }

    public async Task<Refusal?> GiveBack(ProgramFacts program, ShopActor shop, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OwnTrial(program, shop, stop) is not { } trial) return Refusal.NotFound("trial");
        return trial.GiveBack(await Chosen(trial, stop), clock.GetUtcNow()) ?? await Stored(transaction, stop);
    }

    Task<Trial?> OwnTrial(ProgramFacts program, ShopActor shop, CancellationToken stop) => db.Set<Trial>().SingleOrDefaultAsync(t => t.ProgramId == program.Id && t.SellerId == shop.SellerId, stop);

    Task<TrialSession?> Chosen(Trial trial, CancellationToken stop) => db.Set<TrialSession>().SingleOrDefaultAsync(s => s.Id == trial.SessionId, stop);

    async Task<Refusal?> Stored(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return changedMeanwhile;
        }

        await transaction.CommitAsync(stop);
        return null;
    }
}
