using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>How the pairs of a program are made, as the settings stand: what its managers can change and nothing about people.</summary>
/// <param name="Always">Rules that every pair keeps.</param>
/// <param name="Rather">Rules that cost a pair points where it breaks them.</param>
/// <param name="Factors">What makes a fit, heaviest first; their shares add up to 100.</param>
/// <param name="MostFirst">As many mentees as possible come before the greatest total fit.</param>
/// <param name="Lot">Points within which the lot decides; null where nothing is drawn.</param>
public sealed record MatchingExplained(
    string Program, int ReplyDays, IReadOnlyList<string> Always, IReadOnlyList<(string Rule, int Points)> Rather, IReadOnlyList<(string Name, string Means, int Share)> Factors, bool MostFirst, string? Lot);

/// <summary>Tells anybody, before they apply, how the pairs of a program are made: the one on the front page, or any that is no draft.</summary>
sealed class ExplainMatching(CurrentRules rules)
{
    public const string Path = "/matching";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, async (ExplainMatching explain, ProgramLookup programs, Shell shell, CancellationToken stop) => await explain.Show(await programs.OnFrontPage(stop), shell, stop)).RequireAccess(AccessTable.Visit);
        routes.MapGet($"{Path}/{{program}}", async (string program, ExplainMatching explain, ProgramLookup programs, Shell shell, CancellationToken stop) =>
            await programs.BySlug(program, stop) is { State: not ProgramState.Draft } known ? await explain.Show(known, shell, stop) : await Page.Refused(shell, Refusal.NotFound("program"), stop)).RequireAccess(AccessTable.Visit);
    }

    async Task<IResult> Show(ProgramFacts? program, Shell shell, CancellationToken stop)
    {
        var context = await shell.Public(stop);
        return Page.Of<MatchingExplainedPage>(new { Shell = context, View = program is null ? null : await Of(program, stop), Door = context.Person is null ? new Link("Sign in", "/sign-in") : new Link("To your page", context.Homes is [var home, ..] ? home.Href : "/account") });
    }

    async Task<MatchingExplained> Of(ProgramFacts program, CancellationToken stop)
    {
        var settings = (await rules.Of(program, stop)).Settings;
        return new(
            program.Name, (int)Proposal.ReplyTime.TotalDays,
            [.. settings.Rules.Where(rule => rule.Strength == RuleStrength.Required && rule.Rule is not (Rule.Capacity or Rule.Barred)).Select(MatchWording.Name)],
            [.. settings.Rules.Where(rule => rule.Strength == RuleStrength.Preferred).Select(rule => (MatchWording.Name(rule), rule.PenaltyPoints))],
            [.. settings.Weights.Where(weight => weight.Value > 0).OrderByDescending(weight => weight.Value).ThenBy(weight => weight.Key).Select(weight => (MatchWording.Name(weight.Key), Means(weight.Key), weight.Value))],
            settings.Objective == AssignmentObjective.MatchedFirst, settings.NearTies is { } ties ? ties.Points == 1 ? "1 point" : FormattableString.Invariant($"{ties.Points:0.#} points") : null);
    }

    static string Means(Factor factor) => factor switch
    {
        Factor.Category => "How close what you sell is to what your mentor sells, by the branches of the marketplace’s categories.",
        Factor.Velocity => "Your mentor sells some way more than you, and not worlds more.",
        Factor.Inventory => "Your stocks are of a like kind: how many things, how fast they turn.",
        Factor.Hours => "Hours in a usual week at which you are both free.",
        Factor.Skills => "What you want help with, and where your figures say it is needed, against what your mentor is good at.",
        Factor.Channel => "You sell through the same kinds of shop.",
        Factor.GrowthTarget => "Your mentor has passed the size that you want to reach.",
        Factor.Industry => "Your mentor has worked in your trade.",
        Factor.Style => "You decide alike: by numbers, or by feel.",
        Factor.Contact => "You like to talk alike: live, or in writing.",
        Factor.Region => "You sell from the same part of the country.",
        Factor.Responsiveness => "How often your mentor answered requests before.",
        _ => throw new ArgumentOutOfRangeException(nameof(factor)),
    };
}
