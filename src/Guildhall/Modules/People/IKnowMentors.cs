namespace Guildhall.Modules.People;

/// <summary>Asked of the module that knows where shops take part: who is there to mentor alone begins on the mentors' pages.</summary>
public interface IKnowMentors
{
    /// <summary>Whether a shop has to do with programs as a mentor, and in none as a mentee.</summary>
    Task<bool> OnlyMentors(Guid sellerId, CancellationToken stop);
}
