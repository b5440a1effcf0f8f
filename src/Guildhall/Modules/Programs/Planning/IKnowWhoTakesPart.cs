namespace Guildhall.Modules.Programs;

/// <summary>The module that knows who takes part, as a plan asks it before a program begins.</summary>
public interface IKnowWhoTakesPart
{
    Task<ExpectedPeople> Of(Guid programId, CancellationToken stop);
}

/// <summary>Whom a program may count on now.</summary>
/// <param name="Mentees">Its mentees, and those whose application waits for a decision or a place.</param>
/// <param name="Places">What its mentors who are open take at once.</param>
/// <param name="Sellers">Every seller who takes part in any program, on whichever side: nobody to compare with.</param>
public sealed record ExpectedPeople(int Mentees, int Places, IReadOnlyCollection<Guid> Sellers);
