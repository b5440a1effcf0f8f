using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The rules of a program as a form, and what managers fixed by hand.</summary>
public sealed record EditRulesView(
    string Cohort, string CohortHref, string StudioHref, string Version, IReadOnlyList<RuleField> Rules, bool MatchedFirst,
    IReadOnlyList<FixedPair> Kept, IReadOnlyList<FixedPair> Barred, IReadOnlyList<FixedPair> Waived, IReadOnlyList<Choice> Conflicts, string? Problem);

/// <summary>One rule of the form.</summary>
/// <param name="Parameter">Its number as text; null for a rule without one.</param>
/// <param name="Unit">What the number counts.</param>
public sealed record RuleField(string Id, string Name, string Strength, IReadOnlyList<Choice> Strengths, string? Parameter, string Unit, int PenaltyPoints, bool UnknownBlocks, bool CanAskUnknown);

/// <summary>A pair that a manager pinned, barred or waived a rule for.</summary>
public sealed record FixedPair(string MenteeId, string MentorId, string Mentee, string Mentor, string? Detail, string? Rule = null);

/// <summary>Shows and changes rules, bars and waivers. The next run uses them.</summary>
sealed class EditRules(Programs.ProgramLookup programs, CurrentRules rules, PeopleNames names)
{
    static readonly Rule[] AskAboutUnknown = [Rule.Language, Rule.SharedHours, Rule.Tier, Rule.SameTrade, Rule.SameRegion];

    public static void Map(IEndpointRouteBuilder studio)
    {
        studio.MapGet("rules", (string program, EditRules edit, Shell shell, CancellationToken stop) => edit.Show(program, shell, null, stop));
        studio.MapPost("rules", (string program, HttpContext http, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) => edit.Save(program, http, steer, shell, actor, Rules, stop));
        studio.MapPost("rules/release", (string program, HttpContext http, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) => edit.Save(program, http, steer, shell, actor, SteeringForm.Release, stop));
        studio.MapPost("rules/allow", (string program, HttpContext http, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) => edit.Save(program, http, steer, shell, actor,
            (settings, form) => settings with { Bars = [.. settings.Bars.Where(bar => bar.MenteeId != form["mentee"] || bar.MentorId != form["mentor"])] }, stop));
        studio.MapPost("rules/waive", (string program, HttpContext http, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) => edit.Save(program, http, steer, shell, actor, Waive, stop));
        studio.MapPost("rules/unwaive", (string program, HttpContext http, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) => edit.Save(program, http, steer, shell, actor,
            (settings, form) => settings with { Waivers = [.. settings.Waivers.Where(w => w.MenteeId != form["mentee"] || w.MentorId != form["mentor"] || w.Rule.ToString() != form["rule"])] }, stop));
    }

    async Task<IResult> Save(string program, HttpContext http, SteerMatching steer, Shell shell, Actor actor, Func<MatchSettings, IFormCollection, Result<MatchSettings>> change, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var changed = await steer.Run(program, SteeringForm.Seen(form), settings => change(settings, form), actor, stop);
        return changed.Refusal is { } refusal ? await Show(program, shell, refusal, stop) : Results.LocalRedirect($"/manage/{program}/matching/rules");
    }

