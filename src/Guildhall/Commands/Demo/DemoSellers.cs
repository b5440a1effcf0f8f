namespace Guildhall.Commands.Demo;

/// <summary>Invents the sellers: who they are, where, what they sell, since when, and how well they do it.</summary>
static class DemoSellers
{
    /// <summary>
    /// Cumulative hazard of the first sale by days since sign-up. Up to day 240 as the 842 signed sellers of the Olist funnel
    /// show it (Kaplan–Meier: 1.8 % sold by day 7, 16.9 % by day 30, 43.9 % by day 90, half by day 123, 57 % by day 240;
    /// "Marketing Funnel by Olist" and "Brazilian E-Commerce Public Dataset by Olist", Kaggle 2018). Later is our guess: 65 %, and never after.
    /// </summary>
    static readonly (double Day, double Hazard)[] FirstSale =
        [(0, 0), (7, 0.018), (14, 0.069), (30, 0.185), (60, 0.395), (90, 0.579), (123, 0.697), (180, 0.764), (240, 0.852), (600, 1.05)];

    /// <summary>How many live in a home market of their branch, whatever the size of its cities; the others live anywhere.</summary>
    const double HomeMarketShare = 0.75;

    /// <summary>Years of sign-ups before the figures begin.</summary>
    const int OlderYears = 4;

    public static DemoSeller[] Invent(ulong seed, DateOnly asOf, DemoSize size)
    {
        var names = new DemoNames();
        var signUps = SignUps(DemoRandom.For(seed, "sign-ups"), asOf, size);
        var sellers = new DemoSeller[size.Sellers];
        var number = 10_000;
        for (var index = 0; index < sellers.Length; index++)
        {
            var random = DemoRandom.For(seed, "seller", index);
            number += 1 + random.Below(60);
            sellers[index] = Seller(random, names, index, $"hl-{number}", signUps[index], asOf);
        }
        JoinOperatorGroups(DemoRandom.For(seed, "operators"), sellers);
        return sellers;
    }

    /// <summary>
    /// Sign-up days in order: a marketplace that grows by about 40 % a year, so more than half signed up within the figures' 18 months.
    /// </summary>
    static DateOnly[] SignUps(DemoRandom random, DateOnly asOf, DemoSize size)
    {
        var first = asOf.AddMonths(-size.Months).AddYears(-OlderYears);
        double span = asOf.DayNumber - first.DayNumber;
        var growth = 0.34 * span / 365.25;
        var lift = PortableMath.Exp(growth) - 1;
        var days = new DateOnly[size.Sellers];
        for (var index = 0; index < days.Length; index++)
        {
            var share = PortableMath.Log(1 + random.Unit() * lift) / growth;
            days[index] = first.AddDays(Math.Min((int)(share * span), (int)span - 1));
        }
        Array.Sort(days);
        return days;
    }

    static DemoSeller Seller(DemoRandom random, DemoNames names, int index, string id, DateOnly signedUpOn, DateOnly asOf)
    {
        var category = random.PickWeighted(DemoCategories.All, category => DemoCategories.Weight(category, signedUpOn, asOf));
        var isAtHome = random.Chance(HomeMarketShare);
        var place = random.PickWeighted(DemoPlaces.All, place => isAtHome && !DemoBranches.Of(category).Markets.Contains(place.Market) ? 0 : place.Weight);
        var culture = DemoNames.CultureOf(random.Pick(place.Cultures));
        var makesToOrder = random.Chance(category.IsMadeToOrder ? 0.85 : 0.12);
        var owner = names.Person(random, culture);
        var shop = names.Shop(random, culture, owner, place, category);
        var supplied = !makesToOrder && random.Chance(0.7);
        return new DemoSeller(
            index, id, shop, owner.ToString(), place, category, signedUpOn,
            Languages(random, place, culture),
            Channels(random, makesToOrder),
            Brands(random, category, shop, makesToOrder),
            supplied ? random.Pick(DemoTrade.SuppliersOf(category)) : null,
            OperatorGroup: null,
            makesToOrder,
            Temper(random, category, makesToOrder),
            new DemoKnown(random.Chance(0.5), random.Chance(0.85), !makesToOrder && random.Chance(0.75), random.Chance(0.9)));
    }

