using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>What a manager can correct of a participant: languages, hours, style, places. Texts as the form shows them.</summary>
/// <param name="NotMet">What the program asks of mentees and this one doesn't meet.</param>
/// <param name="LanguagesInWords">What is stored as people read it; null where no language is known.</param>
/// <param name="Hours">The free hours of the week, each as its number from Monday 00:00.</param>
public sealed record ParticipantForm(
    Guid Id, Guid SellerId, uint Seen, string Person, string Shop, Side Side, string Languages, string TimeZone, IReadOnlyCollection<string> Hours, string Style, string Contact, string Places, bool IsOpen, bool IsAssumed, string? NotMet, string? LanguagesInWords)
{
    internal static ParticipantForm Of(Participant participant, ParticipantRow row, int mostDays)
    {
        var profile = participant.Profile;
        return new ParticipantForm(
            participant.Id, participant.SellerId, participant.RowVersion, row.Person, row.Shop, participant.Side,
            LanguageTags.Write(profile.Languages ?? []),
            profile.TimeZone ?? "", [.. Enumerable.Range(0, WeekGrid.Hours).Where(hour => profile.WeekHours?[hour] == '1').Select(hour => hour.ToString(CultureInfo.InvariantCulture))],
            Number(profile.Style), Number(profile.Contact),
            participant.AsMentor?.Capacity.ToString(CultureInfo.InvariantCulture) ?? "", participant.AsMentor?.IsOpenToNew ?? true, row.IsAssumed,
            row.DaysBeforeJoining is { } days ? string.Create(CultureInfo.InvariantCulture, $"Signed up {days:N0} days before joining; the program asks for at most {mostDays:N0}.") : null,
            profile.Languages is { Count: > 0 } languages ? string.Join(", ", languages.Select(skill => $"{LanguageNames.Of(skill.Language)} ({skill.Level.ToString().ToLowerInvariant()})")) : null);
    }

    static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−') ?? "";

    /// <summary>The profile as the form says it. Empty fields are not known; what can't be read is refused at its field.</summary>
    internal static Matching.Participant Read(Matching.Participant profile, FormFields form)
    {
        var zone = form.Text("TimeZone");
        if (zone.Length > 0 && !TimeZones.Has(zone)) form.Refuse("TimeZone", "Choose a time zone from the list, such as Europe/Lisbon.");
        var hours = new string('0', WeekGrid.Hours).ToCharArray();
        foreach (var hour in form.Values("hour", []))
            if (int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < WeekGrid.Hours) hours[index] = '1';

        var said = profile with
        {
            TimeZone = zone.Length == 0 ? null : zone,
            Languages = ReadLanguages(form),
            WeekHours = Array.IndexOf(hours, '1') < 0 ? null : new string(hours),
            Style = ReadShare(form, "Style", profile.Style),
            Contact = ReadShare(form, "Contact", profile.Contact),
        };
        return said is MentorProfile mentor ? mentor with { Capacity = form.Whole("Capacity", "the places for mentees"), IsOpenToNew = form.Text("IsOpen") == "true" } : said;
    }

    /// <summary>Whether two profiles hold the same languages, zone, hours, style and contact: what a seeded rule may have given.</summary>
    internal static bool SaysTheSame(Matching.Participant one, Matching.Participant other) =>
        (one.TimeZone, one.WeekHours, one.Style, one.Contact) == (other.TimeZone, other.WeekHours, other.Style, other.Contact)
        && (one.Languages ?? []).SequenceEqual(other.Languages ?? []);

    // The field shows two decimals: as long as its text is left alone, so is what is stored.
    static double? ReadShare(FormFields form, string field, double? stored)
    {
        if (form.Text(field) == Number(stored)) return stored;
        if (form.Text(field).Length == 0) return null;
        if (form.TryNumber(field, out var share) && share is >= -1 and <= 1) return (double)share;
        form.Refuse(field, "Enter a number from −1 to 1, or leave it empty when it is not known.");
        return null;
    }

    static IReadOnlyList<LanguageSkill>? ReadLanguages(FormFields form)
    {
        if (LanguageTags.Read(form.Text("Languages")) is { } skills) return skills.Count == 0 ? null : skills;
        form.Refuse("Languages", LanguageTags.HowToWrite);
        return null;
    }
}
