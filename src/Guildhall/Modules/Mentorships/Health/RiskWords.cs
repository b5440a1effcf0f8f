using System.Globalization;

namespace Guildhall.Modules.Mentorships;

/// <summary>What is wrong with a mentorship and what to do about it, as its program's team reads it.</summary>
static class RiskWords
{
    public static string Of(PairRisk risk) => risk.Risk switch
    {
        Risk.Reported => risk.Days == 0 ? "A message was reported today" : $"A message was reported, and nobody has decided for {Days(risk.Days)}",
        Risk.Conduct => risk.Days == 0 ? "A remark about how somebody behaved, from today" : $"A remark about how somebody behaved, {Days(risk.Days)} old",
        Risk.LowFit => "The mentee says that they don’t fit",
        Risk.Disputed => $"They say different things about whether they met, {(risk.Days == 0 ? "today" : $"{Days(risk.Days)} ago")}",
        Risk.NeverMet => $"No contact in the {Days(risk.Days)} since they began, and nothing planned",
        Risk.Silent => $"No contact for {Days(risk.Days)}",
        Risk.TrialUndecided => risk.Days == 0 ? "The trial ends today, and not both have answered" : $"The trial ends in {Days(risk.Days)}, and not both have answered",
        Risk.BelowMinimum => $"Less contact than the program asks, {risk.Days.ToString(CultureInfo.CurrentCulture)} weeks in a row",
        Risk.NotClosed => $"{Days(risk.Days)} past the last day, and nobody closed it",
        _ => $"Paused for {Days(risk.Days)}",
    };

    /// <summary>The next best thing to do.</summary>
    /// <param name="remindedDaysAgo">When both were last reminded that they are not in contact; null where they were not.</param>
    public static string Action(PairRisk risk, int? remindedDaysAgo) => risk.Risk switch
    {
        Risk.Reported => "Decide on it under Reports",
        Risk.Conduct => "Read it and see to it",
        Risk.LowFit => "Talk to the mentee, or offer somebody else",
        Risk.Disputed => "Read what each says, and ask both",
        Risk.NeverMet or Risk.Silent or Risk.BelowMinimum when remindedDaysAgo is { } days and < NudgePairs.DaysToAnswer => $"Give them time, both were reminded {(days == 0 ? "today" : days == 1 ? "yesterday" : $"{Days(days)} ago")}",
        Risk.NeverMet or Risk.Silent or Risk.BelowMinimum => "Contact both",
        Risk.TrialUndecided => "Ask how it goes",
        Risk.NotClosed => "Ask for a review",
        _ => "Ask whether it goes on",
    };

    static string Days(int days) => string.Create(CultureInfo.CurrentCulture, $"{days:N0} {(days == 1 ? "day" : "days")}");
}
