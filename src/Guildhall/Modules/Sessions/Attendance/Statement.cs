using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>What somebody can say came of a session.</summary>
public enum Outcome
{
    Met,
    MenteeMissing,
    MentorMissing,
}

/// <summary>What one side says came of a session. The one thing that is stored of attendance: where it stands follows from these and the clock.</summary>
sealed class Statement
{
    Statement() { }

    public Guid SessionId { get; private set; }
    public Side Side { get; private set; }
    public Outcome Outcome { get; private set; }
    public Guid AccountId { get; private set; }
    public DateTimeOffset SaidAt { get; private set; }

    public static void Map(EntityTypeBuilder<Statement> statement)
    {
        statement.HasKey(s => new { s.SessionId, s.Side });
        statement.HasOne<Session>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
        statement.BelongsThrough<Statement, Session>(s => s.SessionId);
    }
}

/// <summary>Where the attendance of a session stands.</summary>
public enum AttendanceState
{
    /// <summary>It is not over.</summary>
    Booked,
    Cancelled,

    /// <summary>It is over, nobody has said anything, and they still can.</summary>
    Unconfirmed,

    /// <summary>The time to say anything is over, and nobody did.</summary>
    NobodyConfirmed,

    /// <summary>One side's word. It is never taken for both's.</summary>
    SaidByMentee,
    SaidByMentor,

    /// <summary>Both say so.</summary>
    Held,
    MenteeMissed,
    MentorMissed,

    /// <summary>The two say different things. Both see it, and it is kept for the program's team.</summary>
    Disputed,
}

/// <summary>What came of a session, by what the two say of it. Nothing follows from a booked time having passed.</summary>
public sealed record Attendance(AttendanceState State, Outcome? MenteeSays, Outcome? MentorSays, bool CanBeSaid)
{
    /// <summary>For so long after its end the two can say what came of it, and correct what they said.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    public Outcome? Says(Side side) => side == Side.Mentee ? MenteeSays : MentorSays;

    public static Attendance Of(bool isCancelled, DateTimeOffset endsAt, Outcome? menteeSays, Outcome? mentorSays, DateTimeOffset now)
    {
        var isOpen = !isCancelled && now >= endsAt && now < endsAt + Window;
        var state = isCancelled ? AttendanceState.Cancelled : now < endsAt ? AttendanceState.Booked : (menteeSays, mentorSays) switch
        {
            (null, null) => isOpen ? AttendanceState.Unconfirmed : AttendanceState.NobodyConfirmed,
            (not null, null) => AttendanceState.SaidByMentee,
            (null, not null) => AttendanceState.SaidByMentor,
            var (mentee, mentor) when mentee != mentor => AttendanceState.Disputed,
            (Outcome.Met, _) => AttendanceState.Held,
            (Outcome.MenteeMissing, _) => AttendanceState.MenteeMissed,
            _ => AttendanceState.MentorMissed,
        };
        return new(state, menteeSays, mentorSays, isOpen);
    }
}
