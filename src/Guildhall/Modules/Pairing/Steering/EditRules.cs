using System.Globalization;
using System.Security.Cryptography;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.WebUtilities;

namespace Guildhall.Modules.Pairing;

/// <summary>The rules of a program as a form, and what managers fixed by hand.</summary>
/// <param name="NearTies">Points that count as no difference; 0 where nothing is drawn by lot.</param>
/// <param name="InView">The pages of the three lists, as an address carries them; a form brings back to the same.</param>
/// <param name="IsBehind">Whether somebody changed the rules since the form was shown: what was typed stands, with what is in use beside it.</param>
/// <param name="RulesForm">What was typed over the rules and refused, if anything was.</param>
/// <param name="WaiverForm">The same for the waiver.</param>
/// <param name="People">Everybody of the program by seller id, to choose from; empty where they are too many to list.</param>
/// <param name="Errors">Why the form that was sent is refused.</param>
public sealed record EditRulesView(
    string Cohort, string CohortHref, string StudioHref, string Version, IReadOnlyList<RuleField> Rules, bool MatchedFirst, string NearTies,
    FixedPairs Kept, FixedPairs Barred, FixedPairs Waived, string InView, IReadOnlyList<Choice> Conflicts,
    IReadOnlyList<Choice> People, bool WasSaved, bool IsBehind, FormFields RulesForm, FormFields WaiverForm, IReadOnlyList<FieldError> Errors);

/// <summary>One rule of the form.</summary>
/// <param name="Parameter">Its number as text; null for a rule without one.</param>
/// <param name="Unit">What the number counts.</param>
public sealed record RuleField(string Id, string Name, string Strength, IReadOnlyList<Choice> Strengths, string? Parameter, string Unit, int PenaltyPoints, bool UnknownBlocks, bool CanAskUnknown);

/// <summary>A pair that a manager pinned, barred or waived a rule for.</summary>
public sealed record FixedPair(string MenteeId, string MentorId, string Mentee, string Mentor, string? Detail, string? Rule = null);

/// <summary>A page of such pairs.</summary>
/// <param name="Id">The list's own name on the page and in the address.</param>
public sealed record FixedPairs(string Id, IReadOnlyList<FixedPair> Pairs, int Total, string? PreviousHref, string? NextHref);

/// <summary>Shows and changes rules, bars and waivers. The next run uses them.</summary>
sealed class EditRules(Programs.ProgramLookup programs, CurrentRules rules, PeopleNames names)
{
    const int PairsAPage = 25;
    const int PeopleListed = 1_000;

