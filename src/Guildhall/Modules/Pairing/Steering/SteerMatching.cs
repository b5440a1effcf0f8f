using Guildhall.Matching;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Changes how a program matches: weights, rules, pins, bars, waivers. What the next run could not use is refused here. Of two managers, the second is told.</summary>
sealed class SteerMatching(GuildhallDb db, ProgramLookup programs, CurrentRules current, MatchPool pool, PeopleNames names, AccountLookup accounts, TimeProvider clock)
{
    /// <param name="seen">The edition of the settings that the manager looked at.</param>
    /// <param name="change">The wanted settings, from the ones seen.</param>
    public async Task<Result<MatchSettings>> Run(string programSlug, uint seen, Func<MatchSettings, Result<MatchSettings>> change, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");

        var now = await current.Of(program, stop);
        if (now.Seen != seen) return await ChangedMeanwhile(now, actor, stop);
        if (!change(now.Settings).Succeeded(out var settings, out var refusal)) return refusal;
        if (ReferenceEquals(settings, now.Settings)) return settings;
        if (await Unusable(program, now.Settings, settings, stop) is { } unusable) return unusable;

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
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return await ChangedMeanwhile(await current.Of(program, stop), actor, stop);
        }

        return settings;
    }

    /// <summary>Named pairs against the people of the program: strangers, and pins that no run could keep.</summary>
    async Task<Refusal?> Unusable(ProgramFacts program, MatchSettings before, MatchSettings after, CancellationToken stop)
    {
        var named = Named(after).Except(Named(before)).ToList();
        if (named.Count > 0 && after.Waivers.Count > 0) named = [.. named.Except(await HeldPairs(program, stop)).Union(Fixed(after).Except(Named(before)))];
        if (named.Count == 0 && after.Pins.Count == 0) return null;

        var people = await pool.Of(program, stop);
        if (people.ByLot is { } lost && named.Find(pair => lost.Mentees.Contains(pair.MenteeId)) is { } held)
            return Refusal.Conflict("waits_by_lot", $"{(await names.Of(program.Id, stop))[held.MenteeId].Person} waits by lot until {lost.Day}. A place by hand would undo the draw for one of them, and what it can show for all. Nothing was changed.");
        if (named.Find(pair => !people.HasMentee(pair.MenteeId)) is { } noMentee)
            return Refusal.Invalid("unknown_mentee", $"Nobody with the seller id {noMentee.MenteeId} waits as a mentee in this program. Nothing was changed.", "mentee");
        if (named.Find(pair => !people.HasMentor(pair.MentorId)) is { } noMentor)
            return Refusal.Invalid("unknown_mentor", $"Nobody with the seller id {noMentor.MentorId} is a mentor in this program. Nothing was changed.", "mentor");

        var pins = people.Present(after);
        return pins.Pins.Count > 0 && Matcher.Prepare(new MatchInput(people.Mentees, people.Mentors, pins), stop).Refusals.FirstOrDefault(IsAboutPins) is { } refused
            ? SettingWords.Refused(refused, after, await names.Of(program.Id, stop))
            : null;
    }

    /// <summary>Pairs that a conflict holds back: their people wait for no run, and the conflict can be waived all the same.</summary>
    async Task<IReadOnlyList<Pin>> HeldPairs(ProgramFacts program, CancellationToken stop)
    {
        var held = await db.Set<Proposal>().Where(p => p.ProgramId == program.Id && p.State == ProposalState.Approved && p.HeldAt != null).Select(p => new { p.MenteeId, p.MentorId }).ToListAsync(stop);
        if (held.Count == 0) return [];
        var (_, ids) = await pool.These(program, [.. held.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        return [.. held.Select(pair => new Pin(ids[pair.MenteeId], ids[pair.MentorId]))];
    }

    static IEnumerable<Pin> Named(MatchSettings settings) => [.. Fixed(settings), .. settings.Waivers.Select(waiver => new Pin(waiver.MenteeId, waiver.MentorId))];

    static IEnumerable<Pin> Fixed(MatchSettings settings) => [.. settings.Pins, .. settings.Bars.Select(bar => new Pin(bar.MenteeId, bar.MentorId))];

    static bool IsAboutPins(MatchRefusal refusal) => refusal.Code is RefusalCode.PinBreaksRule or RefusalCode.PinOverCapacity or RefusalCode.PinTwice;

    async Task<Refusal> ChangedMeanwhile(RulesNow now, Actor actor, CancellationToken stop)
    {
        var ago = now.ChangedAt is { } at ? Ago(clock.GetUtcNow() - at) : "a moment ago";
        if (now.ChangedBy == actor.AccountId) return Refusal.Conflict("changed_meanwhile", $"You changed these settings yourself {ago}, perhaps in another window. This change is not saved. Look at them as they are now, then make it again.");

        var name = now.ChangedBy is { } id && (await accounts.Names([id], stop)).TryGetValue(id, out var known) ? known : "Somebody else";
        return Refusal.Conflict("changed_meanwhile", $"{name} changed these settings {ago}. Your change is not saved. Look at them as they are now, then make it again.");
    }

    static string Ago(TimeSpan since) => since.TotalMinutes < 1 ? "a moment ago" : since.TotalMinutes < 2 ? "1 minute ago" : since.TotalHours < 2 ? $"{(int)since.TotalMinutes} minutes ago" : "earlier";
}
