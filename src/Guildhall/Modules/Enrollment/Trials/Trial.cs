using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>Where a free trial stands.</summary>
public enum TrialState
{
    Running,

    /// <summary>Its last day is over.</summary>
    Ended,

    /// <summary>The shop ended it before its last day.</summary>
    Stopped,
}

/// <summary>A shop tries a program for some days before it applies, once ever: one group session, tips, and at the end what was done and what moved.</summary>
sealed class Trial
{
    Trial() { }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }
    public Guid SellerId { get; private set; }

    /// <summary>Who started it for the shop.</summary>
    public Guid AccountId { get; private set; }
    public string PersonName { get; private set; } = "";
    public TrialState State { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>The first and the last day, in the marketplace's zone as it was then.</summary>
    public DateOnly StartsOn { get; private set; }
    public DateOnly EndsOn { get; private set; }

    /// <summary>The instant at which the last day is over. It stays what it was promised, whatever the marketplace changes later.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The day it really ended on; null while it runs.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>The one session that was chosen; null before that, and when it was given back or called off.</summary>
    public Guid? SessionId { get; private set; }
    public DateTimeOffset? ChosenAt { get; private set; }

    /// <summary>Whether they were there, as somebody marked it. Null is not marked yet, and never taken for either.</summary>
    public bool? Came { get; private set; }

    /// <summary>The session of which the mail of the day before was written.</summary>
    public Guid? RemindedOf { get; private set; }

    public uint RowVersion { get; private set; }

    /// <summary>The days that it covers: to its end, or so far.</summary>
    public DateOnly LastDay => EndedOn ?? EndsOn;

    public bool RunsAt(DateTimeOffset now) => State == TrialState.Running && now < EndsAt;

    public static DateOnly LastDayOf(DateOnly first, FreeTrial trial) => first.AddDays(trial.Days - 1);

    public static Trial Start(ProgramFacts program, ShopActor shop, string? timeZone, DateTimeOffset now)
    {
        var first = ProgramDays.Today(timeZone, now);
        var last = LastDayOf(first, program.Design.FreeTrial);
        return new Trial
        {
            Id = Guid.CreateVersion7(now),
            ProgramId = program.Id,
            SellerId = shop.SellerId,
            AccountId = shop.AccountId,
            PersonName = shop.Name,
            StartedAt = now,
            StartsOn = first,
            EndsOn = last,
            EndsAt = ProgramDays.EndOf(last, timeZone),
        };
    }

    /// <summary>Takes a place in a session. Whether one is left only the database can say: <see cref="ChooseSession"/>.</summary>
    public Refusal? Choose(TrialSession session, TrialSession? before, DateTimeOffset now)
    {
        if (Over(now) is { } over) return over;
        if (SessionId == session.Id) return null;
        if (before?.StartsAt <= now) return Begun;
        if (session.CalledOffAt is not null) return Refusal.Conflict("called_off", "This session was called off while you were on this page. Nothing was changed. Choose another time below.");
        if (session.StartsAt <= now) return Refusal.Conflict("begun", "This session has begun. Nothing was changed. Choose a time that lies ahead.");
        if (session.StartsAt >= EndsAt) return Refusal.Conflict("after_the_end", $"This session is after the last day of your trial, {Day(EndsOn)}. Nothing was changed. Choose a time before that.");
        (SessionId, ChosenAt) = (session.Id, now);
        return null;
    }

    /// <summary>Gives the place back as long as the session has not begun.</summary>
    public Refusal? GiveBack(TrialSession? session, DateTimeOffset now)
    {
        if (Over(now) is { } over) return over;
        if (session?.StartsAt <= now) return Begun;
        (SessionId, ChosenAt) = (null, null);
        return null;
    }

    /// <summary>The session is off: the place is free again, and the trial may have another.</summary>
    public void LoseSession() => (SessionId, ChosenAt) = (null, null);

    public void Mark(bool? came) => Came = came;

    public void Remind() => RemindedOf = SessionId;

    /// <summary>Its last day is over.</summary>
    public void End(DateTimeOffset now) => (State, EndedAt, EndedOn) = (TrialState.Ended, now, EndsOn);

    /// <summary>The shop ends it early. A session that has not begun gets its place back.</summary>
    public Refusal? Stop(TrialSession? session, string? timeZone, DateTimeOffset now)
    {
        if (Over(now) is { } over) return over;
        var today = ProgramDays.Today(timeZone, now);
        (State, EndedAt, EndedOn) = (TrialState.Stopped, now, today < StartsOn ? StartsOn : today < EndsOn ? today : EndsOn);
        if (session?.StartsAt > now) LoseSession();
        return null;
    }

    /// <summary>Why nothing of it can be changed any more; null while it runs.</summary>
    public Refusal? Over(DateTimeOffset now) => RunsAt(now) ? null : Refusal.Conflict("trial_over", $"Your trial ended on {Day(LastDay)}. What you did until then is kept, and nothing was changed now.");

    static Refusal Begun => Refusal.Conflict("begun", "Your session has begun, so the place stays yours. Nothing was changed.");

    static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public static void Map(EntityTypeBuilder<Trial> trial)
    {
        // One trial of a shop and a program ever: the database refuses the second of two that are started at once.
        trial.HasIndex(t => new { t.ProgramId, t.SellerId }).IsUnique();
        trial.HasIndex(t => t.SellerId);
        trial.HasIndex(t => new { t.ProgramId, t.State, t.EndsAt });
        trial.HasIndex(t => t.EndsAt).HasFilter("state = 'Running'");
        trial.HasIndex(t => t.SessionId);
        trial.Property(t => t.PersonName).HasMaxLength(Participant.NameLimit);
        trial.Property(t => t.RowVersion).IsRowVersion();
        trial.Ignore(t => t.LastDay);
        trial.HasOne<TrialSession>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Restrict);
        trial.BelongsToSeller(t => t.SellerId).PersonalOfAccount(t => t.AccountId, t => t.PersonName);
    }
}

/// <summary>One tip of a trial, as it was chosen when the trial began: an article of the library that suits the shop.</summary>
sealed class TrialTip
{
    public const int Most = 3;

    TrialTip() { }

    public TrialTip(Guid trialId, int number, PickedTip tip, DateOnly opensOn) =>
        (TrialId, Number, Title, Words, Article, Reason, OpensOn) = (trialId, number, tip.Title, tip.Words, tip.Article, tip.Reason, opensOn);

    public Guid TrialId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }
    public string Title { get; private set; } = "";
    public string Words { get; private set; } = "";

    /// <summary>The slug of the article.</summary>
    public string Article { get; private set; } = "";

    /// <summary>What of the shop's figures speaks for it; null where nothing is known of them.</summary>
    public string? Reason { get; private set; }

    /// <summary>A tip each few days: its day, unless the one before is done earlier.</summary>
    public DateOnly OpensOn { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    public void Tick(DateTimeOffset? doneAt) => DoneAt = doneAt;

    public static void Map(EntityTypeBuilder<TrialTip> tip)
    {
        tip.HasKey(t => new { t.TrialId, t.Number });
        tip.HasOne<Trial>().WithMany().HasForeignKey(t => t.TrialId).OnDelete(DeleteBehavior.Cascade);
        tip.BelongsThrough<TrialTip, Trial>(t => t.TrialId).NotPersonal(t => t.Title, t => t.Words, t => t.Article).Personal(t => t.Reason);
    }
}
