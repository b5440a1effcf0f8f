namespace Guildhall.Modules.Enrollment;

/// <summary>A module that can make a mentee wait for a place until a day.</summary>
public interface IKnowWaits
{
    /// <summary>The days from which on a seller is free again, by program; programs in which they don't wait for a day are left out.</summary>
    Task<IReadOnlyDictionary<Guid, DateOnly>> OfMentee(Guid sellerId, CancellationToken stop);
}
