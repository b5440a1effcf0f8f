using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>A group session for those who try a program. Kept as the wall time that people were told, in its zone, as the welcome session is.</summary>
sealed class TrialSession
{
    const int MostPlaces = 100;

    TrialSession() { }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>Who posted it and holds it.</summary>
    public Guid HostId { get; private set; }
    public DateTime LocalTime { get; private set; }

    /// <summary>IANA name, such as America/Sao_Paulo.</summary>
    public string TimeZone { get; private set; } = "";
    public DateTimeOffset StartsAt { get; private set; }
    public int LengthMinutes { get; private set; }

    /// <summary>Where it is held, an https address.</summary>
    public string JoinLink { get; private set; } = "";
    public int Places { get; private set; }
    public DateTimeOffset PostedAt { get; private set; }
    public DateTimeOffset? CalledOffAt { get; private set; }

    public uint RowVersion { get; private set; }

    public DateTimeOffset EndsAt => StartsAt.AddMinutes(LengthMinutes);

    public static Result<TrialSession> Post(Guid programId, TrialSessionForm form, Guid hostId, DateTimeOffset now)
    {
        if (Refusal.Together(Problems(form, now)) is { } problem) return problem;
        return new TrialSession
        {
            Id = Guid.CreateVersion7(now),
            ProgramId = programId,
            HostId = hostId,
            LocalTime = DateTime.SpecifyKind(form.LocalTime, DateTimeKind.Unspecified),
            TimeZone = form.TimeZone,
            StartsAt = ProgramDays.Instant(form.LocalTime, TimeZones.Find(form.TimeZone)!),
            LengthMinutes = form.LengthMinutes,
            JoinLink = form.JoinLink,
            Places = form.Places,
            PostedAt = now,
        };
    }

    /// <summary>Calls it off as long as it has not begun.</summary>
    public Refusal? CallOff(DateTimeOffset now)
    {
        if (CalledOffAt is not null) return Refusal.Conflict("called_off", "This session is called off already. Nothing was changed and nobody was written to twice.");
        if (StartsAt <= now) return Refusal.Conflict("begun", "This session has begun, so it can’t be called off. Mark who came instead. Nothing was changed.");
        CalledOffAt = now;
        return null;
    }

    internal static IEnumerable<Refusal> Problems(TrialSessionForm form, DateTimeOffset now)
    {
        if (!ProgramDays.Has(DateOnly.FromDateTime(form.LocalTime))) yield return Refusal.Invalid("session_day", "Choose a day of the coming year.", "SessionOn");
        else if (TimeZones.Find(form.TimeZone) is not { } zone) yield return Refusal.Invalid("session_zone", "Choose a time zone from the list, such as America/New_York.", "TimeZone");
        else if (zone.IsInvalidTime(form.LocalTime)) yield return Refusal.Invalid("session_skipped", "Choose another time: clocks go forward on that day, and this time is skipped.", "SessionAt");
        else if (ProgramDays.Instant(form.LocalTime, zone) is var at && at <= now) yield return Refusal.Invalid("session_past", "Choose a time that is not over yet.", "SessionAt");
        else if (at > now.AddDays(366)) yield return Refusal.Invalid("session_far", "Choose a day of the coming year.", "SessionOn");
        if (form.LengthMinutes is < 10 or > 480) yield return Refusal.Invalid("session_minutes", "Enter a length of 10 to 480 minutes.", "LengthMinutes");
        if (form.Places is < 1 or > MostPlaces) yield return Refusal.Invalid("session_places", string.Create(CultureInfo.InvariantCulture, $"Enter between 1 and {MostPlaces} places."), "Places");
        if (form.JoinLink.Length > WelcomeSession.LinkLimit || !Uri.TryCreate(form.JoinLink, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0 || address.UserInfo.Length > 0)
            yield return Refusal.Invalid("session_link", $"Enter the join link as an address that begins with https://, of up to {WelcomeSession.LinkLimit} characters.", "JoinLink");
    }

    public static void Map(EntityTypeBuilder<TrialSession> session)
    {
        // Nobody holds two at the same time: a form that is sent twice posts once.
        session.HasIndex(s => new { s.ProgramId, s.HostId, s.StartsAt }).IsUnique().HasFilter("called_off_at IS NULL");
        session.HasIndex(s => new { s.ProgramId, s.StartsAt });
        session.HasIndex(s => s.StartsAt);
        session.Property(s => s.LocalTime).HasColumnType("timestamp without time zone");
        session.Property(s => s.TimeZone).HasMaxLength(64);
        session.Property(s => s.JoinLink).HasMaxLength(WelcomeSession.LinkLimit);
        session.Property(s => s.RowVersion).IsRowVersion();
        session.Ignore(s => s.EndsAt);
        session.NotPersonal(s => s.TimeZone, s => s.JoinLink);
    }
}

/// <summary>A session as its form says it.</summary>
/// <param name="LocalTime">Day and time of the zone's own clocks.</param>
sealed record TrialSessionForm(DateTime LocalTime, string TimeZone, int LengthMinutes, string JoinLink, int Places);
