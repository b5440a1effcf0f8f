using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>How much of a mentor's week can be booked: the pause after a session, the sessions of a week, and where they usually meet. Who never said anything has the usual one.</summary>
sealed class MentorCalendar
{
    public const int LongestPause = 120, MostSessions = 40;
    const int UsualMostAWeek = 5;

    MentorCalendar() { }

    public MentorCalendar(Guid sellerId) => (SellerId, MostAWeek) = (sellerId, UsualMostAWeek);

    public Guid SellerId { get; private set; }
    public int PauseMinutes { get; private set; }

    /// <summary>With all their mentees together, in a week from Monday by their own clocks.</summary>
    public int MostAWeek { get; private set; }

    /// <summary>Copied to each session when it is booked; null when they have none.</summary>
    public string? JoinLink { get; private set; }

    public int? DropInMinuteOfWeek { get; private set; }
    public int? DropInMinutes { get; private set; }

    public TimeSpan Pause => TimeSpan.FromMinutes(PauseMinutes);

    /// <summary>When they are there without booking; null when they never are.</summary>
    public DropIn? DropIn => DropInMinuteOfWeek is { } minute && DropInMinutes is { } length ? new(minute, length) : null;

    public Refusal? Change(int pauseMinutes, int mostAWeek, string? joinLink)
    {
        if (Refusal.Together(
            pauseMinutes is < 0 or > LongestPause ? Refusal.Invalid("pause", string.Create(CultureInfo.InvariantCulture, $"Enter a pause of 0 to {LongestPause} minutes."), "PauseMinutes") : null,
            mostAWeek is < 1 or > MostSessions ? Refusal.Invalid("most_a_week", string.Create(CultureInfo.InvariantCulture, $"Enter between 1 and {MostSessions} sessions a week. To meet nobody for a while, enter days off."), "MostAWeek") : null,
            joinLink is null ? null : Session.LinkProblem(joinLink, "JoinLink")) is { } problem) return problem;
        (PauseMinutes, MostAWeek, JoinLink) = (pauseMinutes, mostAWeek, joinLink);
        return null;
    }

    public static void Map(EntityTypeBuilder<MentorCalendar> calendar)
    {
        calendar.HasKey(c => c.SellerId);
        calendar.Property(c => c.JoinLink).HasMaxLength(WelcomeSession.LinkLimit);
        calendar.Ignore(c => c.Pause);
        calendar.Ignore(c => c.DropIn);
        calendar.BelongsToSeller(c => c.SellerId).LeavesWithItsOwner().Personal(c => c.JoinLink);
    }
}

/// <summary>Days on which a mentor can't be booked, both ends included, by their own calendar. Sessions that are booked already stay.</summary>
sealed class TimeOff
{
    TimeOff() { }

    public TimeOff(Guid sellerId, DateOnly from, DateOnly to, DateTimeOffset now) => (Id, SellerId, FirstDay, LastDay) = (Guid.CreateVersion7(now), sellerId, from, to);

    public Guid Id { get; private set; }
    public Guid SellerId { get; private set; }
    public DateOnly FirstDay { get; private set; }
    public DateOnly LastDay { get; private set; }

    public static void Map(EntityTypeBuilder<TimeOff> off)
    {
        off.HasIndex(o => new { o.SellerId, o.FirstDay, o.LastDay }).IsUnique();
        off.BelongsToSeller(o => o.SellerId).LeavesWithItsOwner();
    }
}
