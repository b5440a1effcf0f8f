namespace Guildhall.Modules.Enrollment;

/// <summary>The module that decides who is paired with whom, as pages of mentors and mentees ask it. Only pairs that stand: one that was taken back or has ended is none.</summary>
public interface IKnowPairs
{
    /// <summary>The pairs of a mentor, the newest first.</summary>
    Task<IReadOnlyList<StandingPair>> OfMentor(Guid mentorSellerId, int skip, int take, CancellationToken stop);

    /// <summary>The pairs of a mentee, one a program, the newest first.</summary>
    Task<IReadOnlyList<StandingPair>> OfMentee(Guid menteeSellerId, CancellationToken stop);

    /// <summary>The programs in which a mentee's mentorship came to its end, or which they left.</summary>
    Task<IReadOnlySet<Guid>> ProgramsOver(Guid menteeSellerId, CancellationToken stop);

    /// <summary>One pair, for somebody who is in it; null for everybody else.</summary>
    Task<StandingPair?> One(Guid pairId, Guid sellerId, CancellationToken stop);
}

/// <summary>A mentor and a mentee of a program who belong together.</summary>
public sealed record StandingPair(Guid Id, Guid ProgramId, Member Mentee, Member Mentor);
