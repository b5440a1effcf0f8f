using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Portal;

/// <summary>One program as a sponsor reads it: numbers and dates, and nobody's name.</summary>
/// <param name="Goal">What it is to reach, until when.</param>
/// <param name="Stands">Where it stands in its life.</param>
/// <param name="Money">What can be said of money by now.</param>
/// <param name="Impact">What can be said of results by now.</param>
public sealed record SummaryProgram(string Name, string State, Tone Tone, string Goal, string Stands, IReadOnlyList<Metric> Counts, string Money, string Impact);

/// <summary>A page of the programs that a sponsor may see.</summary>
public sealed record SummaryView(IReadOnlyList<SummaryProgram> Programs, int Total, int Number)
{
    public const int PageSize = 10;
}

/// <summary>The sponsors' page: what their programs aim at, where they stand, and what is not known yet.</summary>
sealed class ShowSummary(ProgramLookup programs, EnrollmentLookup enrollment, PairLookup pairs, GuildhallDb db)
{
    public const string Path = "/sponsor";

    /// <summary>A smaller number of people could tell who they are.</summary>
    const int FewestShown = 5;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, async (int? page, ShowSummary summary, Shell shell, HttpContext http, CancellationToken stop) =>
        Page.Of<SummaryPage>(new { Shell = await shell.Personal(Area.Sponsor, stop), View = await summary.Of(http.User.WithinReach(AccessTable.ReadSummary), page ?? 1, stop) })).RequireAccess(AccessTable.ReadSummary);

    /// <param name="within">The programs that the role was given for; null for all.</param>
    async Task<SummaryView> Of(IReadOnlyCollection<string>? within, int page, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / SummaryView.PageSize);
        var (shown, total) = await programs.Published(within, (page - 1) * SummaryView.PageSize, SummaryView.PageSize, stop);
        List<Guid> ids = [.. shown.Select(program => program.Id)];
        var people = await enrollment.Counts(ids, stop);
        var accepted = await pairs.Accepted(ids, stop);
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        return new SummaryView([.. shown.Select(program => Program(program, people[program.Id], accepted.GetValueOrDefault(program.Id), currency))], total, page);
    }

    static SummaryProgram Program(ProgramFacts program, ProgramCounts counts, int accepted, Currency? currency) => new(
        $"{program.Name}, {program.Cohort}", StateWords.Label(program.State), StateWords.ToneOf(program.State), ProgramWords.Goal(program, currency?.Code), Stands(program),
        [
            new("Mentees taking part", Count(counts.Mentees)), new("Mentors taking part", Count(counts.Mentors)),
            new("Applications sent", Count(counts.Applications)), new("Pairs that both accepted", Count(accepted)),
        ],
        $"Not known. No payment is recorded in Guildhall yet, so what was spent and what is left can’t be shown.{(program.Design.RewardMinorUnits is { } reward && currency is not null ? $" The program promises a mentor {currency.Format(reward)} for each mentee who finishes." : "")}",
        $"Not known. Nothing was compared with similar sellers yet, and no date for first results is set. The goal’s own day is {Day(program.Design.Goal.By ?? program.LastDay)}.");

    static string Stands(ProgramFacts program) => program switch
    {
        { FiguresAsOf: { } day } => $"A study of the past, with what was known on {Day(day)}.",
        { State: ProgramState.Open } => $"Takes applications until {Day(program.ApplicationsCloseOn)}. Runs from {Days(program)}.",
        { State: ProgramState.Running } => $"Runs from {Days(program)}.",
        { State: ProgramState.Closed } => $"Takes nobody new. Its days are {Days(program)}.",
        _ => $"In the archive. Its days were {Days(program)}.",
    };

    static string Days(ProgramFacts program) => $"{Day(program.StartsOn)} to {Day(program.LastDay)}";

    static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);

    static string Count(int count) => count < FewestShown ? $"fewer than {FewestShown}" : count.ToString("N0", CultureInfo.CurrentCulture);
}
