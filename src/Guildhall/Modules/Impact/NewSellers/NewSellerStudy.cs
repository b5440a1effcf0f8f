using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>A seller from the day it signed up.</summary>
/// <param name="Wait">On the clock of its own age: each day counts as over, so a sale on the day of signing up ends its first day, at 1. Mentoring begins at the end of the day on which both accepted.</param>
/// <param name="SignedUp">The day it signed up, as a number of days.</param>
/// <param name="Cluster">Mentees of one mentor share a number; everybody else has their own.</param>
sealed record NewSeller(Lifetime Wait, string? Category, string? Country, double SignedUp, int Cluster)
{
    /// <summary>How far it had come at an age; null where everybody who waits is as far, as before a first sale.</summary>
    public Func<double, Standing>? Stands { get; init; }
}

/// <summary>Everything that a reading of new sellers reads, as of a day.</summary>
/// <param name="DataThrough">The last day that counts.</param>
/// <param name="WindowEndsOn">The last day of the last mentee's window.</param>
/// <param name="Sellers">Mentees and others; empty while the window is not over.</param>
/// <param name="Mentored">Mentees to whom it had not happened when mentoring began.</param>
sealed record NewSellerStudy(DateOnly DataThrough, DateOnly WindowEndsOn, IReadOnlyList<NewSeller> Sellers, int Mentored);
