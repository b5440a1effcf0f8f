namespace Guildhall.Matching;

/// <summary>People as columns in canonical order, prepared once: what factors and rules compare, without the settings they compare it under.</summary>
sealed class ProfileColumns
{
    public ProfileColumns(MatchInput input)
    {
        var settings = input.Settings;
        Mentees = CanonicalOrder.Sort(input.Mentees, settings.Seed);
        Mentors = CanonicalOrder.Sort(input.Mentors, settings.Seed);
        MenteeIndex = Index(Mentees);
        MentorIndex = Index(Mentors);

        Categories = new(Mentees, Mentors);
        Hours = new(Mentees, Mentors, settings.ProgramStart, settings.ProgramWeeks);
        Languages = [.. Enum.GetValues<LanguageLevel>().Select(level => Sets(p => SpokenLanguage.Of(p, level)))];
        Channels = Sets(p => p.Channels);
        Industries = Sets(p => p.Industries);
        Brands = Sets(p => p.Brands);
        Suppliers = Sets(p => p.Suppliers);
        MenteeStakes = new([.. Mentees.Select(m => m.Stakes)], [.. Mentors.Select(Identity)]);
        MentorStakes = new([.. Mentees.Select(Identity)], [.. Mentors.Select(m => m.Stakes)]);
        Tiers = new([.. Mentees.Select(m => m.Tier is { } tier ? new[] { tier } : null)], [.. Mentors.Select(m => m.Tiers)]);

        MenteeOrdersLog = Array.ConvertAll(Mentees, m => Log2(m.TargetOrdersPerWeek ?? m.OrdersPerWeek));
        MentorOrdersLog = Array.ConvertAll(Mentors, m => Log2(m.OrdersPerWeek));
        TargetLog = Array.ConvertAll(Mentees, m => Log2(m.TargetOrdersPerWeek));
        PassedLog = Array.ConvertAll(Mentors, m => Log2(m.PassedOrdersPerWeek));
        MenteeVariantsLog = Array.ConvertAll(Mentees, VariantsLog);
        MentorVariantsLog = Array.ConvertAll(Mentors, VariantsLog);
        Skills = new(Mentees, Mentors);
        Responsiveness = Array.ConvertAll(Mentors, AnswerValue);
        MenteeRegion = Array.ConvertAll(Mentees, m => m.Region is { } region ? PathTree.Levels(region) : null);
        MentorRegion = Array.ConvertAll(Mentors, m => m.Region is { } region ? PathTree.Levels(region) : null);
    }

    /// <summary>Fewer orders a week than one in four weeks count as that: without a floor the first order would be infinitely far ahead of none.</summary>
    public const double LeastOrders = 0.25;

    public MenteeProfile[] Mentees { get; }

    public MentorProfile[] Mentors { get; }

    public Dictionary<string, int> MenteeIndex { get; }

    public Dictionary<string, int> MentorIndex { get; }

    public CategoryColumns Categories { get; }

    public SharedHours Hours { get; }

    /// <summary>By level less one: languages spoken at that level or better.</summary>
    public SetColumns[] Languages { get; }

    public SetColumns Channels { get; }

    public SetColumns Industries { get; }

    public SetColumns Brands { get; }

    public SetColumns Suppliers { get; }

    public SetColumns MenteeStakes { get; }

    public SetColumns MentorStakes { get; }

    public SetColumns Tiers { get; }

    public SkillColumns Skills { get; }

    // Base-2 logarithms of orders a week and base-10 ones of variants; NaN where not known.
    public double[] MenteeOrdersLog { get; }

    public double[] MentorOrdersLog { get; }

    public double[] TargetLog { get; }

    public double[] PassedLog { get; }

    public double[] MenteeVariantsLog { get; }

    public double[] MentorVariantsLog { get; }

    public double[] Responsiveness { get; }

    public string[]?[] MenteeRegion { get; }

    public string[]?[] MentorRegion { get; }

    SetColumns Sets(Func<Participant, IEnumerable<string>?> of) => new([.. Mentees.Select(of)], [.. Mentors.Select(of)]);

    static Dictionary<string, int> Index<T>(T[] people)
        where T : Participant
    {
        var index = new Dictionary<string, int>(people.Length);
        for (var p = 0; p < people.Length; p++) index[people[p].Id] = p;
        return index;
    }

    static IEnumerable<string> Identity(Participant person) =>
        [person.Id, .. person.Owner is { } owner ? new[] { owner } : [], .. person.Brands ?? []];

    static double Log2(double? orders) => orders is { } known ? Math.Log2(Math.Max(LeastOrders, known)) : double.NaN;

    static double VariantsLog(Participant person) =>
        (person.Variants ?? person.Listings) is { } variants ? Math.Log10(Math.Max(1, variants)) : double.NaN;

    /// <summary>
    /// The answer rate, shrunk towards four of five by the weight of five answers, times a recency that is full for a week and
    /// falls in a straight line to nothing at sixty days; a mentor of whom neither is known has the four of five.
    /// </summary>
    static double AnswerValue(MentorProfile mentor)
    {
        var (answered, asked) = mentor is { Answered: { } a, Asked: { } b } ? (a, b) : (0, 0);
        var recency = mentor.DaysSinceActive is { } days ? Math.Clamp((60.0 - days) / (60 - 7), 0, 1) : 1;
        return (answered + 4.0) / (asked + 5.0) * recency;
    }
}
