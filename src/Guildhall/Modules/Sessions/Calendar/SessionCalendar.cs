using System.Globalization;
using Guildhall.Platform;
using Guildhall.Platform.Mail;

namespace Guildhall.Modules.Sessions;

/// <summary>A session as the calendar of one of the two shows it.</summary>
/// <param name="Sequence">How often its time was changed.</param>
/// <param name="TimeZone">IANA name of the zone whose wall time it keeps.</param>
/// <param name="Title">"Session with Ruth Calloway".</param>
/// <param name="Page">Where it stands on this site.</param>
public sealed record CalendarEntry(Guid Id, int Sequence, DateTimeOffset ChangedAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, bool IsCancelled, string Title, string Agenda, string? JoinLink, Uri Page);

/// <summary>Sessions as iCalendar (RFC 5545, RFC 7986), in lines that are not folded yet.</summary>
static class SessionCalendar
{
    /// <summary>A calendar that programs read again and again.</summary>
    public static IReadOnlyList<string> Feed(IReadOnlyCollection<CalendarEntry> entries, string name) =>
    [
        .. Head("PUBLISH"),
        $"NAME:{CalendarText.Escaped(name)}",
        $"X-WR-CALNAME:{CalendarText.Escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        .. Zones(entries),
        .. entries.SelectMany(entry => Event(entry, [])),
        "END:VCALENDAR",
    ];

    /// <summary>One session as a mail carries it to one of the two (RFC 5546). Each reads only their own address in it.</summary>
    public static CalendarPart Invitation(CalendarEntry entry, string organizer, string attendee)
    {
        var method = entry.IsCancelled ? "CANCEL" : "REQUEST";
        return new(method,
        [
            .. Head(method),
            .. Zones([entry]),
            // It is booked, not asked: nobody here reads an answer.
            .. Event(entry, [$"ORGANIZER:{MailTo(organizer)}", $"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:{MailTo(attendee)}"]),
            "END:VCALENDAR",
        ]);
    }

    static string[] Head(string method) => ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guildhall//Sessions//EN", "CALSCALE:GREGORIAN", $"METHOD:{method}"];

    static IEnumerable<string> Zones(IReadOnlyCollection<CalendarEntry> entries) => entries.Where(entry => !IsInUtc(entry)).GroupBy(entry => entry.TimeZone).OrderBy(zone => zone.Key, StringComparer.Ordinal)
        .SelectMany(zone => ZoneRules.Lines(Zone(zone.Key), zone.Min(entry => entry.StartsAt).UtcDateTime.Year, zone.Max(entry => entry.EndsAt).UtcDateTime.Year));

    static IEnumerable<string> Event(CalendarEntry entry, string[] people) =>
    [
        "BEGIN:VEVENT",
        $"UID:{entry.Id}",
        $"DTSTAMP:{CalendarText.Utc(entry.ChangedAt)}",
        $"LAST-MODIFIED:{CalendarText.Utc(entry.ChangedAt)}",
        string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"),
        $"DTSTART{Moment(entry, entry.StartsAt)}",
        $"DTEND{Moment(entry, entry.EndsAt)}",
        $"SUMMARY:{CalendarText.Escaped(entry.Title)}",
        $"DESCRIPTION:{CalendarText.Escaped(string.Join('\n', new[] { entry.Agenda, entry.Page.AbsoluteUri }.Where(part => part.Length > 0)))}",
        $"URL:{entry.Page.AbsoluteUri}",
        .. entry.JoinLink is { } link ? [$"LOCATION:{CalendarText.Escaped(link)}"] : Array.Empty<string>(),
        $"STATUS:{(entry.IsCancelled ? "CANCELLED" : "CONFIRMED")}",
        .. people,
        "END:VEVENT",
    ];

    static string Moment(CalendarEntry entry, DateTimeOffset at) => IsInUtc(entry) ? $":{CalendarText.Utc(at)}" : $";TZID={entry.TimeZone}:{CalendarText.Local(WallTime.Of(at, Zone(entry.TimeZone)))}";

    // Of a time that comes twice the standard means the first, and some programs take the second (pytz in icalendar 4, measured): said in UTC it is one time for all.
    static bool IsInUtc(CalendarEntry entry) => Zone(entry.TimeZone) is var zone && (WallTime.ComesTwice(WallTime.Of(entry.StartsAt, zone), zone) || WallTime.ComesTwice(WallTime.Of(entry.EndsAt, zone), zone));

    static TimeZoneInfo Zone(string name) => TimeZones.Find(name)!;

    static string MailTo(string address) => "mailto:" + string.Concat(address.EnumerateRunes().Select(letter =>
        letter.IsAscii && (char.IsAsciiLetterOrDigit((char)letter.Value) || "@.!#$&'*+-/=^_`{|}~".Contains((char)letter.Value, StringComparison.Ordinal)) ? letter.ToString() : Uri.EscapeDataString(letter.ToString())));
}
