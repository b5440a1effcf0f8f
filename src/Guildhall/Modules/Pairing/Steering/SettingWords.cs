using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Words the matching settings: what changed, and why the matcher takes them not.</summary>
static class SettingWords
{
    public static SettingClause Clause(SettingChange change, NameBook names)
    {
        var (before, after) = (change.Before ?? "nothing", change.After ?? "nothing");
        var pair = change.Pair is { } about ? $"{names[about.MenteeId].Person} with {names[about.MentorId].Person}" : "";
        return change.Kind switch
        {
            SettingKind.Weight => new("the weight of ", Enum.TryParse<Factor>(change.Subject, out var factor) ? MatchWording.Name(factor) : change.Subject, $" went from {before} to {after}"),
            SettingKind.RuleStrength => new("the rule “", RuleWithoutNumber(change.Subject), $"” is now {(Enum.TryParse<RuleStrength>(after, out var strength) ? StrengthName(strength) : after)}"),
            SettingKind.RuleParameter => new("", NumberOf(change.Subject), $" went from {Parameter(change.Subject, before)} to {Parameter(change.Subject, after)}"),
            SettingKind.RulePenalty => new("the points for the rule “", RuleWithoutNumber(change.Subject), $"” went from {before} to {after}"),
            SettingKind.RuleUnknownBlocks => new($"what is not known {(after == "true" ? "now" : "no longer")} counts as breaking the rule “", RuleWithoutNumber(change.Subject), "”"),
            SettingKind.Pin => new("", pair, change.After is null ? " is no longer kept" : " is kept"),
            SettingKind.Bar => new("", pair, change.After is null ? " may be made again" : " is never made"),
            SettingKind.Waiver => new("a waiver for ", pair, change.After is null ? " was taken back" : change.Before is null ? " was signed" : " was signed for another time"),
            SettingKind.EndedPair => new("", pair, change.After is null ? " is no longer among the pairs that ended" : " ended before"),
            SettingKind.Objective => new("", "what comes first", after == nameof(AssignmentObjective.MatchedFirst) ? " is now as many mentees as possible" : " is now the greatest total fit"),
            SettingKind.NearTies => new("", "near ties", change.After is null ? " are drawn by lot no more" : change.Before is null ? $" within {PointsOf(after)} are drawn by lot" : $" that are drawn by lot go from {PointsOf(before)} to {PointsOf(after)}"),
            SettingKind.ProgramStart => new("the program’s ", "first day", $" went from {before} to {after}"),
            SettingKind.ProgramWeeks => new("the program’s ", "length", $" went from {before} to {after} weeks"),
            _ => new("the ", "seed", $" went from {before} to {after}"),
        };
    }

    static string PointsOf(string number) => number == "1" ? "1 point" : $"{number} points";

    // The name of a rule holds its number, and here that number may have changed.
    static string RuleWithoutNumber(string subject) => subject switch
    {
        nameof(Rule.SharedHours) => "Enough shared hours a week",
        nameof(Rule.GroupShare) => "No mentor or group takes too large a share of mentees",
        nameof(Rule.MenteesInRow) => "A pause after mentees in a row",
        nameof(Rule.MinimumScore) => "A lowest fit",
        _ => RuleName(subject),
    };

    static string NumberOf(string subject) => subject switch
    {
        nameof(Rule.Language) => "the level of the language in common",
        nameof(Rule.SharedHours) => "shared hours a week",
        nameof(Rule.GroupShare) => "the share of mentees that one mentor or group may take",
        nameof(Rule.MenteesInRow) => "mentees in a row before a pause",
        nameof(Rule.SameTrade) => "the price overlap that makes competitors",
        nameof(Rule.MinimumScore) => "the lowest fit",
        _ => $"the number of the rule “{RuleName(subject)}”",
    };

