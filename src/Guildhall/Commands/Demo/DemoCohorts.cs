using Guildhall.Modules.Programs;
using static Guildhall.Commands.Demo.DemoSkills;

namespace Guildhall.Commands.Demo;

/// <summary>
/// Finds the applicants of a cohort among the sellers: new shops as mentees, good old ones as mentors. It is cast so that a match run has something to
/// tell: a language no mentor speaks, a mentee free at weekends only, and a mentee whose only possible mentor has a stake in their shop.
/// </summary>
static class DemoCohorts
{
    const string Program = "First 90 Days";

    // Of 42 mentees, as in the program's own picture: 18 mentors with 47 places.
    const double MentorsPerMentee = 18.0 / 42;
    const double PlacesPerMentor = 47.0 / 18;
    const int OldBranchesTold = 5;

    public static DemoCohort Invent(ulong seed, DemoMarketplace marketplace, int menteeCount)
    {
        var random = DemoRandom.For(seed, "cohort");
        var newcomers = WillingFirst(random, WhereMostAre([.. marketplace.Sellers.Where(seller => IsNewcomer(seller, marketplace))], menteeCount));
        var veterans = WillingFirst(random, Qualified(marketplace));
        var mentorCount = Math.Max(1, (int)Math.Round(menteeCount * MentorsPerMentee));
        if (newcomers.Count < menteeCount || veterans.Count < mentorCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(menteeCount), menteeCount,
                $"{marketplace.Sellers.Count} sellers give {newcomers.Count} new shops and {veterans.Count} seasoned ones; {menteeCount} mentees take {menteeCount} and {mentorCount}.");
        }

