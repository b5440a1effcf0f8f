using System.Globalization;

namespace Guildhall.Modules.Pairing;

/// <summary>Says when something was, as people say it: "today at 09:42", "on Tue 17 Nov at 16:05".</summary>
static class When
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Said(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        var day = there.Date == today ? "today" : there.Date == today.AddDays(-1) ? "yesterday" : there.ToString(there.Year == today.Year ? "'on' ddd d MMM" : "'on' ddd d MMM yyyy", English);
        return $"{day} at {there.ToString("HH:mm", English)}";
    }
}