    static string Parameter(string subject, string number) => subject switch
    {
        nameof(Rule.Language) when Enum.TryParse<LanguageLevel>(number, out var level) && Enum.IsDefined(level) => level.ToString().ToLowerInvariant(),
        nameof(Rule.SameTrade) when number == "0" => "any",
        nameof(Rule.GroupShare) or nameof(Rule.SameTrade) when decimal.TryParse(number, CultureInfo.InvariantCulture, out var share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%"),
        _ => number,
    };

    static string RuleName(string subject) => Enum.TryParse<Rule>(subject, out var rule) ? RuleName(rule) : subject;

    static string RuleName(Rule rule) => MatchWording.Name(RuleSetting.Defaults.First(setting => setting.Rule == rule));

    public static string StrengthName(RuleStrength strength) => strength switch { RuleStrength.Required => "on", RuleStrength.Preferred => "preferred", _ => "off" };

    /// <summary>Why the matcher takes settings or people not, with names for ids and the field it is about.</summary>
    /// <param name="names">Names of people; needed where a refusal is about somebody.</param>
    public static Refusal Refused(MatchRefusal refusal, MatchSettings settings, NameBook? names = null)
    {
        var (code, subjects) = (refusal.Code.ToString(), refusal.SubjectIds);
        string Person(string id) => names?.ById.GetValueOrDefault(id).Person ?? id;
        return refusal.Code switch
        {
            RefusalCode.WeightsNotHundred => Refusal.Invalid("weights", $"Make the weights add up to 100. They add up to {settings.Weights.Values.Sum()} now, and nothing was changed.", "weight-total"),
            RefusalCode.RuleParameterOutOfRange when Enum.Parse<Rule>(subjects[0]) is var rule && RuleSetting.ParameterRange(rule) is var (least, most) =>
                Refusal.Invalid(code, string.Create(CultureInfo.InvariantCulture, $"Enter a number from {least} to {most:#,0.###} for the rule {RuleName(rule)}. Nothing was changed."), $"parameter.{rule}"),
            RefusalCode.RulePenaltyOutOfRange => Refusal.Invalid(code, $"Enter from 0 to 100 points for the rule {RuleName(subjects[0])}. Nothing was changed.", $"penalty.{subjects[0]}"),
            RefusalCode.PinBreaksRule => Refusal.Invalid(code, $"{Person(subjects[0])} can’t be kept with {Person(subjects[1])}. Rules against it: {string.Join("; ", refusal.Rules.Select(rule => MatchWording.Name(rule, settings)))}. Nothing was changed."),
            RefusalCode.RunningOverCapacity => Refusal.Invalid(code, $"{Person(subjects[0])} has more approved mentees than places now. Give them their places back under People, and look again."),
            RefusalCode.PinOverCapacity when names?.ById.ContainsKey(subjects[0]) == true =>
                Refusal.Invalid(code, $"{Person(subjects[0])} has fewer places than the {Plural(subjects.Count - 1, "mentee")} who would be kept with them. Nothing was changed. Stop keeping another of their pairs first."),
            RefusalCode.PinOverCapacity => Refusal.Invalid(code, $"The rule {MatchWording.Name(Rule.GroupShare, settings)} leaves the operator group {subjects[0]} fewer places than the {Plural(subjects.Count - 1, "mentee")} who would be kept with its mentors. Nothing was changed."),
            _ => Refusal.Invalid(code, refusal.Message),
        };
    }

    /// <summary>Why nobody can be paired: nobody waits, no place is left, or the rule that blocks most.</summary>
    public static Refusal NoPair(MatchRefusal refusal, MatchInput input)
    {
        var (code, rule) = (refusal.Code.ToString(), Enum.Parse<Rule>(refusal.SubjectIds[0]));
        var (mentees, withMentor) = (input.Mentees.Count, RunWords.WithMentor(input.Settings, input.Mentees));
        if (withMentor == mentees) return Refusal.Invalid(code, $"{mentees switch { 1 => "The one mentee here has", 2 => "Both mentees here have", _ => $"All {Count(mentees)} mentees here have" }} a mentor already, so nobody waits for one.", nameof(Rule.OneActiveMentor));
        if (input.Mentors.All(mentor => !mentor.IsOpenToNew || mentor.Capacity == 0))
            return Refusal.Invalid(code, $"{RunWords.Mentees(mentees - withMentor, withMentor, mentees - withMentor == 1 ? "waits" : "wait")}, and every place of the mentors is taken or closed.", nameof(Rule.Capacity));
        var name = MatchWording.Name(rule, input.Settings);
        var others = withMentor == 0 ? "" : $" {Count(withMentor)} of {Plural(mentees, "mentee")} {(withMentor == 1 ? "has" : "have")} a mentor already.";
        return Refusal.Invalid(code, refusal.Message.Replace($"\"{name}\"", $"“{name}”", StringComparison.Ordinal) + others, rule.ToString());
    }
}
