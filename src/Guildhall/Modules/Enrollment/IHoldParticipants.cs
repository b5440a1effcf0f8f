using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>A module that people of a program can stand in. Nobody leaves while one of them holds them.</summary>
public interface IHoldParticipants
{
    /// <summary>Asked inside the removal's transaction: what the answer rests on must stay so until that ends.</summary>
    /// <returns>Why they can't leave, or null.</returns>
    Task<Refusal?> MayLeave(Guid programId, Guid participantId, CancellationToken stop);

    /// <summary>Who of a program stands in something that holds, for its list of people.</summary>
    Task<HeldParticipants> Held(Guid programId, CancellationToken stop);

    /// <summary>Whom one of them stands in it with, for their own page: the mentor of a mentee, the mentees of a mentor.</summary>
    Task<IReadOnlyList<HeldWith>> With(ProgramFacts program, Guid participantId, CancellationToken stop);
}

/// <summary>Who has a mentor or mentees already.</summary>
/// <param name="WithMentor">Participant ids of the program's mentees who have a mentor in it.</param>
/// <param name="Elsewhere">Seller ids of who has a mentor or mentees in another program.</param>
/// <param name="Stopped">Participant ids of mentees who stopped taking part, and are matched with nobody any more.</param>
/// <param name="Finished">Participant ids of mentees whose mentorship came to its end.</param>
public sealed record HeldParticipants(IReadOnlySet<Guid> WithMentor, IReadOnlySet<Guid> Elsewhere, IReadOnlySet<Guid> Stopped, IReadOnlySet<Guid> Finished);

/// <summary>Somebody whom a participant stands in an approved pair with.</summary>
/// <param name="Source">Where it comes from, such as the run that was approved.</param>
public sealed record HeldWith(Guid ParticipantId, string Person, string Shop, Link Source);
