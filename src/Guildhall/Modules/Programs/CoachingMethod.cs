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
    public const int FewestCases = 3;
    public const int MostCases = 10;

    /// <summary>Situations that show whether a mentor knows the method.</summary>
    public IReadOnlyList<MethodCase> Cases { get; init; } = [];

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
        ])
    {
        Cases =
        [
            new("Your mentee comes with six problems and forty minutes.", "Choose with them the one that their figures say matters most, and agree one change.", ["Go through all six, a few minutes each.", "Take the one that you know best yourself."]),
            new("Orders fell since you last spoke.", "Open the figures together and let them say first what they tried and what they saw.", ["Tell them what you would have done.", "Talk about something else, to keep their spirits up."]),
            new("They ask you for a five-star review, to get going.", "Say no, and look together at how first reviews come within the marketplace’s rules.", ["Write one, this once.", "Name a friend who would order and review."]),
            new("They ask whether to borrow money for a large order of stock.", "Say that you don’t advise on borrowing, and look at how fast the stock that they have is selling.", ["Say yes if their sales are growing.", "Offer to lend them the money yourself."]),
            new("You learn that their supplier is cheaper than yours.", "Leave it there: what you learn about their shop is not for your own.", ["Ask them for the contact.", "Order there without telling them."]),
        ],
    };

    [JsonIgnore]
    public bool IsEmpty => Steps.Count + SessionGuides.Count + FocusSkills.Count + NeverAdvise.Count + Cases.Count == 0;

    /// <summary>The lines of a text: what people type one a line. Empty lines are nothing.</summary>
    internal static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Lists have no equality of their own, and a version tells what changed.
    public bool Equals(CoachingMethod? other) =>
        other is not null && Steps.SequenceEqual(other.Steps) && SessionGuides.SequenceEqual(other.SessionGuides) && FocusSkills.SequenceEqual(other.FocusSkills) && NeverAdvise.SequenceEqual(other.NeverAdvise) && Cases.SequenceEqual(other.Cases);

    public override int GetHashCode() => HashCode.Combine(Steps.Count, SessionGuides.Count, FocusSkills.Count, NeverAdvise.Count);

    internal IEnumerable<Refusal> Problems()
    {
        foreach (var (lines, field, what) in new[] { (Steps, "Steps", "steps"), (SessionGuides, "SessionGuides", "session guides"), (NeverAdvise, "NeverAdvise", "things never to advise") })
        {
            if (lines.Count > MostLines) yield return Refusal.Invalid("too_many_lines", $"Enter up to {MostLines} {what}, one a line: there are {lines.Count} now.", field);
            else if (lines.FirstOrDefault(line => line.Length > LongestLine) is { } longest) yield return Refusal.Invalid("long_line", $"Enter {what} of up to {LongestLine} characters each: “{longest[..40]}…” has {longest.Length}.", field);
        }

        if (Cases.Count > MostCases) yield return Refusal.Invalid("too_many_cases", $"Write up to {MostCases} situations: there are {Cases.Count} now.", "Cases");
        foreach (var problem in Cases.Select(one => one.Problem()).OfType<Refusal>()) yield return problem;
        if (FocusSkills.Any(id => Skill.Find(id) is null) || FocusSkills.Distinct().Count() < FocusSkills.Count) yield return Refusal.Invalid("focus_skills", "Choose skills from the list.", "FocusSkills");
    }
}

/// <summary>A situation of a mentor, what the method does in it, and what it doesn't.</summary>
public sealed record MethodCase(string Situation, string Right, IReadOnlyList<string> Wrong)
{
    public const int MostAnswers = 5;

    /// <summary>All of it as people type it: the situation, what the method does, and then each of the others on a line.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Lines => [Situation, Right, .. Wrong];

    /// <summary>Situations as people type them, with an empty line between two.</summary>
    internal static IReadOnlyList<MethodCase> Read(string text) =>
        [.. text.ReplaceLineEndings("\n").Split("\n\n").Select(CoachingMethod.Lines).Where(lines => lines.Count > 0).Select(lines => new MethodCase(lines[0], lines.ElementAtOrDefault(1) ?? "", [.. lines.Skip(2)]))];

    public bool Equals(MethodCase? other) => other is not null && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Situation, Right, Wrong.Count);

    internal Refusal? Problem() =>
        Lines.FirstOrDefault(line => line.Length > CoachingMethod.LongestLine) is { } longest ? Refusal.Invalid("long_line", $"Write lines of up to {CoachingMethod.LongestLine} characters: “{longest[..40]}…” has {longest.Length}.", "Cases")
        : Right.Length == 0 || Wrong.Count == 0 || Wrong.Count >= MostAnswers ? Refusal.Invalid("answers", $"Write 2 to {MostAnswers} answers below “{Situation}”, the right one first.", "Cases")
        : Lines.Distinct().Count() < Lines.Count ? Refusal.Invalid("same_answer", $"Write answers that differ below “{Situation}”.", "Cases")
        : null;
}