        var cast = Cast.Among(newcomers, veterans);
        var mentees = Admit(cast, newcomers, menteeCount);
        var capacities = Capacities(random, mentorCount);
        var mentors = Recruit(cast, veterans, mentees, capacities);
        return new DemoCohort(
            Program, NewProgramForm.SeasonOf(marketplace.AsOf),
            [.. mentees.Select(seller => Mentee(DemoRandom.For(seed, "mentee", seller.Index), marketplace, seller, seller == cast.WeekendMentee))
                .OrderBy(mentee => mentee.Seller.Index)],
            [.. mentors.Select((seller, index) => Mentor(DemoRandom.For(seed, "mentor", seller.Index), marketplace, seller, capacities[index], cast.StakesOf(seller)))
                .OrderBy(mentor => mentor.Seller.Index)]);
    }

    /// <summary>The program is told of in the old middle branches with the most new shops, and in the greatest of each top that has just opened; more when these have too few.</summary>
    static IEnumerable<DemoSeller> WhereMostAre(List<DemoSeller> newcomers, int menteeCount)
    {
        var branches = newcomers.GroupBy(seller => seller.Category.Middle).OrderByDescending(branch => branch.Count()).ThenBy(branch => branch.Key, StringComparer.Ordinal).ToList();
        var young = branches.Where(branch => DemoBranches.Of(branch.First().Category).OpenedMonthsAgo is not null).DistinctBy(branch => branch.First().Category.Top).ToList();
        var told = OldBranchesTold;
        while (told < branches.Count && Told().Count() < 2 * menteeCount) told++;
        return Told().OrderBy(seller => seller.Index);

        IEnumerable<DemoSeller> Told() => branches.Except(young).Take(told).Concat(young).SelectMany(branch => branch);
    }

    /// <summary>
    /// In random order, but fewer without English apply to a program that is told of in English, and fewer who live far from its hours.
    /// </summary>
    static List<DemoSeller> WillingFirst(DemoRandom random, IEnumerable<DemoSeller> sellers)
    {
        var list = sellers.ToList();
        random.Shuffle(list);
        return [.. list.OrderBy(seller => random.Chance((Cast.WorkingLanguages(seller).Contains("en") ? 1 : 0.6) * (IsNearby(seller.Place) ? 1 : 0.8)) ? 0 : 1)];
    }

    static bool IsNearby(DemoPlace place) => place.TimeZone.StartsWith("America/", StringComparison.Ordinal) || place.TimeZone.StartsWith("Europe/", StringComparison.Ordinal);

    /// <summary>Signed up in the last half year, something listed, not yet given up.</summary>
    static bool IsNewcomer(DemoSeller seller, DemoMarketplace marketplace) =>
        seller.SignedUpOn > marketplace.AsOf.AddDays(-183) && seller.SignedUpOn <= marketplace.AsOf.AddDays(-7)
        && seller.IsTradingOn(marketplace.AsOf) && marketplace.Listings(seller).Length > 0;

    /// <summary>Every branch gets the share of the cohort that it has of the new shops.</summary>
    static List<DemoSeller> Admit(Cast cast, List<DemoSeller> newcomers, int count)
    {
        var mentees = cast.Mentees.ToList();
        var branches = newcomers.GroupBy(seller => seller.Category.Middle).Select(branch => branch.ToList()).ToList();
        while (mentees.Count < count)
        {
            var next = branches
                .Where(branch => branch.Exists(seller => !mentees.Contains(seller)))
                .MaxBy(branch => branch.Count / (1.0 + branch.Count(mentees.Contains)))!;
            mentees.Add(next.Find(seller => !mentees.Contains(seller))!);
        }
        return mentees;
    }

    /// <summary>
    /// Who meets the criteria of the program's own template: selling for 270 days and more, in the top quarter by revenue of 180 days among the shops with an order
    /// in the last 60, and 4.2 stars or more from at least 5 reviews; without policy points beside, and not about to leave.
    /// </summary>
    static IEnumerable<DemoSeller> Qualified(DemoMarketplace marketplace)
    {
        var asOf = marketplace.AsOf;
        var active = new List<(DemoSeller Seller, long Revenue, int Reviews, int Stars, int PolicyPoints)>();
        foreach (var seller in marketplace.Sellers.Where(seller => seller.Temper.FirstSaleAfterDays is not null && seller.IsTradingOn(asOf.AddDays(-60))))
        {
            var days = marketplace.History(seller).Days;
            if (days.Exists(day => day.Day >= asOf.AddDays(-60) && day.Orders > 0))
                active.Add((seller, days.Where(day => day.Day >= asOf.AddDays(-180)).Sum(day => day.RevenueCents), days.Sum(day => day.Reviews), days.Sum(day => day.ReviewStars), days[^1].PolicyPoints));
        }
        var topQuarter = active.OrderByDescending(shop => shop.Revenue).Take(active.Count / 4);
        return topQuarter
            .Where(shop => shop.Seller.SignedUpOn.AddDays(shop.Seller.Temper.FirstSaleAfterDays!.Value) <= asOf.AddDays(-270) && shop.Seller.IsTradingOn(asOf.AddDays(180)))
            .Where(shop => shop.Reviews >= 5 && shop.Stars >= 4.2 * shop.Reviews && shop.PolicyPoints == 0 && marketplace.Listings(shop.Seller).Length >= 4)
            .Select(shop => shop.Seller).OrderBy(seller => seller.Index);
    }

    /// <summary>
    /// Recruits as a manager would with the mentor finder: whoever fits the program's criteria, in the middle branch where most mentees are left for each place
    /// there, and there first whom the most of them can talk to. Where nobody fits, the branch stays short.
    /// </summary>
    static List<DemoSeller> Recruit(Cast cast, List<DemoSeller> veterans, List<DemoSeller> mentees, int[] capacities)
    {
        var mentors = new List<DemoSeller>();
        if (cast.RivalMentor is { } rival) mentors.Add(rival);
        var free = veterans.Where(seller => !mentors.Contains(seller) && cast.LeavesPuzzlesOpen(seller)).ToList();
        var waiting = mentees.GroupBy(mentee => mentee.Category.Middle).ToDictionary(branch => branch.Key, branch => branch.ToList());
        while (mentors.Count < capacities.Length && free.Count > 0)
        {
            var next = free
                .OrderByDescending(seller => Waiting(seller.Category.Middle) / (PlacesPerMentor + Places(seller.Category.Middle)))
                .ThenByDescending(seller => waiting.GetValueOrDefault(seller.Category.Middle, []).Count(mentee => CanTalk(mentee, seller)))
                .ThenByDescending(seller => seller.Temper.OrdersADay)
                .First();
            mentors.Add(next);
            free.Remove(next);
        }
        return mentors;

        int Places(string middle) => mentors.Select((mentor, index) => mentor.Category.Middle == middle ? capacities[index] : 0).Sum();

        int Waiting(string middle) => waiting.GetValueOrDefault(middle, []).Count;
    }

    static bool CanTalk(DemoSeller mentee, DemoSeller mentor) =>
        mentee.Place.Market == mentor.Place.Market && Cast.WorkingLanguages(mentee).Intersect(Cast.WorkingLanguages(mentor)).Any();

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
        var week = DemoWeek.OfMentee(random, DemoBranches.Of(seller.Category));
        // Who sells dear things aims at fewer orders.
        var hoped = random.Between(1.5, 5) * PortableMath.Exp(-0.4 * PortableMath.Log(seller.Category.MedianPrice / 32));
        var target = Math.Max(2, (int)Math.Round(figures.OrdersPerWeek * random.Between(1.5, 3.0) + hoped));
        var potential = seller.Temper.Quality + 0.7 * random.Normal();
        return new DemoMentee(
            seller, figures, atWeekends ? DemoWeek.AtWeekends() : week, Style(random, seller), Leaning(random), Industries(random, seller, 2), [],
            DemoNeeds.Of(random, seller, figures), target, potential > 1.2 ? "intensive" : potential < -1.3 ? "light" : "standard");
    }

    static DemoMentor Mentor(DemoRandom random, DemoMarketplace marketplace, DemoSeller seller, int capacity, string[] stakes)
    {
        var figures = DemoFigures.Of(marketplace, seller);
        var asked = random.Between(4, 30);
        var answerShare = Math.Clamp(0.88 + 0.12 * random.Normal(), 0.3, 1);
        return new DemoMentor(
            seller, figures, DemoWeek.OfMentor(random, DemoBranches.Of(seller.Category)), Style(random, seller), Leaning(random), Industries(random, seller, 3), stakes,
            DemoNeeds.Strengths(random, seller, figures), capacity,
            // Who takes three or four at once has seldom the hours for an intensive one.
            random.Chance(capacity >= 3 ? 0.7 : 0.1) ? ["standard", "light"] : ["intensive", "standard", "light"],
            asked, (int)Math.Round(asked * answerShare), random.Chance(0.85) ? random.Below(6) : random.Between(6, 40));
    }

    static double Leaning(DemoRandom random) => Math.Round(Math.Clamp(0.55 * random.Normal(), -1, 1), 1);

    /// <summary>Makers go by feel more often, resellers by figures.</summary>
    static double Style(DemoRandom random, DemoSeller seller) => Math.Round(Math.Clamp((seller.MakesToOrder ? -0.3 : 0.3) + 0.4 * random.Normal(), -1, 1), 1);

    static readonly string[] AllIndustries =
        ["retail", "design", "hospitality", "logistics", "marketing", "manufacturing", "software", "education", "healthcare", "agriculture", "finance", "media"];

    static string[] Industries(DemoRandom random, DemoSeller seller, int most) =>
        [.. random.PickSome(random.Chance(0.8) ? DemoBranches.Of(seller.Category).Industries : AllIndustries, most - random.Below(2))];

    /// <summary>The parts that are given out by hand, each to the first in the shuffled list who fits it.</summary>
    sealed record Cast(DemoSeller? UnspokenMentee, DemoSeller? RivalMentee, DemoSeller? RivalMentor, DemoSeller? WeekendMentee)
    {
        public static Cast Among(List<DemoSeller> newcomers, List<DemoSeller> veterans)
        {
            // The rarer the language, the fewer others wait for want of it.
            var speakers = newcomers.Concat(veterans).SelectMany(WorkingLanguages).CountBy(language => language).ToDictionary();
            var monolingual = newcomers.Where(seller => WorkingLanguages(seller) is [not "en"]).OrderBy(seller => speakers[WorkingLanguages(seller)[0]]).ToList();
            var unspoken = monolingual.FirstOrDefault();
            var (rivalMentee, rivalMentor) = monolingual
                .Where(mentee => mentee != unspoken && WorkingLanguages(mentee)[0] != WorkingLanguages(unspoken!)[0])
                .SelectMany(mentee => veterans
                    .Where(mentor => WorkingLanguages(mentor).Contains(WorkingLanguages(mentee)[0]) && !WorkingLanguages(mentor).Contains(WorkingLanguages(unspoken!)[0]))
                    .Select(mentor => (Mentee: mentee, Mentor: mentor)))
                .FirstOrDefault();
            var weekend = newcomers.Find(seller =>
                seller != unspoken && seller != rivalMentee && WorkingLanguages(seller).Contains("en") && IsNearby(seller.Place));
            return new Cast(unspoken, rivalMentee, rivalMentor, weekend);
        }

        public IEnumerable<DemoSeller> Mentees => new[] { UnspokenMentee, RivalMentee, WeekendMentee }.OfType<DemoSeller>();

        /// <summary>Whether the unspoken language stays unspoken and the rival stays the only one of theirs.</summary>
        public bool LeavesPuzzlesOpen(DemoSeller mentor)
        {
            var spoken = WorkingLanguages(mentor);
            return (UnspokenMentee is null || !spoken.Contains(WorkingLanguages(UnspokenMentee)[0]))
                && (RivalMentee is null || !spoken.Contains(WorkingLanguages(RivalMentee)[0]));
        }

        public string[] StakesOf(DemoSeller mentor) => mentor == RivalMentor ? [RivalMentee!.Id] : [];

        public static List<string> WorkingLanguages(DemoSeller seller) => [.. seller.Languages.Where(language => language.IsWorking).Select(language => language.Code)];
    }
}
