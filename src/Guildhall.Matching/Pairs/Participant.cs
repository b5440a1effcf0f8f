namespace Guildhall.Matching;

/// <summary>What the matcher knows of a seller in a program, whichever side they are on. Null always means "not known", never zero.</summary>
public abstract record Participant
{
    /// <summary>The id, compared as text; unique on its side. The same id on both sides is one seller, who is never paired with themselves.</summary>
    public required string Id { get; init; }

    /// <summary>Where they sell, by leaf of the category tree. Shares are weights: they need not sum to 1. Null or empty is not known.</summary>
    public IReadOnlyList<CategoryShare>? Categories { get; init; }

    /// <summary>Listings on sale, 0 or more.</summary>
    public int? Listings { get; init; }

    /// <summary>The price in the middle of their listings, in the marketplace's currency, 0 or more.</summary>
    public decimal? MedianPrice { get; init; }

    /// <summary>The prices that most of their listings lie between. Without it the conflict rule takes the median price as a band of one point.</summary>
    public PriceBand? PriceBand { get; init; }

    /// <summary>Orders a week over a recent period that the caller chooses, 0 or more.</summary>
    public double? OrdersPerWeek { get; init; }

    /// <summary>Variants on sale (a shirt in three sizes is three), 0 or more. Without it <see cref="Listings"/> stands in.</summary>
    public int? Variants { get; init; }

    /// <summary>True when goods are made after the order, false when they are sold from stock.</summary>
    public bool? IsMadeToOrder { get; init; }

    /// <summary>True when the marketplace stores and ships, false when the seller does.</summary>
    public bool? IsShippedByMarketplace { get; init; }

    /// <summary>Where they sell and advertise (marketplace, own shop, social, …), compared as text. Null or empty is not known.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The place as a path from wide to narrow: "BR/SP/Campinas".</summary>
    public string? Region { get; init; }

    /// <summary>Languages and how well each is spoken. Null or empty is not known.</summary>
    public IReadOnlyList<LanguageSkill>? Languages { get; init; }

    /// <summary>The IANA time zone, "America/Sao_Paulo".</summary>
    public string? TimeZone { get; init; }

    /// <summary>Hours free in an ordinary week in local time: 168 characters, '1' free and '0' not, from Monday 00:00. See <see cref="WeekGrid"/>.</summary>
    public string? WeekHours { get; init; }

    /// <summary>From −1 (intuitive) to 1 (data-driven).</summary>
    public double? Style { get; init; }

    /// <summary>From −1 (asynchronous) to 1 (live).</summary>
    public double? Contact { get; init; }

    /// <summary>Industries they know, compared as text. Null or empty is not known.</summary>
    public IReadOnlyList<string>? Industries { get; init; }

    /// <summary>Brands they own or sell under. Null or empty: none known.</summary>
    public IReadOnlyList<string>? Brands { get; init; }

    /// <summary>Suppliers they buy from. Null or empty: none known.</summary>
    public IReadOnlyList<string>? Suppliers { get; init; }

    /// <summary>The legal owner, by whatever key the marketplace has.</summary>
    public string? Owner { get; init; }

    /// <summary>A normalised key of the business address; equal keys are one address.</summary>
    public string? AddressKey { get; init; }

    /// <summary>What they declared a stake in: ids of sellers, owners or brands. Null or empty: none declared.</summary>
    public IReadOnlyList<string>? Stakes { get; init; }

    /// <summary>Categories they declared to compete in, as typed: a path, its beginning, or the name of one level. See <see cref="DeclaredCompetition"/>. Null or empty: none declared.</summary>
    public IReadOnlyList<string>? CompetesIn { get; init; }
}

/// <summary>A seller who waits for a mentor.</summary>
public sealed record MenteeProfile : Participant
{
    /// <summary>What they need help with, from figures and from what they said. Null or empty is not known.</summary>
    public IReadOnlyList<SkillNeed>? Needs { get; init; }

    /// <summary>Orders a week they want to reach, above 0.</summary>
    public double? TargetOrdersPerWeek { get; init; }

    /// <summary>The access tier, compared as text with <see cref="MentorProfile.Tiers"/>.</summary>
    public string? Tier { get; init; }

    /// <summary>The priority class, 0 to 7; a higher class is matched first under <see cref="AssignmentObjective.MatchedFirst"/>. Null counts as 0.</summary>
    public byte? Priority { get; init; }

    internal byte PriorityClass => Priority ?? 0;

    /// <summary>The mentor they have now, if any.</summary>
    public string? CurrentMentorId { get; init; }
}

/// <summary>A seller who offers places to mentees.</summary>
public sealed record MentorProfile : Participant
{
    /// <summary>Open places in this run, 0 or more. A mentor with 0 is lawful and never chosen.</summary>
    public required int Capacity { get; init; }

    /// <summary>False when the mentor takes nobody new for now.</summary>
    public bool IsOpenToNew { get; init; } = true;

    /// <summary>What they are good at. Null or empty is not known.</summary>
    public IReadOnlyList<SkillStrength>? Strengths { get; init; }

    /// <summary>The most orders a week they have held for a while: the level they have passed.</summary>
    public double? PassedOrdersPerWeek { get; init; }

    /// <summary>Tiers they serve. Null or empty: every tier.</summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>The operator they belong to, when one operator runs several shops. Null: on their own.</summary>
    public string? OperatorGroup { get; init; }

    /// <summary>Mentees taken over the rotation window, before this run. Null counts as none.</summary>
    public int? RecentMentees { get; init; }

    /// <summary>Mentees taken in a row since the last pause, before this run. Null counts as none.</summary>
    public int? MenteesSincePause { get; init; }

    /// <summary>Proposals and messages they were expected to answer.</summary>
    public int? Asked { get; init; }

    /// <summary>How many of <see cref="Asked"/> they answered in time.</summary>
    public int? Answered { get; init; }

    /// <summary>Days since they were last active, counted by the caller.</summary>
    public int? DaysSinceActive { get; init; }
}

/// <summary>One leaf of the category tree and its weight in a shop.</summary>
/// <param name="Path">From the root, "home/kitchen/tableware". Levels are split at '/'; compared as text.</param>
/// <param name="Share">Weight above 0, by sales or by listings; normalised over the shop.</param>
public sealed record CategoryShare(string Path, double Share);

/// <summary>The prices that most listings lie between, both ends included, in the marketplace's currency.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, at least <paramref name="Low"/>.</param>
public sealed record PriceBand(decimal Low, decimal High);

/// <summary>A language and how well it is spoken.</summary>
/// <param name="Language">A language tag, "pt-BR". Compared by its language, whatever the country; of Chinese, by language and script.</param>
/// <param name="Level">How well.</param>
public sealed record LanguageSkill(string Language, LanguageLevel Level);

/// <summary>A need and how much it presses.</summary>
/// <param name="Skill">The skill's key in the program's catalogue, compared as text.</param>
/// <param name="Urgency">Weight above 0, at most 1.</param>
public sealed record SkillNeed(string Skill, double Urgency);

/// <summary>A strength and what it rests on.</summary>
/// <param name="Skill">The skill's key in the program's catalogue, compared as text.</param>
/// <param name="Level">From 0 to 1.</param>
/// <param name="Evidence">What shows it, in words for people: "4.8 of 5 from 12 mentees". Null when it is only claimed.</param>
public sealed record SkillStrength(string Skill, double Level, string? Evidence = null);
