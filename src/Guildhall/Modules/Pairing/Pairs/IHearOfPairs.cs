using Guildhall.Modules.Programs;

namespace Guildhall.Modules.Pairing;

/// <summary>A pair that both sides have accepted.</summary>
/// <param name="MenteeId">The mentee's participant id.</param>
/// <param name="MentorId">The mentor's participant id.</param>
public sealed record AcceptedPair(Guid Id, Guid MenteeId, Guid MentorId, DateTimeOffset AcceptedAt);

/// <summary>A module that begins something with a pair. It is told inside the transaction of the second acceptance: both are stored, or neither.</summary>
public interface IHearOfPairs
{
    Task Accepted(AcceptedPair pair, ProgramFacts program, CancellationToken stop);
}
