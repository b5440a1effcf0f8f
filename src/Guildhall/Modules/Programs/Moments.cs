using System.Globalization;
using Guildhall.Platform;

namespace Guildhall.Modules.Programs;

/// <summary>Instants as staff pages show them: on the marketplace's clocks, or in UTC before it has a zone.</summary>
static class Moments
{
    public static string Of(DateTimeOffset at, string? timeZone) =>
        timeZone is not null && TimeZones.Find(timeZone) is { } zone
            ? TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)
            : at.UtcDateTime.ToString("ddd d MMM yyyy, HH:mm 'UTC'", CultureInfo.CurrentCulture);
}
