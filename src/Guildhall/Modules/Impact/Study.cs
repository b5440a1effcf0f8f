using System.Collections.ObjectModel;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>A seller of a study.</summary>
/// <param name="Joined">The period it joined in; 0 for one who was never mentored.</param>
/// <param name="Cluster">Mentees of one mentor share a number; everybody else has their own.</param>
/// <param name="Years">Years since it signed up, on the first day of the study.</param>
/// <param name="Sales">Minor units of the marketplace's currency, a number a period.</param>
/// <param name="Orders">Orders that were not canceled, a number a period.</param>
sealed record StudySeller(int Joined, int Cluster, string? Category, string? Country, double Years, double[] Sales, double[] Orders)
{
    /// <summary>A number a period, too; without those of which nothing is known.</summary>
    public IReadOnlyDictionary<PanelAverage, AverageParts> Averages { get; init; } = ReadOnlyDictionary<PanelAverage, AverageParts>.Empty;
}

/// <summary>Everything that a reading reads, as of a day.</summary>
/// <param name="DataThrough">The last day that counts.</param>
/// <param name="WindowEndsOn">The last day of the outcome's window.</param>
/// <param name="Mentored">Mentees whose mentorship became active by the program's last day.</param>
/// <param name="Sellers">Mentees and sellers who were never mentored, all with every period. Empty while the window is not over.</param>
/// <param name="Periods">How many periods each has.</param>
/// <param name="PeriodsBefore">How many of them lie before the first who joined.</param>
/// <param name="NotEstablished">Mentees who were not there, or sold nothing, before the program began.</param>
/// <param name="WithGaps">Sellers left out because a day of theirs says nothing of orders or sales.</param>
sealed record Study(DateOnly DataThrough, DateOnly WindowEndsOn, int Mentored, IReadOnlyList<StudySeller> Sellers, int Periods, int PeriodsBefore, int NotEstablished, int WithGaps)
{
    /// <summary>How many periods a mentorship lasts, from joining on.</summary>
    public int MentoredPeriods { get; init; }

    /// <summary>The same with every period that was imported after the window, for what is left once mentorships ended; null while there is none.</summary>
    public Study? Longer { get; init; }

    /// <summary>The share of mentees who may have nobody of their kind to be compared with.</summary>
    public const double MostOutside = 0.05;

    /// <summary>The share of their category's active sellers that mentees may be. Where they are more, what they gain may be what those they are compared with lost.</summary>
    public const double MostOfCategory = 0.1;
}
