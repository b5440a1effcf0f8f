using Guildhall.Matching;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Pairing;

/// <summary>Changes how a program matches: weights, rules, pins, bars, waivers. The next run uses it. Of two managers, the second is told.</summary>
sealed class SteerMatching(GuildhallDb db, ProgramLookup programs, CurrentRules current, AccountLookup accounts, TimeProvider clock)
{
    /// <param name="seen">The edition of the settings that the manager looked at.</param>
    /// <param name="change">The wanted settings, from the ones seen.</param>
    public async Task<Result<MatchingRules>> Run(string programSlug, uint seen, Func<MatchSettings, Result<MatchSettings>> change, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");

        var now = await current.Of(program, stop);
        if (now.Seen != seen) return await ChangedBySomebodyElse(now, stop);
        if (!change(now.Settings).Succeeded(out var settings, out var refusal)) return refusal;

        var rules = await db.Set<MatchingRules>().SingleOrDefaultAsync(r => r.ProgramId == program.Id, stop);
        if (rules is null)
        {
            rules = new MatchingRules(program.Id, settings, actor, clock.GetUtcNow());
            db.Add(rules);
        }
        else
        {
            db.Entry(rules).Property(r => r.RowVersion).OriginalValue = seen;
        }

        if (!rules.Change(settings, actor, clock.GetUtcNow()).Succeeded(out _, out refusal)) return refusal;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return await ChangedBySomebodyElse(await current.Of(program, stop), stop);
        }

        return rules;
    }

    async Task<Refusal> ChangedBySomebodyElse(RulesNow now, CancellationToken stop)
    {
        var name = now.ChangedBy is { } id && (await accounts.Names([id], stop)).TryGetValue(id, out var known) ? known : "Somebody else";
        var ago = now.ChangedAt is { } at ? Ago(clock.GetUtcNow() - at) : "a moment ago";
        return Refusal.Conflict("changed_meanwhile", $"{name} changed these settings {ago}. Theirs are shown now and yours are not saved. Look at them, then make your change again.");
    }

    static string Ago(TimeSpan since) => since.TotalMinutes < 1 ? "a moment ago" : since.TotalMinutes < 2 ? "1 minute ago" : since.TotalHours < 2 ? $"{(int)since.TotalMinutes} minutes ago" : "earlier";
}
