namespace Guildhall.Matching;

/// <summary>Mentors who don't exist, to ask what they would bring: copies of the middle-priced one of a kind, or, where there is none, people of whom only the kind is known.</summary>
sealed class MoreMentors
{
    readonly MentorProfile model;
    readonly HashSet<string> taken;

    public MoreMentors(Plan plan, MentorKind kind)
    {
        var people = plan.Pairs.Table.People;
        taken = [.. people.MentorIndex.Keys];
        var open = Enumerable.Range(0, people.Mentors.Length).Where(j => plan.PlacesOf(j) > 0).ToArray();
        var ofKind = open.Where(j => ScarcityReport.Is(kind, people.Mentors[j], people.Categories.MentorMain[j]))
            .OrderBy(j => plan.MentorPrices[j]).ThenBy(j => j).ToArray();
        if (ofKind.Length > 0)
        {
            var mentor = people.Mentors[Middle(ofKind)];
            CopyOf = mentor.Id;
            model = mentor with
            {
                IsOpenToNew = true,
                Brands = null,
                Suppliers = null,
                Owner = null,
                AddressKey = null,
                Stakes = null,
                OperatorGroup = null,
                RecentMentees = null,
                MenteesSincePause = null,
            };
        }
        else
            model = Unknown(kind, people, open.Length == 0 ? 1 : Middle([.. open.Select(j => people.Mentors[j].Capacity).Order()]));
    }

    public string? CopyOf { get; }

    public int CapacityEach => model.Capacity;

    public IEnumerable<MentorProfile> Make(int count)
    {
        for (var n = 1; count > 0; n++)
        {
            var id = InputChecks.Text($"+{n}");
            if (taken.Contains(id)) continue;
            count--;
            yield return model with { Id = id };
        }
    }

    static MentorProfile Unknown(MentorKind kind, ProfileColumns people, int capacity) => new()
    {
        Id = "+",
        Capacity = capacity,
        Categories = kind.Category is { } branch ? [new(branch, 1)] : null,
        Languages = kind.Language is { } language ? [new(language, LanguageLevel.Fluent)] : null,
        TimeZone = kind.Hours is null ? null : people.Mentees.Select(m => m.TimeZone).OfType<string>().CountBy(zone => zone).OrderByDescending(z => z.Value).ThenBy(z => z.Key, StringComparer.Ordinal).FirstOrDefault().Key,
        WeekHours = kind.Hours switch
        {
            FreeHours.WeekdayDay => WeekGrid.Parse("mon,tue,wed,thu,fri 8-18"),
            FreeHours.WeekdayEvening => WeekGrid.Parse("mon,tue,wed,thu,fri 18-22"),
            FreeHours.Weekend => WeekGrid.Parse("sat,sun 8-20"),
            _ => null,
        },
    };

    static int Middle(int[] sorted) => sorted[(sorted.Length - 1) / 2];
}
