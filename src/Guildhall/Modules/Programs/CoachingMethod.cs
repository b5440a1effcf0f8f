using System.Text.Json.Serialization;
using Guildhall.Platform;

namespace Guildhall.Modules.Programs;

/// <summary>How mentors are to coach: part of the rules, so that what is reviewed later is held to the method of its own time.</summary>
/// <param name="Steps">What a session does, in order.</param>
/// <param name="SessionGuides">What each session is about, the first one first.</param>
/// <param name="FocusSkills">Ids of skills that the program is mainly about; none means all alike.</param>
/// <param name="NeverAdvise">What no mentor advises.</param>
public sealed record CoachingMethod(IReadOnlyList<string> Steps, IReadOnlyList<string> SessionGuides, IReadOnlyList<string> FocusSkills, IReadOnlyList<string> NeverAdvise)
{
    public const int MostLines = 20;
    public const int LongestLine = 300;

    /// <summary>Of a program that doesn't say.</summary>
    public static CoachingMethod None { get; } = new([], [], [], []);

    /// <summary>The method of the template.</summary>
    public static CoachingMethod FirstNinetyDays { get; } = new(
        [
            "Look at the shop’s own figures together, and at what was agreed last time.",
            "Let the seller say what they tried and what they saw.",
            "Choose one thing to change until next time. One, not three.",
            "Write down who does what by when, and which figure should move.",
        ],
        [
            "First session: get to know the shop, its goal and its free hours; agree how and when you write to each other.",
            "Weeks 2 to 4: the listings that most buyers see: titles, photos, price, return policy.",
            "Weeks 5 to 8: what sells: stock, delivery times, questions and reviews.",
            "Weeks 9 to 12: what to keep doing alone: a weekly look at the figures.",
            "Last session: what moved, what didn’t, and what the seller does next without you.",
        ],
        [],
        [
            "Asking for, buying or trading reviews or orders.",
            "Getting around a rule of the marketplace.",
            "Borrowing money, or spending money the seller doesn’t have.",
            "Tax and law: send the seller to somebody who is allowed to advise on it.",
            "Using what you learn about the seller’s shop for your own.",
        ]);

    [JsonIgnore]
    public bool IsEmpty => Steps.Count + SessionGuides.Count + FocusSkills.Count + NeverAdvise.Count == 0;

    /// <summary>The lines of a text: what people type one a line. Empty lines are nothing.</summary>
    internal static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Lists have no equality of their own, and a version tells what changed.
    public bool Equals(CoachingMethod? other) =>
        other is not null && Steps.SequenceEqual(other.Steps) && SessionGuides.SequenceEqual(other.SessionGuides) && FocusSkills.SequenceEqual(other.FocusSkills) && NeverAdvise.SequenceEqual(other.NeverAdvise);

    public override int GetHashCode() => HashCode.Combine(Steps.Count, SessionGuides.Count, FocusSkills.Count, NeverAdvise.Count);

    internal IEnumerable<Refusal> Problems()
    {
        foreach (var (lines, field, what) in new[] { (Steps, "Steps", "steps"), (SessionGuides, "SessionGuides", "session guides"), (NeverAdvise, "NeverAdvise", "things never to advise") })
        {
            if (lines.Count > MostLines) yield return Refusal.Invalid("too_many_lines", $"Enter up to {MostLines} {what}, one a line: there are {lines.Count} now.", field);
            else if (lines.FirstOrDefault(line => line.Length > LongestLine) is { } longest) yield return Refusal.Invalid("long_line", $"Enter {what} of up to {LongestLine} characters each: “{longest[..40]}…” has {longest.Length}.", field);
        }

        if (FocusSkills.Any(id => Skill.Find(id) is null) || FocusSkills.Distinct().Count() < FocusSkills.Count) yield return Refusal.Invalid("focus_skills", "Choose skills from the list.", "FocusSkills");
    }
}
