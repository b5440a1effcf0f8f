using System.Numerics;

namespace Guildhall.Matching;

/// <summary>Categories of mentees by leaf and share, and for each mentor the closeness to every leaf a mentee sells in.</summary>
sealed class CategoryColumns
{
    /// <summary>A leaf counts in full from a fifth of a shop's sales on: below, in proportion, so that a single odd listing doesn't make a specialist.</summary>
    public const double FullShare = 0.2;

    readonly (int Leaf, float Share)[]?[] menteeLeaves;
    readonly float[][] closenessByLeaf;

    public CategoryColumns(IReadOnlyList<Participant> mentees, IReadOnlyList<Participant> mentors, CancellationToken stop)
    {
        var menteeShares = mentees.Watched(stop).Select(Shares).ToArray();
        var mentorShares = mentors.Watched(stop).Select(Shares).ToArray();
        var leaves = menteeShares.SelectMany(s => s ?? []).Select(s => s.Path).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = leaves.Select((path, index) => (path, index)).ToDictionary(l => l.path, l => l.index);
        menteeLeaves = [.. menteeShares.Watched(stop).Select(shares => shares is null ? null : Array.ConvertAll(shares, s => (indexOf[s.Path], (float)s.Share)))];
        closenessByLeaf = ByLeaf(mentorShares, leaves, stop);
        MenteeMain = [.. menteeShares.Watched(stop).Select(Main)];
        MentorMain = Array.ConvertAll(mentorShares, Main);
        MenteeShares = menteeShares;
        MentorShares = mentorShares;
        Trades = new(Array.ConvertAll(menteeShares, Trade), Array.ConvertAll(mentorShares, Trade), stop);
    }

    public string?[] MenteeMain { get; }

    public string?[] MentorMain { get; }

    public CategoryShare[]?[] MenteeShares { get; }

    public CategoryShare[]?[] MentorShares { get; }

    /// <summary>Leaves that make at least <see cref="FullShare"/> of a shop: the trade it is in.</summary>
    public SetColumns Trades { get; }

    public bool AreKnown(int i, int j) => MenteeShares[i] is not null && MentorShares[j] is not null;

    /// <summary>The mentee's shares times the best closeness of some mentors to each of its leaves; NaN when not known. Wants room for as many figures.</summary>
    public void Closeness(int i, ReadOnlySpan<int> at, Span<float> into, Span<float> room)
    {
        if (menteeLeaves[i] is not { } leaves)
        {
            into.Fill(float.NaN);
            return;
        }
        into.Clear();
        var sums = Lanes.Vectors(into);
        foreach (var (leaf, share) in leaves)
        {
            Lanes.Gather(closenessByLeaf[leaf], at, room);
            var closeness = Lanes.Vectors(room);
            var weight = new Vector<float>(share);
            for (var v = 0; v < sums.Length; v++) sums[v] += weight * closeness[v];
        }
    }

    /// <summary>The pair of leaves, mentee's and mentor's, that brings most.</summary>
    public (CategoryShare Mentee, CategoryShare Mentor) NearestLeaves(int i, int j) =>
        (from a in MenteeShares[i]!
         from b in MentorShares[j]!
         orderby a.Share * PathTree.Closeness(a.Path, b.Path) * Full(b.Share) descending, a.Share descending, b.Share descending
         select (a, b)).First();

    static double Full(double share) => Math.Min(1, share / FullShare);

    static float[][] ByLeaf(CategoryShare[]?[] mentorShares, string[] leaves, CancellationToken stop)
    {
        var byLeaf = Array.ConvertAll(leaves, _ => Lanes.Empty(mentorShares.Length));
        var closenessTo = new Dictionary<string, float[]>();
        for (var j = 0; j < mentorShares.Length; j++)
        {
            stop.ThrowIfCancellationRequested();
            if (mentorShares[j] is not { } shares) continue;
            foreach (var column in byLeaf) column[j] = 0;
            foreach (var (path, share) in shares)
            {
                if (!closenessTo.TryGetValue(path, out var row))
                    closenessTo[path] = row = Array.ConvertAll(leaves, leaf => (float)PathTree.Closeness(leaf, path));
                var full = (float)Full(share);
                for (var l = 0; l < leaves.Length; l++) byLeaf[l][j] = Math.Max(byLeaf[l][j], row[l] * full);
            }
        }
        return byLeaf;
    }

    /// <summary>Shares summed by leaf, normalised, in the order of paths: the sums then don't depend on the order of the input.</summary>
    public static CategoryShare[]? Shares(Participant person)
    {
        if (person.Categories is not { Count: > 0 } categories) return null;
        var total = categories.OrderBy(c => c.Path, StringComparer.Ordinal).ThenBy(c => c.Share).Sum(c => c.Share);
        return [.. categories.GroupBy(c => c.Path)
            .Select(leaf => new CategoryShare(leaf.Key, leaf.OrderBy(c => c.Share).Sum(c => c.Share) / total))
            .OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    static string? Main(CategoryShare[]? shares) => shares?.OrderByDescending(s => s.Share).First().Path;

    public static IEnumerable<string>? Trade(CategoryShare[]? shares) => shares?.Where(s => s.Share >= FullShare).Select(s => s.Path);
}
