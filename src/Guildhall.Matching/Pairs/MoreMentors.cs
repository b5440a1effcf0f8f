namespace Guildhall.Matching;

/// <summary>
/// Mentors who don't exist, to ask what they would bring: copies of the middle-priced one of a kind, or, where the kind has none with a place, typical
/// mentors of the program who live and sell where the kind's mentees do.
/// </summary>
sealed class MoreMentors
{
    readonly ProfileColumns people;
    readonly MentorProfile[] open;

    public MoreMentors(Plan plan, MentorKind kind)
    {
        people = plan.Pairs.Table.People;
        var indices = Enumerable.Range(0, people.Mentors.Length).Where(j => plan.PlacesOf(j) > 0).ToArray();
        open = Array.ConvertAll(indices, j => people.Mentors[j]);
        var ofKind = indices.Where(j => ScarcityReport.Is(kind, people.Mentors[j], people.Categories.MentorMain[j]))
            .OrderBy(j => plan.MentorPrices[j]).ThenBy(j => j).ToArray();
        if (ofKind.Length > 0) CopyOf = people.Mentors[Middle(ofKind)].Id;
        Each = CopyOf is null ? Typical(kind) : Copy(people.Mentors[Middle(ofKind)]);
    }

    public string? CopyOf { get; }

    /// <summary>What each of them is; the id names nobody.</summary>
    public MentorProfile Each { get; }

    public IEnumerable<MentorProfile> Make(int count)
    {
        for (var n = 1; count > 0; n++)
        {
            var id = InputChecks.Text($"+{n}");
            if (people.MentorIndex.ContainsKey(id)) continue;
            count--;
            yield return Each with { Id = id };
        }
    }

    static MentorProfile Copy(MentorProfile mentor) => mentor with
    {
        Id = "+",
        IsOpenToNew = true,
        Brands = null,
        Suppliers = null,
        Owner = null,
        AddressKey = null,
        Stakes = null,
        CompetesIn = null,
        OperatorGroup = null,
        RecentMentees = null,
        MenteesSincePause = null,
    };

    /// <summary>Everything that a rule compares is stated, as far as anybody's profile states it: what isn't known would block nothing and promise too much.</summary>
    MentorProfile Typical(MentorKind kind)
    {
        MenteeProfile[] mentees = [.. people.Mentees.Where((mentee, i) => ScarcityReport.Is(kind, mentee, people.Categories.MenteeMain[i]))];
        Participant[] around = mentees.Length > 0 ? mentees : open;
        var zone = MostCommon(around.Select(p => p.TimeZone)) ?? MostCommon(open.Select(m => m.TimeZone));
        var language = kind.Language
            ?? MostCommon(around.SelectMany(ScarcityReport.WorkingLanguages))
            ?? MostCommon(open.SelectMany(ScarcityReport.WorkingLanguages));
        var bands = around.Select(RuleBreaks.Band).OfType<PriceBand>().ToArray();
        return new()
        {
            Id = "+",
            Capacity = open.Length == 0 ? 1 : Middle([.. open.Select(m => m.Capacity).Order()]),
            Categories = kind.Category is { } branch ? [new(branch, 1)] : null,
            PriceBand = bands.Length == 0 ? null : new(Middle([.. bands.Select(b => b.Low).Order()]), Middle([.. bands.Select(b => b.High).Order()])),
            Languages = language is null ? null : [new(language, LanguageLevel.Native)],
            TimeZone = zone,
            Region = MostCommon(around.Where(p => p.TimeZone == zone).Select(p => p.Region)),
            WeekHours = TypicalHours(kind.Hours, around),
            Tiers = TypicalTiers(),
            OrdersPerWeek = Middle(open.Select(m => m.OrdersPerWeek)),
            PassedOrdersPerWeek = Middle(open.Select(m => m.PassedOrdersPerWeek)),
            Strengths = TypicalStrengths(),
        };
    }

    /// <summary>As many hours as the middle mentor gives, those at which most mentors, and then most of the people around, are free.</summary>
    string? TypicalHours(FreeHours? hours, Participant[] around)
    {
        string[] weeks = [.. open.Select(m => m.WeekHours).OfType<string>()];
        if (weeks.Length == 0) return null;
        var count = Math.Max(2, Middle([.. weeks.Select(week => week.Count(free => free == '1')).Order()]));
        var chosen = Enumerable.Range(0, WeekGrid.Hours)
            .Where(hour => hours is null || ScarcityReport.HoursAt(hour) == hours)
            .OrderByDescending(hour => weeks.Count(week => week[hour] == '1')).ThenByDescending(hour => around.Count(p => p.WeekHours?[hour] == '1')).ThenBy(hour => hour)
            .Take(count).ToHashSet();
        return string.Create(WeekGrid.Hours, chosen, static (week, chosen) =>
        {
            for (var hour = 0; hour < week.Length; hour++) week[hour] = chosen.Contains(hour) ? '1' : '0';
        });
    }

    /// <summary>The tiers that more than half of the mentors serve, or else the one that most do; null where they serve every tier.</summary>
    string[]? TypicalTiers()
    {
        var named = open.SelectMany(m => m.Tiers ?? []).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (named.Length == 0) return null;
        int Servers(string tier) => open.Count(m => m.Tiers is not { Count: > 0 } tiers || tiers.Contains(tier));
        var usual = named.Where(tier => 2 * Servers(tier) > open.Length).ToArray();
        return usual.Length > 0 ? usual : [named.MaxBy(Servers)!];
    }

    /// <summary>Every skill at the mean of its levels; a mentor who doesn't list it has 0.</summary>
    SkillStrength[]? TypicalStrengths()
    {
        var known = open.Where(m => m.Strengths is { Count: > 0 }).ToArray();
        if (known.Length == 0) return null;
        var skills = known.SelectMany(m => m.Strengths!).Select(s => s.Skill).Distinct().Order(StringComparer.Ordinal);
        return [.. skills.Select(skill => new SkillStrength(skill, known.Average(m => m.Strengths!.Where(s => s.Skill == skill).Select(s => s.Level).DefaultIfEmpty().Max())))];
    }

    static string? MostCommon(IEnumerable<string?> values) =>
        values.OfType<string>().CountBy(value => value).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).FirstOrDefault().Key;

    static double? Middle(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Order()];
        return known.Length == 0 ? null : Middle(known);
    }

    static T Middle<T>(T[] sorted) => sorted[(sorted.Length - 1) / 2];
}
