using System.Numerics;

namespace Guildhall.Matching;

/// <summary>Sets of texts of mentees and mentors as bits. Only texts that occur on both sides get a bit: the others can't be in common.</summary>
sealed class SetColumns
{
    readonly int words;
    readonly ulong[] mentees;
    readonly ulong[] mentors;
    readonly int[] menteeSizes;
    readonly int[] mentorSizes;
    readonly string[] values;

    public SetColumns(IReadOnlyList<IEnumerable<string>?> menteeSets, IReadOnlyList<IEnumerable<string>?> mentorSets, CancellationToken stop)
    {
        var common = All(menteeSets.Watched(stop));
        common.IntersectWith(All(mentorSets.Watched(stop)));
        values = [.. common];
        Array.Sort(values, string.CompareOrdinal);
        words = (values.Length + 63) / 64;
        var bitOf = new Dictionary<string, int>(values.Length);
        for (var b = 0; b < values.Length; b++) bitOf[values[b]] = b;
        mentees = Bits(menteeSets, bitOf, stop);
        mentors = Bits(mentorSets, bitOf, stop);
        menteeSizes = [.. menteeSets.Watched(stop).Select(Size)];
        mentorSizes = [.. mentorSets.Watched(stop).Select(Size)];
    }

    /// <summary>How many different texts the mentee has.</summary>
    public int MenteeSize(int i) => menteeSizes[i];

    /// <summary>Whether both have any text: an empty set is one that is not known.</summary>
    public bool AreKnown(int i, int j) => menteeSizes[i] > 0 && mentorSizes[j] > 0;

    /// <summary>The share of the mentee's texts that the mentor has too; NaN when either has none.</summary>
    public float Coverage(int i, int j) => AreKnown(i, j) ? (float)CountCommon(i, j) / menteeSizes[i] : float.NaN;

    public bool Overlaps(int i, int j)
    {
        for (var w = 0; w < words; w++)
            if ((mentees[i * words + w] & mentors[j * words + w]) != 0) return true;
        return false;
    }

    public int CountCommon(int i, int j)
    {
        var count = 0;
        for (var w = 0; w < words; w++) count += BitOperations.PopCount(mentees[i * words + w] & mentors[j * words + w]);
        return count;
    }

    public string[] Common(int i, int j) =>
        [.. values.Where((_, b) => ((mentees[i * words + b / 64] & mentors[j * words + b / 64]) >> (b % 64) & 1) != 0)];

    static int Size(IEnumerable<string>? set) => set is null ? 0 : set.Distinct().Count();

    static HashSet<string> All(IEnumerable<IEnumerable<string>?> sets) => [.. sets.SelectMany(set => set ?? [])];

    ulong[] Bits(IReadOnlyList<IEnumerable<string>?> sets, Dictionary<string, int> bitOf, CancellationToken stop)
    {
        var bits = new ulong[sets.Count * words];
        foreach (var (p, set) in sets.Watched(stop).Index())
            foreach (var value in set ?? [])
                if (bitOf.TryGetValue(value, out var bit)) bits[p * words + bit / 64] |= 1UL << (bit % 64);
        return bits;
    }
}
