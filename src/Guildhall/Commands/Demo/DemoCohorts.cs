using System.Globalization;
using static Guildhall.Commands.Demo.DemoSkills;

namespace Guildhall.Commands.Demo;

/// <summary>
/// Finds the applicants of a cohort among the sellers: new shops as mentees, good old ones as mentors. It is cast so that a match run has something to
/// tell: a language no mentor speaks, a mentee free at weekends only, a mentee whose only possible mentor has a stake in their shop, and categories short of mentors.
/// </summary>
static class DemoCohorts
{
    const string Program = "First 90 Days";

    // Of 42 mentees, as in the program's own picture: 18 mentors with 47 places.
    const double MentorsPerMentee = 18.0 / 42;
    const double PlacesPerMentor = 47.0 / 18;

    // Nobody who knows these trades has offered to mentor, or next to nobody.
    const string TradeWithoutMentor = "electronics";
    const string TradeWithOneMentor = "fashion";

    public static DemoCohort Invent(ulong seed, DemoMarketplace marketplace, int menteeCount)
    {
        var random = DemoRandom.For(seed, "cohort");
        var newcomers = WillingFirst(random, marketplace.Sellers.Where(seller => IsNewcomer(seller, marketplace)));
        var veterans = WillingFirst(random, marketplace.Sellers.Where(seller => IsVeteran(seller, marketplace)));
        var mentorCount = Math.Max(1, (int)Math.Round(menteeCount * MentorsPerMentee));
        if (newcomers.Count < menteeCount || veterans.Count < mentorCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(menteeCount), menteeCount,
                $"{marketplace.Sellers.Count} sellers give {newcomers.Count} new shops and {veterans.Count} seasoned ones; {menteeCount} mentees take {menteeCount} and {mentorCount}.");
        }

