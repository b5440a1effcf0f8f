using Guildhall.Evidence;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Impact;

/// <summary>A number with its 95% interval.</summary>
public sealed record FoundEffect(double Value, double Lower, double Upper);

/// <summary>What is missing where there is no estimate: about how many more of each; 0 when that is not what is missing.</summary>
/// <param name="Events">Of new sellers: how often it has to happen still, on the side that has fewer.</param>
public sealed record FoundShortfall(int Mentees, int Controls, int PeriodsBefore, int PeriodsAfter, int Events = 0);

/// <summary>How alike the groups are in one measure, in standard deviations.</summary>
public sealed record FoundBalance(string Measure, double Mentees, double Controls, double Difference);

/// <summary>One period since joining, on average a mentee: what was, and what was to be expected.</summary>
/// <param name="Period">0 is the period of joining.</param>
public sealed record FoundPoint(int Period, int Mentees, double Actual, FoundEffect Expected);

/// <summary>Another way to read the same figures.</summary>
public enum OtherReading
{
    /// <summary>Against sellers who had not joined yet, too.</summary>
    NotYetJoined,

    /// <summary>Measured from a period earlier.</summary>
    FromEarlier,

    /// <summary>If the trend of before had gone on.</summary>
    TrendGoesOn,

    /// <summary>Orders where the outcome is sales, and sales where it is orders.</summary>
    OtherMeasure,
}

/// <summary>The effect by another way of reading, as a share of what was to be expected; null where it could not be estimated.</summary>
public sealed record FoundOther(OtherReading Reading, FoundEffect? Share);

/// <summary>How an average over what mentees’ buyers did stands beside what was to be expected.</summary>
public sealed record FoundAverage(PanelAverage What, VerdictKind Verdict)
{
    /// <summary>Whether the program said, when it was read, that this must not get worse.</summary>
    public bool MustNotGetWorse { get; init; }

    /// <summary>Of orders sent back and orders sent late fewer are better.</summary>
    internal static bool IsBetterLower(PanelAverage what) => what is PanelAverage.SentBack or PanelAverage.LateDispatch;

    /// <summary>Who had something to average both before and from joining on.</summary>
    public int Mentees { get; init; }
    public int Others { get; init; }

    /// <summary>Whether the marketplace sent anything of it at all.</summary>
    public bool IsSent { get; init; }

    /// <summary>Whether fewer than ten of it happened on one side, before or after, or in one group of joiners before.</summary>
    public bool HasFewEvents { get; init; }

    /// <summary>Whether so few shops carry it that a number would be about them.</summary>
    public bool IsCarriedByFew { get; init; }

    /// <summary>In the unit of the average; null where the verdict allows no estimate, as all below.</summary>
    public double? Actual { get; init; }
    public double? Expected { get; init; }

    /// <summary>Actual less expected. The intervals of all averages that were read hold together in 95 of 100 studies.</summary>
    public FoundEffect? Change { get; init; }

    /// <summary>The same as a share of what was to be expected.</summary>
    public FoundEffect? Share { get; init; }
}

/// <summary>What is left of an effect some months after mentorships ended, in orders.</summary>
/// <param name="FromMonth">1 is the first month after.</param>
/// <param name="DueOn">The first day on which it can be read; null once it was.</param>
/// <param name="Share">As a share of what was to be expected; null before it is due, and where it could not be estimated.</param>
/// <param name="Mentees">Of how many it is.</param>
public sealed record FoundAfter(int FromMonth, int ToMonth, DateOnly? DueOn, FoundEffect? Share, int Mentees);

/// <summary>What the checks found. A check that did not come to an answer is null, and counts as not passed.</summary>
public sealed record FoundChecks
{
    /// <summary>The measure in which the groups differ most.</summary>
    public FoundBalance? LeastAlike { get; init; }
    public int Measures { get; init; }
    public required bool IsComparable { get; init; }

    /// <summary>The largest distance from what was to be expected before joining, as a share of it.</summary>
    public FoundEffect? LargestGapBefore { get; init; }
    public bool IsFlatBefore { get; init; }

