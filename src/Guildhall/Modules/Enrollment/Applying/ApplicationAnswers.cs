namespace Guildhall.Modules.Enrollment;

/// <summary>What an applicant said, page by page. Null is a page that was not answered yet.</summary>
public sealed record ApplicationAnswers
{
    /// <summary>The parts of the marketplace, by category path, in which they want help or can give it.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>They looked at what the marketplace knows of their shop.</summary>
    public bool SawTheirShop { get; init; }

    /// <summary>Skills asked for, of a mentor skills offered; empty when they are not sure.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>In their own words, if they wrote any: what is hard, or why they want to teach.</summary>
    public string? OwnWords { get; init; }

    /// <summary>Orders a week to reach; 0 when they don't know.</summary>
    public double? TargetOrdersPerWeek { get; init; }

    /// <summary>From −1, by feel, to 1, by numbers.</summary>
    public double? Style { get; init; }

    /// <summary>From −1, in writing, to 1, live.</summary>
    public double? Contact { get; init; }

    /// <summary>Parts of the week in which they are free, by the names of <see cref="WeekParts"/>.</summary>
    public IReadOnlyList<string>? Times { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Of a mentor: how many mentees at once.</summary>
    public int? Places { get; init; }

    /// <summary>Of a mentor: interests that may stand between them and a mentee; empty when they declared none.</summary>
    public IReadOnlyList<DeclaredInterest>? Interests { get; init; }
}

/// <summary>What kind of interest somebody declares.</summary>
public enum InterestKind { BrandOwned, Stake, CompetingCategory, Bias }

/// <summary>An interest as it was declared.</summary>
/// <param name="What">The brand, shop, owner or category, or the bias in a sentence.</param>
public sealed record DeclaredInterest(InterestKind Kind, string What);
