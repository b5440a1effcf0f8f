using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>What one of the two can say came of a session.</summary>
static class OutcomeChoices
{
    public static IReadOnlyList<Choice> Of(Side side, string other) =>
        [.. new[] { Outcome.Met, side == Side.Mentee ? Outcome.MentorMissing : Outcome.MenteeMissing, side == Side.Mentee ? Outcome.MenteeMissing : Outcome.MentorMissing }
            .Select(outcome => new Choice(outcome.ToString(), SessionWords.Of(outcome, side, other) is var words && words.StartsWith("you ", StringComparison.Ordinal) ? $"Y{words[1..]}" : words))];
}
