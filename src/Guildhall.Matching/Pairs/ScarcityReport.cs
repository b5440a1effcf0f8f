namespace Guildhall.Matching;

/// <summary>Places and prices by branch of the category tree, by language and by hours.</summary>
sealed class ScarcityReport(Plan plan)
{
    readonly ProfileColumns people = plan.Pairs.Table.People;

    public IReadOnlyList<Scarcity> Write(CancellationToken stop) => [.. Of(Branches, stop), .. Of(Languages, stop), .. Of(Hours, stop)];

    /// <summary>Whether a person is of a kind: the main leaf under its branch, its language at the working level, its hours.</summary>
    public static bool Is(MentorKind kind, Participant person, string? mainLeaf) =>
        (kind.Category is null || mainLeaf is not null && PathTree.IsUnder(mainLeaf, kind.Category))
        && (kind.Language is null || SpokenLanguage.Of(kind.Language).Intersect(WorkingLanguages(person)).Any())
        && (kind.Hours is null || Hours(person, mainLeaf).Any(k => k.Hours == kind.Hours));

    IEnumerable<Scarcity> Of(Func<Participant, string?, IEnumerable<MentorKind>> kindsOf, CancellationToken stop)
    {
        var mentors = people.Mentors.Watched(stop).SelectMany((mentor, j) => kindsOf(mentor, people.Categories.MentorMain[j]).Select(kind => (kind, j)))
            .Where(m => plan.PlacesOf(m.j) > 0).ToLookup(m => m.kind, m => m.j);
        var mentees = people.Mentees.Watched(stop).SelectMany((mentee, i) => kindsOf(mentee, people.Categories.MenteeMain[i]).Select(kind => (kind, i))).ToLookup(m => m.kind, m => m.i);
        return mentors.Select(m => m.Key).Union(mentees.Select(m => m.Key))
            .Select(kind => Row(kind, [.. mentors[kind]], [.. mentees[kind]], stop))
            .OrderByDescending(s => s.Mentors == 0).ThenByDescending(s => s.MeanPrice).ThenByDescending(s => s.UnmatchedMentees).ThenBy(s => s.Kind.ToString(), StringComparer.Ordinal);
    }

    Scarcity Row(MentorKind kind, int[] mentors, int[] mentees, CancellationToken stop)
    {
        var places = mentors.Sum(plan.PlacesOf);
        var free = mentors.Sum(plan.FreePlaces);
        var price = places == 0 ? 0 : (long)(mentors.Sum(j => (decimal)plan.MentorPrices[j] * plan.PlacesOf(j)) / places);
        var matched = Array.FindAll(mentees, i => plan.MentorOf[i] >= 0);
        var ofKind = mentors.ToHashSet();
        return new(kind, mentors.Length, places, free, price, mentees.Length - matched.Length, matched.Watched(stop).Count(i => !ofKind.Contains(plan.MentorOf[i])));
    }

    static IEnumerable<MentorKind> Branches(Participant person, string? mainLeaf) =>
        mainLeaf is null ? [] : [new(Category: PathTree.Levels(mainLeaf)[0])];

    public static IEnumerable<string> WorkingLanguages(Participant person) => SpokenLanguage.Of(person, LanguageLevel.Working);

    /// <summary>The kind of hours that an hour of the week is.</summary>
    public static FreeHours HoursAt(int hour) =>
        hour >= 5 * 24 ? FreeHours.Weekend : hour % 24 is >= 8 and < 18 ? FreeHours.WeekdayDay : FreeHours.WeekdayEvening;

    static IEnumerable<MentorKind> Languages(Participant person, string? mainLeaf) => WorkingLanguages(person).Select(language => new MentorKind(Language: language));

    static IEnumerable<MentorKind> Hours(Participant person, string? mainLeaf)
    {
        if (person.WeekHours is not { } grid) yield break;
        foreach (var hours in Enumerable.Range(0, grid.Length).Where(h => grid[h] == '1').CountBy(HoursAt).Where(h => h.Value >= 2).OrderBy(h => h.Key))
            yield return new(Hours: hours.Key);
    }
}
