using System.Linq.Expressions;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

/// <summary>Where an approved pair stands.</summary>
enum ProposalState
{
    /// <summary>The mentor is asked, or will be once it can't be undone; then the mentee. It holds the mentee and a place of the mentor.</summary>
    Approved,

    /// <summary>Taken back by staff.</summary>
    Withdrawn,

    /// <summary>Both have accepted.</summary>
    Active,

    Declined,

    /// <summary>Somebody didn't answer in time.</summary>
    Expired,

    /// <summary>They were a pair, and came to the end together. The mentee waits for nobody any more, and the mentor's place is free.</summary>
    Finished,

    /// <summary>They were a pair, and it ended before that. The mentee waits again, and the mentor's place is free.</summary>
    Ended,
}

/// <summary>Why a pair that stood came to its end.</summary>
public enum PairEnd
{
    /// <summary>The time that the program gives is over, or both reached what they came for.</summary>
    Finished,

    /// <summary>One of the two asked for somebody else. Nobody is blamed, and the two are not proposed to each other again.</summary>
    Switched,

    /// <summary>The mentor can't go on. The mentee comes before others when the next one is found.</summary>
    MentorLeft,

    /// <summary>The mentee doesn't go on, and waits for nobody.</summary>
    MenteeLeft,
}

/// <summary>Why somebody declined a pair. Only staff read it.</summary>
enum DeclineReason { NoTime, OtherHelp, TooClose, NotAFit, Other }

/// <summary>One pair of an approved run: who was asked when, what each answered, and what became of it.</summary>
sealed class Proposal
{
    public const int WordsLimit = 500;

    public static readonly TimeSpan ReplyTime = TimeSpan.FromDays(3);

    /// <summary>While it holds, its mentee waits for no other mentor and a place of its mentor is taken.</summary>
    public static readonly Expression<Func<Proposal, bool>> HoldsPlaces = p => p.State == ProposalState.Approved || p.State == ProposalState.Active;

    /// <summary>While it stands so, its mentee waits for nobody: it holds them, or they came to its end.</summary>
    public static readonly Expression<Func<Proposal, bool>> MenteeWaitsNoMore = p => p.State == ProposalState.Approved || p.State == ProposalState.Active || p.State == ProposalState.Finished;

    Proposal() { }

    public Proposal(Guid runId, Guid programId, Guid menteeId, Guid mentorId, int scoreMillionths, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (RunId, ProgramId, MenteeId, MentorId, ScoreMillionths, ApprovedAt) = (runId, programId, menteeId, mentorId, scoreMillionths, now);
    }

