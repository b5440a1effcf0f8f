namespace Guildhall.Commands.Demo;

/// <summary>How much to invent.</summary>
/// <param name="Sellers">All that ever signed up, also those who never sold.</param>
/// <param name="Months">Of figures, ending the day before the "as of" day.</param>
/// <param name="Mentees">Applicants to the cohort; mentors and their places follow in the proportion of 18 and 47 to 42.</param>
sealed record DemoSize(int Sellers = 1200, int Months = 18, int Mentees = 42)
{
    /// <summary>The smallest marketplace in which that many new sellers would plausibly apply at once.</summary>
    public static DemoSize WithMentees(int mentees) => new() { Mentees = mentees, Sellers = Math.Max(1200, mentees * 14) };
}

/// <summary>
/// An invented marketplace, Harrow Lane: its sellers with their listings, figures and orders, and the applicants of one mentorship program.
/// All of it follows from the seed, the "as of" day and the size, to the byte and on every machine. It sells in US dollars.
/// </summary>
sealed class DemoMarketplace
{
    public const string Name = "Harrow Lane";
    public const string Currency = "USD";

    readonly ulong seed;
    readonly Lazy<DemoCohort> cohort;

    DemoMarketplace(ulong seed, DateOnly asOf, DemoSize size)
    {
        this.seed = seed;
        AsOf = asOf;
        FiguresFrom = asOf.AddMonths(-size.Months);
        Sellers = DemoSellers.Invent(seed, asOf, size);
        Earlier = DemoEarlierCohort.Invent(seed, Sellers, FiguresFrom, asOf);
        cohort = new Lazy<DemoCohort>(() => DemoCohorts.Invent(seed, this, size.Mentees));
    }

    public DateOnly AsOf { get; }

    public DateOnly FiguresFrom { get; }

    public IReadOnlyList<DemoSeller> Sellers { get; }

    /// <summary>Who took part in the program that is over; nobody where the figures don't reach back far enough.</summary>
    public DemoEarlierCohort Earlier { get; }

    /// <summary>The applicants of the program's next cohort.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More mentees were asked for than new shops would plausibly apply.</exception>
    public DemoCohort Cohort => cohort.Value;

    public static DemoMarketplace Generate(ulong seed, DateOnly asOf, DemoSize size) => new(seed, asOf, size);

    public DemoListing[] Listings(DemoSeller seller) => DemoListings.Of(seed, seller, AsOf);

    /// <summary>One shop's orders and days, computed on each call: nothing of the marketplace's 18 months stays in memory.</summary>
    public (List<DemoOrder> Orders, List<DemoDay> Days) History(DemoSeller seller) => DemoHistory.Of(seed, seller, Listings(seller), Earlier, FiguresFrom, AsOf);
}
