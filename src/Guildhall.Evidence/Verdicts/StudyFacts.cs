namespace Guildhall.Evidence;

/// <summary>What a verdict has to know of a study besides its effect.</summary>
public sealed record StudyFacts
{
    /// <summary>The least number of mentees of whom an estimate is shown.</summary>
    public const int LeastMentees = 30;

    /// <summary>The least number of controls.</summary>
    public const int LeastControls = 60;

    /// <summary>The least number of events, where the outcome is one.</summary>
    public const int LeastEvents = 10;

    /// <summary>The least number of months before joining.</summary>
    public const int LeastMonthsBefore = 3;

    /// <summary>The least number of months from joining on.</summary>
    public const int LeastMonthsAfter = 2;

    /// <summary>The least number in each group for strong evidence.</summary>
    public const int LeastForStrong = 100;

    /// <summary>The last day of the outcome's window.</summary>
    public required DateOnly WindowEndsOn { get; init; }

    /// <summary>The day on which it is read.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The number of mentees with an effect.</summary>
    public required int Mentees { get; init; }

    /// <summary>The number of controls.</summary>
    public required int Controls { get; init; }

    /// <summary>The number of events, where the outcome is one, such as first sales; null where it is an amount.</summary>
    public int? Events { get; init; }

    /// <summary>The months before joining that are known. Null for new sellers, who have none and whose design needs none.</summary>
    public int? MonthsBefore { get; init; }

    /// <summary>The months from joining on that are known; null as for <see cref="MonthsBefore"/>.</summary>
    public int? MonthsAfter { get; init; }

    /// <summary>Whether the controls are comparable.</summary>
    public required bool ControlsAreComparable { get; init; }

    /// <summary>Whether both groups moved alike before joining and its anticipation; true where a lottery or a new seller has no before.</summary>
    public required bool IsFlatBefore { get; init; }

    /// <summary>Whether all other checks pass: overlap, placebo, displacement and no dip before joining that the base doesn't leave out.</summary>
    public required bool OtherChecksPass { get; init; }

    internal bool IsLarge => Mentees >= LeastForStrong && Controls >= LeastForStrong;

    internal Verdict.TooFew? Shortfall()
    {
        var shortfall = new Verdict.TooFew(
            Math.Max(0, LeastMentees - Mentees), Math.Max(0, LeastControls - Controls), Math.Max(0, LeastEvents - (Events ?? LeastEvents)),
            Math.Max(0, LeastMonthsBefore - (MonthsBefore ?? LeastMonthsBefore)), Math.Max(0, LeastMonthsAfter - (MonthsAfter ?? LeastMonthsAfter)));
        return shortfall is { Mentees: 0, Controls: 0, Events: 0, MonthsBefore: 0, MonthsAfter: 0 } ? null : shortfall;
    }
}

/// <summary>What was found. Signs are such that above 0 is better.</summary>
public sealed record EffectFacts
{
    /// <summary>The effect from two months before joining, never-treated controls, in the outcome's unit.</summary>
    public required Estimate Effect { get; init; }

    /// <summary>The smallest effect worth having, above 0, in the same unit; set before anybody looked. Null where none was set: then no effect is called too small to matter.</summary>
    public required double? UsefulEffect { get; init; }

    /// <summary>The effect against controls who haven't joined yet; null when it couldn't be estimated.</summary>
    public double? AgainstNotYetTreated { get; init; }

    /// <summary>The effect from three months before joining; null when it couldn't be estimated.</summary>
    public double? FromAMonthEarlier { get; init; }

    /// <summary>The effect if the earlier trend had gone on; null when it couldn't be estimated.</summary>
    public double? TrendAdjusted { get; init; }

    /// <summary>The gain in money, in any unit; null when it couldn't be estimated.</summary>
    public double? InMoney { get; init; }

    /// <summary>
    /// What a design without a time before has in place of those four lines, each above 0 where it agrees and null where it couldn't be estimated: of first sales other ways to compare, of lots money alone, for the rest looks for what lots leave no room
    /// for. Null for the design that has the four.
    /// </summary>
    public IReadOnlyList<double?>? OtherReadings { get; init; }

    /// <summary>Whether every sensitivity line could be estimated and is above 0.</summary>
    internal bool SensitivitiesAgree => OtherReadings is { } others ? others.Count > 0 && others.All(value => value > 0) : AgainstNotYetTreated > 0 && FromAMonthEarlier > 0 && TrendAdjusted > 0 && InMoney > 0;

    /// <summary>Whether the effect is a number with a standard error, and the useful effect above 0.</summary>
    internal bool IsSound => double.IsFinite(Effect.Value) && Effect.StandardError >= 0 && double.IsFinite(Effect.StandardError) && UsefulEffect is null or > 0;
}
