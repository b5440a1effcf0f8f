using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>
/// Writes to both people of a session about its time, with what their calendar programs take in. Stored with the change; past the day’s limit of mails the pages and the feeds alone tell of it.
/// What the two write stands on the page alone: from there it can be taken away again, out of a mail it can't.
/// </summary>
sealed class TellOfSession(Outbox outbox, MailLimit limit, MailSettings settings, SiteAddress site, AccountLookup accounts, EnrollmentLookup enrollment, PairNames names, OwnClock clock)
{
    public static readonly MailKind Kind = new("session", "Sessions that are booked, moved or cancelled", IsTransactional: true) { MostADay = 20, For = Readers.Mentees | Readers.Mentors };

    /// <param name="by">The side that did it; null where nobody of the two did.</param>
    /// <param name="accountId">Who of that side did it.</param>
    /// <param name="hasWords">They wrote something with it.</param>
    public async Task Of(Session session, SessionDeed deed, Side? by, Guid? accountId, bool hasWords, CancellationToken stop)
    {
        var members = await enrollment.MembersOf([session.MenteeId, session.MentorId], stop);
        var called = await names.Of(members.Values, stop);
        var addresses = await accounts.AddressesOf([session.MenteeSellerId, session.MentorSellerId], stop);
        var own = accountId is { } account && by is not null ? await accounts.Address(account, stop) : null;
        // In the order of their ids, as their times are held.
        foreach (var (sellerId, side) in new[] { (session.MenteeSellerId, Side.Mentee), (session.MentorSellerId, Side.Mentor) }.OrderBy(person => person.Item1))
        {
            if (!addresses.Contains(sellerId)) continue;
            var other = members.GetValueOrDefault(side == Side.Mentee ? session.MentorId : session.MenteeId) is { } member ? called(member) : SessionPeople.Gone;
            var zone = await clock.OfShop(sellerId, stop);
            foreach (var address in addresses[sellerId])
                if (await limit.Reached(Kind, address, stop) is null) outbox.Add(Letter(session, deed, by is null, isOwn: by == side, side, other, zone, hasWords, address) with { IsOwnDeed = address == own });
        }
    }

    Mail Letter(Session session, SessionDeed deed, bool endsWithPair, bool isOwn, Side side, PairPerson other, TimeZoneInfo zone, bool hasWords, string to)
    {
        // The whole name: it is what an erasure looks for in mails of others.
        var (who, at) = (isOwn ? "You" : other.Name, SessionWords.Own(session.StartsAt, session.LengthMinutes, zone));
        // Several sessions with one person are told apart by their time alone, in a list of mails or notices.
        var when = SessionWords.DayAndHour(session.StartsAt, zone);
        var (subject, what) = deed switch
        {
            SessionDeed.Booked => ($"Session with {other.Name} is booked: {when}", $"{who} booked a session for {at}."),
            SessionDeed.Moved => ($"Session with {other.Name} has another time: {when}", $"{who} moved the session. It is now on {at}."),
            SessionDeed.Shifted => ($"Session with {other.Name}: clocks were changed, {when}", $"A country changed the rules of its clocks. The session keeps the time on your mentor’s clocks, or on yours if you are the mentor. It is on {at}."),
            _ => ($"Session with {other.Name} is cancelled: {when}", endsWithPair ? $"The session of {at} is cancelled, because your time together is over." : $"{who} cancelled the session of {at}."),
        };
        var entry = new CalendarEntry(session.Id, session.Version, session.ChangedAt, session.StartsAt, session.EndsAt, session.TimeZone, session.State == SessionState.Cancelled,
            $"Session with {other.Name}", "", JoinLink: null, site.Of(SessionRoutes.Path(side, session.Id)));
        return new Mail(
            Kind, to, subject, [what, .. deed == SessionDeed.Cancelled && hasWords && !isOwn ? [$"{other.Name} wrote a few words, which stand on its page."] : Array.Empty<string>()],
            new Link("Open the session", SessionRoutes.Path(side, session.Id)),
            SessionCalendar.Invitation(entry, settings.From.Address, to))
        { About = new(side == Side.Mentee ? session.MentorId : session.MenteeId, other.Name) };
    }
}
