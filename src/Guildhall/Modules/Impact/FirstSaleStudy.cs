using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>A seller who came without a sale.</summary>
/// <param name="Wait">On the clock of its own age: each day counts as over, so a sale on the day of signing up ends its first day, at 1. Mentoring begins at the end of the day on which both accepted.</param>
/// <param name="SignedUp">The day it signed up, as a number of days.</param>
/// <param name="Cluster">Mentees of one mentor share a number; everybody else has their own.</param>
sealed record NewSeller(Lifetime Wait, string? Category, string? Country, double SignedUp, int Cluster);

/// <summary>Everything that a reading of first sales reads, as of a day.</summary>
/// <param name="DataThrough">The last day that counts.</param>
/// <param name="WindowEndsOn">The last day of the last mentee's window.</param>
/// <param name="Sellers">Mentees and others; empty while the window is not over.</param>
/// <param name="Mentored">Mentees who had not sold yet when mentoring began.</param>
sealed record FirstSaleStudy(DateOnly DataThrough, DateOnly WindowEndsOn, IReadOnlyList<NewSeller> Sellers, int Mentored);
