using System.Globalization;

namespace Guildhall.Matching;

/// <summary>Everything that can be wrong with people, before they become columns.</summary>
static class InputChecks
{
    const double AboveZero = 1e-9;

    public static List<MatchRefusal> Of(MatchInput input, CancellationToken stop)
    {
        var refusals = new List<MatchRefusal>();
        if (input.Mentees.Count == 0) refusals.Add(new(RefusalCode.EmptySide, "There is no mentee in this run.", []));
        if (input.Mentors.Count == 0) refusals.Add(new(RefusalCode.EmptySide, "There is no mentor in this run.", []));
        refusals.AddRange(Ids("mentee", input.Mentees));
        refusals.AddRange(Ids("mentor", input.Mentors));
        foreach (var person in input.Mentees.Cast<Participant>().Concat(input.Mentors).Watched(stop)) refusals.AddRange(Person(person));
        refusals.AddRange(SettingChecks.Of(input));
        return refusals;
    }

    static IEnumerable<MatchRefusal> Ids(string side, IReadOnlyList<Participant> people)
    {
        if (people.Any(p => string.IsNullOrWhiteSpace(p.Id))) yield return new(RefusalCode.EmptyId, $"A {side} has no id.", []);
        foreach (var id in people.CountBy(p => p.Id).Where(p => p.Value > 1).Select(p => p.Key).Order(StringComparer.Ordinal))
            yield return new(RefusalCode.DuplicateId, $"Two {side}s have the id {id}.", [id]);
    }

    public static IEnumerable<MatchRefusal> Person(Participant person)
    {
        if (person is MentorProfile { Capacity: < 0 and var capacity })
            yield return new(RefusalCode.NegativeCapacity, Text($"{person.Id} has a capacity of {capacity}. The least is 0."), [person.Id]);
        if (person is MenteeProfile { Priority: > 7 and var priority })
            yield return new(RefusalCode.PriorityOutOfRange, Text($"{person.Id} has priority {priority}. The highest is 7."), [person.Id]);
        if (person.WeekHours is { } grid && !WeekGrid.IsGrid(grid))
            yield return new(RefusalCode.GridNotAWeek, Text($"The week of {person.Id} has {grid.Length} characters. A week is 168, each 0 or 1."), [person.Id]);
        if (person.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new(RefusalCode.UnknownTimeZone, $"The time zone \"{zone}\" of {person.Id} isn't in the time zone database.", [person.Id]);
        foreach (var (what, value, least, most) in Figures(person))
            if (!(value >= least && value <= most))
                yield return new(RefusalCode.FigureOutOfRange, Text($"{person.Id} has {what} {value}. It goes from {(least == AboveZero ? "just above 0" : Text($"{least:#,0.###}"))} to {most:#,0.###}."), [person.Id]);
    }

    static IEnumerable<(string What, double Value, double Least, double Most)> Figures(Participant person)
    {
        const double Most = 1e12;
        if (person.Listings is { } listings) yield return ("listings", listings, 0, Most);
        if (person.Variants is { } variants) yield return ("variants", variants, 0, Most);
        if (person.OrdersPerWeek is { } orders) yield return ("orders a week", orders, 0, Most);
        if (person.Style is { } style) yield return ("style", style, -1, 1);
        if (person.Contact is { } contact) yield return ("contact", contact, -1, 1);
        if (person.MedianPrice is { } price) yield return ("a price of", (double)price, 0, Most);
        if (person.PriceBand is { } band)
        {
            yield return ("a price band from", (double)band.Low, 0, Most);
            yield return ("a price band to", (double)band.High, (double)band.Low, Most);
        }
        foreach (var category in person.Categories ?? []) yield return ($"a share in {category.Path} of", category.Share, AboveZero, Most);
        foreach (var language in person.Languages ?? []) yield return ($"a level of {language.Language} of", (double)language.Level, 1, 4);
        foreach (var figure in person is MenteeProfile mentee ? Figures(mentee) : Figures((MentorProfile)person)) yield return figure;

        static IEnumerable<(string, double, double, double)> Figures(Participant person) => person switch
        {
            MenteeProfile mentee => [
                .. mentee.TargetOrdersPerWeek is { } target ? new[] { ("a target of orders a week of", target, AboveZero, Most) } : [],
                .. (mentee.Needs ?? []).Select(n => ($"an urgency of {n.Skill} of", n.Urgency, AboveZero, 1.0))],
            MentorProfile mentor => [
                .. Figure("a level passed of", mentor.PassedOrdersPerWeek, Most),
                .. Figure("recent mentees", mentor.RecentMentees, Most),
                .. Figure("mentees since the last pause", mentor.MenteesSincePause, Most),
                .. Figure("days since active", mentor.DaysSinceActive, Most),
                .. Figure("asked", mentor.Asked, Most),
                .. Figure("answered", mentor.Answered, mentor.Asked ?? 0),
                .. (mentor.Strengths ?? []).Select(s => ($"a level of {s.Skill} of", s.Level, 0.0, 1.0))],
            _ => [],
        };

        static IEnumerable<(string, double, double, double)> Figure(string what, double? value, double most) =>
            value is { } known ? [(what, known, 0, most)] : [];
    }

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
