namespace Guildhall.Matching;

/// <summary>
/// Turns a program's mentees, mentors, rules and weights into the optimal pairs with their reasons. Deterministic: the same
/// input and seed give the same run on any machine, whatever the order of the input.
/// </summary>
public static class Matcher
{
    /// <summary>Prepares an input and runs it.</summary>
    /// <param name="input">Mentees, mentors and settings; not changed.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>A verified run, or every refusal found.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    public static MatchResult<MatchRun> Run(MatchInput input, CancellationToken stop = default)
    {
        var prepared = Prepare(input, stop);
        return prepared.Value is { } match ? new(match.Run(stop), []) : new(null, prepared.Refusals);
    }

    /// <summary>
    /// Checks an input and turns it into columns and scores, once; runs and what-ifs start from there.
    /// Time is mentees times mentors, on all cores; memory 8 bytes for each of the first 128 million pairs that the rules allow, beyond that rows are scored again when asked for.
    /// </summary>
    /// <param name="input">Mentees, mentors and settings; not changed.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The prepared input, or every refusal found.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    public static MatchResult<PreparedMatch> Prepare(MatchInput input, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return PreparedMatch.Prepare(input, stop);
    }

    /// <summary>
    /// Looks at pairs that work together already, on the figures, goals and hours of today: which would fit another mentor so much better that it beats the cost of a switch.
    /// It proposes and changes nothing. Nobody is left without a mentor, and of all such changes it proposes those with the greatest gain less the cost of every switch.
    /// </summary>
    /// <param name="input">The mentees who have a mentor, the mentors with all their places, those of their running pairs included, and the settings. Of these, kept pairs hold where they run;
    /// rules on taking somebody new (rotation, the lowest fit, one active mentor) don't apply, and no rule ends a running pair.</param>
    /// <param name="running">Who works with whom: every mentee of the input once.</param>
    /// <param name="switchingCost">Points of 100 that a switch must bring, on average over those who switch together, from 0 to 100.</param>
    /// <param name="stop">Ends the work early.</param>
    /// <returns>The proposal, verified like a run; or every refusal found.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MatchResult<Recalibration> Recalibrate(MatchInput input, IReadOnlyList<Pin> running, double switchingCost, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(running);
        return RecalibrationSolver.Solve(input, running, switchingCost, stop);
    }

    /// <summary>Checks one person by themselves, as every run that they are in would.</summary>
    /// <param name="person">A mentee or a mentor.</param>
    /// <returns>Every refusal found; empty when a run takes them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="person"/> is null.</exception>
    public static IReadOnlyList<MatchRefusal> Check(Participant person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return [.. InputChecks.Person(person)];
    }

    /// <summary>Checks settings by themselves, as every run under them would.</summary>
    /// <param name="settings">Rules, weights and frame.</param>
    /// <returns>Every refusal found; empty when a run can use them. Pins are checked against people, by <see cref="Prepare"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="settings"/> is null.</exception>
    public static IReadOnlyList<MatchRefusal> Check(MatchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. SettingChecks.OfSettings(settings)];
    }

    /// <summary>
    /// Lays two runs side by side. Where their weights or penalties differ, a point of the one is not a point of the other: the first
    /// run's pairs are then scored again as the second run scores, by its people, figures and weights.
    /// </summary>
    /// <param name="before">The first run.</param>
    /// <param name="after">The second run. People who are in one run only count as unmatched in the other.</param>
    /// <param name="scale">The match that <paramref name="after"/> came from; asked for only where the scales differ.</param>
    /// <returns>Changed settings and moved mentees.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static MatchComparison Compare(MatchRun before, MatchRun after, Func<PreparedMatch> scale)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(scale);
        return RunComparison.Of(before, after, scale);
    }

    /// <summary>What was set differently between two runs.</summary>
    /// <param name="before">The first run's settings.</param>
    /// <param name="after">The second run's settings.</param>
    /// <returns>Changes in the order of the settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<SettingChange> Compare(MatchSettings before, MatchSettings after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. RunComparison.Settings(before, after)];
    }
}
