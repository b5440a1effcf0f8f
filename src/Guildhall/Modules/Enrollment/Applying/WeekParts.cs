using Guildhall.Matching;

namespace Guildhall.Modules.Enrollment;

/// <summary>A week in 21 parts, as the application asks for it: mornings, afternoons and evenings.</summary>
static class WeekParts
{
    public static readonly IReadOnlyList<string> Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>Hours from and to, the last not included.</summary>
    public static readonly IReadOnlyList<(string Name, int From, int To)> Parts = [("Morning", 8, 12), ("Afternoon", 12, 17), ("Evening", 17, 21)];

    public static string Id(string day, string part) => $"{day[..3]}-{part}".ToLowerInvariant();

    public static IReadOnlyList<string> All { get; } = [.. Days.SelectMany(day => Parts.Select(part => Id(day, part.Name)))];

    /// <summary>The free hours of an ordinary week, as the matcher reads them.</summary>
    public static string Hours(IEnumerable<string> times)
    {
        var hours = new string('0', WeekGrid.Hours).ToCharArray();
        foreach (var at in times.Select(time => All.ToList().IndexOf(time)).Where(at => at >= 0))
        {
            var (day, part) = (at / Parts.Count, Parts[at % Parts.Count]);
            hours.AsSpan((day * 24) + part.From, part.To - part.From).Fill('1');
        }

        return new string(hours);
    }

    /// <summary>The parts that hold any free hour.</summary>
    public static IReadOnlyList<string> Of(string? hours) => hours is null ? [] : [.. All.Where((_, at) => Span(hours, at).Contains('1'))];

    /// <summary>The hours after somebody ticked parts: those of a part that was left alone stay as they were, which may be finer than its part.</summary>
    public static string Changed(string? hours, IReadOnlyCollection<string> times)
    {
        var changed = (hours ?? new string('0', WeekGrid.Hours)).ToCharArray();
        var before = Of(hours);
        foreach (var (at, part) in All.Index().Where(part => before.Contains(part.Item) != times.Contains(part.Item)))
            changed.AsSpan(From(at), Length(at)).Fill(times.Contains(part) ? '1' : '0');
        return new string(changed);
    }

    static ReadOnlySpan<char> Span(string hours, int at) => hours.AsSpan(From(at), Length(at));

    static int From(int at) => (at / Parts.Count * 24) + Parts[at % Parts.Count].From;

    static int Length(int at) => Parts[at % Parts.Count].To - Parts[at % Parts.Count].From;

    /// <summary>"Tuesday afternoon, Thursday morning and evening": whole days and parts as people say them.</summary>
    public static string Words(IReadOnlyCollection<string> times)
    {
        List<string> said = [];
        foreach (var day in Days)
        {
            List<string> parts = [.. Parts.Where(part => times.Contains(Id(day, part.Name))).Select(part => part.Name.ToLowerInvariant())];
            if (parts.Count == Parts.Count) said.Add($"{day} all day");
            else if (parts.Count > 0) said.Add($"{day} {string.Join(" and ", parts)}");
        }

        return string.Join(", ", said);
    }
}
