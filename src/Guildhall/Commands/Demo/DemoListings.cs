namespace Guildhall.Commands.Demo;

/// <summary>One product of a shop as shoppers see it.</summary>
sealed record DemoListing(
    string Id, DemoSeller Seller, DemoCategory Category, DateOnly FirstListedOn, int TitleLength, int DescriptionLength, int Photos, long PriceCents);

/// <summary>Invents what a shop lists: many have a handful, a few have hundreds, and good shops describe theirs better.</summary>
static class DemoListings
{
    /// <summary>The shop's listings by first day; none for shops that signed up and left it at that.</summary>
    public static DemoListing[] Of(ulong seed, DemoSeller seller, DateOnly asOf)
    {
        var random = DemoRandom.For(seed, "listings", seller.Index);
        var sells = seller.Temper.FirstSaleAfterDays is not null;
        if (!sells && random.Chance(0.3)) return [];

        // Median 9 a shop with sales (Olist: 4, with a 99th percentile of 129); makers list less than resellers.
        var middle = (seller.MakesToOrder ? 8 : 13) * PortableMath.Exp(0.22 * PortableMath.Log(seller.Temper.OrdersADay / 0.15));
        var count = Math.Clamp((int)Math.Round(random.LogNormal(sells ? middle : middle * 0.4, 0.95)), 1, 400);
        var live = Math.Min(asOf.DayNumber - seller.SignedUpOn.DayNumber, seller.Temper.StopsAfterDays ?? int.MaxValue);
        var firstAfter = FirstListingAfterDays(random, seller, live);
        var siblings = DemoCategories.All.Where(category => category.Middle == seller.Category.Middle && category != seller.Category).ToArray();
        // A new shop keeps to what it began with; over two years it takes up its neighbors' goods too, each a little.
        var strayed = siblings.Length == 0 ? 0 : 0.1 + Math.Min(3, siblings.Length) * 0.12 * Math.Min(1, live / 730.0);

        var listings = new List<DemoListing>(count);
        for (var index = 0; index < count; index++)
        {
            // A third of the range goes up in the first weeks, the rest over time.
            var after = index == 0 ? firstAfter : firstAfter + (int)(random.Chance(0.4) ? random.Exponential(9) : random.Unit() * Math.Max(30, live));
            if (after > live) continue;
            listings.Add(Listing(random, seller, random.Chance(strayed) ? random.Pick(siblings) : seller.Category, seller.SignedUpOn.AddDays(after)));
        }
        var ordered = listings.OrderBy(listing => listing.FirstListedOn).ToArray();
        for (var index = 0; index < ordered.Length; index++) ordered[index] = ordered[index] with { Id = $"{seller.Id}-{index + 1:000}" };
        return ordered;
    }

    static int FirstListingAfterDays(DemoRandom random, DemoSeller seller, int live)
    {
        var after = (int)random.Exponential(8);
        if (seller.Temper.FirstSaleAfterDays is { } sale) after = Math.Min(after, sale - 1);
        return Math.Clamp(after, 0, Math.Max(0, live));
    }

    static DemoListing Listing(DemoRandom random, DemoSeller seller, DemoCategory category, DateOnly firstListedOn)
    {
        var quality = seller.Temper.Quality + 0.5 * random.Normal();
        var level = seller.Temper.PriceLevel * category.MedianPrice / seller.Category.MedianPrice;
        return new DemoListing(
            Id: "", seller, category, firstListedOn,
            TitleLength: Math.Clamp((int)(46 + 9 * quality + 9 * random.Normal()), 8, 140),
            DescriptionLength: Math.Clamp((int)random.LogNormal(520 * PortableMath.Exp(0.35 * quality), 0.55), 0, 4000),
            Photos: Math.Clamp((int)Math.Round(3.6 + 1.3 * quality + 1.1 * random.Normal()), 0, 12),
            PriceCents: ShopPrice(random.LogNormal(level, 0.28)));
    }

    /// <summary>Prices as shops write them: 24.00, 24.50, 24.90, 24.95 or 24.99, whole above 150.</summary>
    static long ShopPrice(double dollars)
    {
        var whole = Math.Max(2, (long)Math.Round(dollars));
        if (whole > 150) return whole / 5 * 500;
        return whole * 100 + (((whole * 2654435761L) >> 8) % 8) switch { 0 or 1 => 0, 2 => -50, 3 => -10, 4 => -5, _ => -1 };
    }
}