    static DemoTemper Temper(DemoRandom random, DemoCategory category, bool makesToOrder)
    {
        var quality = random.Normal();
        var price = category.MedianPrice * PortableMath.Exp(0.45 * random.Normal() + 0.08 * quality);
        // The spread of 1.36 gives the top tenth about two thirds of all revenue, as measured on Olist (67.5 %).
        // Without a ceiling one shop took a seventh of all orders (seed 1).
        var orders = Math.Min(8, 0.15 * PortableMath.Exp(1.36 * random.Normal() + 0.5 * quality - 0.4 * PortableMath.Log(price / 32)));
        var conversion = Math.Clamp(0.021 * PortableMath.Exp(0.3 * quality + 0.3 * random.Normal() - 0.25 * PortableMath.Log(price / 32)), 0.003, 0.09);
        var isLateShipper = random.Chance(0.07);
        return new DemoTemper(
            quality, price, orders, conversion,
            FirstSaleAfterDays(random, quality),
            StopsAfterDays(random, quality, orders),
            GrowthDays: random.Between(50.0, 260.0),
            YearlyTrend: 0.12 + 0.15 * quality + 0.2 * random.Normal(),
            LateShare: isLateShipper ? random.Between(0.18, 0.4) : Math.Min(0.15, 0.045 * PortableMath.Exp(-0.45 * quality + 0.4 * random.Normal())),
            ReturnShare: Math.Min(0.45, category.ReturnShare * PortableMath.Exp(-0.3 * quality + 0.35 * random.Normal())),
            StockOutsAMonth: makesToOrder ? 0 : 0.35 * PortableMath.Exp(-0.4 * quality + 0.6 * random.Normal()));
    }

    /// <summary>Better shops sell sooner: a normal draw half made of quality takes the place of the uniform one, which leaves the distribution as measured.</summary>
    static int? FirstSaleAfterDays(DemoRandom random, double quality)
    {
        const double shared = 0.5;
        var slowness = -shared * quality + Math.Sqrt(1 - shared * shared) * random.Normal();
        var hazard = -PortableMath.Log(1 - PortableMath.NormalShareBelow(slowness));
        for (var knot = 1; knot < FirstSale.Length; knot++)
        {
            var (from, to) = (FirstSale[knot - 1], FirstSale[knot]);
            if (hazard < to.Hazard) return (int)Math.Ceiling(from.Day + (to.Day - from.Day) * (hazard - from.Hazard) / (to.Hazard - from.Hazard));
        }
        return null;
    }

    /// <summary>About one shop in five stops within a year; small and weak ones sooner.</summary>
    static int? StopsAfterDays(DemoRandom random, double quality, double ordersADay)
    {
        var meanDays = 1500 * PortableMath.Exp(0.5 * quality + 0.35 * PortableMath.Log(ordersADay / 0.15));
        var days = 100 + random.Exponential(meanDays);
        return days < 6000 ? (int)days : null;
    }

    static DemoLanguage[] Languages(DemoRandom random, DemoPlace place, DemoCulture culture)
    {
        var languages = new List<DemoLanguage> { new(place.Language, "native") };
        if (place.Language != "en" && random.Chance(place.EnglishShare)) languages.Add(new("en", random.Pick(["working", "working", "fluent"])));
        if (culture.Language != place.Language && culture.Language != "en" && random.Chance(0.65)) languages.Add(new(culture.Language, random.Pick(["native", "native", "fluent", "working"])));
        if (random.Chance(0.14))
        {
            var learned = random.Pick(["es", "fr", "de", "pt", "it", "en"]);
            if (languages.TrueForAll(language => language.Code != learned)) languages.Add(new(learned, random.Pick(["basic", "working", "working"])));
        }
        return [.. languages];
    }

    static string[] Channels(DemoRandom random, bool makesToOrder)
    {
        var channels = new List<string> { "marketplace" };
        if (random.Chance(0.38)) channels.Add("own site");
        if (random.Chance(0.44)) channels.Add("social");
        if (random.Chance(makesToOrder ? 0.42 : 0.08)) channels.Add("craft fairs");
        if (random.Chance(0.15)) channels.Add("wholesale");
        if (random.Chance(makesToOrder ? 0.05 : 0.14)) channels.Add("retail store");
        return [.. channels];
    }

    static string[] Brands(DemoRandom random, DemoCategory category, string shop, bool makesToOrder) =>
        makesToOrder || random.Chance(0.35) ? [shop] : [.. random.PickSome(DemoTrade.BrandsOf(category), 1 + random.Below(3))];

    /// <summary>About one shop in a hundred belongs to an operator with two to four shops in neighboring categories.</summary>
    static void JoinOperatorGroups(DemoRandom random, DemoSeller[] sellers)
    {
        var byTop = sellers.GroupBy(seller => seller.Category.Top).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList()).ToList();
        var count = Math.Min(DemoTrade.OperatorNames.Length, Math.Max(1, sellers.Length / 150));
        for (var group = 0; group < count; group++)
        {
            foreach (var member in random.PickSome(random.Pick(byTop), 2 + random.Below(3)).Where(seller => sellers[seller.Index].OperatorGroup is null))
                sellers[member.Index] = member with { OperatorGroup = DemoTrade.OperatorNames[group] };
        }
    }
}
