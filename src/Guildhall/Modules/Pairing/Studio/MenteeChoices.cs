using System.Globalization;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>Every mentor for one mentee: what they score and what choosing them would cost, or which rule stands between.</summary>
public sealed record MenteeChoicesView(
    string Cohort, string CohortHref, string StudioHref, int RunNumber, string Mentee, string Shop, string Finding, IReadOnlyList<MentorChoice> Mentors, int Total, string? PreviousHref, string? NextHref,
    string? SwapAction, string MenteeId);

/// <summary>One mentor as a choice for the mentee.</summary>
/// <param name="Fit">Null when a rule blocks the pair.</param>
/// <param name="Detail">The cost of choosing them, or the rules that block.</param>
/// <param name="WaiverHref">Where a waiver is signed, if nothing but a conflict of interest blocks the pair.</param>
public sealed record MentorChoice(string MentorId, string Mentor, string Shop, decimal? Fit, string Detail, bool IsChosen, string? WaiverHref = null);

/// <summary>Answers "why not that one" for any mentor of a run.</summary>
sealed class MenteeChoices(ReadStudio read)
{
    const int MentorsAPage = 25;

    public static void Map(IEndpointRouteBuilder studio) => studio.MapGet(
        "{number:int}/mentees/{mentee}", async (string program, int number, string mentee, int? page, MenteeChoices choices, Shell shell, CancellationToken stop) =>
            (await choices.Of(program, number, mentee, Math.Max(1, page ?? 1), stop)).Succeeded(out var view, out var refusal)
                ? Page.Of<MenteeChoicesPage>(new { Shell = await shell.Staff(stop), View = view })
                : await Page.Refused(shell, refusal, stop));

    async Task<Result<MenteeChoicesView>> Of(string program, int number, string htmlId, int page, CancellationToken stop)
    {
        if (!(await read.Open(program, number, stop)).Succeeded(out var view, out var refusal)) return refusal;
        if (view is null || StudioPairs.FromHtmlId(htmlId) is not { } mentee || !view.Match.Input.Mentees.Any(m => m.Id == mentee)) return Refusal.NotFound("mentee in this run");

        var (run, names, match) = (view.Match.Run, view.Names, view.Match.Prepared);
        var chosen = run.Pairs.FirstOrDefault(pair => pair.MenteeId == mentee)?.MentorId;
        var possible = match.Alternatives(mentee, int.MaxValue, stop).Select(other => other.MentorId).ToList();
        // The pair they have first, then what was possible by fit, then what a rule blocks.
        var order = new[] { chosen }.OfType<string>().Concat(possible).Concat(run.Mentors.Select(mentor => mentor.MentorId)).Distinct().ToList();
        var here = $"/manage/{program}/matching/{number.ToString(CultureInfo.InvariantCulture)}";
        string PageHref(int wanted) => $"{here}/mentees/{htmlId}?page={wanted.ToString(CultureInfo.InvariantCulture)}";
        var profile = view.Match.Input.Mentees.First(one => one.Id == mentee);
        var unmatched = run.Unmatched.FirstOrDefault(u => u.MenteeId == mentee);

        return new MenteeChoicesView(
            view.Program.Cohort, $"/manage/{program}", here, number, names[mentee].Person, names[mentee].Shop,
            unmatched is not null ? $"{view.Match.Reason(unmatched)}{DeclaredWords.OfUnmatched(unmatched, view.Match, names)}" : Phrases.OneStop($"Matched with {names[chosen!].Person}. {(possible.Count == 1 ? "1 other mentor passes" : $"{Counted.Of(possible.Count)} other mentors pass")} every rule."),
            [.. order.Skip((page - 1) * MentorsAPage).Take(MentorsAPage).Select(mentor => Choice(mentor))],
            order.Count, page > 1 ? PageHref(page - 1) : null, page * MentorsAPage < order.Count ? PageHref(page + 1) : null,
            view.Row.State == RunState.Draft ? $"/manage/{program}/matching/swap" : null, mentee);

        MentorChoice Choice(string mentor)
        {
            if (mentor == chosen) return new MentorChoice(mentor, names[mentor].Person, names[mentor].Shop, run.Pairs.First(pair => pair.MenteeId == mentee).Score.Points, "Their pair in this run.", true);
            var answer = match.WhyNot(mentee, mentor, stop);
            var detail = answer.Blocks.Count > 0
                ? string.Concat(answer.Blocks.Select(rule => $"{DeclaredWords.Break(rule, profile, mentor, match.Explain(mentee, mentor), view.Match, names)}. ")).TrimEnd()
                : ReasonWords.Cost(answer, names);
            return new MentorChoice(mentor, names[mentor].Person, names[mentor].Shop, answer.Score?.Points, detail, false, OpenMatch.IsWaivable(answer.Blocks) ? EditRules.WaiverHref($"/manage/{program}/matching", mentee, mentor, answer.Blocks[0]) : null);
        }
    }
}
