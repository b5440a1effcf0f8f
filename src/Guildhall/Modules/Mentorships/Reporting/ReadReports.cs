using System.Security.Claims;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A report in the list of a program's team. What was written is not in it.</summary>
public sealed record ReportRow(Guid Id, string By, string Of, string Reason, string When, string? Decided);

/// <summary>A page of reports.</summary>
public sealed record ReportRows(IReadOnlyList<ReportRow> Rows, int Page, bool HasMore, int Open, int Decided);

/// <summary>A message as the team reads it with a report.</summary>
/// <param name="IsReported">Whether it is the one that the report is about.</param>
public sealed record ReportedMessage(string Who, string When, string? Text, string? Address, string? Article, bool IsReported);

/// <summary>A report as the program's team decides on it.</summary>
/// <param name="Decided">"Spoken with both, Tue 24 Nov 2026, 14:05, by Dana Reyes"; null while it is open.</param>
public sealed record ReportView(Guid Id, Guid MentorshipId, PairPerson By, PairPerson Of, string Reason, string? Words, string When, IReadOnlyList<ReportedMessage> Messages, string? Decided, string Program, string Cohort);

/// <summary>Reads the reports of a program for its team. Reading the messages of one is put down in the trail, for both who wrote them.</summary>
sealed class ReadReports(GuildhallDb db, EnrollmentLookup enrollment, AccountLookup accounts, PairNames names, AuditTrail trail, ProgramLookup programs, MarketplaceZone zones) : ICountForRail
{
    const int PageSize = 50;

    public async Task<ReportRows> List(ProgramFacts program, bool isDecided, int page, CancellationToken stop)
    {
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var counts = await Within(program.Id).GroupBy(report => report.DecidedAt != null).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var asked = Within(program.Id).AsNoTracking().Where(report => report.DecidedAt != null == isDecided);
        var found = await (isDecided ? asked.OrderByDescending(report => report.DecidedAt).ThenBy(report => report.Id) : asked.OrderBy(report => report.Id)).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var shown = found.Take(PageSize).ToList();
        List<Guid> ids = [.. shown.Select(report => report.MentorshipId).Distinct()];
        var mentorships = await db.Set<Mentorship>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, stop);
        var members = await enrollment.MembersOf([.. mentorships.Values.SelectMany(m => new[] { m.MenteeId, m.MentorId })], stop);
        var (called, zone) = (await names.Of(members.Values, stop), await zones.Of(stop));
        return new(
            [.. shown.Select(report => new ReportRow(
                report.Id, Named(report, report.Side), Named(report, report.Side.Other()), MessageReport.Of(report.Reason), ReadThread.When(report.ReportedAt, zone),
                report.Decision is { } decision ? MessageReport.Of(decision) : null))],
            page, found.Count > PageSize, counts.GetValueOrDefault(false), counts.GetValueOrDefault(true));

        string Named(MessageReport report, Side side) => (members.TryGetValue(mentorships[report.MentorshipId].Of(side), out var member) ? called(member) : PairPerson.Gone).Name;
    }

    /// <returns>Null for a report of another program.</returns>
    public async Task<ReportView?> One(ProgramFacts program, Guid id, Actor reader, CancellationToken stop)
    {
        if (await Within(program.Id).AsNoTracking().SingleOrDefaultAsync(report => report.Id == id, stop) is not { } report) return null;
        var mentorship = await db.Set<Mentorship>().AsNoTracking().SingleAsync(m => m.Id == report.MentorshipId, stop);
        var around = db.Set<Message>().AsNoTracking().Where(m => m.MentorshipId == report.MentorshipId && m.WrittenAt <= report.WrittenUpTo);
        List<Message> messages =
        [
            .. (await around.Where(m => m.Id <= report.MessageId).OrderByDescending(m => m.Id).Take(MessageReport.ReadAround + 1).ToListAsync(stop)).AsEnumerable().Reverse(),
            .. await around.Where(m => m.Id > report.MessageId).OrderBy(m => m.Id).Take(MessageReport.ReadAround).ToListAsync(stop),
        ];
        foreach (var seat in (await enrollment.Participations([mentorship.MenteeId, mentorship.MentorId], stop)).Values) await trail.Saw(reader, AuditSubject.Seller(seat.SellerId, program.Id), stop, "messages", "report");
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        var (called, zone) = (await names.Of(members.Values, stop), await zones.Of(stop));
        var deciders = report.DecidedBy is { } by ? await accounts.Names([by], stop) : new Dictionary<Guid, string>();
        return new(
            report.Id, report.MentorshipId, Called(report.Side), Called(report.Side.Other()), MessageReport.Of(report.Reason), report.Words, ReadThread.When(report.ReportedAt, zone),
            [.. messages.Select(m => new ReportedMessage(Called(m.Side).Name, ReadThread.When(m.WrittenAt, zone), m.Text, m.Link, m.Article, m.Id == report.MessageId))],
            report is { Decision: { } decision, DecidedAt: { } at } ? $"{MessageReport.Of(decision)}, {ReadThread.When(at, zone)}, by {deciders.GetValueOrDefault(report.DecidedBy!.Value, "somebody who left")}" : null,
            $"/manage/{program.Slug}", program.Cohort);

        PairPerson Called(Side side) => members.TryGetValue(mentorship.Of(side), out var member) ? called(member) : PairPerson.Gone;
    }

    /// <summary>How many wait to be decided, beside their place in the rail.</summary>
    public async Task<int> Of(Place place, ClaimsPrincipal person, string? program, CancellationToken stop) =>
        place.Path == ReportRoutes.Root && program is not null && await programs.BySlug(program, stop) is { } facts ? await Within(facts.Id).CountAsync(report => report.DecidedAt == null, stop) : 0;

    IQueryable<MessageReport> Within(Guid programId) =>
        from report in db.Set<MessageReport>() join m in db.Set<Mentorship>() on report.MentorshipId equals m.Id where m.ProgramId == programId select report;
}
