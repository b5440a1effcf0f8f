using System.Runtime.InteropServices;

namespace Guildhall.Commands.Demo;

/// <summary>An order with all that became of it until the figures end.</summary>
/// <param name="PlacedAt">UTC: Harrow Lane counts its days in UTC, so the day is the same in both files.</param>
/// <param name="CustomerId">A pseudonym, the same for a customer who comes back to the shop.</param>
/// <param name="IsLate">Whether it left after <see cref="DispatchBy"/>; null before that day and for cancelled orders.</param>
/// <param name="ReviewStars">1 to 5; none when nobody reviewed it.</param>
sealed record DemoOrder(
    string Id, string CustomerId, bool IsReturningCustomer, DateTime PlacedAt, int Items, long RevenueCents, bool IsCancelled,
    bool? IsLate, DateOnly? DeliveredOn, bool IsReturned, int? ReviewStars)
{
    public DateOnly Day { get; } = DateOnly.FromDateTime(PlacedAt);

    public DateOnly DispatchBy => Day.AddDays(3);

    public string Status => IsCancelled ? "cancelled" : IsReturned ? "returned" : DeliveredOn is not null ? "delivered" : IsLate is null ? "processing" : "shipped";
}

/// <summary>A seller's figures for one day; null is "not known to the marketplace", never zero. All counts are of orders placed that day.</summary>
/// <param name="ReviewStars">Sum of the stars of the reviews.</param>
/// <param name="DispatchKnown">Orders of which it is known whether they left late.</param>
sealed record DemoDay(
    DateOnly Day, int Orders, int Items, long RevenueCents, int Cancelled, int? Returned, int Reviews, int ReviewStars, int? DispatchKnown, int? Late,
    int Customers, int ReturningCustomers, int? Visits, int ListingsLive, int? ListingsOutOfStock, int PolicyPoints);

/// <summary>Plays one shop's life day by day: visits, the first sale after its wait, growth, seasons, pauses, stock-outs, reviews, and giving up.</summary>
sealed class DemoHistory
{
    const double ReviewShare = 0.32;

    readonly DemoSeller seller;
    readonly DemoListing[] listings;
    readonly DemoEarlierCohort earlier;
    readonly DateOnly from;
    readonly DateOnly until;
    readonly DemoRandom random;
    readonly double[] monthNoise;
    readonly List<(int FromDay, int ToDay)> pauses = [];
    readonly List<(int FromDay, int ToDay, int Count)> stockOuts = [];
    readonly List<(int FromDay, int ToDay, int Count)> policySpells = [];
    readonly List<string> customers = [];
    readonly double repeatShare;

    DemoHistory(ulong seed, DemoSeller seller, DemoListing[] listings, DemoEarlierCohort earlier, DateOnly from, DateOnly until)
    {
        this.seller = seller;
        this.listings = listings;
        this.earlier = earlier;
        this.from = from;
        this.until = until;
        random = DemoRandom.For(seed, "history", seller.Index);
        monthNoise = MonthNoise();
        PlanPauses();
        PlanStockOuts();
        PlanPolicyPoints();
        repeatShare = Math.Clamp(0.11 * PortableMath.Exp(0.3 * seller.Temper.Quality + 0.25 * random.Normal() - 0.4 * PortableMath.Log(seller.Temper.PriceLevel / 32)), 0.02, 0.3);
    }

    /// <summary>Figures from <paramref name="from"/> to the day before <paramref name="until"/>; a day on which nothing happened has no row.</summary>
    public static (List<DemoOrder> Orders, List<DemoDay> Days) Of(ulong seed, DemoSeller seller, DemoListing[] listings, DemoEarlierCohort earlier, DateOnly from, DateOnly until) =>
        listings.Length == 0 ? ([], []) : new DemoHistory(seed, seller, listings, earlier, from, until).Play();

    int StopDay => seller.Temper.StopsAfterDays is { } days ? seller.SignedUpOn.DayNumber + days : int.MaxValue;

    int FirstSaleDay => seller.Temper.FirstSaleAfterDays is { } days ? seller.SignedUpOn.DayNumber + days : int.MaxValue;

