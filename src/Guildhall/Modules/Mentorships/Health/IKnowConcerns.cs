using Guildhall.Modules.Enrollment;

namespace Guildhall.Modules.Mentorships;

/// <summary>Something that somebody said, and that the program's team has to see to.</summary>
public enum ConcernKind
{
    /// <summary>A message that was reported.</summary>
    Report,

    /// <summary>About how somebody behaved.</summary>
    Conduct,

    /// <summary>The mentee says that the two don't fit.</summary>
    LowFit,

    /// <summary>The two say different things about whether they met.</summary>
    Attendance,
}

/// <summary>An open concern about a mentorship.</summary>
public sealed record Concern(Guid MentorshipId, ConcernKind Kind, DateTimeOffset At);

/// <summary>A part of the product in which people can say that something is wrong.</summary>
public interface IKnowConcerns
{
    /// <summary>What is open about some mentorships.</summary>
    Task<IReadOnlyList<Concern>> Open(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop);
}

/// <summary>A module that has something to show the program's team on the page of a pair.</summary>
public interface IAddToPair
{
    /// <param name="pairPath">The page’s own address, under which forms post.</param>
    Task<IReadOnlyList<HomeCard>> CardsOf(Guid mentorshipId, string pairPath, CancellationToken stop);
}
