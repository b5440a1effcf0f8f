using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>Whether a session is to be held. What came of it after its time is said by the two and kept nowhere else (<see cref="Attendance"/>).</summary>
public enum SessionState { Booked, Cancelled }

/// <summary>A time at which a mentor and a mentee meet. Kept as the wall time of the mentor's zone: when a country changes its clocks, the session moves with them.</summary>
sealed class Session
{
    /// <summary>How long the two meet for one question.</summary>
    public const int ShortMinutes = 15;

    public const int AgendaLimit = 2000;
    public const int WordsLimit = 500;

    /// <summary>How long before its time people are let in.</summary>
    public static readonly TimeSpan OpensBefore = TimeSpan.FromMinutes(10);

    Session() { }

    public Guid Id { get; private set; }
    public Guid PairId { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>The two as participants of the program.</summary>
    public Guid MenteeId { get; private set; }
    public Guid MentorId { get; private set; }
    public Guid MenteeSellerId { get; private set; }
    public Guid MentorSellerId { get; private set; }

    public DateTime LocalTime { get; private set; }

    /// <summary>IANA name, such as America/Sao_Paulo: the mentor's when it was booked.</summary>
    public string TimeZone { get; private set; } = "";
    public int LengthMinutes { get; private set; }

    /// <summary>Derived from wall time and zone.</summary>
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    public SessionState State { get; private set; }

    /// <summary>How often it was moved or cancelled: the SEQUENCE of its invitations. Of two who change it at once, the second finds another number.</summary>
    public int Version { get; private set; }

    /// <summary>What the two want to talk about, a topic a line. Both write in it.</summary>
    public string Agenda { get; private set; } = "";

    /// <summary>Goes up with each change of the agenda.</summary>
    public int AgendaEdition { get; private set; }

    /// <summary>Where they meet, an https address; null until one of them says it.</summary>
    public string? JoinLink { get; private set; }

    public DateTimeOffset BookedAt { get; private set; }

    /// <summary>When anything of it changed last, agenda and link too.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public static Session Book(StandingPair pair, DateTime local, string timeZone, int lengthMinutes, string agenda, string? joinLink, DateTimeOffset now)
    {
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            PairId = pair.Id,
            ProgramId = pair.ProgramId,
            MenteeId = pair.Mentee.ParticipantId,
            MentorId = pair.Mentor.ParticipantId,
            MenteeSellerId = pair.Mentee.SellerId,
            MentorSellerId = pair.Mentor.SellerId,
            Agenda = agenda,
            JoinLink = joinLink,
            BookedAt = now,
        };
        session.Place(local, timeZone, lengthMinutes, now);
        return session;
    }

    public Refusal? Move(DateTime local, string timeZone, int lengthMinutes, DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        Version++;
        Place(local, timeZone, lengthMinutes, now);
        return null;
    }

    /// <summary>Keeps the wall time where the zone's rules have changed since it was placed.</summary>
    /// <returns>False when they have not.</returns>
    public bool Shift(DateTimeOffset now)
    {
        if (Closed(now) is not null || WallTime.Instant(LocalTime, TimeZones.Find(TimeZone)!) == StartsAt) return false;
        Version++;
        Place(LocalTime, TimeZone, LengthMinutes, now);
        return true;
    }

    public Refusal? Cancel(DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        (State, ChangedAt) = (SessionState.Cancelled, now);
        Version++;
        return null;
    }

    /// <summary>Why it can't be moved or cancelled any more; null while it can.</summary>
    public Refusal? Closed(DateTimeOffset now) => State == SessionState.Cancelled
        ? Refusal.Conflict("cancelled", "This session is cancelled already. Nothing was changed, and nobody was written to twice.")
        : StartsAt <= now ? Refusal.Conflict("begun", "This session has begun, so its time can’t be changed. Nothing was changed. When it is over, say whether you met.") : null;

    public bool IsAhead(DateTimeOffset now) => State == SessionState.Booked && EndsAt > now;

    public bool IsOpenToJoin(DateTimeOffset now) => IsAhead(now) && now >= StartsAt - OpensBefore;

    /// <summary>The side that a shop is on; null for everybody else.</summary>
    public Side? SideOf(Guid sellerId) => sellerId == MenteeSellerId ? Side.Mentee : sellerId == MentorSellerId ? Side.Mentor : null;

    void Place(DateTime local, string timeZone, int lengthMinutes, DateTimeOffset now)
    {
        (LocalTime, TimeZone, LengthMinutes, ChangedAt) = (local, timeZone, lengthMinutes, now);
        StartsAt = WallTime.Instant(local, TimeZones.Find(timeZone)!);
        EndsAt = StartsAt.AddMinutes(lengthMinutes);
    }

    public static Refusal? AgendaProblem(string agenda, string field) =>
        agenda.Length > AgendaLimit ? Refusal.Invalid("agenda", string.Create(CultureInfo.InvariantCulture, $"Write at most {AgendaLimit} characters. There are {agenda.Length}."), field) : null;

