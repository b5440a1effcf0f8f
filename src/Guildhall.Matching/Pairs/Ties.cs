namespace Guildhall.Matching;

/// <summary>Who might have a conflict of interest with whom: mentors who share a trade, a brand, a supplier, an owner, an address or a declared stake with a mentee, or compete by what one of the two declared. Everybody else has none.</summary>
sealed class Ties
{
    readonly int[][][] tradesOf;
    readonly int[][][] othersOf;

    public Ties(ProfileColumns people, CancellationToken stop)
    {
        var (menteeShares, mentorShares) = (people.Categories.MenteeShares, people.Categories.MentorShares);
        tradesOf = Shared(menteeShares.Watched(stop).Select(Trades), mentorShares.Watched(stop).Select(Trades));
        // Only what somebody declares is looked for among what the others sell.
        var (byMentees, byMentors) = (people.Mentees.Any(Declares), people.Mentors.Any(Declares));
        othersOf = Shared(
            people.Mentees.Watched(stop).Select((mentee, i) => Others(mentee).Concat(Competition('m', mentee, 'n', byMentors ? menteeShares[i] : null))),
            people.Mentors.Watched(stop).Select((mentor, j) => Others(mentor).Concat(Competition('n', mentor, 'm', byMentees ? mentorShares[j] : null))));
    }

    /// <summary>For each trade of a mentee, the mentors who are in it.</summary>
    public int[][] Trades(int i) => tradesOf[i];

    /// <summary>For each other thing that a mentee might share, the mentors who do.</summary>
    public int[][] Others(int i) => othersOf[i];

    static int[][][] Shared<T>(IEnumerable<IEnumerable<T>> mentees, IEnumerable<IEnumerable<T>> mentors)
        where T : notnull
    {
        var mentorsBy = mentors.SelectMany((ties, j) => ties.Distinct().Select(tie => (tie, j))).GroupBy(t => t.tie, t => t.j).ToDictionary(t => t.Key, t => t.ToArray());
        return [.. mentees.Select(ties => ties.Distinct().Select(tie => mentorsBy.GetValueOrDefault(tie)).OfType<int[]>().ToArray())];
    }

    static IEnumerable<string> Trades(CategoryShare[]? shares) => CategoryColumns.Trade(shares) ?? [];

    static bool Declares(Participant person) => person.CompetesIn is { Count: > 0 };

    static IEnumerable<(char Kind, string What)> Competition(char own, Participant person, char other, CategoryShare[]? sold) =>
        (DeclaredCompetition.Declared(person) ?? []).Select(category => (own, category)).Concat((DeclaredCompetition.Sold(sold) ?? []).Select(category => (other, category)));

    static IEnumerable<(char Kind, string What)> Others(Participant person) =>
    [
        .. (person.Brands ?? []).Select(brand => ('b', brand)),
        .. (person.Suppliers ?? []).Select(supplier => ('s', supplier)),
        .. person.AddressKey is { } address ? new[] { ('a', address) } : [],
        // A stake may be in a seller, an owner or a brand, and any of these may declare one.
        .. ProfileColumns.Identity(person).Concat(person.Stakes ?? []).Select(name => ('i', name)),
    ];
}
