using System.Diagnostics;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Computes the best pairs of a program as it stands now and stores them as a draft. Nobody is told.</summary>
sealed class RunMatching(GuildhallDb db, ProgramLookup programs, MatchPool pool, CurrentRules rules, PeopleNames names, OpenMatches matches, TimeProvider clock)
{
    public async Task<Result<CompletedRun>> Run(string programSlug, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");

        var settings = (await rules.Of(program, stop)).Settings;
        var people = await pool.Of(program, stop);
        if (people is { Mentees.Count: 0, ByLot: { Mentees.Count: > 0 } lost })
            return Refusal.Conflict("waits_by_lot", $"Lots were drawn, and everybody who has no mentor yet waits until {lost.Day}. Nothing was run.");
        var input = new MatchInput(people.Mentees, people.Mentors, people.Present(settings));

        var watch = Stopwatch.StartNew();
        var outcome = Matcher.Prepare(input, stop);
        if (outcome.Refusals is [{ Code: RefusalCode.NoPossiblePair } none, ..]) return SettingWords.NoPair(none, input);
        if (outcome.Value is not { } match) return SettingWords.Refused(outcome.Refusals[0], input.Settings, await names.Of(program.Id, stop));
        var result = match.Run(stop);

        var last = await db.Set<CompletedRun>().Where(run => run.ProgramId == program.Id).MaxAsync(run => run.Number, stop) ?? 0;
        var completed = new CompletedRun(program.Id, last + 1, program.Version, input, result, Notes(people), watch.Elapsed, actor, clock.GetUtcNow());
        db.Add(completed);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("ran_meanwhile", "Somebody else ran the matching at the same moment. Their run is stored and yours is not. Look at theirs first.");
        }

        // Whoever ran it looks at it next, and asks the match that is already prepared.
        matches.Keep(completed.Id, new OpenMatch(match));
        return completed;
    }

    static string Notes(MatchPeople people) => people.ByLot is { Mentees.Count: > 0 and var held } lost
        ? $"{Phrases.Plural(held, "mentee")} {(held == 1 ? "waits" : "wait")} by lot until {lost.Day}, and {(held == 1 ? "is" : "are")} not in this run. {people.Notes}".TrimEnd()
        : people.Notes;
}