    /// <summary>The pages of the three lists of pairs.</summary>
    public sealed record InView(int? Kept, int? Barred, int? Waived)
    {
        public string Query => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
        {
            ["kept"] = Kept?.ToString(CultureInfo.InvariantCulture),
            ["barred"] = Barred?.ToString(CultureInfo.InvariantCulture),
            ["waived"] = Waived?.ToString(CultureInfo.InvariantCulture),
        }.Where(part => part.Value is not null));
    }

    static readonly Rule[] AskAboutUnknown = [Rule.Language, Rule.SharedHours, Rule.Tier, Rule.SameTrade, Rule.SameRegion];

    public static void Map(IEndpointRouteBuilder studio)
    {
        studio.MapGet("rules", (string program, [AsParameters] InView view, string? did, HttpContext http, EditRules edit, Shell shell, CancellationToken stop) =>
            edit.Show(program, view, did == "saved", shell, new FormFields(), FormFields.InAddress(http), null, stop));
        Change("rules", Rules, (form, _) => (form, new FormFields()));
        Change("rules/waive", Waive, (form, _) => (new FormFields(), form));
        Change("rules/unwaive", (settings, form) => settings with
        {
            Waivers = [.. settings.Waivers.Where(w => w.MenteeId != form.Text("mentee") || w.MentorId != form.Text("mentor") || w.Rule.ToString() != form.Text("rule"))],
        });
        Change("rules/release", (settings, form) => SteeringForm.Release(settings, form.Sent));
        Change("rules/allow", (settings, form) => settings with { Bars = [.. settings.Bars.Where(bar => bar.MenteeId != form.Text("mentee") || bar.MentorId != form.Text("mentor"))] });

        // Of the two forms of the page, the one that was refused comes back as it was typed.
        void Change(string path, Func<MatchSettings, FormFields, Result<MatchSettings>> change, Func<FormFields, Refusal, (FormFields Rules, FormFields Waiver)>? typed = null) =>
            studio.MapPost(path, async (string program, [AsParameters] InView view, FormFields form, EditRules edit, SteerMatching steer, Shell shell, Actor actor, CancellationToken stop) =>
            {
                var changed = await steer.Run(program, form.Edition("version"), settings => change(settings, form), actor, stop);
                if (changed.Refusal is not { } refusal) return Results.LocalRedirect(QueryHelpers.AddQueryString($"/manage/{program}/matching/rules{view.Query}", "did", "saved"));
                var (rulesForm, waiverForm) = typed?.Invoke(form, refusal) ?? (new FormFields(), new FormFields());
                return await edit.Show(program, view, wasSaved: false, shell, rulesForm, waiverForm, refusal, stop);
            });
    }

    /// <summary>Where a waiver is signed, with the pair and the conflict filled in.</summary>
    public static string WaiverHref(string studio, string mentee, string mentor, Rule conflict) =>
        QueryHelpers.AddQueryString($"{studio}/rules", new Dictionary<string, string?> { ["mentee"] = mentee, ["mentor"] = mentor, ["rule"] = conflict.ToString() }) + "#waive-h";

    async Task<IResult> Show(string slug, InView inView, bool wasSaved, Shell shell, FormFields rulesForm, FormFields waiverForm, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return await Page.Refused(shell, Refusal.NotFound("program"), stop);
        var now = await rules.Of(program, stop);
        var book = await names.Of(program.Id, stop);
        FixedPair Named(string mentee, string mentor, string? detail, Rule? rule = null) => new(mentee, mentor, book[mentee].Person, book[mentor].Person, detail, rule?.ToString());

        var view = new EditRulesView(
            program.Cohort, $"/manage/{slug}", $"/manage/{slug}/matching", now.Seen.ToString(CultureInfo.InvariantCulture),
            [.. RuleSetting.Defaults.Where(rule => rule.Rule is not (Rule.Capacity or Rule.Barred)).Select(rule => Field(now.Settings.Rules.FirstOrDefault(set => set.Rule == rule.Rule) ?? rule with { Strength = RuleStrength.Off }))],
            now.Settings.Objective == AssignmentObjective.MatchedFirst, (now.Settings.NearTies?.Points ?? 0).ToString(CultureInfo.InvariantCulture),
            OnPage("kept", now.Settings.Pins, inView.Kept, page => inView with { Kept = page }, pin => Named(pin.MenteeId, pin.MentorId, null)),
            OnPage("barred", now.Settings.Bars, inView.Barred, page => inView with { Barred = page }, bar => Named(bar.MenteeId, bar.MentorId, bar.Reason)),
            OnPage("waived", now.Settings.Waivers, inView.Waived, page => inView with { Waived = page }, w => Named(w.MenteeId, w.MentorId, $"{RuleName(w.Rule)}, until {w.Until.ToString("ddd d MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}: {w.Reason}", w.Rule)),
            inView.Query,
            [.. Enum.GetValues<Rule>().Where(RuleSetting.IsConflictOfInterest).Select(rule => new Choice(rule.ToString(), RuleName(rule)))],
            book.ById.Count > PeopleListed ? [] : [.. book.ById.OrderBy(one => one.Value.Person, StringComparer.Ordinal).Select(one => new Choice(one.Key, $"{one.Value.Person}, {one.Value.Shop}"))],
            wasSaved, refusal?.Kind == RefusalKind.Conflict, rulesForm, waiverForm, refusal is null ? [] : rulesForm.Errors.Concat(waiverForm.Errors).ToList() is [_, ..] unreadable ? unreadable : FieldError.From(refusal));
        return Page.Of<EditRulesPage>(new { Shell = await shell.Staff(stop), View = view }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));

        FixedPairs OnPage<T>(string id, IReadOnlyList<T> all, int? asked, Func<int, InView> at, Func<T, FixedPair> line)
        {
            // Past the end, the last page: a pair may have been taken off since the link was made.
            var page = Math.Clamp(asked ?? 1, 1, Math.Max(1, (all.Count + PairsAPage - 1) / PairsAPage));
            string Href(int number) => $"/manage/{slug}/matching/rules{at(number).Query}#{id}";
            return new FixedPairs(
                id, [.. all.Skip((page - 1) * PairsAPage).Take(PairsAPage).Select(line)], all.Count,
                page > 1 ? Href(page - 1) : null, page * PairsAPage < all.Count ? Href(page + 1) : null);
        }
    }

    static string RuleName(Rule rule) => MatchWording.Name(RuleSetting.Defaults.First(setting => setting.Rule == rule));

    static RuleField Field(RuleSetting rule) => new(
        rule.Rule.ToString(), MatchWording.Name(rule), rule.Strength.ToString(),
        [.. Enum.GetValues<RuleStrength>().Where(strength => RuleSetting.Allows(rule.Rule, strength) && (strength == RuleStrength.Required || !MatchingRules.IsSetByCharter(rule.Rule))).Reverse().Select(strength => new Choice(strength.ToString(), strength switch { RuleStrength.Required => "Must hold", RuleStrength.Preferred => "Preferred", _ => "Off" }))],
        RuleSetting.DefaultParameter(rule.Rule) is { } usual ? ((rule.Parameter ?? usual) * Scale(rule.Rule)).ToString("0.##", CultureInfo.InvariantCulture) : null, Unit(rule.Rule),
        rule.PenaltyPoints, rule.UnknownBlocks, AskAboutUnknown.Contains(rule.Rule));

    static string Unit(Rule rule) => rule switch
    {
        Rule.Language => "level, 1 basic to 4 native",
        Rule.SharedHours => "hours a week",
        Rule.GroupShare => "% of mentees",
        Rule.MenteesInRow => "mentees",
        Rule.SameTrade => "% of prices that overlap, 0 for any",
        Rule.MinimumScore => "points of 100",
        _ => "",
    };

    // People read and write shares as percents.
    static double Scale(Rule rule) => rule is Rule.GroupShare or Rule.SameTrade ? 100 : 1;

    static Result<MatchSettings> Rules(MatchSettings settings, FormFields form)
    {
        settings = settings with { Objective = form.Text("objective") == "score" ? AssignmentObjective.Score : AssignmentObjective.MatchedFirst };
        if (form.Sent.ContainsKey("near-ties"))
        {
            if (form.TryNumber("near-ties", out var points) && (double)points is 0 or (>= NearTies.LeastPoints and <= NearTies.MostPoints)) settings = Draw(settings, (double)points);
            else form.Refuse("near-ties", string.Create(CultureInfo.InvariantCulture, $"Enter 0, or from {NearTies.LeastPoints} to {NearTies.MostPoints} points for near ties. With 0 nothing is drawn."));
        }

        foreach (var usual in RuleSetting.Defaults.Where(rule => form.Sent.ContainsKey($"strength.{rule.Rule}")))
        {
            var (id, name) = (usual.Rule.ToString(), MatchWording.Name(usual));
            if (!Enum.TryParse<RuleStrength>(form.Text($"strength.{id}"), out var strength) || !Enum.IsDefined(strength)) form.Refuse($"strength.{id}", $"Choose how the rule {name} holds.");
            var parameter = usual.Parameter;
            if (parameter is not null)
            {
                var (scale, (least, most)) = (Scale(usual.Rule), RuleSetting.ParameterRange(usual.Rule));
                if (form.TryNumber($"parameter.{id}", out var number) && (double)number >= least * scale && (double)number <= most * scale) parameter = (double)number / scale;
                else form.Refuse($"parameter.{id}", string.Create(CultureInfo.InvariantCulture, $"Enter a number from {least * scale:#,0.###} to {most * scale:#,0.###} for the rule {name}."));
            }

            var penalty = usual.PenaltyPoints;
            if (form.Sent.ContainsKey($"penalty.{id}"))
            {
                penalty = form.Whole($"penalty.{id}", $"the points for the rule {name}");
                if (penalty is < 0 or > 100) form.Refuse($"penalty.{id}", $"Enter from 0 to 100 points for the rule {name}.");
            }

            if (form.Refusal is not null) continue;
            if (!SteeringForm.WithRule(settings, new RuleSetting(usual.Rule, strength, parameter, penalty, form.Text($"unknown.{id}") == "true")).Succeeded(out var next, out var refusal)) return refusal;
            settings = next;
        }

        return form.Refusal is { } unreadable ? unreadable : settings;
    }

    /// <summary>Near ties by lot, or not. A seed that nobody could choose is drawn once, when it first begins, and stays: running again repeats the draw, so that nobody can run, or switch off and on, until they like it.</summary>
    static MatchSettings Draw(MatchSettings settings, double points) => (points, settings.NearTies) switch
    {
        (0, _) => settings with { NearTies = null },
        (_, null) => settings with { NearTies = new NearTies(points), Seed = settings.Seed == MatchSettings.UsualSeed ? RandomNumberGenerator.GetInt32(int.MaxValue) : settings.Seed },
        (_, { } ties) => settings with { NearTies = ties with { Points = points } },
    };

    static Result<MatchSettings> Waive(MatchSettings settings, FormFields form)
    {
        var (mentee, mentor, reason, until) = (form.Text("mentee"), form.Text("mentor"), form.Text("reason"), form.Day("until", "the last day it holds"));
        if (mentee.Length == 0) form.Refuse("mentee", "Enter the mentee’s seller id.");
        if (mentor.Length == 0) form.Refuse("mentor", "Enter the mentor’s seller id.");
        if (SteeringForm.RuleNamed(form.Text("rule")) is not { } rule || !RuleSetting.IsConflictOfInterest(rule))
        {
            form.Refuse("rule", "Choose a conflict rule to waive.");
            rule = default;
        }

        if (until != default && until < settings.ProgramStart) form.Refuse("until", $"Choose a last day on or after the program’s first, {settings.ProgramStart.ToString("d MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}. A waiver that ends before does nothing.");
        if (reason.Length is 0 or > 500) form.Refuse("reason", "Enter why this conflict is acceptable, up to 500 characters.");
        return form.Refusal is { } unreadable
            ? unreadable
            : settings with { Waivers = [.. settings.Waivers.Where(w => w.MenteeId != mentee || w.MentorId != mentor || w.Rule != rule), new Waiver(mentee, mentor, rule, reason, until)] };
    }
}
