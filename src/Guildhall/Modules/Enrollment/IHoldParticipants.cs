using Guildhall.Platform;

namespace Guildhall.Modules.Enrollment;

/// <summary>A module that people of a program can stand in. Nobody leaves while one of them holds them.</summary>
public interface IHoldParticipants
{
    /// <summary>Asked inside the removal's transaction: what the answer rests on must stay so until that ends.</summary>
    /// <returns>Why they can't leave, or null.</returns>
    Task<Refusal?> MayLeave(Guid programId, Guid participantId, CancellationToken stop);
}