    public Guid Id { get; private set; }
    public Guid RunId { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>The mentee's participant id, as Enrollment knows it.</summary>
    public Guid MenteeId { get; private set; }

    /// <summary>The mentor's participant id, as Enrollment knows it.</summary>
    public Guid MentorId { get; private set; }

    public int ScoreMillionths { get; private set; }
    public ProposalState State { get; private set; }
    public DateTimeOffset ApprovedAt { get; private set; }

    /// <summary>The pair that ended before this one was offered to its mentee; null where a manager approved it with a run.</summary>
    public Guid? InPlaceOf { get; private set; }

    /// <summary>From when the mentor sees it; null where nobody is asked.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>From when the mentee sees it: the mentor has accepted, or the mentee chose them. Null before that.</summary>
    public DateTimeOffset? MenteeAskedAt { get; private set; }

    /// <summary>Until when the one can answer who is asked now.</summary>
    public DateTimeOffset? ReplyBy { get; private set; }

    /// <summary>When the one who is asked now was reminded; null while they were not.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    public DateTimeOffset? MenteeAcceptedAt { get; private set; }
    public Guid? MenteeAcceptedBy { get; private set; }
    public DateTimeOffset? MentorAcceptedAt { get; private set; }
    public Guid? MentorAcceptedBy { get; private set; }

    /// <summary>Since when it is active, or is no more; null while it waits, and where its approval was undone before anybody saw it.</summary>
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it ended after it stood; null of every other.</summary>
    public PairEnd? EndedBecause { get; private set; }

    /// <summary>Since when a conflict of interest holds it back; null while none does.</summary>
    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>The rule that it would break.</summary>
    public Rule? HeldFor { get; private set; }

    /// <summary>When somebody else was looked for in its place, with or without success; null while that has not been done, and where nobody has to be.</summary>
    public DateTimeOffset? FollowedUpAt { get; private set; }

    public Side? DeclinedBy { get; private set; }
    public DeclineReason? DeclineReason { get; private set; }
    public string? DeclineWords { get; private set; }

    /// <summary>Whose words they are.</summary>
    public Guid? DeclinedByAccountId { get; private set; }

    /// <summary>The mails that asked, one to each person of the shop; none where no address was known.</summary>
    public List<Guid> MenteeMails { get; private set; } = [];
    public List<Guid> MentorMails { get; private set; } = [];

    public uint RowVersion { get; private set; }

    public IEnumerable<Guid> Mails => MenteeMails.Concat(MentorMails);

    /// <summary>Who is asked now; null where nobody is.</summary>
    public Side? Asks => State != ProposalState.Approved || AskedAt is null ? null : MentorAcceptedAt is null ? Side.Mentor : Side.Mentee;

    /// <summary>Whether the mentor let it pass although they were told. Who was never told has said nothing.</summary>
    public bool MentorWasSilent => State == ProposalState.Expired && MentorAcceptedAt is null && MentorMails.Count > 0;

    /// <summary>Whether the two are not proposed to each other again: one of them said no, or said nothing although they were told, or asked for somebody else.</summary>
    public bool IsNotRepeated => State == ProposalState.Declined || MentorWasSilent || EndedBecause == PairEnd.Switched
        || (State == ProposalState.Expired && MentorAcceptedAt is not null && MenteeAcceptedAt is null && MenteeMails.Count > 0);

    /// <summary>Whether it ran out because nobody could tell the mentee. The next mentor would wait for them in vain too.</summary>
    bool MenteeWasOutOfReach => State == ProposalState.Expired && MentorAcceptedAt is not null && MenteeAcceptedAt is null && MenteeMails.Count == 0;

    /// <summary>Whether the mentee is owed somebody else, and nobody was looked for yet.</summary>
    public bool WantsFollowUp => FollowedUpAt is null && ((State == ProposalState.Expired && !MenteeWasOutOfReach) || EndedBecause is PairEnd.Switched or PairEnd.MentorLeft
        // A mentee without time waits for the next run rather than for the next mail.
        || (State == ProposalState.Declined && (DeclinedBy == Side.Mentor || DeclineReason != Pairing.DeclineReason.NoTime)));

    public DateTimeOffset? AcceptedAt(Side side) => side == Side.Mentee ? MenteeAcceptedAt : MentorAcceptedAt;

    /// <summary>Whether a side said yes or no, however they heard of it.</summary>
    public bool HasAnswered(Side side) => AcceptedAt(side) is not null || DeclinedBy == side;

    public IReadOnlyList<Guid> MailsTo(Side side) => side == Side.Mentee ? MenteeMails : MentorMails;

    public Guid Of(Side side) => side == Side.Mentee ? MenteeId : MentorId;

    /// <summary>When one side sees the pair first; null while it doesn't.</summary>
    public DateTimeOffset? AskedOf(Side side) => side == Side.Mentor ? AskedAt : MenteeAskedAt;

    /// <summary>Offered to the mentee after an earlier pair of theirs ended.</summary>
    public Proposal Following(Proposal earlier)
    {
        InPlaceOf = earlier.Id;
        return this;
    }

    /// <summary>The mentee chose this mentor themselves, and has only the answer to wait for.</summary>
    public void ChosenByMentee(Guid accountId, DateTimeOffset now) => (MenteeAskedAt, MenteeAcceptedAt, MenteeAcceptedBy) = (now, now, accountId);

    /// <summary>Sets the moment from which the mentor is asked.</summary>
    public void AskMentor(DateTimeOffset at, IEnumerable<Guid> mails) => (AskedAt, ReplyBy, MentorMails) = (at, at + ReplyTime, [.. mails]);

    /// <summary>The mentor has accepted: the mentee is asked, and has as long.</summary>
    public void AskMentee(DateTimeOffset now, IEnumerable<Guid> mails) => (MenteeAskedAt, ReplyBy, RemindedAt, MenteeMails) = (now, now + ReplyTime, null, [.. mails]);

    public void Remind(DateTimeOffset now) => RemindedAt = now;

    public void Hold(Rule rule, DateTimeOffset now) => (HeldFor, HeldAt) = (rule, now);

    /// <summary>It is held no more: who was to answer is asked anew, and has the whole time.</summary>
    public void GoOn() => (HeldFor, HeldAt, RemindedAt) = (null, null, null);

    /// <summary>The mails to a side were taken back before anybody sent them.</summary>
    public void WasNotTold(Side side)
    {
        if (side == Side.Mentee) MenteeMails = [];
        else MentorMails = [];
    }

    public void FollowUp(DateTimeOffset now) => FollowedUpAt = now;

    /// <summary>One side accepts; twice is once. The second of the two makes the pair active.</summary>
    public Result<Proposal> Accept(Side side, Guid accountId, DateTimeOffset now)
    {
        if (HasAccepted(side)) return this;
        if (Closed(now) is { } closed) return closed;
        if (HeldAt is not null) return Held;
        if (side == Side.Mentee) (MenteeAcceptedAt, MenteeAcceptedBy) = (now, accountId);
        else (MentorAcceptedAt, MentorAcceptedBy) = (now, accountId);
        if (MenteeAcceptedAt is not null && MentorAcceptedAt is not null) (State, DecidedAt) = (ProposalState.Active, now);
        return this;
    }

    public Result<Proposal> Decline(Side side, Guid accountId, DeclineReason reason, string? words, DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        (State, DecidedAt, DeclinedBy, DeclinedByAccountId, DeclineReason, DeclineWords) = (ProposalState.Declined, now, side, accountId, reason, string.IsNullOrWhiteSpace(words) ? null : words.Trim());
        return this;
    }

    /// <summary>Staff take one pair back that not both have accepted.</summary>
    public Result<Proposal> Withdraw(DateTimeOffset now)
    {
        if (State == ProposalState.Active) return Refusal.Conflict("active", "Both have accepted this pair meanwhile, so it stays. Nothing was changed.");
        if (State != ProposalState.Approved) return Refusal.Conflict("ended", "This pair ended meanwhile. Nothing was changed.");
        (State, DecidedAt) = (ProposalState.Withdrawn, now);
        return this;
    }

    /// <summary>The approval is undone before anybody saw it.</summary>
    public void TakeBack() => State = ProposalState.Withdrawn;

    public void Expire(DateTimeOffset now) => (State, DecidedAt) = (ProposalState.Expired, now);

    /// <summary>A pair that stood comes to its end; twice is once.</summary>
    public Result<Proposal> End(PairEnd because, DateTimeOffset now)
    {
        if (State is ProposalState.Finished or ProposalState.Ended) return this;
        if (State != ProposalState.Active) return Refusal.Conflict("not_active", "These two are not a pair, so there is nothing to end. Nothing was changed.");
        (State, EndedBecause, DecidedAt) = (because is PairEnd.Finished or PairEnd.MenteeLeft ? ProposalState.Finished : ProposalState.Ended, because, now);
        return this;
    }

    /// <summary>Whether a side has accepted a pair that still waits or stands.</summary>
    public bool HasAccepted(Side side) => AcceptedAt(side) is not null && State is ProposalState.Approved or ProposalState.Active;

    /// <summary>Whether it waits for an answer that can still be given.</summary>
    public bool IsOpen(DateTimeOffset now) => State == ProposalState.Approved && (HeldAt is not null || ReplyBy > now);

    public static Refusal Held { get; } = Refusal.Conflict("held", "The program’s team looks at this pair first, because something was declared that could stand between you. Nothing was accepted. You hear from us.");

    /// <summary>Why nobody can answer it any more; null while they can.</summary>
    public Refusal? Closed(DateTimeOffset now) => IsOpen(now) ? null : State switch
    {
        ProposalState.Active => Refusal.Conflict("active", "Both of you have accepted, so this pair stands. Nothing was changed. Its own page says how it can end."),
        ProposalState.Finished or ProposalState.Ended => Refusal.Conflict("ended", "This pair has ended. Nothing was changed."),
        ProposalState.Declined => Refusal.Conflict("declined", "This pair was declined meanwhile. Nothing was changed."),
        ProposalState.Withdrawn => Refusal.Conflict("withdrawn", "The program’s team took this pair back meanwhile. Nothing was changed."),
        _ => Refusal.Conflict("expired", "The time to answer is over. Nothing was changed."),
    };

    public static void Map(EntityTypeBuilder<Proposal> proposal)
    {
        proposal.HasIndex(p => p.RunId);
        proposal.HasIndex(p => p.MentorId);
        proposal.HasIndex(p => p.MenteeId);
        proposal.HasIndex(p => p.ReplyBy).HasFilter("state = 'Approved'");
        proposal.HasIndex(p => p.DecidedAt).HasFilter("followed_up_at is null and state in ('Declined', 'Expired', 'Ended')");
        // A mentee stands in one pair of a program at a time; of two approvals at once the database refuses the second.
        proposal.HasIndex(p => new { p.ProgramId, p.MenteeId }).IsUnique().HasFilter("state in ('Approved', 'Active')");
        proposal.Property(p => p.DeclineWords).HasMaxLength(WordsLimit);
        proposal.PersonalOfAccount(p => p.DeclinedByAccountId, p => p.DeclineWords);
        // Pairs of before anybody was asked have none.
        proposal.Property(p => p.MenteeMails).HasDefaultValueSql("'{}'");
        proposal.Property(p => p.MentorMails).HasDefaultValueSql("'{}'");
        proposal.Property(p => p.RowVersion).IsRowVersion();
        proposal.Ignore(p => p.Mails);
        proposal.Ignore(p => p.Asks);
        proposal.Ignore(p => p.MentorWasSilent);
        proposal.Ignore(p => p.IsNotRepeated);
        proposal.Ignore(p => p.WantsFollowUp);
    }
}