    async Task<IResult> Show(string slug, Shell shell, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var now = await rules.Of(program, stop);
        var book = await names.Of(program.Id, stop);
        FixedPair Named(string mentee, string mentor, string? detail, Rule? rule = null) => new(mentee, mentor, book[mentee].Person, book[mentor].Person, detail, rule?.ToString());

        var view = new EditRulesView(
            program.Cohort, $"/manage/{slug}", $"/manage/{slug}/matching", now.Seen.ToString(CultureInfo.InvariantCulture),
            [.. RuleSetting.Defaults.Where(rule => rule.Rule is not (Rule.Capacity or Rule.Barred)).Select(rule => Field(now.Settings.Rules.FirstOrDefault(set => set.Rule == rule.Rule) ?? rule with { Strength = RuleStrength.Off }))],
            now.Settings.Objective == AssignmentObjective.MatchedFirst,
            [.. now.Settings.Pins.Select(pin => Named(pin.MenteeId, pin.MentorId, null))],
            [.. now.Settings.Bars.Select(bar => Named(bar.MenteeId, bar.MentorId, bar.Reason))],
            [.. now.Settings.Waivers.Select(w => Named(w.MenteeId, w.MentorId, $"{RuleName(w.Rule)}, until {w.Until.ToString("ddd d MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}: {w.Reason}", w.Rule))],
            [.. Enum.GetValues<Rule>().Where(RuleSetting.IsConflictOfInterest).Select(rule => new Choice(rule.ToString(), RuleName(rule)))],
            refusal?.Message);
        return Page.Of<EditRulesPage>(new { Shell = await shell.Staff(stop), View = view }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    static string RuleName(Rule rule) => MatchWording.Name(RuleSetting.Defaults.First(setting => setting.Rule == rule));

    static RuleField Field(RuleSetting rule) => new(
        rule.Rule.ToString(), MatchWording.Name(rule), rule.Strength.ToString(),
        [.. Enum.GetValues<RuleStrength>().Where(strength => RuleSetting.Allows(rule.Rule, strength) && (strength == RuleStrength.Required || !MatchingRules.IsSetByCharter(rule.Rule))).Reverse().Select(strength => new Choice(strength.ToString(), strength switch { RuleStrength.Required => "Must hold", RuleStrength.Preferred => "Preferred", _ => "Off" }))],
        RuleSetting.DefaultParameter(rule.Rule) is { } usual ? (rule.Parameter ?? usual).ToString("0.##", CultureInfo.InvariantCulture) : null, Unit(rule.Rule),
        rule.PenaltyPoints, rule.UnknownBlocks, AskAboutUnknown.Contains(rule.Rule));

    static string Unit(Rule rule) => rule switch
    {
        Rule.Language => "level, 1 basic to 4 native",
        Rule.SharedHours => "hours a week",
        Rule.GroupShare => "share of mentees, 0 to 1",
        Rule.MenteesInRow => "mentees",
        Rule.SameTrade => "price overlap, 0 any to 1 all",
        Rule.MinimumScore => "points of 100",
        _ => "",
    };

    static Result<MatchSettings> Rules(MatchSettings settings, IFormCollection form)
    {
        settings = settings with { Objective = form["objective"] == "score" ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst };
        foreach (var usual in RuleSetting.Defaults.Where(rule => form.ContainsKey($"strength.{rule.Rule}")))
        {
            var field = usual.Rule.ToString();
            if (!Enum.TryParse<RuleStrength>(form[$"strength.{field}"], out var strength) || !Enum.IsDefined(strength)) return Refusal.Invalid("rule", $"Choose how the rule {MatchWording.Name(usual)} holds. Nothing was changed.");
            double? parameter = usual.Parameter;
            if (parameter is not null)
            {
                if (!double.TryParse(form[$"parameter.{field}"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return Refusal.Invalid("rule", $"Enter a number for the rule {MatchWording.Name(usual)}. Nothing was changed.");
                parameter = number;
            }

            var penalty = int.TryParse(form[$"penalty.{field}"], NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points <= 100 ? points : usual.PenaltyPoints;
            var changed = SteeringForm.WithRule(settings, new RuleSetting(usual.Rule, strength, parameter, penalty, form[$"unknown.{field}"] == "true"));
            if (!changed.Succeeded(out var next, out var refusal)) return refusal;
            settings = next;
        }

        return settings;
    }

    static Result<MatchSettings> Waive(MatchSettings settings, IFormCollection form)
    {
        var (mentee, mentor, reason) = (form["mentee"].ToString().Trim(), form["mentor"].ToString().Trim(), form["reason"].ToString().Trim());
        if (mentee.Length == 0 || mentor.Length == 0) return Refusal.Invalid("pair", "Enter the mentee's and the mentor's seller id. Nothing was changed.");
        if (SteeringForm.RuleNamed(form["rule"]) is not { } rule || !RuleSetting.IsConflictOfInterest(rule)) return Refusal.Invalid("rule", "Choose a conflict rule to waive. Nothing was changed.");
        if (reason.Length is 0 or > 500) return Refusal.Invalid("reason", "Enter why this conflict is acceptable, up to 500 characters. Nothing was changed.");
        if (!DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)) return Refusal.Invalid("until", "Enter the last day the waiver holds. Nothing was changed.");
        return settings with { Waivers = [.. settings.Waivers.Where(w => w.MenteeId != mentee || w.MentorId != mentor || w.Rule != rule), new Waiver(mentee, mentor, rule, reason, until)] };
    }
}
