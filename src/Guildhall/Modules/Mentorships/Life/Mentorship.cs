using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>Where a mentorship stands.</summary>
public enum MentorshipState
{
    /// <summary>It has begun, and both may still say that they want to go on, or would rather have somebody else.</summary>
    Trial,

    Active,

    /// <summary>Nothing is due. Its last day moves by as long as the pause takes.</summary>
    Paused,

    /// <summary>They came to its end together.</summary>
    Finished,

    /// <summary>It ended before that.</summary>
    Ended,
}

/// <summary>
/// The working relationship of a mentor and a mentee, from the second acceptance on. It keeps the version of the program's rules that it began under. Every change of its state is
/// one numbered <see cref="MentorshipChange"/>: of two changes at once the database takes the first.
/// </summary>
sealed class Mentorship
{
    Mentorship() { }

    Mentorship(AcceptedPair pair, ProgramFacts program, DateOnly startedOn)
    {
        (Id, ProgramId, MenteeId, MentorId, ProgramVersion) = (pair.Id, program.Id, pair.MenteeId, pair.MentorId, program.Version);
        (StartedAt, EndsOn) = (pair.AcceptedAt, startedOn.AddDays((7 * program.Design.Structure.LengthWeeks) - 1));
        var trialWeeks = program.Design.Structure.TrialWeeks;
        State = trialWeeks == 0 ? MentorshipState.Active : MentorshipState.Trial;
        TrialEndsOn = trialWeeks == 0 ? null : startedOn.AddDays((7 * trialWeeks) - 1);
    }

    /// <summary>The pair's id, as Pairing knows it.</summary>
    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>The mentee's participant id.</summary>
    public Guid MenteeId { get; private set; }

    /// <summary>The mentor's participant id.</summary>
    public Guid MentorId { get; private set; }

    /// <summary>The version of the program's rules that it goes by.</summary>
    public int ProgramVersion { get; private set; }

