using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A mentorship that needs somebody, in the list of its program.</summary>
public sealed record AttentionLine(string Href, string Mentee, string Mentor, string Why, string Action);

/// <summary>How a program runs.</summary>
/// <param name="Attention">The first of those that need somebody, sorted by harm.</param>
/// <param name="Total">How many these are in all.</param>
/// <param name="Stages">From application to the end, in order.</param>
/// <param name="Untold">Requests whose time runs and that nobody could be told of.</param>
/// <param name="IsEmpty">No pair ever stood.</param>
/// <param name="Week">What happened in the last seven days: activity, not a result.</param>
public sealed record OverviewView(string Program, string Cohort, string Title, IReadOnlyList<AttentionLine> Attention, int Total, int Page, IReadOnlyList<Metric> Stages, IReadOnlyList<Figure> Week, string Goal, int Untold, bool IsEmpty)
{
    public const int PageSize = 25;
}

/// <summary>The manager's overview: who needs somebody first, then where everybody stands, then what happened this week.</summary>
sealed class Overview(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, ReadHealth health, PairNames names, PairLookup pairs, MentorshipLookup mentorships, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/manage/{program}", async (string program, int? page, Overview overview, Shell shell, CancellationToken stop) =>
        await overview.Of(program, Math.Max(1, page ?? 1), stop) is { } view ? Page.Of<OverviewPage>(new { Shell = await shell.Staff(stop), View = view }) : await Page.Refused(shell, Refusal.NotFound("program"), stop)).RequireAccess(AccessTable.RunProgram);

    async Task<OverviewView?> Of(string slug, int page, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program) return null;
        var atRisk = (await health.Of(program, stop)).Where(one => one.Risk is not null).ToList();
        page = Math.Clamp(page, 1, Math.Max(1, (atRisk.Count + OverviewView.PageSize - 1) / OverviewView.PageSize));
        var shown = atRisk.Skip((page - 1) * OverviewView.PageSize).Take(OverviewView.PageSize).ToList();
        var members = await enrollment.MembersOf([.. shown.SelectMany(one => new[] { one.Mentorship.MenteeId, one.Mentorship.MentorId }).Distinct()], stop);
        var called = await names.Of(members.Values, stop);
        List<Guid> ids = [.. shown.Select(one => one.Mentorship.Id)];
        var marketplace = await db.Set<Marketplace>().Select(marketplace => new { marketplace.CurrencyCode, marketplace.TimeZone }).SingleOrDefaultAsync(stop);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(marketplace?.TimeZone ?? "UTC")).DateTime);
        var reminded = await db.Set<Nudge>().Where(n => ids.Contains(n.MentorshipId)).GroupBy(n => n.MentorshipId).Select(pair => new { pair.Key, On = pair.Max(n => n.SentOn) }).ToDictionaryAsync(pair => pair.Key, pair => today.DayNumber - pair.On.DayNumber, stop);
        var counts = (await enrollment.Counts([program.Id], stop))[program.Id];
        var states = (await db.Set<Mentorship>().Where(m => m.ProgramId == program.Id).GroupBy(m => m.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(stop)).ToDictionary(group => group.Key, group => group.Count);
        var asked = await pairs.Waiting(program.Id, stop);
        var untold = asked == 0 ? 0 : await pairs.Untold(program.Id, clock.GetUtcNow(), stop);
        var since = clock.GetUtcNow().AddDays(-7);
        var week = (await db.Set<MentorshipChange>().Where(c => c.At >= since && db.Set<Mentorship>().Any(m => m.Id == c.MentorshipId && m.ProgramId == program.Id)).Select(c => new { c.State, IsFirst = c.Number == 1, c.MentorshipId }).Distinct().GroupBy(c => new { c.State, c.IsFirst }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(stop));
        int InWeek(Func<MentorshipState, bool, bool> which) => week.Where(group => which(group.Key.State, group.Key.IsFirst)).Sum(group => group.Count);

        return new(
            $"/manage/{slug}", program.Cohort, Headline(atRisk.Count, states), [.. shown.Select(one => new AttentionLine($"/manage/{slug}/pairs/{one.Mentorship.Id}", Called(one.Mentorship.MenteeId), Called(one.Mentorship.MentorId), RiskWords.Of(one.Risk!), RiskWords.Action(one.Risk!, reminded.TryGetValue(one.Mentorship.Id, out var days) ? days : null)))],
            atRisk.Count, page,
            [
                new("Applications", N(counts.Applications), NoteHref: $"/manage/{slug}/applications", Note: "See them"),
                new("Mentees taken in", N(counts.Mentees), Note: $"{N(counts.Mentors)} {(counts.Mentors == 1 ? "mentor" : "mentors")}", NoteHref: $"/manage/{slug}/people"),
                new("Asked", N(asked), Note: "Waiting for an answer", NoteHref: $"/manage/{slug}/pairs"),
                new("In a trial", N(Count(MentorshipState.Trial))),
                // The same number as on Impact, whatever became of them since.
                new("Went on after the trial", N(await mentorships.MenteesWithActive(program.Id, stop)), Note: $"{N(Count(MentorshipState.Active))} active now{(Count(MentorshipState.Paused) is > 0 and var paused ? $", {N(paused)} paused" : "")}"),
                new("Finished", N(Count(MentorshipState.Finished)), Note: Count(MentorshipState.Ended) is > 0 and var ended ? $"{N(ended)} ended before" : null),
            ],
            [
                new("Began", N(InWeek((_, isFirst) => isFirst))),
                new("Went on, after the trial or a pause", N(InWeek((state, isFirst) => !isFirst && state == MentorshipState.Active))),
                new("Paused", N(InWeek((state, _) => state == MentorshipState.Paused))),
                new("Finished", N(InWeek((state, _) => state == MentorshipState.Finished))),
                new("Ended before that", N(InWeek((state, _) => state == MentorshipState.Ended))),
            ],
            ProgramWords.Goal(program, marketplace?.CurrencyCode), untold, states.Count == 0);

        int Count(MentorshipState state) => states.GetValueOrDefault(state);
        string Called(Guid participantId) => members.TryGetValue(participantId, out var member) ? called(member).Name : PairPerson.Gone.Name;
    }

    static string Headline(int atRisk, Dictionary<MentorshipState, int> states)
    {
        var running = states.Where(state => state.Key is MentorshipState.Trial or MentorshipState.Active or MentorshipState.Paused).Sum(state => state.Value);
        var over = states.Values.Sum() - running;
        return running == 0 ? over == 0 ? "No pairs yet" : over == 1 ? "One pair, and it is over" : $"{N(over)} pairs, and all are over" : atRisk == 0 ? $"{N(running)} {(running == 1 ? "pair" : "pairs")}, and nothing needs you" : $"{N(atRisk)} of {N(running)} {(running == 1 ? "pair" : "pairs")} {(atRisk == 1 ? "needs" : "need")} you";
    }

    static string N(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
