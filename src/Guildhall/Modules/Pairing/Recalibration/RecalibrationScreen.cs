using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;
using static Guildhall.Modules.Pairing.Phrases;

namespace Guildhall.Modules.Pairing;

/// <summary>Approved pairs on the figures of today, and which would fit better another way.</summary>
/// <param name="Pairs">Approved pairs; 0 where there are none.</param>
/// <param name="Finding">What comes first: the heading.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Changes">The first of what is proposed: those that go together, and those that stand alone, the greatest gain first.</param>
/// <param name="Shown">How many of them these are; null when all are shown.</param>
/// <param name="AgainstRules">Pairs that the rules would keep apart today, the first of them.</param>
/// <param name="AgainstRulesTotal">How many these are in all.</param>
/// <param name="Refused">Why it could not be worked out; null when it was.</param>
/// <param name="Form">The points that a switch must bring, as they were typed or as they are.</param>
public sealed record RecalibrationView(
    string Cohort, string CohortHref, string StudioHref, int Pairs, string Finding, string Basis, IReadOnlyList<ChangeLine> Changes, string? Shown,
    IReadOnlyList<PairAgainstRules> AgainstRules, int AgainstRulesTotal, string? Refused, FormFields Form, string Cost);

/// <summary>Switches under one heading.</summary>
/// <param name="Finding">"2 together or none: 31.0 points more", or that each stands by itself.</param>
public sealed record ChangeLine(string Finding, IReadOnlyList<SwitchLine> Switches);

/// <summary>A mentee who would switch.</summary>
/// <param name="Most">Where most of the difference lies.</param>
public sealed record SwitchLine(string Mentee, string Shop, string From, string To, decimal Before, decimal After, string Most);

/// <summary>A running pair and the rules that would keep it apart today.</summary>
public sealed record PairAgainstRules(string Mentee, string Mentor, string Rules);

/// <summary>Recalibration: looks at approved pairs again and proposes; it changes nothing.</summary>
sealed class RecalibrationScreen(ProgramLookup programs, MatchPool pool, CurrentRules rules, PeopleNames names)
{
    const decimal UsualCost = 5;
    const int ChangesShown = 25;
    const int PairsShown = 25;

    public static void Map(IEndpointRouteBuilder studio) => studio.MapGet(
        "recalibration", async (string program, HttpContext http, RecalibrationScreen screen, Shell shell, CancellationToken stop) =>
            (await screen.Of(program, FormFields.InAddress(http), stop)).Succeeded(out var view, out var refusal)
                ? Page.Of<RecalibrationPage>(new { Shell = await shell.Staff(stop), View = view }, view.Form.Refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
                : await Page.Refused(shell, refusal, stop));

    async Task<Result<RecalibrationView>> Of(string slug, FormFields form, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        var cost = UsualCost;
        if (form.Sent.ContainsKey("cost") && !(form.TryNumber("cost", out cost) && cost is >= 0 and <= 100))
        {
            form.Refuse("cost", "Enter from 0 to 100 points.");
            cost = UsualCost;
        }

        var settings = (await rules.Of(program, stop)).Settings;
        var (people, pairs) = await pool.Running(program, stop);
        var book = await names.Of(program.Id, stop);
        var empty = new RecalibrationView(
            program.Cohort, $"/manage/{slug}", $"/manage/{slug}/matching", pairs.Count, "No approved pairs yet", "", [], null, [], 0, null, form, cost.ToString("0.##", CultureInfo.InvariantCulture));
        if (pairs.Count == 0) return empty;

        var asOf = people.AsOf is { } day ? $"On the figures of {day.ToString("ddd d MMM yyyy", CultureInfo.GetCultureInfo("en-US"))}" : "Without figures yet";
        var basis = $"{asOf}, by today’s weights and rules. Nothing is changed, and nobody is told. {people.Notes}".TrimEnd();
        var input = new MatchInput(people.Mentees, people.Mentors, people.Present(settings));
        var outcome = Matcher.Recalibrate(input, pairs, (double)cost, stop);
        if (outcome.Value is not { } found)
            return empty with { Finding = "Not worked out", Basis = basis, Refused = SettingWords.Refused(outcome.Refusals[0], settings, book).Message };

        var (moved, against) = (found.Changes.Sum(change => change.Moves.Count), found.Pairs.Where(pair => pair.Broken.Count > 0).ToList());
        return empty with
        {
            Finding = moved == 0 ? $"{(pairs.Count == 1 ? "The one pair stays" : $"All {Counted.Of(pairs.Count)} pairs stay")}" : $"{Counted.Of(moved, "switch", "switches")} would bring {Points.Tenths(Points.Of(found.Changes.Sum(change => change.Gain)))} points to {Plural(pairs.Count, "pair")}",
            Basis = basis,
            Changes = Lines([.. found.Changes.Take(ChangesShown)], book),
            Shown = found.Changes.Count > ChangesShown ? $"These are the first {ChangesShown} of {Counted.Of(found.Changes.Count)} changes." : null,
            AgainstRules = [.. against.Take(PairsShown).Select(pair => new PairAgainstRules(book[pair.MenteeId].Person, book[pair.MentorId].Person, string.Join("; ", pair.Broken.Select(rule => Said(rule, pair.MenteeId, pair.MentorId)))))],
            AgainstRulesTotal = against.Count,
        };

        string Said(Rule rule, string menteeId, string mentorId) => rule == Rule.DeclaredCompetition
            && DeclaredWords.Of(input.Mentees.FirstOrDefault(one => one.Id == menteeId), input.Mentors.FirstOrDefault(one => one.Id == mentorId), book[menteeId].FirstName, book[mentorId].FirstName) is { } declared
            ? declared : MatchWording.Name(rule, settings);
    }

    /// <summary>Switches that go together, each group by itself, then those that stand alone.</summary>
    static List<ChangeLine> Lines(List<ProposedChange> changes, NameBook book)
    {
        List<ChangeLine> lines = [.. changes.Where(change => change.Moves.Count > 1).Select(change => new ChangeLine($"{Counted.Of(change.Moves.Count)} together or none: {Points.Tenths(Points.Of(change.Gain))} points more", Switches(change)))];
        if (changes.Where(change => change.Moves.Count == 1).ToList() is [_, ..] alone) lines.Add(new ChangeLine("Each by itself", [.. alone.SelectMany(Switches)]));
        return lines;

        IReadOnlyList<SwitchLine> Switches(ProposedChange change) => [.. change.Moves.Select(move => new SwitchLine(
            book[move.MenteeId].Person, book[move.MenteeId].Shop, book[move.FromMentorId].Person, book[move.ToMentorId].Person, move.Before.Points, move.After.Points, Most(move)))];
    }

    /// <summary>The factor or preferred rule in which the two mentors differ most.</summary>
    static string Most(ProposedMove move)
    {
        var before = move.Before.Factors.ToDictionary(factor => factor.Factor, factor => factor.Points);
        var most = move.After.Factors.MaxBy(factor => Math.Abs(factor.Points - before.GetValueOrDefault(factor.Factor)))!;
        var change = most.Points - before.GetValueOrDefault(most.Factor);
        return $"Most in {MatchWording.Name(most.Factor).ToLowerInvariant()}: {(change >= 0 ? "+" : "−")}{Points.Tenths(Math.Abs(change))}";
    }
}
