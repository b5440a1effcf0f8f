using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Ends the trials whose last day is over, each with a mail that sums it up, and writes the mail of the day before a session. A batch at a time; of several nodes each takes others.</summary>
sealed class EndTrials(GuildhallDb db, ProgramLookup programs, ReadSummary summaries, TrialMail mail, TimeProvider clock)
{
    public const int BatchSize = 50;
    static readonly TimeSpan dayBefore = TimeSpan.FromHours(24);

    public async Task Run(CancellationToken stop)
    {
        while (await End(stop) == BatchSize) db.ChangeTracker.Clear();
        db.ChangeTracker.Clear();
        while (await Remind(stop) == BatchSize) db.ChangeTracker.Clear();
    }

    /// <returns>How many were ended; under <see cref="BatchSize"/> none is left.</returns>
    public async Task<int> End(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // What another node is ending at this moment is left to it.
        var ids = await db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM enrollment.trial WHERE state = 'Running' AND ends_at <= {now} ORDER BY ends_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED").ToListAsync(stop);
        if (ids.Count == 0) return 0;
        var trials = await db.Set<Trial>().Where(trial => ids.Contains(trial.Id)).OrderBy(trial => trial.Id).ToListAsync(stop);
        foreach (var trial in trials) trial.End(now);
        var summed = await summaries.Of(trials, stop);
        foreach (var group in trials.GroupBy(trial => trial.ProgramId))
        {
            if (await programs.ById(group.Key, stop) is not { } program) continue;
            foreach (var trial in group) await mail.Ended(program, trial, summed[trial.Id], stop);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return trials.Count;
    }

    /// <summary>Who chose less than a day ahead knows it well enough.</summary>
    /// <returns>As <see cref="End"/>.</returns>
    public async Task<int> Remind(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var until = now + dayBefore;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ids = await db.Database.SqlQuery<Guid>($"""
            SELECT t.id AS "Value" FROM enrollment.trial_session s JOIN enrollment.trial t ON t.session_id = s.id
            WHERE s.starts_at > {now} AND s.starts_at <= {until} AND s.called_off_at IS NULL AND t.state = 'Running' AND t.reminded_of IS DISTINCT FROM s.id AND t.chosen_at < s.starts_at - {dayBefore}
            ORDER BY s.starts_at LIMIT {BatchSize} FOR UPDATE OF t SKIP LOCKED
            """).ToListAsync(stop);
        if (ids.Count == 0) return 0;
        var trials = await db.Set<Trial>().Where(trial => ids.Contains(trial.Id)).OrderBy(trial => trial.Id).ToListAsync(stop);
        var sessionIds = trials.Select(trial => trial.SessionId).Distinct().ToList();
        var sessions = await db.Set<TrialSession>().AsNoTracking().Where(session => sessionIds.Contains(session.Id)).ToDictionaryAsync(session => session.Id, stop);
        foreach (var group in trials.GroupBy(trial => trial.ProgramId))
        {
            var program = await programs.ById(group.Key, stop);
            foreach (var trial in group)
            {
                if (program is not null) await mail.DayBefore(program, trial, sessions[trial.SessionId!.Value], stop);
                trial.Remind();
            }
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return trials.Count;
    }
}
