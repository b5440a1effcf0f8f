using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>The known cells of one CSV row, read as a profile. Lists are split at ';', parts of an item at ':'. A cell that says something else than its column asks for is a problem of the file.</summary>
sealed class ProfileCells(long line, IReadOnlyDictionary<string, string> cells, FileProblems problems)
{
    static readonly string[] Shared =
    [
        "id", "name", "categories", "listings", "median_price", "price_low", "price_high", "orders_per_week", "variants", "is_made_to_order",
        "is_shipped_by_marketplace", "channels", "region", "languages", "time_zone", "week_hours", "style", "contact", "industries", "brands", "suppliers", "owner", "address_key", "stakes", "competes_in",
    ];

    public static readonly IReadOnlyCollection<string> MenteeColumns = [.. Shared, "needs", "target_orders_per_week", "tier", "priority", "current_mentor"];

    public static readonly IReadOnlyCollection<string> MentorColumns =
        [.. Shared, "capacity", "is_open_to_new", "strengths", "passed_orders_per_week", "tiers", "operator_group", "recent_mentees", "mentees_since_pause", "asked", "answered", "days_since_active"];

    /// <summary>The field of a profile that a column fills, by its name in JSON.</summary>
    public static string Field(string column) => column switch
    {
        "price_low" or "price_high" => "priceBand",
        "current_mentor" => "currentMentorId",
        _ => string.Concat(column.Split('_').Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])),
    };

    public string? PersonName => Text("name");

    public MenteeProfile Mentee() => (MenteeProfile)Fill(new MenteeProfile
    {
        Id = Id,
        Needs = List("needs", (skill, parts) => new SkillNeed(skill, Share("needs", parts, 0))),
        TargetOrdersPerWeek = Number("target_orders_per_week"),
        Tier = Text("tier"),
        Priority = (byte?)Whole("priority", 7),
        CurrentMentorId = Text("current_mentor"),
    });

    public MentorProfile Mentor() => (MentorProfile)Fill(new MentorProfile
    {
        Id = Id,
        Capacity = Text("capacity") is null ? Unreadable<int>("capacity", "Enter how many places this mentor has.") : Whole("capacity", int.MaxValue) ?? 0,
        IsOpenToNew = Flag("is_open_to_new") ?? true,
        Strengths = List("strengths", (skill, parts) => new SkillStrength(skill, Share("strengths", parts, 0), parts.Length > 1 ? string.Join(':', parts[1..]) : null)),
        PassedOrdersPerWeek = Number("passed_orders_per_week"),
        Tiers = List("tiers"),
        OperatorGroup = Text("operator_group"),
        RecentMentees = Whole("recent_mentees", int.MaxValue),
        MenteesSincePause = Whole("mentees_since_pause", int.MaxValue),
        Asked = Whole("asked", int.MaxValue),
        Answered = Whole("answered", int.MaxValue),
        DaysSinceActive = Whole("days_since_active", int.MaxValue),
    });

    string Id => Text("id") ?? Unreadable<string>("id", "Enter the seller’s id.") ?? "";

    Matching.Participant Fill(Matching.Participant person) => person with
    {
        Categories = List("categories", (path, parts) => new CategoryShare(path, parts.Length == 0 ? 1 : Share("categories", parts, 0))),
        Listings = Whole("listings", int.MaxValue),
        MedianPrice = Money("median_price"),
        PriceBand = (Money("price_low"), Money("price_high")) is ({ } low, { } high) ? new PriceBand(low, high) : null,
        OrdersPerWeek = Number("orders_per_week"),
        Variants = Whole("variants", int.MaxValue),
        IsMadeToOrder = Flag("is_made_to_order"),
        IsShippedByMarketplace = Flag("is_shipped_by_marketplace"),
        Channels = List("channels"),
        Region = Text("region"),
        Languages = Text("languages") is { } languages ? LanguageTags.Read(languages) ?? Unreadable<IReadOnlyList<LanguageSkill>>("languages", LanguageTags.HowToWrite) : null,
        TimeZone = Text("time_zone") is { } zone && !TimeZones.Has(zone) ? Unreadable<string>("time_zone", TimeZones.NotOne(zone)) : Text("time_zone"),
        WeekHours = Week(),
        Style = Number("style"),
        Contact = Number("contact"),
        Industries = List("industries"),
        Brands = List("brands"),
        Suppliers = List("suppliers"),
        Owner = Text("owner"),
        AddressKey = Text("address_key"),
        Stakes = List("stakes"),
        CompetesIn = List("competes_in"),
    };

    string? Text(string column) => cells.GetValueOrDefault(column);

    int? Whole(string column, int most) => Text(column) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : Unreadable<int?>(column, most == int.MaxValue ? "Enter a whole number of 0 or more." : $"Enter a whole number from 0 to {most}.");

    double? Number(string column) => Text(column) is not { } text ? null : Parse(column, text);

    double Parse(string column, string text) =>
        double.TryParse(text.Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : Unreadable<double>(column, $"“{text}” is not a number.");

    double Share(string column, string[] parts, int at) => parts.Length > at ? Parse(column, parts[at]) : Unreadable<double>(column, "Each item needs a number after a colon, such as pricing:0.8.");

    decimal? Money(string column) => Text(column) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
        : Unreadable<decimal?>(column, $"“{text}” is not an amount of 0 or more.");

    bool? Flag(string column) => Text(column) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => Unreadable<bool?>(column, $"“{other}” is neither true nor false."),
    };

    IReadOnlyList<string>? List(string column) => List(column, (item, parts) => parts.Length == 0 ? item : $"{item}:{string.Join(':', parts)}");

    IReadOnlyList<T>? List<T>(string column, Func<string, string[], T> item) => Text(column) is not { } text ? null
        : [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':', StringSplitOptions.TrimEntries)).Select(parts => item(parts[0], parts[1..]))];

    string? Week()
    {
        if (Text("week_hours") is not { } text) return null;
        if (WeekGrid.IsGrid(text)) return text;
        try
        {
            return WeekGrid.Parse(text);
        }
        catch (FormatException unreadable)
        {
            return Unreadable<string>("week_hours", unreadable.Message);
        }
    }

    T? Unreadable<T>(string column, string message)
    {
        problems.Add(line, message, column);
        return default;
    }
}
