using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>A program's rules as the people in it read them.</summary>
public static class ProgramWords
{
    /// <summary>"First sale, sooner, within 14 days, by Sun 4 Apr 2027".</summary>
    public static string Goal(ProgramFacts program, string? currencyCode) => DesignWords.Goal(program.Design, program.LastDay, currencyCode);

    /// <summary>What is asked of mentors before they are taken in.</summary>
    public static string MentorCriteria(ProgramFacts program) => DesignWords.Mentors(program.Design.Mentors);

    /// <summary>How they are taken in.</summary>
    public static string MentorVetting(ProgramFacts program) =>
        $"{Counted.Of(program.Design.Vetting.Reviewers, "person looks", "people look")} at each application{(program.Design.Vetting.AsksAboutCoaching ? "; mentors answer situations of the coaching method before their first mentee" : "")}";

    /// <summary>What they get.</summary>
    public static string MentorReward(ProgramFacts program, string? currencyCode) => program.Design.RewardMinorUnits is { } amount ? $"{Amounts.Shown(amount, currencyCode)} for each mentee who finishes" : "No money";

    /// <summary>What is measured of a shop, each with its definition: the goal, what else is looked at, and what must not get worse.</summary>
    public static IReadOnlyList<Outcome> Measured(ProgramFacts program) =>
        [.. new[] { program.Design.Goal.OutcomeId }.Concat(program.Design.SecondaryOutcomes).Concat(program.Design.Guardrails.Select(guardrail => guardrail.OutcomeId)).Distinct().Select(Outcome.Find).OfType<Outcome>()];
}
