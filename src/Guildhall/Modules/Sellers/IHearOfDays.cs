namespace Guildhall.Modules.Sellers;

/// <summary>
/// A module for which it matters that an import wrote days or events of sellers. It is told after they took effect, once, inside a transaction that its own
/// writes join: where that fails, it is told again.
/// </summary>
public interface IHearOfDays
{
    Task Hear(ChangedDays changed, CancellationToken stop);
}

/// <summary>What an import wrote.</summary>
/// <param name="FirstDays">By seller, the earliest day of which something was written, or stood there before.</param>
public sealed record ChangedDays(Guid ImportId, IReadOnlyDictionary<Guid, DateOnly> FirstDays);