    (List<DemoOrder> Orders, List<DemoDay> Days) Play()
    {
        var orders = new List<DemoOrder>();
        var days = new List<DemoDay>();
        var first = Math.Max(from.DayNumber, listings[0].FirstListedOn.DayNumber);
        var last = Math.Min(until.DayNumber, StopDay);
        var live = 0;
        for (var day = first; day < last; day++)
        {
            while (live < listings.Length && listings[live].FirstListedOn.DayNumber <= day) live++;
            var date = DateOnly.FromDayNumber(day);
            var outOfStock = Math.Min(live, During(stockOuts, day));
            var expected = ExpectedOrders(date) * (1 - 0.9 * outOfStock / live);
            var count = day < FirstSaleDay ? 0 : random.Poisson(expected);
            if (day == FirstSaleDay) count = Math.Max(1, count);

            var firstOrder = orders.Count;
            for (var index = 0; index < count; index++) orders.Add(Order(date, listings[Popular(live)]));
            orders.Sort(firstOrder, count, ByTime);
            if (Row(date, orders, firstOrder, Visits(date, expected, count), live, outOfStock) is { } row) days.Add(row);
        }
        return (orders, days);
    }

    static readonly Comparer<DemoOrder> ByTime = Comparer<DemoOrder>.Create((left, right) =>
        left.PlacedAt != right.PlacedAt ? left.PlacedAt.CompareTo(right.PlacedAt) : string.CompareOrdinal(left.Id, right.Id));

    double ExpectedOrders(DateOnly date)
    {
        var day = date.DayNumber;
        if (day < FirstSaleDay || pauses.Exists(pause => pause.FromDay <= day && day < pause.ToDay)) return 0;
        var age = day - FirstSaleDay;
        var growth = 0.15 + 0.85 * (1 - PortableMath.Exp(-age / seller.Temper.GrowthDays));
        var years = Math.Clamp(age / 365.25 - 1, 0, 2);
        var trend = PortableMath.Exp(seller.Temper.YearlyTrend * years);
        // Those who will stop fade over their last three months.
        var fade = Math.Min(1, 0.15 + (StopDay - (double)day) / 90);
        return seller.Temper.OrdersADay * growth * trend * fade * DemoSeasons.Demand(seller.Category, date) * monthNoise[MonthsSinceSignUp(date)] * earlier.Lift(seller, date);
    }

    int Visits(DateOnly date, double expectedOrders, int orders)
    {
        var temper = seller.Temper;
        // A shop before its first sale is looked at a few times a day at most: with more visits it would have sold.
        var expected = expectedOrders > 0
            ? expectedOrders / temper.Conversion
            : Math.Clamp(0.25 * temper.OrdersADay / temper.Conversion, 0.4, 4) * DemoSeasons.Demand(seller.Category, date);
        return Math.Max(orders + random.Below(2), random.Poisson(expected * PortableMath.Exp(0.18 * random.Normal())));
    }

    DemoOrder Order(DateOnly date, DemoListing listing)
    {
        var (customer, isReturning) = Customer();
        // 1.13 items an order, as on Olist.
        var items = 1 + random.Poisson(0.13);
        var isCancelled = random.Chance(0.012);
        var isLate = random.Chance(Math.Min(0.8, seller.Temper.LateShare * LateSeason(date)));
        var deliveredOn = date.AddDays(random.Between(3, 9) + (isLate ? random.Between(2, 8) : 0));
        var isReturned = random.Chance(seller.Temper.ReturnShare) && deliveredOn.AddDays(random.Between(2, 20)) < until;
        var isReviewed = random.Chance(ReviewShare) && deliveredOn.AddDays(random.Between(0, 12)) < until;
        var content = 4.55 + 0.25 * seller.Temper.Quality - (isLate ? 1.3 : 0) - (isReturned ? 1.2 : 0) + 0.85 * random.Normal();
        return new DemoOrder(
            $"o-{random.Next() >> 16:x12}", customer, isReturning, date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddSeconds(SecondOfDay()),
            items, items * listing.PriceCents, isCancelled,
            isCancelled || date.AddDays(3) >= until ? null : isLate,
            isCancelled || deliveredOn >= until ? null : deliveredOn,
            isReturned && !isCancelled,
            isReviewed && !isCancelled ? Math.Clamp((int)Math.Round(content), 1, 5) : null);
    }

    /// <summary>A shop's customers come back the more, the better it is and the cheaper its goods: 3 to 30 % of orders.</summary>
    (string Id, bool IsReturning) Customer()
    {
        if (customers.Count > 5 && random.Chance(repeatShare)) return (random.Pick(customers), true);
        var id = $"c-{random.Next() >> 24:x10}";
        customers.Add(id);
        return (id, false);
    }

