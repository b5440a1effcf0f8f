using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Mail;

namespace Guildhall.Modules.Pairing;

/// <summary>Somebody of a pair.</summary>
/// <param name="Person">The shop's name where no person is known.</param>
/// <param name="ExternalId">The id that runs carry.</param>
sealed record PairPerson(Guid SellerId, string ExternalId, string Person, string Shop, bool IsPerson)
{
    public string FirstName => IsPerson ? Person.Split(' ', 2)[0] : Person;

    public static PairPerson Gone { get; } = new(Guid.Empty, "", "Somebody who left", "Left the program", IsPerson: false);
}

/// <summary>What to call two people in one sentence: by their first names, by whole ones where these are the same, and by their shops where even those are.</summary>
static class CalledApart
{
    public static (string One, string Other) Of(PairPerson one, PairPerson other) => Of((one.FirstName, one.Person, one.Shop), (other.FirstName, other.Person, other.Shop));

    public static (string One, string Other) Of(Named one, Named other) => Of((one.FirstName, one.Person, one.Shop), (other.FirstName, other.Person, other.Shop));

    static (string, string) Of((string First, string Whole, string Shop) one, (string First, string Whole, string Shop) other) =>
        AreApart(one.First, other.First) ? (one.First, other.First)
        : AreApart(one.Whole, other.Whole) || !AreApart(one.Shop, other.Shop) ? (one.Whole, other.Whole)
        : (one.Shop, other.Shop);

    static bool AreApart(string one, string other) => !string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Who stands in pairs, by participant id: two queries, however many they are. A name that came by file may hold line ends; in a sentence it has none.</summary>
sealed class PairPeople(EnrollmentLookup enrollment, SellerLookup sellers)
{
    public async Task<PeopleById> Of(IReadOnlyCollection<Guid> participantIds, CancellationToken stop)
    {
        var people = await enrollment.Participations(participantIds, stop);
        var cards = await sellers.Cards([.. people.Values.Select(person => person.SellerId).Distinct()], stop);
        return new PeopleById(people.Values.Where(person => cards.ContainsKey(person.SellerId)).ToDictionary(person => person.Id, person =>
            new PairPerson(
                person.SellerId, cards[person.SellerId].ExternalId, MailWords.OnOneLine(person.PersonName ?? cards[person.SellerId].Name), MailWords.OnOneLine(cards[person.SellerId].Name), person.PersonName is not null)));
    }
}

/// <summary>People of pairs; who left has no name any more.</summary>
sealed record PeopleById(IReadOnlyDictionary<Guid, PairPerson> ById)
{
    public PairPerson this[Guid participantId] => ById.GetValueOrDefault(participantId) ?? PairPerson.Gone;
}
