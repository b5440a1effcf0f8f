namespace Guildhall.Modules.People;

/// <summary>Somebody without an account whom another module knows by their address.</summary>
public sealed record KnownPerson(Guid SellerId, string Name);

/// <summary>Asked of the modules that keep addresses of people who may come in: a seller needs no invitation. The first who knows the person decides.</summary>
public interface IKnowAddresses
{
    /// <param name="normalizedEmail">In capitals, as accounts are compared.</param>
    /// <returns>Null for an address that this module doesn't know, or knows of more than one person.</returns>
    Task<KnownPerson?> Find(string normalizedEmail, CancellationToken stop);
}
