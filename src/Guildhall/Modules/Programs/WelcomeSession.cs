using System.Text.Json.Serialization;
using Guildhall.Platform;

namespace Guildhall.Modules.Programs;

/// <summary>The first meeting of a whole cohort. Kept as the wall time that people were told, in its zone: when a country changes its clocks, the meeting moves with them.</summary>
/// <param name="LocalTime">Day and time of the zone's own clocks.</param>
/// <param name="TimeZone">IANA name, such as America/Sao_Paulo.</param>
/// <param name="JoinLink">Where it is held, an https address; null until that is known.</param>
public sealed record WelcomeSession(DateTime LocalTime, string TimeZone, int LengthMinutes, string? JoinLink)
{
    public const int LinkLimit = 500;

    /// <summary>When it begins.</summary>
    [JsonIgnore]
    public DateTimeOffset StartsAt => ProgramDays.Instant(LocalTime, TimeZones.Find(TimeZone) ?? TimeZoneInfo.Utc);

    internal IEnumerable<Refusal> Problems(DateTimeOffset now)
    {
        if (!ProgramDays.Has(DateOnly.FromDateTime(LocalTime))) yield return Refusal.Invalid("welcome_day", ProgramDays.Outside("a day"), "WelcomeOn");
        else if (TimeZones.Find(TimeZone) is not { } zone) yield return Refusal.Invalid("welcome_zone", "Choose a time zone from the list, such as America/New_York.", "TimeZone");
        else if (zone.IsInvalidTime(LocalTime)) yield return Refusal.Invalid("welcome_skipped", "Choose another time: clocks go forward on that day, and this time is skipped.", "WelcomeAt");
        else if (StartsAt < now) yield return Refusal.Invalid("welcome_past", "Choose a time that is not over yet.", "WelcomeAt");
        if (LengthMinutes is < 10 or > 480) yield return Refusal.Invalid("welcome_minutes", "Enter a length of 10 to 480 minutes.", "LengthMinutes");
        if (JoinLink is { } link && (link.Length > LinkLimit || !Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0 || address.UserInfo.Length > 0))
            yield return Refusal.Invalid("welcome_link", $"Enter the join link as an address that begins with https://, of up to {LinkLimit} characters.", "JoinLink");
    }
}
