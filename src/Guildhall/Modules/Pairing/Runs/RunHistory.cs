using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Pairing;

/// <summary>The runs of a program, newest first, and two of them side by side.</summary>
sealed class RunHistory(ProgramLookup programs, ReadStudio read, OpenMatches matches, CurrentRules rules, PeopleNames names, AccountLookup accounts, TimeProvider clock)
{
    const int RunsAPage = 25;
    const int MovesAPage = 50;

    /// <summary>What of the history the address asks for.</summary>
    /// <param name="Page">The page of runs.</param>
    /// <param name="From">The earlier of two runs to lay side by side.</param>
    /// <param name="To">The later of them.</param>
    /// <param name="Moves">The page of what moved between them.</param>
    public sealed record InView(int? Page, int? From, int? To, int? Moves);

    public async Task<Result<RunsView>> Of(string slug, InView view, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        // A program's runs are numbered 1, 2, 3…, so the newest number is also how many there are.
        var total = await read.NewestNumber(program.Id, stop);
        var page = Math.Clamp(view.Page ?? 1, 1, Math.Max(1, (total + RunsAPage - 1) / RunsAPage));
        // One row more than is shown: what the last one changed.
        var rows = await read.Newest(program.Id, total - (page - 1) * RunsAPage, RunsAPage + 1, stop);
        var people = await accounts.Names([.. rows.Select(row => row.RanBy).Distinct()], stop);
        var book = await names.Of(program.Id, stop);
        var (zone, now, studio) = (await read.Zone(stop), clock.GetUtcNow(), $"/manage/{slug}/matching");

        var lines = rows.Zip(rows.Skip(1).Append(null), (row, earlier) => new RunHistoryLine(
            row.Number, When.Said(row.RanAt, now, zone), RunWords.Who(row.RanBy, people),
            row.State == RunState.Approved ? "Approved" : row.Number == total ? "Draft" : "Replaced",
            RunWords.Measures(row.Head.Summary), Changed(earlier?.Head, row.Head, book), $"{studio}/{row.Number.ToString(CultureInfo.InvariantCulture)}",
            row.Number == total ? null : $"{studio}/runs/{row.Number.ToString(CultureInfo.InvariantCulture)}/restore")).Take(RunsAPage).ToList();

        return new RunsView(
            program.Cohort, $"/manage/{slug}", studio, lines, total,
            lines.Count == 0 ? "No runs yet" : $"Runs {Counted.Of(lines[^1].Number)} to {Counted.Of(lines[0].Number)} of {Counted.Of(total)}",
            page > 1 ? Href(view with { Page = page - 1 }) : null, page * RunsAPage < total ? Href(view with { Page = page + 1 }) : null,
            $"{studio}/runs", view.From, view.To, await Compared(program, view, book, Href, stop), (await rules.Of(program, stop)).Seen.ToString(CultureInfo.InvariantCulture));

        string Href(InView wanted) => QueryHelpers.AddQueryString($"{studio}/runs", new Dictionary<string, string?>
        {
            ["from"] = wanted.From?.ToString(CultureInfo.InvariantCulture),
            ["to"] = wanted.To?.ToString(CultureInfo.InvariantCulture),
            ["page"] = wanted.Page?.ToString(CultureInfo.InvariantCulture),
            ["moves"] = wanted.Moves?.ToString(CultureInfo.InvariantCulture),
        }.Where(part => part.Value is not null));
    }

    async Task<ComparedRuns?> Compared(ProgramFacts program, InView view, NameBook book, Func<InView, string> href, CancellationToken stop)
    {
        if (view is not { From: { } from, To: { } to } || await read.Numbered(program.Id, from, stop) is not { } one || await read.Numbered(program.Id, to, stop) is not { } two) return null;
        var (before, after) = ((await matches.Open(one.Id, stop))!, (await matches.Open(two.Id, stop))!);
        var comparison = Matcher.Compare(before.Run, after.Run, () => after.Prepared);
        var page = Math.Clamp(view.Moves ?? 1, 1, Math.Max(1, (comparison.Moves.Count + MovesAPage - 1) / MovesAPage));
        return new ComparedRuns(
            to, RunWords.Measures(comparison.After), ComparisonWords.Comparison(comparison, from, to, book, (page - 1) * MovesAPage, MovesAPage),
            page > 1 ? href(view with { Moves = page - 1 }) + "#moved" : null, page * MovesAPage < comparison.Moves.Count ? href(view with { Moves = page + 1 }) + "#moved" : null);
    }

    static string Changed(MatchRun? before, MatchRun after, NameBook book)
    {
        if (before is null) return "First run";
        // Kept and barred pairs are stored for the people of the run: where these differ, a pair that is missing was not released.
        var otherPeople = before.Summary.Mentees != after.Summary.Mentees || before.Summary.Mentors != after.Summary.Mentors;
        var clauses = Matcher.Compare(before.Settings, after.Settings).Where(change => !otherPeople || change.Kind is not (SettingKind.Pin or SettingKind.Bar or SettingKind.Waiver or SettingKind.EndedPair))
            .Take(3).Select(change => SettingWords.Clause(change, book).Text.Trim());
        if (before.Summary.Mentees != after.Summary.Mentees) clauses = clauses.Append($"{Counted.Of(after.Summary.Mentees, "mentee", "mentees")} instead of {Counted.Of(before.Summary.Mentees)}");
        if (before.Summary.Mentors != after.Summary.Mentors) clauses = clauses.Append($"{Counted.Of(after.Summary.Mentors, "mentor", "mentors")} instead of {Counted.Of(before.Summary.Mentors)}");
        if (before.Summary.Places != after.Summary.Places) clauses = clauses.Append($"{Counted.Of(after.Summary.Places, "place", "places")} instead of {Counted.Of(before.Summary.Places)}");
        var said = string.Join("; ", clauses);
        if (said.Length == 0) return "Same settings";
        return char.ToUpperInvariant(said[0]) + said[1..];
    }
}
