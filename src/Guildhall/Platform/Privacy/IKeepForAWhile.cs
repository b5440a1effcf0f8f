namespace Guildhall.Platform.Privacy;

/// <summary>Something that is kept for so many months after it was last needed.</summary>
/// <param name="Id">Stable: stored with the months.</param>
/// <param name="Purpose">Why it is kept at all.</param>
/// <param name="UsualMonths">Where nobody decided otherwise.</param>
public sealed record KeptKind(string Id, string Label, string Purpose, int UsualMonths)
{
    public const int FewestMonths = 1;
    public const int MostMonths = 120;
}

/// <summary>The module that keeps it, and removes what is older.</summary>
interface IKeepForAWhile
{
    KeptKind Kind { get; }

    /// <returns>How many were removed.</returns>
    Task<int> Remove(DateTimeOffset before, CancellationToken stop);
}
