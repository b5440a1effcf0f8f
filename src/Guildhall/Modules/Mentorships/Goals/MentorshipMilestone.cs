using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// One version of what a mentee wants to have reached by the end, in orders a week. It is worked out from their own figures and the growth of similar shops; a change is a
/// further version with its reason. What it is to be is never changed; that it was reached is noted in the latest.
/// </summary>
sealed class MentorshipMilestone
{
    public const int ReasonLimit = 300;

    /// <summary>More orders a week than anybody would mean.</summary>
    public const int HighestTarget = 100_000;

    MentorshipMilestone() { }

    /// <summary>One that is worked out.</summary>
    /// <param name="target">Null where too little is known to work it out.</param>
    public MentorshipMilestone(Guid mentorshipId, int number, double? from, int? target, PeerGrowth? peers, DateTimeOffset now) =>
        (MentorshipId, Number, From, Target, Peers, PeersWeeks, PeersFrom, PeersTo, SetAt) = (mentorshipId, number, from, target, peers?.Shops, peers?.Weeks, peers?.From, peers?.To, now);

    public MentorshipMilestone(MentorshipMilestone before, int target, Side side, Guid accountId, string reason, DateTimeOffset now) : this(before.MentorshipId, before.Number + 1, before.From, target, before.Growth, now) =>
        (SetFrom, AccountId, Reason) = (side, accountId, reason);

    public Guid MentorshipId { get; private set; }
    public int Number { get; private set; }

    /// <summary>The mentee's orders a week when it began; null when not known.</summary>
    public double? From { get; private set; }

    /// <summary>Orders a week; null when it is not known what to aim at.</summary>
    public int? Target { get; private set; }

    /// <summary>How many similar shops it was worked out from, and what the middle one of them went from and to.</summary>
    public int? Peers { get; private set; }
    public int? PeersWeeks { get; private set; }
    public double? PeersFrom { get; private set; }
    public double? PeersTo { get; private set; }
    public DateTimeOffset SetAt { get; private set; }

    /// <summary>The side that changed it; null of the one that was worked out.</summary>
    public Side? SetFrom { get; private set; }
    public Guid? AccountId { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>The last day of the four weeks that show it, by the figures. What was once reached stays reached.</summary>
    public DateOnly? ReachedOn { get; private set; }

    public PeerGrowth? Growth => this is { Peers: { } shops, PeersWeeks: { } weeks, PeersFrom: { } from, PeersTo: { } to } ? new PeerGrowth(shops, weeks, from, to) : null;

    /// <summary>
    /// What to aim at: to grow as the middle one of similar shops did, and by one order a week at least. Grown in proportion where both sold something, else by as many orders.
    /// </summary>
    public static int TargetOf(double from, PeerGrowth peers)
    {
        var grown = from > 0 && peers.From > 0 ? from * peers.To / peers.From : from + Math.Max(0, peers.To - peers.From);
        return (int)Math.Clamp(Math.Max(Math.Ceiling(grown - 1e-9), Math.Floor(from) + 1), 1, HighestTarget);
    }

    public static void Map(EntityTypeBuilder<MentorshipMilestone> milestone)
    {
        // Of two who change it at once, the second finds the number taken.
        milestone.HasKey(m => new { m.MentorshipId, m.Number });
        milestone.HasOne<Mentorship>().WithMany().HasForeignKey(m => m.MentorshipId);
        milestone.HasIndex(m => m.MentorshipId).HasFilter("reached_on IS NULL AND target IS NOT NULL").HasDatabaseName("ix_milestone_open");
        milestone.Property(m => m.Reason).HasMaxLength(ReasonLimit);
        milestone.PersonalOfAccount(m => m.AccountId, m => m.Reason);
        milestone.Ignore(m => m.Growth);
    }
}
