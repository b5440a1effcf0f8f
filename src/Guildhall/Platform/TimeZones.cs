using Guildhall.Platform.Ui;

namespace Guildhall.Platform;

/// <summary>The time zones that people choose from, by their IANA names such as America/Sao_Paulo.</summary>
static class TimeZones
{
    public static readonly IReadOnlyList<Choice> Choices =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId && zone.Id.Contains('/')).Select(zone => zone.Id).Order(StringComparer.Ordinal).Select(id => new Choice(id, id.Replace('_', ' ')))];

    public static bool Has(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;
}
