namespace Guildhall.Commands.Demo;

/// <summary>A mentee of the program that is over.</summary>
/// <param name="AcceptedOn">When both said yes, and the mentorship began.</param>
/// <param name="JoinedOn">When both said that they go on: mentoring counts from this day.</param>
sealed record DemoAlumnus(DemoSeller Seller, int Round, DateOnly AcceptedOn, DateOnly JoinedOn);

/// <summary>
/// The program before: shops that sold already and their mentors, in two rounds, long enough ago for its result to be read. Who takes part is drawn by chance among shops of middling size; mentees come after a bad month,
/// and what mentoring is worth to them is put into their orders (<see cref="Lift"/>), so that an estimate can be held against it.
/// </summary>
sealed class DemoEarlierCohort
{
    public const string Program = "Steady Growth";
    public const int PlacesAMentor = 3;

    /// <summary>What mentoring adds to a mentee's orders once it has taken hold.</summary>
    public const double Effect = 0.5;

    const int WeeksAgo = 36;
    const int MostMentees = 84, MostMentors = 32;
    const int DaysBetweenRounds = 35;
    // Three periods of four weeks to compare with and the one before joining, which doesn't count; figures must reach that far back.
    const int DaysAMonth = 28, DaysBefore = 4 * DaysAMonth;
    const double BadMonth = 0.75;
    const double DaysToTakeHold = 35;

    readonly Dictionary<int, DemoAlumnus> bySeller;

    DemoEarlierCohort(DateOnly startsOn, IReadOnlyList<DemoAlumnus> mentees, IReadOnlyList<DemoSeller> mentors) =>
        (StartsOn, Mentees, Mentors, bySeller) = (startsOn, mentees, mentors, mentees.ToDictionary(mentee => mentee.Seller.Index));

    public DateOnly StartsOn { get; }

    public IReadOnlyList<DemoAlumnus> Mentees { get; }

    public IReadOnlyList<DemoSeller> Mentors { get; }

    public IReadOnlyList<DateOnly> Rounds => [StartsOn.AddDays(-7), StartsOn.AddDays(DaysBetweenRounds - 7)];

    /// <summary>By what the orders of a shop are multiplied on a day: 1 for who was never mentored.</summary>
    public double Lift(DemoSeller seller, DateOnly day)
    {
        if (!bySeller.TryGetValue(seller.Index, out var mentee)) return 1;
        var since = day.DayNumber - mentee.JoinedOn.DayNumber;
        return since >= 0 ? 1 + (Effect * (1 - PortableMath.Exp(-since / DaysToTakeHold))) : since >= -DaysAMonth ? BadMonth : 1;
    }

    /// <summary>Looks at nothing but what shops are: their figures follow from who takes part.</summary>
    public static DemoEarlierCohort Invent(ulong seed, IReadOnlyList<DemoSeller> sellers, DateOnly figuresFrom, DateOnly asOf)
    {
        var startsOn = asOf.AddDays(-7 * WeeksAgo);
        startsOn = startsOn.AddDays(-(((int)startsOn.DayOfWeek + 6) % 7));
        if (startsOn.AddDays(-DaysBefore) < figuresFrom) return new(startsOn, [], []);

        var random = DemoRandom.For(seed, "earlier cohort");
        var mentors = random.PickSome(sellers.Where(seller => SoldBy(seller, startsOn.AddYears(-1)) && seller.Temper is { OrdersADay: >= 0.4, Quality: >= 0.2 } && seller.IsTradingOn(startsOn.AddDays(200)) && CanMeet(seller)), MostMentors);
        var mentees = random.PickSome(sellers.Except(mentors).Where(seller => SoldBy(seller, startsOn.AddDays(-140)) && seller.Temper.OrdersADay is >= 0.1 and <= 4 && seller.IsTradingOn(startsOn.AddDays(2 * DaysBetweenRounds)) && CanMeet(seller)), MostMentees);
        return new(startsOn, [.. mentees.Select((seller, at) => Join(random, seller, at * 3 / MostMentees == 2 ? 2 : 1, startsOn)).OrderBy(mentee => mentee.Seller.Index)], [.. mentors.OrderBy(mentor => mentor.Index)]);
    }

    static DemoAlumnus Join(DemoRandom random, DemoSeller seller, int round, DateOnly startsOn)
    {
        var acceptedOn = startsOn.AddDays(((round - 1) * DaysBetweenRounds) + random.Below(4));
        return new(seller, round, acceptedOn, acceptedOn.AddDays(random.Between(6, 13)));
    }

    static bool SoldBy(DemoSeller seller, DateOnly day) => seller.Temper.FirstSaleAfterDays is { } after && seller.SignedUpOn.AddDays(after) <= day;

    /// <summary>The program was told of in English, to shops whose day overlaps with that of New York.</summary>
    static bool CanMeet(DemoSeller seller) =>
        seller.Languages.Any(language => language is { Code: "en", IsWorking: true }) && (seller.Place.TimeZone.StartsWith("America/", StringComparison.Ordinal) || seller.Place.TimeZone.StartsWith("Europe/", StringComparison.Ordinal));
}