    static double LateSeason(DateOnly date) => date.Month switch { 12 => 2, 11 => 1.5, _ => 1 };

    /// <summary>More in the afternoon and evening than at night, in the shop's own hours, kept within the UTC day.</summary>
    int SecondOfDay() => (int)(86_399 * Math.Clamp(0.62 + 0.22 * random.Normal(), 0, 1));

    /// <summary>A few listings carry a shop: the smaller of two draws prefers those listed first.</summary>
    int Popular(int live) => Math.Min(random.Below(live), Math.Min(random.Below(live), random.Below(live)));

    /// <summary>Months differ by about a quarter and remember half of the month before.</summary>
    double[] MonthNoise()
    {
        var noise = new double[MonthsSinceSignUp(until) + 1];
        var level = 0.0;
        for (var month = 0; month < noise.Length; month++)
        {
            level = 0.5 * level + 0.22 * random.Normal();
            noise[month] = PortableMath.Exp(level);
        }
        return noise;
    }

    int MonthsSinceSignUp(DateOnly date) => Math.Max(0, date.DayNumber - seller.SignedUpOn.DayNumber) / 30;

    /// <summary>One owner in three closes the shop for a week or two in a year, most often in August.</summary>
    void PlanPauses()
    {
        for (var year = seller.SignedUpOn.Year; year <= until.Year; year++)
        {
            if (!random.Chance(0.33)) continue;
            var start = new DateOnly(year, random.Chance(0.5) ? 8 : random.Between(1, 12), random.Between(1, 20)).DayNumber;
            if (start <= FirstSaleDay && FirstSaleDay < start + 21) continue;
            pauses.Add((start, start + random.Between(6, 16)));
        }
    }

    void PlanStockOuts()
    {
        var months = (until.DayNumber - from.DayNumber) / 30;
        for (var month = 0; month < months; month++)
        {
            for (var spells = random.Poisson(seller.Temper.StockOutsAMonth); spells > 0; spells--)
            {
                var start = from.DayNumber + month * 30 + random.Below(30);
                var size = 1 + (int)random.Exponential(0.06 * listings.Length);
                stockOuts.Add((start, start + 2 + (int)random.Exponential(7), size));
            }
        }
    }

    /// <summary>Policy points come in spells of some months, more often to shops that ship late.</summary>
    void PlanPolicyPoints()
    {
        var months = (until.DayNumber - from.DayNumber) / 30;
        for (var month = 0; month < months; month++)
        {
            if (!random.Chance(0.012 + 0.06 * seller.Temper.LateShare)) continue;
            var start = from.DayNumber + month * 30 + random.Below(30);
            policySpells.Add((start, start + random.Between(30, 180), random.Between(1, 3)));
        }
    }

    static int During(List<(int FromDay, int ToDay, int Count)> spells, int day)
    {
        var sum = 0;
        foreach (var (fromDay, toDay, count) in spells)
        {
            if (fromDay <= day && day < toDay) sum += count;
        }
        return sum;
    }

    DemoDay? Row(DateOnly date, List<DemoOrder> orders, int firstOrder, int visits, int live, int outOfStock)
    {
        var known = seller.Known;
        int items = 0, cancelled = 0, returned = 0, reviews = 0, stars = 0, dispatched = 0, late = 0, returning = 0;
        long revenue = 0;
        var today = CollectionsMarshal.AsSpan(orders)[firstOrder..];
        foreach (var order in today)
        {
            items += order.Items;
            revenue += order.RevenueCents;
            cancelled += order.IsCancelled ? 1 : 0;
            returned += order.IsReturned ? 1 : 0;
            reviews += order.ReviewStars is null ? 0 : 1;
            stars += order.ReviewStars ?? 0;
            dispatched += order.IsLate is null ? 0 : 1;
            late += order.IsLate is true ? 1 : 0;
            returning += order.IsReturningCustomer ? 1 : 0;
        }
        if (today.Length == 0 && !(known.Visits && visits > 0) && !(known.Stock && outOfStock > 0)) return null;
        return new DemoDay(
            date, today.Length, items, revenue, cancelled, known.Returns ? returned : null, reviews, stars,
            known.Dispatch ? dispatched : null, known.Dispatch ? late : null, today.Length, returning,
            known.Visits ? visits : null, live, known.Stock ? outOfStock : null, During(policySpells, date.DayNumber));
    }
}
