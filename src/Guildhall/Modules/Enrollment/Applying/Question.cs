using System.Globalization;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>A question of an application, on both its ways: from the answers to the page, and from the form to the answers.</summary>
/// <param name="Step">The last part of its address.</param>
/// <param name="Label">What it is called where the answers are checked.</param>
/// <param name="Said">The answer in words; null while there is none.</param>
public sealed record QuestionKind(
    string Step, string Label, Func<ApplicantScene, ApplicationAnswers, Question> Show, Func<FormFields, ApplicantScene, ApplicationAnswers, ApplicationAnswers> Read,
    Func<ApplicationAnswers, ApplicantScene, string?> Said);

/// <summary>One page of an application: a question, why it is asked, and what stands on it.</summary>
/// <param name="Why">Shown when asked for; null where the question says it.</param>
public sealed record Question(string Title, string? Hint, string? Why, IReadOnlyList<QuestionPart> Parts)
{
    /// <summary>Where more is said about why it is asked.</summary>
    public Link? More { get; init; }
}

static class QuestionCount
{
    static readonly string[] words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

    /// <summary>"Seven questions, about 5 minutes": what an application asks of somebody.</summary>
    public static string InShort(int count) => $"{(count < words.Length ? words[count] : count.ToString(CultureInfo.InvariantCulture))} questions, about 5 minutes";
}

public abstract record QuestionPart;

/// <summary>What the marketplace knows already: read, not asked.</summary>
public sealed record FactsPart(IReadOnlyList<Figure> Facts) : QuestionPart;

/// <param name="Label">Null where the page's own question is the label.</param>
public sealed record ChoicesPart(string Name, string? Label, bool Several, IReadOnlyList<Choice> Choices, IReadOnlyCollection<string> Chosen) : QuestionPart;

/// <summary>One more of many that are seldom chosen; an empty value is none.</summary>
public sealed record OneMorePart(string Name, string Label, IReadOnlyList<Choice> Choices) : QuestionPart;

/// <summary>The grid of the week.</summary>
public sealed record TimesPart(IReadOnlyCollection<string> Chosen, string? TimeZone) : QuestionPart;

/// <summary>Words of one's own, folded away: nobody has to type.</summary>
public sealed record WordsPart(string Name, string Label, string? Hint, string? Text, int Limit) : QuestionPart;

public sealed record NumberPart(string Name, string Label, string? Hint, int Value) : QuestionPart;
