using Guildhall.Platform.Ui;

namespace Guildhall.Platform;

/// <summary>The time zones that people choose from, by their IANA names such as America/Sao_Paulo.</summary>
static class TimeZones
{
    public static readonly IReadOnlyList<Choice> Choices =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && zone.Id.Contains('/')).Select(zone => zone.Id).Order(StringComparer.Ordinal).Select(id => new Choice(id, id.Replace('_', ' ')))];

    /// <summary>What to say of a name that isn't one.</summary>
    public static string NotOne(string name) => $"“{name}” is not a time zone of the IANA list. Use a name such as America/Sao_Paulo.";

    public static bool Has(string name) => Find(name) is not null;

    /// <returns>Null for a name that is not in the IANA list, letter for letter.</returns>
    // The system looks for a file of that name, so a path would find one too.
    public static TimeZoneInfo? Find(string name) =>
        !name.Contains('.', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;
}
