using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>Takes an earlier run's weights, rules, objective, near ties and kept pairs into use again, and runs the matching. What was barred or signed since is a manager's later word, and stays.</summary>
sealed class RestoreSettings(ProgramLookup programs, ReadStudio read, MatchPool pool, SteerAndRun steer)
{
    /// <param name="seen">The edition of the settings that the manager looked at.</param>
    public async Task<Result<CompletedRun>> Run(string programSlug, int number, uint seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (await read.Numbered(program.Id, number, stop) is not { } run) return Refusal.NotFound("run");
        var then = (await pool.Of(program, stop)).Present(run.Head.Settings);
        return await steer.Run(programSlug, seen, now => Restored(now, then), actor, stop);
    }

    /// <summary>Takes back what was set between a run and the one before: unlike restoring, also a pair that the run was told never to make.</summary>
    /// <param name="number">The newest run, which came from the step.</param>
    public async Task<Result<CompletedRun>> TakeBack(string programSlug, int number, uint seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (await read.Newest(program.Id, int.MaxValue, 2, stop) is not [var run, var before] || run.Number != number)
            return Refusal.Conflict("newer_run", "There is a newer run of this program, and nothing was undone. To go back further, use the settings of a run again under All runs.");
        var people = await pool.Of(program, stop);
        var (after, then) = (people.Present(run.Head.Settings), people.Present(before.Head.Settings));
        return await steer.Run(programSlug, seen, now => Restored(now, then) with { Pins = Back(now.Pins, after.Pins, then.Pins), Bars = Back(now.Bars, after.Bars, then.Bars) }, actor, stop);

        static IReadOnlyList<T> Back<T>(IReadOnlyList<T> now, IReadOnlyList<T> after, IReadOnlyList<T> then) => [.. now.Except(after.Except(then)).Union(then)];
    }

    static MatchSettings Restored(MatchSettings now, MatchSettings then) => now with
    {
        Weights = then.Weights,
        Rules = then.Rules,
        Objective = then.Objective,
        NearTies = then.NearTies,
        Pins = [.. then.Pins.Where(pin => !now.Bars.Any(bar => bar.MenteeId == pin.MenteeId && bar.MentorId == pin.MentorId))],
    };
}
