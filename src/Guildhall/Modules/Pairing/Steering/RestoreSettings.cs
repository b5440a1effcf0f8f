using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>Takes an earlier run's weights, rules, objective and kept pairs into use again, and runs the matching. What was barred or signed since is a manager's later word, and stays.</summary>
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

    static MatchSettings Restored(MatchSettings now, MatchSettings then) => now with
    {
        Weights = then.Weights,
        Rules = then.Rules,
        Objective = then.Objective,
        Pins = [.. then.Pins.Where(pin => !now.Bars.Any(bar => bar.MenteeId == pin.MenteeId && bar.MentorId == pin.MentorId))],
    };
}
