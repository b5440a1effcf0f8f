namespace Guildhall.Matching;

/// <summary>The order in which people enter a solve, the same as the bare solver's: by a hash of (seed, id), then by id.</summary>
static class CanonicalOrder
{
    public static T[] Sort<T>(IEnumerable<T> people, long seed, CancellationToken stop)
        where T : Participant
    {
        var keyed = people.Watched(stop).Select(person => (Hash: AssignmentInstance.Order(seed, person.Id), Person: person)).ToArray();
        Array.Sort(keyed, (a, b) => a.Hash != b.Hash ? a.Hash.CompareTo(b.Hash) : string.CompareOrdinal(a.Person.Id, b.Person.Id));
        return Array.ConvertAll(keyed, k => k.Person);
    }
}
