using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Microsoft.AspNetCore.Http;

namespace Guildhall.Modules.Enrollment;

/// <summary>What a manager can correct of a participant: languages, hours, style, places. Texts as the form shows them.</summary>
public sealed record ParticipantForm(
    Guid Id, uint Seen, string Person, string Shop, Side Side, string Languages, string TimeZone, string WeekHours, string Style, string Contact, string Places, bool IsOpen, bool IsAssumed)
{
    internal static ParticipantForm Of(Participant participant, ParticipantRow row)
    {
        var profile = (Matching.Participant?)participant.AsMentee ?? participant.AsMentor!;
        return new ParticipantForm(
            participant.Id, participant.RowVersion, row.Person, row.Shop, participant.Side,
            string.Join("; ", (profile.Languages ?? []).Select(skill => $"{skill.Language}:{skill.Level.ToString().ToLowerInvariant()}")),
            profile.TimeZone ?? "", profile.WeekHours ?? new string('0', WeekGrid.Hours), Number(profile.Style), Number(profile.Contact),
            participant.AsMentor?.Capacity.ToString(CultureInfo.InvariantCulture) ?? "", participant.AsMentor?.IsOpenToNew ?? true, row.IsAssumed);
    }

    static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The profile's shared part as the form says it. Empty fields are not known.</summary>
    internal static Result<T> Read<T>(T profile, IFormCollection form) where T : Matching.Participant
    {
        var languages = ReadLanguages(form["Languages"].ToString());
        if (languages.Refusal is { } refusal) return refusal;
        var zone = form["TimeZone"].ToString().Trim();
        if (zone.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId))
            return Refusal.Invalid("time_zone", "Choose a time zone from the list, such as Europe/Lisbon.", "TimeZone");
        var style = ReadShare(form["Style"], "Style");
        if (style.Refusal is not null) return style.Refusal;
        var contact = ReadShare(form["Contact"], "Contact");
        if (contact.Refusal is not null) return contact.Refusal;

        var hours = new string('0', WeekGrid.Hours).ToCharArray();
        foreach (var hour in form["hour"])
            if (int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < WeekGrid.Hours) hours[index] = '1';

        return profile with
        {
            Languages = languages.Value.Count == 0 ? null : languages.Value,
            TimeZone = zone.Length == 0 ? null : zone,
            WeekHours = Array.IndexOf(hours, '1') < 0 ? null : new string(hours),
            Style = style.Value.Number,
            Contact = contact.Value.Number,
        };
    }

    readonly record struct Optional(double? Number);

    static Result<Optional> ReadShare(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Optional(null);
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= -1 and <= 1
            ? new Optional(value)
            : Refusal.Invalid(field, "Enter a number from −1 to 1, or leave it empty when it is not known.", field);
    }

    static Result<IReadOnlyList<LanguageSkill>> ReadLanguages(string text)
    {
        var skills = new List<LanguageSkill>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':', StringSplitOptions.TrimEntries) is not [{ Length: 2 or 3 } language, var level] || !Enum.TryParse<LanguageLevel>(level, ignoreCase: true, out var known) || !Enum.IsDefined(known))
                return Refusal.Invalid("languages", "Write languages like pt:native; en:working. Levels are basic, working, fluent and native.", "Languages");
            skills.Add(new LanguageSkill(language.ToLowerInvariant(), known));
        }

        return skills;
    }
}