    /// <summary>The last period before joining, as a share of what was to be expected. The comparison leaves it out.</summary>
    public FoundEffect? JustBefore { get; init; }

    /// <summary>The share of mentees of whose kind there is no seller to compare with.</summary>
    public double? ShareOutside { get; init; }
    public double? EffectiveControls { get; init; }

    /// <summary>In how many of <see cref="PlaceboDraws"/> draws of made-up dates an effect was found.</summary>
    public int? PlaceboFound { get; init; }
    public int PlaceboDraws { get; init; }
    public bool PlaceboPasses { get; init; }

    /// <summary>The share of the active sellers of the mentees' own categories who are mentees: whether they could take sales from those they are compared with.</summary>
    public double? ShareOfCategory { get; init; }

    public bool Overlaps => ShareOutside <= Study.MostOutside && EffectiveControls >= StudyFacts.LeastControls;

    public bool IsRoomForAll => ShareOfCategory <= Study.MostOfCategory;

    /// <summary>All but comparable and flat, which decide on their own.</summary>
    internal bool OthersPass => Overlaps && PlaceboPasses && IsRoomForAll;
}

/// <summary>Everything that a reading found. Where the verdict allows no estimate, there is none in it to show.</summary>
public sealed record Findings
{
    public required VerdictKind Verdict { get; init; }
    public StudyCheck? Failed { get; init; }
    public FoundShortfall? Needs { get; init; }

    /// <summary>The last day of the outcome's window.</summary>
    public required DateOnly WindowEndsOn { get; init; }

    /// <summary>Mentees whose mentorship became active.</summary>
    public required int Mentored { get; init; }

    /// <summary>Of those, the ones that were compared.</summary>
    public required int Mentees { get; init; }
    public required int Controls { get; init; }
    public int NotEstablished { get; init; }
    public int WithGaps { get; init; }

    /// <summary>Of sales: as how many sellers of equal size the smaller group counts. Null where that was not asked, as of orders, and in readings from before it was.</summary>
    public double? EffectiveSellers { get; init; }

    /// <summary>Null before they could be made.</summary>
    public FoundChecks? Checks { get; init; }
    public IReadOnlyList<FoundBalance> Balance { get; init; } = [];

    /// <summary>The effect as a share of what was to be expected: 0.22 is 22% more.</summary>
    public FoundEffect? Share { get; init; }

    /// <summary>The effect a mentee and period: orders, or sales in minor units.</summary>
    public FoundEffect? Amount { get; init; }

    /// <summary>What was a mentee and period, and what was to be expected.</summary>
    public double? Actual { get; init; }
    public double? Expected { get; init; }

    /// <summary>The smallest share that would have been seen four times in five.</summary>
    public double? SmallestVisible { get; init; }
    public IReadOnlyList<FoundPoint> Line { get; init; } = [];

    /// <summary>From the simple figure to the effect, in the unit of <see cref="Amount"/>.</summary>
    public EffectSteps? Steps { get; init; }
    public IReadOnlyList<FoundOther> Others { get; init; } = [];

    /// <summary>What is left after mentorships ended; empty where the verdict allows no estimate.</summary>
    public IReadOnlyList<FoundAfter> After { get; init; } = [];

    /// <summary>Averages beside the outcome; without a number where the study has none to give, and empty in readings from before they were.</summary>
    public IReadOnlyList<FoundAverage> Averages { get; init; } = [];

    /// <summary>What was found of new sellers; null where it was not settled to look at it, as in readings from before it could be.</summary>
    public FoundWait? FirstSales { get; init; }
    public FoundWait? Milestone { get; init; }
    public FoundWait? Staying { get; init; }

    internal IEnumerable<FoundWait> Waits => new[] { FirstSales, Milestone, Staying }.OfType<FoundWait>();

    /// <summary>What the program's draws show; null where no lots were drawn, and in readings from before they could be.</summary>
    public LotteryFindings? Lottery { get; init; }
}
