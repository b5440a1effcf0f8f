using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Mentorships;

/// <summary>A person of a pair, as the other one reads them.</summary>
/// <param name="Shop">Their shop; null where the shop is all that is known.</param>
public sealed record PairPerson(string Name, string? Shop)
{
    /// <summary>What they are called in a sentence. A shop without a known person goes by its own name.</summary>
    public string FirstName => Shop is null ? Name : Name.Split(' ', 2)[0];

    public static PairPerson Gone { get; } = new("Somebody who left", null);
}

/// <summary>What to call the people of pairs, in one query for all of them.</summary>
public sealed class PairNames(SellerLookup sellers)
{
    public async Task<Func<Member, PairPerson>> Of(IEnumerable<Member> members, CancellationToken stop)
    {
        var cards = await sellers.Cards([.. members.Select(member => member.SellerId).Distinct()], stop);
        return member => cards.GetValueOrDefault(member.SellerId)?.Name is not { } shop ? member.PersonName is { } gone ? new PairPerson(gone, null) : PairPerson.Gone
            : member.PersonName is { } person ? new PairPerson(person, shop) : new PairPerson(shop, null);
    }
}