    public static Refusal? LinkProblem(string link, string field) =>
        link.Length <= WelcomeSession.LinkLimit && !link.Any(char.IsControl) && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.Host.Length > 0 && address.UserInfo.Length == 0
            ? null
            : Refusal.Invalid("join_link", $"Enter the link as an address that begins with https://, of up to {WelcomeSession.LinkLimit} characters.", field);

    public static void Map(EntityTypeBuilder<Session> session)
    {
        session.HasIndex(s => new { s.MenteeSellerId, s.StartsAt });
        session.HasIndex(s => new { s.MentorSellerId, s.StartsAt });
        session.HasIndex(s => s.PairId);
        session.HasIndex(s => s.StartsAt).HasFilter("state = 'Booked'");
        session.Property(s => s.LocalTime).HasColumnType("timestamp without time zone");
        session.Property(s => s.TimeZone).HasMaxLength(64);
        session.Property(s => s.Version).IsConcurrencyToken();
        session.Property(s => s.Agenda).HasMaxLength(AgendaLimit);
        session.Property(s => s.JoinLink).HasMaxLength(WelcomeSession.LinkLimit);
        // Both wrote it and both read it: it goes when one of them is erased.
        session.BelongsToSeller(s => s.MenteeSellerId).BelongsToSeller(s => s.MentorSellerId).Personal(s => s.Agenda, s => s.JoinLink).NotPersonal(s => s.TimeZone);
    }
}

/// <summary>That somebody has a session in a stretch of time. The database lets no two of one person overlap (<see cref="SessionSql"/>), in whichever pairs and programs.</summary>
sealed class Busy
{
    Busy() { }

    public Guid SessionId { get; private set; }
    public Guid SellerId { get; private set; }
    public DateTimeOffset FromAt { get; private set; }

    /// <summary>The end with the person's pause after it. Widened at this end alone, so that one pause lies between two sessions and not two.</summary>
    public DateTimeOffset UntilAt { get; private set; }

    /// <summary>Both people of a session, in the order of their ids.</summary>
    public static IEnumerable<Busy> Of(Session session, TimeSpan menteesPause, TimeSpan mentorsPause) =>
        new[] { (SellerId: session.MenteeSellerId, Pause: menteesPause), (SellerId: session.MentorSellerId, Pause: mentorsPause) }.OrderBy(person => person.SellerId)
            .Select(person => new Busy { SessionId = session.Id, SellerId = person.SellerId, FromAt = session.StartsAt, UntilAt = session.EndsAt + person.Pause });

    public void Shift(TimeSpan by) => (FromAt, UntilAt) = (FromAt + by, UntilAt + by);

    public static void Map(EntityTypeBuilder<Busy> busy)
    {
        busy.HasKey(b => new { b.SessionId, b.SellerId });
        busy.HasIndex(b => new { b.SellerId, b.UntilAt });
        busy.BelongsToSeller(b => b.SellerId).LeavesWithItsOwner();
    }
}

/// <summary>What the database refuses by itself. EF Core has no words for it, so the migration says it in SQL.</summary>
public static class SessionSql
{
    public const string NoDoubleBooking = """
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        ALTER TABLE sessions.busy ADD CONSTRAINT nobody_meets_two_at_once EXCLUDE USING gist (seller_id WITH =, tstzrange(from_at, until_at) WITH &&);
        """;
}

/// <summary>What happened to the time of a session: one row for each version of it.</summary>
public enum SessionDeed
{
    Booked,
    Moved,
    Cancelled,

    /// <summary>A country changed its clocks: the wall time stays, and the instant is another one.</summary>
    Shifted,
}

/// <summary>One change of a session's time, by whom and when. Never changed.</summary>
sealed class SessionChange
{
    SessionChange() { }

    public SessionChange(Session session, SessionDeed deed, Side? side, Guid accountId, string words, DateTimeOffset now) =>
        (SessionId, Version, Deed, Side, AccountId, StartsAt, Words, At) = (session.Id, session.Version, deed, side, accountId, session.StartsAt, words, now);

    public Guid SessionId { get; private set; }
    public int Version { get; private set; }
    public SessionDeed Deed { get; private set; }

    /// <summary>Who did it; null where nobody of the two did.</summary>
    public Side? Side { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>The time it had from then on.</summary>
    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>What was said with it; empty where nothing was.</summary>
    public string Words { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    public static void Map(EntityTypeBuilder<SessionChange> change)
    {
        // Of two transitions at once, the second finds the number taken.
        change.HasKey(c => new { c.SessionId, c.Version });
        change.HasOne<Session>().WithMany().HasForeignKey(c => c.SessionId).OnDelete(DeleteBehavior.Cascade);
        change.Property(c => c.Words).HasMaxLength(Session.WordsLimit);
        change.PersonalOfAccount(c => c.AccountId, c => c.Words);
    }
}
