namespace Guildhall.Modules.Enrollment;

/// <summary>A module in which a declared interest can stand between two people. It is told inside the transaction that stores it, so that both are stored or neither.</summary>
public interface IHearOfInterests
{
    /// <summary>A shop declared an interest, or took one back.</summary>
    Task Changed(Guid sellerId, CancellationToken stop);
}
