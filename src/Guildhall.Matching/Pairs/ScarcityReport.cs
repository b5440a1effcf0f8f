namespace Guildhall.Matching;

/// <summary>Places and prices by branch of the category tree, by language and by hours.</summary>
sealed class ScarcityReport(Plan plan)
{
    readonly ProfileColumns people = plan.Pairs.Table.People;

    public IReadOnlyList<Scarcity> Write() => [.. Of(Branches), .. Of(Languages), .. Of(Hours)];

    /// <summary>Whether a person is of a kind: the main leaf under its branch, its language at the working level, its hours.</summary>
    public static bool Is(MentorKind kind, Participant person, string? mainLeaf) =>
        (kind.Category is null || mainLeaf is not null && PathTree.IsUnder(mainLeaf, kind.Category))
        && (kind.Language is null || Languages(person, mainLeaf).Any(k => k.Language == kind.Language))
        && (kind.Hours is null || Hours(person, mainLeaf).Any(k => k.Hours == kind.Hours));

    IEnumerable<Scarcity> Of(Func<Participant, string?, IEnumerable<MentorKind>> kindsOf)
    {
        var mentors = people.Mentors.SelectMany((mentor, j) => kindsOf(mentor, people.Categories.MentorMain[j]).Select(kind => (kind, j)))
            .Where(m => plan.PlacesOf(m.j) > 0).ToLookup(m => m.kind, m => m.j);
        var unmatched = people.Mentees.SelectMany((mentee, i) => plan.MentorOf[i] >= 0 ? [] : kindsOf(mentee, people.Categories.MenteeMain[i]))
            .CountBy(kind => kind).ToDictionary();
        return mentors.Select(m => m.Key).Union(unmatched.Keys)
            .Select(kind => Row(kind, [.. mentors[kind]], unmatched.GetValueOrDefault(kind)))
            .OrderByDescending(s => s.Mentors == 0).ThenByDescending(s => s.MeanPrice).ThenByDescending(s => s.UnmatchedMentees).ThenBy(s => s.Kind.ToString(), StringComparer.Ordinal);
    }

    Scarcity Row(MentorKind kind, int[] mentors, int unmatched)
    {
        var places = mentors.Sum(plan.PlacesOf);
        var free = mentors.Sum(plan.FreePlaces);
        var price = places == 0 ? 0 : (long)(mentors.Sum(j => (decimal)plan.MentorPrices[j] * plan.PlacesOf(j)) / places);
        return new(kind, mentors.Length, places, free, price, unmatched);
    }

    static IEnumerable<MentorKind> Branches(Participant person, string? mainLeaf) =>
        mainLeaf is null ? [] : [new(Category: PathTree.Levels(mainLeaf)[0])];

    static IEnumerable<MentorKind> Languages(Participant person, string? mainLeaf) =>
        (person.Languages ?? []).Where(l => l.Level >= LanguageLevel.Working).Select(l => new MentorKind(Language: l.Language)).Distinct();

    static IEnumerable<MentorKind> Hours(Participant person, string? mainLeaf)
    {
        if (person.WeekHours is not { } grid) yield break;
        var (day, evening, weekend) = (0, 0, 0);
        for (var h = 0; h < grid.Length; h++)
        {
            if (grid[h] == '0') continue;
            if (h >= 5 * 24) weekend++;
            else if (h % 24 is >= 8 and < 18) day++;
            else evening++;
        }
        if (day >= 2) yield return new(Hours: FreeHours.WeekdayDay);
        if (evening >= 2) yield return new(Hours: FreeHours.WeekdayEvening);
        if (weekend >= 2) yield return new(Hours: FreeHours.Weekend);
    }
}