        var cast = Cast.Among(newcomers, veterans);
        var mentees = cast.MenteesFirst(newcomers).Take(menteeCount).ToList();
        var mentors = PickMentors(cast, veterans, mentorCount);
        var capacities = Capacities(random, mentors.Count);
        return new DemoCohort(
            Program, CohortName(marketplace.AsOf),
            [.. mentees.Select(seller => Mentee(DemoRandom.For(seed, "mentee", seller.Index), marketplace, seller, seller == cast.WeekendMentee))
                .OrderBy(mentee => mentee.Seller.Index)],
            [.. mentors.Select((seller, index) => Mentor(DemoRandom.For(seed, "mentor", seller.Index), marketplace, seller, capacities[index], cast.StakesOf(seller)))
                .OrderBy(mentor => mentor.Seller.Index)]);
    }

    static string CohortName(DateOnly asOf)
    {
        var season = asOf.Month switch { 12 or 1 or 2 => "Winter", <= 5 => "Spring", <= 8 => "Summer", _ => "Autumn" };
        return string.Create(CultureInfo.InvariantCulture, $"{season} {asOf.Year}");
    }

    /// <summary>
    /// In random order, but few without English apply to a program that is told of in English, and few who live far from its hours.
    /// </summary>
    static List<DemoSeller> WillingFirst(DemoRandom random, IEnumerable<DemoSeller> sellers)
    {
        var list = sellers.ToList();
        random.Shuffle(list);
        return [.. list.OrderBy(seller => random.Chance((Cast.WorkingLanguages(seller).Contains("en") ? 1 : 0.3) * (IsNearby(seller.Place) ? 1 : 0.3)) ? 0 : 1)];
    }

    static bool IsNearby(DemoPlace place) => place.TimeZone.StartsWith("America/", StringComparison.Ordinal) || place.TimeZone.StartsWith("Europe/", StringComparison.Ordinal);

    /// <summary>Signed up in the last half year, something listed, not yet given up.</summary>
    static bool IsNewcomer(DemoSeller seller, DemoMarketplace marketplace) =>
        seller.SignedUpOn > marketplace.AsOf.AddDays(-183) && seller.SignedUpOn <= marketplace.AsOf.AddDays(-7)
        && seller.IsTradingOn(marketplace.AsOf) && marketplace.Listings(seller).Length > 0;

    /// <summary>Nine months and more on the marketplace, busy, well reviewed, no policy points.</summary>
    static bool IsVeteran(DemoSeller seller, DemoMarketplace marketplace)
    {
        if (seller.SignedUpOn > marketplace.AsOf.AddDays(-274) || !seller.IsTradingOn(marketplace.AsOf.AddDays(180)) || seller.Temper.OrdersADay < 0.4) return false;
        if (marketplace.Listings(seller).Length < 4) return false;
        var figures = DemoFigures.Of(marketplace, seller);
        return figures is { OrdersInHalfYear: >= 90, PolicyPoints: 0, ReviewMean: >= 4.2, Reviews: >= 5 };
    }

    static List<DemoSeller> PickMentors(Cast cast, List<DemoSeller> veterans, int count)
    {
        var scarce = Math.Max(1, count / 18);
        var mentors = new List<DemoSeller>();
        if (cast.RivalMentor is { } rival) mentors.Add(rival);
        // Two of a trade for every eighteen, so that nearly every trade has somebody; when the marketplace is small, more.
        for (var limit = Math.Max(2, count / 9); mentors.Count < count && limit <= count; limit++)
        {
            foreach (var seller in veterans.Where(seller => !mentors.Contains(seller) && cast.LeavesPuzzlesOpen(seller)))
            {
                var top = seller.Category.Top;
                var most = top == TradeWithoutMentor ? 0 : top == TradeWithOneMentor ? scarce : limit;
                if (mentors.Count < count && mentors.Count(mentor => mentor.Category.Top == top) < most) mentors.Add(seller);
            }
        }
        return mentors;
    }

    /// <summary>One to four places each, in all as many as the proportion says.</summary>
    static int[] Capacities(DemoRandom random, int mentors)
    {
        var places = new int[mentors];
        Array.Fill(places, 1);
        for (var left = (int)Math.Round(mentors * PlacesPerMentor) - mentors; left > 0;)
        {
            var mentor = random.Below(mentors);
            if (places[mentor] == 4) continue;
            places[mentor]++;
            left--;
        }
        return places;
    }

    static DemoMentee Mentee(DemoRandom random, DemoMarketplace marketplace, DemoSeller seller, bool atWeekends)
    {
        var figures = DemoFigures.Of(marketplace, seller);
        var week = DemoWeek.OfMentee(random);
        var target = Math.Max(2, (int)Math.Round(figures.OrdersPerWeek * random.Between(1.5, 3.0) + random.Between(2, 8)));
        var potential = seller.Temper.Quality + 0.7 * random.Normal();
        return new DemoMentee(
            seller, figures, atWeekends ? DemoWeek.AtWeekends() : week, Leaning(random), Leaning(random), Industries(random), [],
            DemoNeeds.Of(random, seller, figures), target, potential > 1.4 ? "intensive" : potential < -1.3 ? "light" : "standard");
    }

    static DemoMentor Mentor(DemoRandom random, DemoMarketplace marketplace, DemoSeller seller, int capacity, string[] stakes)
    {
        var figures = DemoFigures.Of(marketplace, seller);
        var asked = random.Between(4, 30);
        var answerShare = Math.Clamp(0.88 + 0.12 * random.Normal(), 0.3, 1);
        return new DemoMentor(
            seller, figures, DemoWeek.OfMentor(random), Leaning(random), Leaning(random), Industries(random), stakes,
            DemoNeeds.Strengths(random, seller, figures), capacity,
            random.Chance(0.2) ? ["standard", "light"] : ["intensive", "standard", "light"],
            asked, (int)Math.Round(asked * answerShare), random.Chance(0.85) ? random.Below(6) : random.Between(6, 40));
    }

    static double Leaning(DemoRandom random) => Math.Round(Math.Clamp(0.55 * random.Normal(), -1, 1), 1);

    static readonly string[] AllIndustries =
        ["retail", "design", "hospitality", "logistics", "marketing", "manufacturing", "software", "education", "healthcare", "agriculture", "finance", "media"];

    static string[] Industries(DemoRandom random) => [.. random.PickSome(AllIndustries, random.Chance(0.4) ? 2 : 1)];

    /// <summary>The parts that are given out by hand, each to the first in the shuffled list who fits it.</summary>
    sealed record Cast(DemoSeller? UnspokenMentee, DemoSeller? RivalMentee, DemoSeller? RivalMentor, DemoSeller? WeekendMentee)
    {
        public static Cast Among(List<DemoSeller> newcomers, List<DemoSeller> veterans)
        {
            var monolingual = newcomers.Where(seller => WorkingLanguages(seller) is [not "en"]).ToList();
            var (rivalMentee, rivalMentor) = monolingual
                .SelectMany(mentee => veterans
                    .Where(mentor => mentor.Category.Top != TradeWithoutMentor && WorkingLanguages(mentor).Contains(WorkingLanguages(mentee)[0]))
                    .Select(mentor => (Mentee: mentee, Mentor: mentor)))
                // Rivals in the narrowest sense that this marketplace holds.
                .OrderByDescending(pair => Closeness(pair.Mentee.Category, pair.Mentor.Category))
                .FirstOrDefault();
            var unspoken = monolingual.Find(seller => rivalMentee is null || !WorkingLanguages(rivalMentor!).Contains(WorkingLanguages(seller)[0]));
            var weekend = newcomers.Find(seller =>
                seller != unspoken && seller != rivalMentee && WorkingLanguages(seller).Contains("en") && IsNearby(seller.Place));
            return new Cast(unspoken, rivalMentee, rivalMentor, weekend);
        }

        public IEnumerable<DemoSeller> MenteesFirst(List<DemoSeller> newcomers)
        {
            DemoSeller?[] parts = [UnspokenMentee, RivalMentee, WeekendMentee];
            return parts.OfType<DemoSeller>().Concat(newcomers.Where(seller => !parts.Contains(seller)));
        }

        /// <summary>Whether the unspoken language stays unspoken and the rival stays the only one of theirs.</summary>
        public bool LeavesPuzzlesOpen(DemoSeller mentor)
        {
            var spoken = WorkingLanguages(mentor);
            return (UnspokenMentee is null || !spoken.Contains(WorkingLanguages(UnspokenMentee)[0]))
                && (RivalMentee is null || !spoken.Contains(WorkingLanguages(RivalMentee)[0]));
        }

        public string[] StakesOf(DemoSeller mentor) => mentor == RivalMentor ? [RivalMentee!.Id] : [];

        public static List<string> WorkingLanguages(DemoSeller seller) => [.. seller.Languages.Where(language => language.IsWorking).Select(language => language.Code)];

        static int Closeness(DemoCategory one, DemoCategory other) => one == other ? 3 : one.Middle == other.Middle ? 2 : one.Top == other.Top ? 1 : 0;
    }
}
