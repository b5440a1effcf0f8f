namespace Guildhall.Modules.Mentorships;

/// <summary>How two of a mentorship were in contact.</summary>
public enum ContactKind
{
    /// <summary>A session that both say was held.</summary>
    Session,

    /// <summary>A message that the other one answered.</summary>
    Message,
}

/// <summary>One real contact of two people. Something that was booked, sent or suggested is none: the other one has to have been there.</summary>
public sealed record Contact(Guid MentorshipId, ContactKind Kind, DateTimeOffset At);

/// <summary>A part of the product in which mentors and mentees meet.</summary>
public interface IKnowContacts
{
    /// <summary>The contacts of some mentorships since a moment, in any order.</summary>
    Task<IReadOnlyList<Contact>> Since(IReadOnlyCollection<Guid> mentorshipIds, DateTimeOffset since, CancellationToken stop);

    /// <summary>Which of them have something ahead of them, such as a session that is booked.</summary>
    Task<IReadOnlySet<Guid>> WithPlans(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop);
}
