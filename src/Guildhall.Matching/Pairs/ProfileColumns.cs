namespace Guildhall.Matching;

/// <summary>People as columns in canonical order, prepared once: what factors and rules compare, without the settings they compare it under.</summary>
sealed class ProfileColumns
{
    readonly Lazy<SetColumns>[] languages;

    public ProfileColumns(MatchInput input, CancellationToken stop = default)
    {
        var settings = input.Settings;
        Mentees = CanonicalOrder.Sort(input.Mentees, settings.Seed, stop);
        Mentors = CanonicalOrder.Sort(input.Mentors, settings.Seed, stop);
        MenteeIndex = Index(Mentees);
        MentorIndex = Index(Mentors);

        Categories = new(Mentees, Mentors, stop);
        Hours = new(Mentees, Mentors, settings.ProgramStart, settings.ProgramWeeks, stop);
        languages = [.. Enum.GetValues<LanguageLevel>().Select(level => new Lazy<SetColumns>(() => Sets(p => SpokenLanguage.Of(p, level).ToArray(), default)))];
        Channels = Sets(p => p.Channels, stop);
        Industries = Sets(p => p.Industries, stop);
        Brands = Sets(p => p.Brands, stop);
        Suppliers = Sets(p => p.Suppliers, stop);
        MenteeStakes = new([.. Mentees.Select(m => m.Stakes)], [.. Mentors.Select(Identity)], stop);
        MentorStakes = new([.. Mentees.Select(Identity)], [.. Mentors.Select(m => m.Stakes)], stop);
        MenteeCompetition = new([.. Mentees.Select(DeclaredCompetition.Declared)], Sold(Mentees, Categories.MentorShares), stop);
        MentorCompetition = new(Sold(Mentors, Categories.MenteeShares), [.. Mentors.Select(DeclaredCompetition.Declared)], stop);
        Tiers = new([.. Mentees.Select(m => m.Tier is { } tier ? new[] { tier } : null)], [.. Mentors.Select(m => m.Tiers)], stop);

        MenteeOrders = Lanes.Column(Mentees, m => Log2(m.TargetOrdersPerWeek ?? m.OrdersPerWeek));
        MentorOrders = Lanes.Column(Mentors, m => Log2(m.OrdersPerWeek));
        MenteeTarget = Lanes.Column(Mentees, m => Log2(m.TargetOrdersPerWeek));
        MentorPassed = Lanes.Column(Mentors, m => Log2(m.PassedOrdersPerWeek));
        (MenteeVariants, MentorVariants) = (Lanes.Column(Mentees, Variants), Lanes.Column(Mentors, Variants));
        (MenteeMaking, MentorMaking) = (Lanes.Column(Mentees, m => Number(m.IsMadeToOrder)), Lanes.Column(Mentors, m => Number(m.IsMadeToOrder)));
        (MenteeShipping, MentorShipping) = (Lanes.Column(Mentees, m => Number(m.IsShippedByMarketplace)), Lanes.Column(Mentors, m => Number(m.IsShippedByMarketplace)));
        (MenteeStyle, MentorStyle) = (Lanes.Column(Mentees, m => m.Style), Lanes.Column(Mentors, m => m.Style));
        (MenteeContact, MentorContact) = (Lanes.Column(Mentees, m => m.Contact), Lanes.Column(Mentors, m => m.Contact));
        Responsiveness = Lanes.Column(Mentors, AnswerValue);
        Skills = new(Mentees, Mentors, stop);
        MenteeRegion = [.. Mentees.Watched(stop).Select(m => m.Region is { } region ? PathTree.Levels(region) : null)];
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

    /// <summary>Languages spoken at a level or better, 1 to 4.</summary>
    public SetColumns Languages(int level) => languages[level - 1].Value;

    public SetColumns Channels { get; }

    public SetColumns Industries { get; }

    public SetColumns Brands { get; }

    public SetColumns Suppliers { get; }

    public SetColumns MenteeStakes { get; }

    public SetColumns MentorStakes { get; }

    /// <summary>Mentees' declared categories against what mentors sell, and the other way round.</summary>
    public SetColumns MenteeCompetition { get; }

    public SetColumns MentorCompetition { get; }

    public SetColumns Tiers { get; }

    public SkillColumns Skills { get; }

    // Figures side by side, NaN where not known. Orders and levels are base-2 logarithms of orders a week, variants base-10 ones; making and shipping are 1 for yes.
    public float[] MenteeOrders { get; }

    public float[] MentorOrders { get; }

    public float[] MenteeTarget { get; }

    public float[] MentorPassed { get; }

    public float[] MenteeVariants { get; }

    public float[] MentorVariants { get; }

    public float[] MenteeMaking { get; }

    public float[] MentorMaking { get; }

    public float[] MenteeShipping { get; }

    public float[] MentorShipping { get; }

    public float[] MenteeStyle { get; }

    public float[] MentorStyle { get; }

    public float[] MenteeContact { get; }

    public float[] MentorContact { get; }

    public float[] Responsiveness { get; }

    public string[]?[] MenteeRegion { get; }

    public string[]?[] MentorRegion { get; }

    SetColumns Sets(Func<Participant, IEnumerable<string>?> of, CancellationToken stop) => new([.. Mentees.Watched(stop).Select(of)], [.. Mentors.Watched(stop).Select(of)], stop);

    /// <summary>What the others sell, where anybody declares anything: else nobody's categories need to be taken apart.</summary>
    static IEnumerable<string>?[] Sold(IEnumerable<Participant> declaring, CategoryShare[]?[] shares) =>
        declaring.Any(person => person.CompetesIn is { Count: > 0 }) ? Array.ConvertAll(shares, DeclaredCompetition.Sold) : new IEnumerable<string>?[shares.Length];

    static Dictionary<string, int> Index<T>(T[] people)
        where T : Participant
    {
        var index = new Dictionary<string, int>(people.Length);
        for (var p = 0; p < people.Length; p++) index[people[p].Id] = p;
        return index;
    }

    public static IEnumerable<string> Identity(Participant person) =>
        [person.Id, .. person.Owner is { } owner ? new[] { owner } : [], .. person.Brands ?? []];

    static double? Log2(double? orders) => orders is { } known ? Math.Log2(Math.Max(LeastOrders, known)) : null;

    static double? Variants(Participant person) => (person.Variants ?? person.Listings) is { } variants ? Math.Log10(Math.Max(1, variants)) : null;

    static double? Number(bool? answer) => answer is { } known ? known ? 1 : 0 : null;

    /// <summary>
    /// The answer rate, shrunk towards four of five by the weight of five answers, times a recency that is full for a week and
    /// falls in a straight line to nothing at sixty days; null for a mentor of whom neither is known.
    /// </summary>
    static double? AnswerValue(MentorProfile mentor)
    {
        if (mentor is { Answered: null, DaysSinceActive: null }) return null;
        var (answered, asked) = mentor is { Answered: { } a, Asked: { } b } ? (a, b) : (0, 0);
        var recency = mentor.DaysSinceActive is { } days ? Math.Clamp((60.0 - days) / (60 - 7), 0, 1) : 1;
        return (answered + 4.0) / (asked + 5.0) * recency;
    }
}
