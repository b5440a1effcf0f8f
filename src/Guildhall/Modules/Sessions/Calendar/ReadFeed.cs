using System.Security.Cryptography;
using System.Text;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Guildhall.Modules.Sessions;

/// <summary>Answers calendar programs: somebody's sessions, to whoever has the secret address. No cookie says who asks, and no cache on the way may keep the answer.</summary>
sealed class ReadFeed(GuildhallDb db, AccountLookup accounts, SessionPeople people, SiteAddress site, TimeProvider clock)
{
    /// <summary>What is longer over leaves the calendar.</summary>
    static readonly TimeSpan keptAfter = TimeSpan.FromDays(90);

    const int MostEntries = 500;

    public static string Path(string token) => $"/calendar/{token}.ics";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/calendar/{token}.ics", async (string token, HttpContext http, ReadFeed read, CancellationToken stop) =>
    {
        if (await read.Of(token, stop) is not { } lines) return Results.NotFound();
        var bytes = Encoding.UTF8.GetBytes(CalendarText.Folded(lines));
        http.Response.Headers.CacheControl = "private, max-age=300";
        return Results.Bytes(bytes, "text/calendar; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\""));
    }).RequireAccess(AccessTable.Visit);

    /// <returns>Null for an address that was never made or was taken back, and when the person doesn't act for the shop any more.</returns>
    async Task<IReadOnlyList<string>?> Of(string token, CancellationToken stop)
    {
        var hash = CalendarFeed.HashOf(token);
        var feed = await db.Set<CalendarFeed>().AsNoTracking().SingleOrDefaultAsync(one => one.TokenHash == hash, stop);
        if (feed is null || !await accounts.ActsFor(feed.AccountId, feed.SellerId, stop)) return null;
        var (seller, since) = (feed.SellerId, clock.GetUtcNow() - keptAfter);
        var sessions = await db.Set<Session>().AsNoTracking().Where(session => (session.MenteeSellerId == seller || session.MentorSellerId == seller) && session.State == SessionState.Booked && session.StartsAt > since)
            .OrderByDescending(session => session.StartsAt).Take(MostEntries).ToListAsync(stop);
        var called = await people.Of(sessions, stop);
        return SessionCalendar.Feed([.. sessions.OrderBy(session => session.StartsAt).ThenBy(session => session.Id).Select(session =>
        {
            var side = session.SideOf(seller)!.Value;
            return new CalendarEntry(
                session.Id, session.Version, session.ChangedAt, session.StartsAt, session.EndsAt, session.TimeZone, IsCancelled: false, $"Session with {called(session, side.Other()).Name}", session.Agenda, session.JoinLink,
                site.Of(SessionRoutes.Path(side, session.Id)));
        })], "Mentoring sessions");
    }
}

/// <summary>What to call the people of sessions, also of pairs that have ended.</summary>
sealed class SessionPeople(EnrollmentLookup enrollment, Mentorships.PairNames names)
{
    public static readonly Mentorships.PairPerson Gone = new("Somebody who left", null);

    public async Task<Func<Session, Side, Mentorships.PairPerson>> Of(IReadOnlyCollection<Session> sessions, CancellationToken stop)
    {
        if (sessions.Count == 0) return (_, _) => Gone;
        var members = await enrollment.MembersOf([.. sessions.SelectMany(session => new[] { session.MenteeId, session.MentorId }).Distinct()], stop);
        var called = await names.Of(members.Values, stop);
        return (session, side) => members.GetValueOrDefault(side == Side.Mentee ? session.MenteeId : session.MentorId) is { } member ? called(member) : Gone;
    }
}
