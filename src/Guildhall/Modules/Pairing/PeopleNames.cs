using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Pairing;

/// <summary>What to call the people of a run: the person where one is known, and the shop.</summary>
sealed class PeopleNames(EnrollmentLookup enrollment, SellerLookup sellers)
{
    public async Task<NameBook> Of(Guid programId, CancellationToken stop)
    {
        var people = await enrollment.PersonNames(programId, stop);
        var cards = await sellers.Cards([.. people.Keys], stop);
        return new NameBook(cards.ToDictionary(
            card => card.Value.ExternalId,
            card => people[card.Key] is { } person ? new Named(person, card.Value.Name, card.Key) : new Named(card.Value.Name, card.Value.Place ?? "", card.Key, IsShop: true)));
    }
}

/// <summary>A person and their shop; without a person, the shop and where it is.</summary>
/// <param name="IsShop">No person is known, so the shop goes by its own name.</param>
readonly record struct Named(string Person, string Shop, Guid? SellerId = null, bool IsShop = false)
{
    public string FirstName => IsShop ? Person : Person.Split(' ', 2)[0];
}

/// <summary>Names by the id that a run carries. Somebody who left keeps their id as a name.</summary>
sealed record NameBook(IReadOnlyDictionary<string, Named> ById)
{
    public Named this[string id] => ById.TryGetValue(id, out var named) ? named : new Named(id, "left the program");
}
