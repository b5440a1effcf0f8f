using System.Text.Json.Serialization;
using Guildhall.Evidence;

namespace Guildhall.Modules.Impact;

/// <summary>What lots must have done before a difference is told.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LotteryCheck>))]
public enum LotteryCheck
{
    /// <summary>Winners and losers were as alike before the draw as chance makes them.</summary>
    AlikeBefore,

    /// <summary>As many of both have days of which nothing is known.</summary>
    EqualLoss,

    /// <summary>There was something to be expected, so that there is a share of it.</summary>
    SomethingSold,
}

/// <summary>A measure from before the draw, on average a seller, and the chance that lots alone make such a difference.</summary>
/// <param name="Chance">0 to 1, of this measure by itself.</param>
public sealed record FoundBefore(string Measure, double Winners, double Losers, double Chance);

/// <summary>What a reading found by lot. Where its verdict allows no estimate, there is none in it.</summary>
public sealed record LotteryFindings
{
    public required VerdictKind Verdict { get; init; }
    public LotteryCheck? Failed { get; init; }
    public FoundShortfall? Needs { get; init; }
    public required DateOnly WindowEndsOn { get; init; }

    /// <summary>Draws whose window is over.</summary>
    public int Draws { get; init; }
    public int Winners { get; init; }
    public int Losers { get; init; }
    public int NotEstablished { get; init; }

    /// <summary>Of those among whom too few won or lost for a difference with an error.</summary>
    public int LeftOut { get; init; }
    public int GapsOfWinners { get; init; }
    public int GapsOfLosers { get; init; }
    public IReadOnlyList<FoundBefore> Before { get; init; } = [];

    /// <summary>What winning changed, as a share of what was to be expected, whether they were mentored or not.</summary>
    public FoundEffect? Share { get; init; }

    /// <summary>The same a winner and period: orders, or sales in minor units.</summary>
    public FoundEffect? Amount { get; init; }

    /// <summary>What winners sold a period, and what was to be expected.</summary>
    public double? Actual { get; init; }
    public double? Expected { get; init; }
    public double? SmallestVisible { get; init; }

    /// <summary>The share of winners and of losers who were mentored by the window's end.</summary>
    public double? MentoredOfWinners { get; init; }
    public double? MentoredOfLosers { get; init; }

    /// <summary>What mentoring changed for those who were mentored because they won, in the unit of <see cref="Amount"/>; null where winning hardly changes who is mentored.</summary>
    public FoundEffect? OfMentored { get; init; }

    /// <summary>By orders where the outcome is sales, and by sales where it is orders.</summary>
    public FoundEffect? OtherMeasure { get; init; }
}
