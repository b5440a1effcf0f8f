using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Modules.Pairing;

/// <summary>The runs of a program, newest first, and two of them side by side.</summary>
sealed class RunHistory(ProgramLookup programs, ReadStudio read, OpenMatches matches, PeopleNames names, AccountLookup accounts, TimeProvider clock)
{
    const int RunsShown = 50;

    public async Task<Result<RunsView>> Of(string slug, int? from, int? to, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        var rows = await read.Newest(program.Id, int.MaxValue, RunsShown, stop);
        var people = await accounts.Names([.. rows.Select(row => row.RanBy).Distinct()], stop);
        var (zone, now, studio) = (await read.Zone(stop), clock.GetUtcNow(), $"/manage/{slug}/matching");

        var lines = rows.Zip(rows.Skip(1).Append(null), (row, earlier) => new RunHistoryLine(
            row.Number, When.Said(row.RanAt, now, zone), people.GetValueOrDefault(row.RanBy, "somebody who left"),
            row.State == RunState.Approved ? "Approved" : row == rows[0] ? "Draft" : "Replaced",
            StudioWords.Measures(row.Head.Summary), Changed(earlier?.Head, row.Head), $"{studio}/{row.Number.ToString(CultureInfo.InvariantCulture)}",
            row == rows[0] ? null : $"{studio}/runs/{row.Number.ToString(CultureInfo.InvariantCulture)}/restore")).ToList();

        var (one, two) = (rows.Find(row => row.Number == from), rows.Find(row => row.Number == to));
        if (one is null || two is null) return new RunsView(program.Cohort, $"/manage/{slug}", studio, lines, $"{studio}/runs", from, to, null, null);

        var comparison = Matcher.Compare((await matches.Open(one.Id, stop))!.Run, (await matches.Open(two.Id, stop))!.Run);
        return new RunsView(
            program.Cohort, $"/manage/{slug}", studio, lines, $"{studio}/runs", from, to, two.Number,
            StudioWords.Comparison(comparison, one.Number, await names.Of(program.Id, stop), new StudioQuery(slug, two.Number)));
    }

    public async Task<Result<MatchSettings>> SettingsOf(string slug, int number, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return Refusal.NotFound("program");
        return (await read.Newest(program.Id, number, 1, stop)) is [var row] && row.Number == number ? row.Head.Settings : Refusal.NotFound("run");
    }

    static string Changed(MatchRun? before, MatchRun after)
    {
        if (before is null) return "First run";
        var settings = Matcher.Compare(before, after).Settings.Select(StudioWords.Clause).ToList();
        return settings.Count == 0 ? "Same settings" : string.Join("; ", settings.Take(3).Select(clause => $"{clause.Before}{clause.Name}{clause.After}".Trim()));
    }
}
