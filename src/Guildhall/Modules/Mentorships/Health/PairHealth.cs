namespace Guildhall.Modules.Mentorships;

/// <summary>What is wrong with a mentorship, the most harmful first.</summary>
public enum Risk
{
    /// <summary>A message was reported, and nobody decided on it.</summary>
    Reported,

    /// <summary>Somebody remarked on how the other one behaved, and nobody of the team saw to it.</summary>
    Conduct,

    /// <summary>The mentee says that the two don't fit.</summary>
    LowFit,

    /// <summary>The two say different things about whether a session was held.</summary>
    Disputed,

    /// <summary>They never met, although they began a while ago, and nothing is planned.</summary>
    NeverMet,

    /// <summary>They have not been in contact for long.</summary>
    Silent,

    /// <summary>The trial ends soon, and at least one of them has not said whether they go on.</summary>
    TrialUndecided,

    /// <summary>Less contact than the program asks, two weeks in a row.</summary>
    BelowMinimum,

    /// <summary>It is past its last day, and nobody closed it.</summary>
    NotClosed,

    /// <summary>It has been paused for long.</summary>
    PausedLong,
}

/// <summary>A mentorship that needs somebody, and since when.</summary>
/// <param name="Days">How many days, or weeks for <see cref="Risk.BelowMinimum"/>, it has been so.</param>
public sealed record PairRisk(Risk Risk, int Days);

/// <summary>What is known of a mentorship's contacts on a day.</summary>
/// <param name="Weeks">Contacts in each whole week since it began, the newest last. The week that runs is not among them: it isn't over.</param>
/// <param name="Minimum">How many a week the program asks.</param>
/// <param name="LastContactOn">Null when they never were in contact.</param>
/// <param name="HasPlans">Something is booked.</param>
public sealed record ContactHistory(IReadOnlyList<int> Weeks, int Minimum, DateOnly? LastContactOn, bool HasPlans)
{
    /// <summary>Weeks in a row with less than the program asks, up to now.</summary>
    public int WeeksBelow => Weeks.Reverse().TakeWhile(count => count < Minimum).Count();

    /// <param name="contactsOn">The days of contacts, in any order.</param>
    /// <param name="pausedDays">Whether the mentorship was paused on a day: a week with such a day is asked nothing, and is not counted.</param>
    public static ContactHistory Of(DateOnly beganOn, DateOnly today, IReadOnlyCollection<DateOnly> contactsOn, int minimum, bool hasPlans, Func<DateOnly, bool> pausedDays)
    {
        List<int> weeks = [];
        for (var from = beganOn; from.AddDays(7) <= today; from = from.AddDays(7))
        {
            if (Enumerable.Range(0, 7).Any(day => pausedDays(from.AddDays(day)))) continue;
            weeks.Add(contactsOn.Count(on => on >= from && on < from.AddDays(7)));
        }

        return new(weeks, minimum, contactsOn.Count == 0 ? null : contactsOn.Max(), hasPlans);
    }
}

/// <summary>The rules by which a mentorship needs somebody. Fixed, so that two managers see the same list.</summary>
static class PairHealth
{
    /// <summary>So many days after the beginning without any contact or plan.</summary>
    public const int DaysToMeet = 10;

    /// <summary>So many days without contact.</summary>
    public const int DaysOfSilence = 14;

    public const int TrialDaysLeft = 3;
    public const int WeeksBelow = 2;
    public const int PausedDays = 28;

    /// <summary>The most harmful thing that is wrong, or null.</summary>
    /// <param name="beganOn">The first day that counts: of a program that starts later, its first.</param>
    /// <param name="concerns">What is open, with the days since it was said.</param>
    public static PairRisk? Of(Mentorship mentorship, DateOnly beganOn, DateOnly today, ContactHistory contacts, IReadOnlyCollection<(ConcernKind Kind, int Days)>? concerns = null)
    {
        foreach (var (kind, risk) in new[] { (ConcernKind.Report, Risk.Reported), (ConcernKind.Conduct, Risk.Conduct), (ConcernKind.LowFit, Risk.LowFit), (ConcernKind.Attendance, Risk.Disputed) })
            if (concerns?.Where(concern => concern.Kind == kind).ToList() is [_, ..] open) return new(risk, open.Max(concern => concern.Days));
        if (mentorship.State == MentorshipState.Paused)
            return today.DayNumber - mentorship.PausedOn!.Value.DayNumber is var paused and >= PausedDays ? new(Risk.PausedLong, paused) : null;
        if (mentorship.IsOver || today < beganOn) return null;
        var age = today.DayNumber - beganOn.DayNumber;
        if (today > mentorship.EndsOn) return new(Risk.NotClosed, today.DayNumber - mentorship.EndsOn.DayNumber);
        if (contacts.LastContactOn is null && age >= DaysToMeet && !contacts.HasPlans) return new(Risk.NeverMet, age);
        if (contacts.LastContactOn is { } last && today.DayNumber - last.DayNumber is var silent and >= DaysOfSilence && !contacts.HasPlans) return new(Risk.Silent, silent);
        if (mentorship is { State: MentorshipState.Trial, TrialEndsOn: { } trial } && trial.DayNumber - today.DayNumber is var left and >= 0 and <= TrialDaysLeft) return new(Risk.TrialUndecided, left);
        return contacts.WeeksBelow >= WeeksBelow ? new(Risk.BelowMinimum, contacts.WeeksBelow) : null;
    }
}
