using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Posts the sessions of those who try a program, calls them off, and marks who came. Whoever it concerns is written to in the same save.</summary>
sealed class RunTrialSessions(GuildhallDb db, TrialMail mail, AuditTrail trail, TimeProvider clock)
{
    /// <summary>What is wrong with a form of which some fields could not be read.</summary>
    public Refusal? Problems(TrialSessionForm form) => Refusal.Together(TrialSession.Problems(form, clock.GetUtcNow()));

    public async Task<Result<TrialSession>> Post(ProgramFacts program, TrialSessionForm form, Actor host, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (!TrialSession.Post(program.Id, form, host.AccountId, now).Succeeded(out var session, out var refusal)) return refusal;
        // Who could have chosen another already knows that there is one.
        var before = await db.Set<TrialSession>().Where(s => s.ProgramId == program.Id && s.CalledOffAt == null && s.StartsAt > now && db.Set<Trial>().Count(t => t.SessionId == s.Id) < s.Places).MinAsync(s => (DateTimeOffset?)s.StartsAt, stop);
        var waiting = await db.Set<Trial>().AsNoTracking().Where(t => t.ProgramId == program.Id && t.State == TrialState.Running && t.SessionId == null && t.EndsAt > session.StartsAt && (before == null || t.EndsAt <= before)).ToListAsync(stop);
        db.Add(session);
        foreach (var trial in waiting) await mail.SessionPosted(program, trial, session, stop);
        try
        {
            await db.SaveChangesAsync(stop);
            return session;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("posted", "You hold a session at this time already. It stands in the list, and nothing was posted twice.");
        }
    }

    public async Task<Refusal?> CallOff(ProgramFacts program, Guid sessionId, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await Hold(program, sessionId, stop)) return Refusal.NotFound("session");
        var session = await db.Set<TrialSession>().SingleAsync(s => s.Id == sessionId, stop);
        if (session.CallOff(clock.GetUtcNow()) is { } refusal) return refusal;
        foreach (var trial in await db.Set<Trial>().Where(t => t.SessionId == sessionId).ToListAsync(stop))
        {
            trial.LoseSession();
            await mail.SessionOff(program, trial, session, stop);
        }

        return await Stored(transaction, stop);
    }

    /// <param name="marks">By trial: there, not there, or not marked. Who is not named stays as they are.</param>
    public async Task<Refusal?> Mark(ProgramFacts program, Guid sessionId, IReadOnlyDictionary<Guid, bool?> marks, Actor by, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await Hold(program, sessionId, stop)) return Refusal.NotFound("session");
        var session = await db.Set<TrialSession>().AsNoTracking().SingleAsync(s => s.Id == sessionId, stop);
        if (session.CalledOffAt is not null) return Refusal.Conflict("called_off", "This session was called off, so nobody could come. Nothing was changed.");
        if (session.StartsAt > clock.GetUtcNow()) return Refusal.Conflict("not_begun", "This session has not begun yet. Mark who came once it has. Nothing was changed.");
        foreach (var trial in await db.Set<Trial>().Where(t => t.SessionId == sessionId).ToListAsync(stop))
        {
            if (!marks.TryGetValue(trial.Id, out var came) || came == trial.Came) continue;
            trial.Mark(came);
            trail.Add(by, AuditVerb.Changed, AuditSubject.Seller(trial.SellerId, program.Id), "trial", came switch { true => "came", false => "did-not-come", null => "not-marked" });
        }

        return await Stored(transaction, stop);
    }

    /// <summary>Who takes a place in it at this moment waits until this is done, or is done before.</summary>
    async Task<bool> Hold(ProgramFacts program, Guid sessionId, CancellationToken stop) =>
        (await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\" FROM enrollment.trial_session WHERE id = {sessionId} AND program_id = {program.Id} FOR UPDATE").ToListAsync(stop)).Count > 0;

    async Task<Refusal?> Stored(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("changed_meanwhile", "One of those who have a place changed something at the same moment. Nothing was changed by you. Look at the page again, then do it once more.");
        }

        await transaction.CommitAsync(stop);
        return null;
    }
}
