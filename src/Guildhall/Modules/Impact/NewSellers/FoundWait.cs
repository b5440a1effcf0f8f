using System.Text.Json.Serialization;
using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>The share of each group to which it has happened by a day since mentoring began.</summary>
public sealed record FoundReach(int Day, FoundEffect Mentored, FoundEffect Others);

/// <summary>What a reading found of new sellers to whom something had not happened yet when mentoring began. Where the verdict allows no estimate, there is none in it to show.</summary>
/// <remarks>Readings are frozen: names in their stored form stay as first written, when first sales alone were read.</remarks>
public sealed record FoundWait
{
    /// <summary>What they were watched for.</summary>
    public Awaited What { get; init; }

    public required VerdictKind Verdict { get; init; }
    public StudyCheck? Failed { get; init; }
    public FoundShortfall? Needs { get; init; }

    /// <summary>Days from the day mentoring began that count.</summary>
    public required int WithinDays { get; init; }

    /// <summary>The last day of the last mentee's window.</summary>
    public required DateOnly WindowEndsOn { get; init; }

    /// <summary>Mentees to whom it had not happened yet when mentoring began.</summary>
    public required int Mentored { get; init; }

    /// <summary>Of those, the ones who were compared.</summary>
    public int Mentees { get; init; }

    /// <summary>Different sellers they were compared with.</summary>
    public int Others { get; init; }

    /// <summary>How often it happened within the window, on the side that has fewer.</summary>
    [JsonPropertyName("firstSales")]
    public int Happened { get; init; }

    /// <summary>How alike the groups are; null before it was looked at.</summary>
    public IReadOnlyList<FoundBalance> Balance { get; init; } = [];
    public bool IsComparable { get; init; }

    /// <summary>The share of mentees for whom nobody of their kind was waiting, as far as they were.</summary>
    public double ShareAlone { get; init; }
    /// <summary>As how many the others count, serving unequally often; null before it was looked at, and in readings from before it was.</summary>
    public double? EffectiveOthers { get; init; }
    public int? PlaceboFound { get; init; }
    public int PlaceboDraws { get; init; }
    public bool PlaceboPasses { get; init; }

    /// <summary>The share of the new sellers of the mentees' own kinds who are mentees.</summary>
    public double ShareOfKind { get; init; }

    /// <summary>How many days less mentees waited, of those of the window; of staying, how many more they stayed.</summary>
    [JsonPropertyName("daysSooner")]
    public FoundEffect? DaysBetter { get; init; }

    /// <summary>The mean wait in days from the day mentoring began, no wait counting for more than the window.</summary>
    public double? WaitMentored { get; init; }
    public double? WaitOthers { get; init; }

    /// <summary>The day by which it has happened to half; null where it is after the window.</summary>
    public double? MiddleMentored { get; init; }
    public double? MiddleOthers { get; init; }

    /// <summary>How much faster it happens once mentoring has begun: 1.35 is 35% faster. By another way of reading: of first sales over all the time each seller was watched, else each mentee beside its own; null where it could not be estimated.</summary>
    public FoundEffect? Pace { get; init; }

    /// <summary>How strong something unseen would have to be, with joining and with the outcome both, to explain the pace away: a risk ratio.</summary>
    public double? UnseenToExplain { get; init; }

    /// <summary>The same by half the window, and beside one other instead of five; null where it could not be estimated.</summary>
    [JsonPropertyName("soonerByHalf")]
    public double? DaysByHalf { get; init; }
    [JsonPropertyName("soonerBesideOne")]
    public double? DaysBesideOne { get; init; }

    /// <summary>The fewest days that would have been seen four times in five.</summary>
    public double? SmallestVisible { get; init; }
    public IReadOnlyList<FoundReach> Line { get; init; } = [];

    internal bool Overlaps => ShareAlone <= Study.MostOutside && !(EffectiveOthers < StudyFacts.LeastControls);

    internal bool IsRoomForAll => ShareOfKind <= Study.MostOfCategory;
}