    public MentorshipState State { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>The last day of the trial, in the marketplace's zone; null where there is none.</summary>
    public DateOnly? TrialEndsOn { get; private set; }

    /// <summary>The last day, in the marketplace's zone.</summary>
    public DateOnly EndsOn { get; private set; }

    /// <summary>When a side said that it wants to go on. The other one isn't told before both have.</summary>
    public DateTimeOffset? MenteeKeepsAt { get; private set; }
    public DateTimeOffset? MentorKeepsAt { get; private set; }

    /// <summary>Since which day it is paused; null while it isn't.</summary>
    public DateOnly? PausedOn { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }
    public PairEnd? EndedBecause { get; private set; }

    /// <summary>How many changes of its state there were.</summary>
    public int Changes { get; private set; }

    public bool IsOver => State is MentorshipState.Finished or MentorshipState.Ended;

    public DateTimeOffset? KeepsAt(Side side) => side == Side.Mentee ? MenteeKeepsAt : MentorKeepsAt;

    public Guid Of(Side side) => side == Side.Mentee ? MenteeId : MentorId;

    /// <param name="startedOn">The day of the second acceptance, in the marketplace's zone. A program that starts later starts the weeks later.</param>
    public static (Mentorship, MentorshipChange) Begin(AcceptedPair pair, ProgramFacts program, DateOnly startedOn)
    {
        var begun = new Mentorship(pair, program, startedOn > program.StartsOn ? startedOn : program.StartsOn);
        return (begun, begun.Note(null, null, pair.AcceptedAt));
    }

    /// <summary>A side wants to go on. Once both do, the trial is over.</summary>
    /// <returns>The change, or null while the other has not answered.</returns>
    public Result<MentorshipChange?> Keep(Side side, Guid accountId, DateTimeOffset now)
    {
        // Who said so before, and presses once more, said the same.
        if (State != MentorshipState.Trial) return KeepsAt(side) is not null && !IsOver ? (MentorshipChange?)null : IsOver ? Over : Refusal.Conflict("no_trial", "The trial is over, and you two go on: there is nothing to answer any more. Nothing was changed.");
        if (side == Side.Mentee) MenteeKeepsAt ??= now;
        else MentorKeepsAt ??= now;
        return MenteeKeepsAt is null || MentorKeepsAt is null ? (MentorshipChange?)null : Become(MentorshipState.Active, side, accountId, now);
    }

    /// <summary>The trial's days are over: who said nothing keeps, as the page told them.</summary>
    public Result<MentorshipChange> EndTrial(DateOnly today, DateTimeOffset now) =>
        State != MentorshipState.Trial || today <= TrialEndsOn ? NoTrial : Become(MentorshipState.Active, null, null, now);

    public Result<MentorshipChange> Pause(Side? side, Guid accountId, DateOnly today, DateTimeOffset now)
    {
        if (State == MentorshipState.Paused) return Refusal.Conflict("paused", "It is paused already. Nothing was changed.");
        if (State != MentorshipState.Active) return State == MentorshipState.Trial ? Refusal.Conflict("in_trial", "A trial can’t be paused: it is a few weeks. Nothing was changed.") : Over;
        PausedOn = today;
        return Become(MentorshipState.Paused, side, accountId, now);
    }

    public Result<MentorshipChange> Resume(Side? side, Guid accountId, DateOnly today, DateTimeOffset now)
    {
        if (State != MentorshipState.Paused) return IsOver ? Over : Refusal.Conflict("not_paused", "It goes on already. Nothing was changed.");
        (EndsOn, PausedOn) = (EndsOn.AddDays(Math.Max(0, today.DayNumber - PausedOn!.Value.DayNumber)), null);
        return Become(MentorshipState.Active, side, accountId, now);
    }

    /// <summary>It comes to its end; a finish that is reached in a trial or a pause is none.</summary>
    public Result<MentorshipChange> End(PairEnd because, Side? side, Guid? accountId, DateTimeOffset now)
    {
        if (IsOver) return Over;
        if (because == PairEnd.Finished && State != MentorshipState.Active) return Refusal.Conflict("not_active", State == MentorshipState.Trial ? "The trial is still on. Say first whether you go on. Nothing was changed." : "It is paused. Let it go on first. Nothing was changed.");
        (EndedAt, EndedBecause, PausedOn) = (now, because, null);
        return Become(because == PairEnd.Finished ? MentorshipState.Finished : MentorshipState.Ended, side, accountId, now);
    }

    MentorshipChange Become(MentorshipState state, Side? side, Guid? accountId, DateTimeOffset now)
    {
        State = state;
        return Note(side, accountId, now);
    }

    MentorshipChange Note(Side? side, Guid? accountId, DateTimeOffset now) => new(Id, ++Changes, State, EndedBecause, now, side, accountId);

    static Refusal NoTrial => Refusal.Conflict("no_trial", "The trial is over. Nothing was changed.");

    static Refusal Over => Refusal.Conflict("over", "This mentorship has come to its end. Nothing was changed.");

    public static void Map(EntityTypeBuilder<Mentorship> mentorship)
    {
        mentorship.Property(m => m.Id).ValueGeneratedNever();
        mentorship.HasIndex(m => new { m.ProgramId, m.State });
        mentorship.HasIndex(m => m.MenteeId);
        mentorship.HasIndex(m => m.MentorId);
        mentorship.HasIndex(m => m.TrialEndsOn).HasFilter("state = 'Trial'");
        mentorship.HasIndex(m => m.EndsOn).HasFilter("state = 'Active'");
        mentorship.Property(m => m.Changes).IsConcurrencyToken();
        mentorship.Ignore(m => m.IsOver);
    }
}

/// <summary>One change of a mentorship's state: never changed, never taken back.</summary>
/// <param name="Number">1 is the beginning.</param>
/// <param name="State">What it became.</param>
/// <param name="From">The side that did it; null where staff or the calendar did.</param>
/// <param name="AccountId">Who did it; null where nobody did.</param>
sealed record MentorshipChange(Guid MentorshipId, int Number, MentorshipState State, PairEnd? Because, DateTimeOffset At, Side? From, Guid? AccountId)
{
    public static void Map(EntityTypeBuilder<MentorshipChange> change)
    {
        // Of two who change one mentorship at once, the second finds the number taken.
        change.HasKey(c => new { c.MentorshipId, c.Number });
        change.HasOne<Mentorship>().WithMany().HasForeignKey(c => c.MentorshipId);
    }
}
