namespace Guildhall.Matching;

/// <summary>Compares categories that somebody declared to compete in, as they typed them, with what the other one sells.</summary>
public static class DeclaredCompetition
{
    static readonly char[] between = ['/', '›'];

    /// <summary>Which declarations stand between two people: those whose category the other one's trade is in. A trade is a leaf that makes a fifth or more of a shop.</summary>
    /// <param name="mentee">The mentee. Their <see cref="Participant.Categories"/> may be unknown: then no declaration is met.</param>
    /// <param name="mentor">The mentor, likewise.</param>
    /// <returns>The declared categories as they were typed, the mentor's first, each side's in the order given; empty for none.</returns>
    public static IReadOnlyList<DeclaredCategory> Between(MenteeProfile mentee, MentorProfile mentor)
    {
        ArgumentNullException.ThrowIfNull(mentee);
        ArgumentNullException.ThrowIfNull(mentor);
        return [.. Met(mentor, mentee).Select(category => new DeclaredCategory(true, category)), .. Met(mentee, mentor).Select(category => new DeclaredCategory(false, category))];
    }

    /// <summary>Whether a category as somebody typed it is one that a path lies in: the whole path, its beginning, or the name of one level. Case, hyphens and underscores make no difference; levels are split at "/" or "›".</summary>
    /// <param name="typed">"Home › Tableware", "home/tableware" or "Tableware".</param>
    /// <param name="path">A category from the root, "home/tableware/cups".</param>
    /// <returns>True when it is. A blank text is in no path.</returns>
    public static bool IsIn(string typed, string path)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(path);
        return Key(typed) is { Length: > 0 } key && Keys(path).Contains(key);
    }

    /// <summary>What each declares, to be looked for among <see cref="Sold"/>; null for who declares nothing.</summary>
    internal static IEnumerable<string>? Declared(Participant person) =>
        person.CompetesIn is { Count: > 0 } declared ? declared.Select(Key).Where(key => key.Length > 0) : null;

    /// <summary>All that somebody could have typed to mean what a shop sells.</summary>
    internal static IEnumerable<string>? Sold(CategoryShare[]? shares) => CategoryColumns.Trade(shares)?.SelectMany(Keys);

    static IEnumerable<string> Met(Participant declaring, Participant selling)
    {
        if (declaring.CompetesIn is not { Count: > 0 } declared) return [];
        var sold = Sold(CategoryColumns.Shares(selling))?.ToHashSet(StringComparer.Ordinal) ?? [];
        return declared.Where(category => sold.Contains(Key(category))).Distinct();
    }

    static string Key(string typed) => string.Join('/', typed.Split(between).Select(Plain));

    static IEnumerable<string> Keys(string path)
    {
        var levels = Array.ConvertAll(path.Split('/'), Plain);
        return levels.Concat(Enumerable.Range(2, Math.Max(0, levels.Length - 1)).Select(count => string.Join('/', levels.Take(count)))).Where(key => key.Length > 0);
    }

    static string Plain(string level) => level.Replace('-', ' ').Replace('_', ' ').Trim().ToLowerInvariant();
}

/// <summary>A declaration that stands between two people.</summary>
/// <param name="IsByMentor">Whether the mentor declared it, and not the mentee.</param>
/// <param name="Category">The category as it was typed.</param>
public sealed record DeclaredCategory(bool IsByMentor, string Category);
