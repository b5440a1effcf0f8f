namespace Guildhall.Matching;

/// <summary>Categories of mentees by leaf and share, and for each mentor the closeness to every leaf a mentee sells in.</summary>
sealed class CategoryColumns
{
    /// <summary>A leaf counts in full from a fifth of a shop's sales on: below, in proportion, so that a single odd listing doesn't make a specialist.</summary>
    public const double FullShare = 0.2;

    readonly (int Leaf, double Share)[]?[] menteeLeaves;
    readonly float[]?[] mentorCloseness;

    public CategoryColumns(IReadOnlyList<Participant> mentees, IReadOnlyList<Participant> mentors)
    {
        var menteeShares = mentees.Select(Shares).ToArray();
        var mentorShares = mentors.Select(Shares).ToArray();
        var leaves = menteeShares.SelectMany(s => s ?? []).Select(s => s.Path).Distinct().Order(StringComparer.Ordinal).ToArray();
        var indexOf = leaves.Select((path, index) => (path, index)).ToDictionary(l => l.path, l => l.index);
        menteeLeaves = Array.ConvertAll(menteeShares, shares => shares is null ? null : Array.ConvertAll(shares, s => (indexOf[s.Path], s.Share)));

        var closenessTo = new Dictionary<string, float[]>();
        mentorCloseness = Array.ConvertAll(mentorShares, shares => shares is null ? null : Closeness(shares, leaves, closenessTo));
        MenteeMain = Array.ConvertAll(menteeShares, Main);
        MentorMain = Array.ConvertAll(mentorShares, Main);
        MenteeShares = menteeShares;
        MentorShares = mentorShares;
        Trades = new(Array.ConvertAll(menteeShares, Trade), Array.ConvertAll(mentorShares, Trade));
    }

    public string?[] MenteeMain { get; }

    public string?[] MentorMain { get; }

    public CategoryShare[]?[] MenteeShares { get; }

    public CategoryShare[]?[] MentorShares { get; }

    /// <summary>Leaves that make at least <see cref="FullShare"/> of a shop: the trade it is in.</summary>
    public SetColumns Trades { get; }

    public bool AreKnown(int i, int j) => menteeLeaves[i] is not null && mentorCloseness[j] is not null;

    /// <summary>The mentee's shares times the mentor's best closeness to each of its leaves; NaN when not known.</summary>
    public double Closeness(int i, int j)
    {
        if (menteeLeaves[i] is not { } leaves || mentorCloseness[j] is not { } closeness) return double.NaN;
        var sum = 0.0;
        foreach (var (leaf, share) in leaves) sum += share * closeness[leaf];
        return sum;
    }

    /// <summary>The pair of leaves, mentee's and mentor's, that brings most.</summary>
    public (CategoryShare Mentee, CategoryShare Mentor) NearestLeaves(int i, int j) =>
        (from a in MenteeShares[i]!
         from b in MentorShares[j]!
         orderby a.Share * PathTree.Closeness(a.Path, b.Path) * Full(b.Share) descending, a.Share descending, b.Share descending
         select (a, b)).First();

    static double Full(double share) => Math.Min(1, share / FullShare);

    static float[] Closeness(CategoryShare[] shares, string[] leaves, Dictionary<string, float[]> closenessTo)
    {
        var best = new float[leaves.Length];
        foreach (var (path, share) in shares)
        {
            if (!closenessTo.TryGetValue(path, out var row))
                closenessTo[path] = row = Array.ConvertAll(leaves, leaf => (float)PathTree.Closeness(leaf, path));
            var full = (float)Full(share);
            for (var l = 0; l < best.Length; l++) best[l] = Math.Max(best[l], row[l] * full);
        }
        return best;
    }

    /// <summary>Shares summed by leaf, normalised, in the order of paths: the sums then don't depend on the order of the input.</summary>
    static CategoryShare[]? Shares(Participant person)
    {
        if (person.Categories is not { Count: > 0 } categories) return null;
        var total = categories.OrderBy(c => c.Path, StringComparer.Ordinal).ThenBy(c => c.Share).Sum(c => c.Share);
        return [.. categories.GroupBy(c => c.Path)
            .Select(leaf => new CategoryShare(leaf.Key, leaf.OrderBy(c => c.Share).Sum(c => c.Share) / total))
            .OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    static string? Main(CategoryShare[]? shares) => shares?.OrderByDescending(s => s.Share).First().Path;

    static IEnumerable<string>? Trade(CategoryShare[]? shares) => shares?.Where(s => s.Share >= FullShare).Select(s => s.Path);
}
