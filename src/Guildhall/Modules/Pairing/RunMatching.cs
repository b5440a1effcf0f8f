using System.Diagnostics;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Pairing;

/// <summary>Computes the best pairs of a program as it stands now and stores them as a draft. Nobody is told.</summary>
sealed class RunMatching(GuildhallDb db, ProgramLookup programs, MatchPool pool, CurrentRules rules, TimeProvider clock)
{
    public async Task<Result<CompletedRun>> Run(string programSlug, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");

        var settings = (await rules.Of(program, stop)).Settings;
        var people = await pool.Of(program, stop);
        var input = new MatchInput(people.Mentees, people.Mentors, Present(settings, people));

        var watch = Stopwatch.StartNew();
        var outcome = Matcher.Run(input, stop);
        if (outcome.Value is not { } result) return Refused(outcome.Refusals);

        var last = await db.Set<CompletedRun>().Where(run => run.ProgramId == program.Id).MaxAsync(run => (int?)run.Number, stop) ?? 0;
        var completed = new CompletedRun(program.Id, last + 1, program.Version, input, result, people.Notes, watch.Elapsed, actor, clock.GetUtcNow());
        db.Add(completed);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Conflict("ran_meanwhile", "Somebody else ran the matching at the same moment. Their run is stored and yours is not. Look at theirs first.");
        }

        return completed;
    }

    /// <summary>The settings without pairs of people who wait no more: a kept pair that was approved has nothing left to keep.</summary>
    static MatchSettings Present(MatchSettings settings, MatchPeople people)
    {
        var here = people.Mentees.Select(mentee => mentee.Id).Concat(people.Mentors.Select(mentor => mentor.Id)).ToHashSet();
        return settings with
        {
            Pins = [.. settings.Pins.Where(pin => here.Contains(pin.MenteeId) && here.Contains(pin.MentorId))],
            Bars = [.. settings.Bars.Where(bar => here.Contains(bar.MenteeId) && here.Contains(bar.MentorId))],
            Waivers = [.. settings.Waivers.Where(waiver => here.Contains(waiver.MenteeId) && here.Contains(waiver.MentorId))],
        };
    }

    static Refusal Refused(IReadOnlyList<MatchRefusal> refusals) =>
        Refusal.Invalid(
            refusals[0].Code.ToString(), string.Join(" ", refusals.Select(refusal => refusal.Message).Distinct().Take(3)),
            refusals[0].Code == RefusalCode.NoPossiblePair ? refusals[0].SubjectIds[0] : null);
}
