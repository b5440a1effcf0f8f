using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;

namespace Guildhall.Modules.Pairing;

/// <summary>What to call the people of a run: the person where one is known, and the shop.</summary>
sealed class PeopleNames(EnrollmentLookup enrollment, SellerLookup sellers)
{
    public async Task<NameBook> Of(Guid programId, CancellationToken stop)
    {
        var members = await enrollment.Members(programId, stop);
        var cards = await sellers.Cards([.. members.Keys], stop);
        return new NameBook(cards.ToDictionary(
            card => card.Value.ExternalId,
            card => members[card.Key] is { PersonName: { } person } member ? new Named(person, card.Value.Name, member) : new Named(card.Value.Name, card.Value.Place ?? "", members[card.Key])));
    }
}

/// <summary>A person and their shop; without a person, the shop and where it is.</summary>
/// <param name="Member">Who they are in the program; null for who left it.</param>
readonly record struct Named(string Person, string Shop, Member? Member = null)
{
    public Guid? SellerId => Member?.SellerId;

    // Where no person is known, the shop goes by its own name.
    public string FirstName => Member is { PersonName: null } ? Person : Person.Split(' ', 2)[0];
}

/// <summary>Names by the id that a run carries. Somebody who left keeps their id as a name.</summary>
sealed record NameBook(IReadOnlyDictionary<string, Named> ById)
{
    public Named this[string id] => ById.TryGetValue(id, out var named) ? named : new Named(id, "left the program");
}
