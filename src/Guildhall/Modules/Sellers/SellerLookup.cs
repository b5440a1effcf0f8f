using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>What a seller mainly sells and where from; null for what isn't known.</summary>
public sealed record SellerHome(Guid Id, string? Category, string? Country);

/// <summary>What other modules may ask about sellers. Each question is a few set-wise queries, however many sellers it is about.</summary>
public sealed class SellerLookup(GuildhallDb db)
{
    /// <summary>Our ids of sellers by the marketplace's; those not known are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> IdsOf(IReadOnlyCollection<string> externalIds, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => externalIds.Contains(seller.ExternalId)).ToDictionaryAsync(seller => seller.ExternalId, seller => seller.Id, stop);

    public async Task<IReadOnlyDictionary<Guid, SellerCard>> Cards(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => ids.Contains(seller.Id))
            .Select(seller => new { seller.Id, seller.ExternalId, seller.Name, seller.City, seller.Region, seller.Country })
            .ToDictionaryAsync(seller => seller.Id, seller => Card(seller.Id, seller.ExternalId, seller.Name, seller.City, seller.Region, seller.Country), stop);

    /// <summary>Sellers with these words in their name, or with this id of the marketplace, a hundred at most.</summary>
    public async Task<IReadOnlyList<Guid>> Matching(string words, CancellationToken stop)
    {
        var pattern = LikePattern.Holding(words);
        return await db.Set<Seller>().Where(seller => seller.ExternalId == words || EF.Functions.ILike(seller.Name!, pattern)).OrderBy(seller => seller.Id).Select(seller => seller.Id).Take(100).ToListAsync(stop);
    }

    /// <summary>Where the marketplace writes to the owners of shops, by our id. An address that several shops have names none of them.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> OwnersAddresses(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => ids.Contains(seller.Id) && seller.ContactEmail != null && !db.Set<Seller>().Any(other => other.Id != seller.Id && other.NormalizedContactEmail == seller.NormalizedContactEmail))
            .ToDictionaryAsync(seller => seller.Id, seller => seller.ContactEmail!, stop);

    /// <summary>The last day that figures or events are known of; <c>null</c> before the first import.</summary>
    public async Task<DateOnly?> LastDay(CancellationToken stop)
    {
        DateOnly? last = null;
        await db.Read(FigureSql.LastDay, reader => last = Day(reader, 0), stop);
        return last;
    }

    /// <summary>What every seller sold in periods of four weeks from a day on, of those who were there on that day and sold something in the first of the periods.</summary>
    /// <param name="sellingBy">Up to the end of which period they have to have sold something.</param>
    public Task<SellerPanel> Panel(DateOnly first, int periods, int sellingBy, CancellationToken stop) => PanelSql.Read(db, first, periods, sellingBy, stop);

    /// <summary>The sellers who signed up once figures were sent, up to a day, each with its first order up to that day. Who came before may have sold before.</summary>
    public Task<IReadOnlyList<SellerWhoCame>> WhoCame(DateOnly through, CancellationToken stop) => SellersWhoCameSql.Read(db, through, stop);

    /// <summary>Who signed up in some days sold when, on its first days: by seller, in order, without the days on which it had no orders. A seller without any is not in it.</summary>
    /// <param name="days">How many days from signing up on, that day included.</param>
    /// <param name="through">The last day that counts.</param>
    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<SaleDay>>> SaleDays(DateOnly from, DateOnly to, int days, DateOnly through, CancellationToken stop) => SaleDaysSql.Read(db, from, to, days, through, stop);

    /// <summary>The first day of a span of which the marketplace sent nothing of anybody's orders; null where there is none.</summary>
    public Task<DateOnly?> FirstGap(DateOnly from, DateOnly through, CancellationToken stop) => SellersWhoCameSql.Gap(db, from, through, stop);

    /// <summary>By how much sellers differ in how they changed, over the same periods as <see cref="Panel"/>: what a comparison can be planned with.</summary>
    /// <param name="first">The first day of the first period.</param>
    /// <param name="before">So many of the first periods are compared with. One more is left out, as the one before joining is.</param>
    /// <param name="after">So many come after it.</param>
    /// <param name="except">Sellers who take part in a program.</param>
    public Task<PanelSpread> Spread(DateOnly first, int before, int after, IReadOnlyCollection<Guid> except, CancellationToken stop) => PanelSpreadSql.Read(db, first, before, after, except, stop);

    /// <summary>How many of the newest sellers reached something within some days of signing up.</summary>
    /// <inheritdoc cref="NewcomersSql.Read" path="/param"/>
    public Task<Newcomers> NewcomersWithin(NewcomerGoal goal, DateOnly asOf, IReadOnlyCollection<Guid> except, CancellationToken stop) => NewcomersSql.Read(db, goal, asOf, except, stop);

    /// <summary>How every seller grew around some periods of four weeks; a seller and period of which too little is known is left out.</summary>
    /// <param name="first">The first day of period 0.</param>
    /// <param name="periods">Which periods, from <see cref="SellerGrowth.PeriodsBefore"/> on.</param>
    public Task<IReadOnlyList<SellerGrowth>> Growth(DateOnly first, IReadOnlyCollection<int> periods, CancellationToken stop) => GrowthSql.Read(db, first, periods, stop);

    /// <summary>A text that changes with every import that takes effect: while it stays, figures as of a day stay.</summary>
    public async Task<string> Edition(CancellationToken stop)
    {
        var edition = "";
        await db.Read("SELECT count(*) || ' to ' || coalesce(max(finished_at)::text, 'none') FROM sellers.import WHERE state = 'Done' AND NOT is_dry_run", reader => edition = reader.GetString(0), stop);
        return edition;
    }

    /// <summary>The first and the last day that figures or events are known of; <c>null</c> before the first import.</summary>
    public async Task<(DateOnly? From, DateOnly? To)> Span(CancellationToken stop)
    {
        (DateOnly? From, DateOnly? To) span = default;
        await db.Read(FigureSql.Span, reader => span = (Day(reader, 0), Day(reader, 1)), stop);
        return span;
    }

    /// <summary>What the marketplace says of the shops that a participant is not asked again; a seller of whom it says nothing is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, ShopFacts>> Facts(IReadOnlyCollection<Guid> ids, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => ids.Contains(seller.Id) && (seller.Languages != null || seller.TimeZone != null || seller.SignedUpOn != null))
            .ToDictionaryAsync(seller => seller.Id, seller => new ShopFacts(seller.Languages, seller.TimeZone, seller.SignedUpOn), stop);

    /// <summary>The main categories of the marketplace, by name: those that sellers stand in, without what lies below them.</summary>
    public async Task<IReadOnlyList<string>> MainCategories(CancellationToken stop)
    {
        var categories = new List<string>();
        await db.Read("SELECT DISTINCT split_part(category, '/', 1) AS main FROM sellers.seller WHERE category IS NOT NULL ORDER BY main LIMIT 40", reader => categories.Add(reader.GetString(0)), stop);
        return categories;
    }

    /// <summary>Where sellers are at home: the main category that the marketplace says of them, and their country.</summary>
    /// <param name="only">These sellers; null for all.</param>
    public async Task<IReadOnlyList<SellerHome>> HomesOf(IReadOnlyCollection<Guid>? only, CancellationToken stop) =>
        [.. (await db.Set<Seller>().AsNoTracking().Where(seller => only == null || only.Contains(seller.Id)).Select(seller => new { seller.Id, seller.Category, seller.Country }).ToListAsync(stop))
            .Select(seller => new SellerHome(seller.Id, seller.Category?.Split('/')[0], seller.Country))];

    /// <summary>Counts sellers, each under a label of the asker's, by main category and by region.</summary>
    public Task<IReadOnlyList<SpreadCount>> Spread(IReadOnlyCollection<(Guid SellerId, string Label)> labelled, CancellationToken stop) => SellerSpread.Read(db, labelled, stop);

    /// <summary>The figures of sellers at the end of a day, with only what was known then.</summary>
    public async Task<IReadOnlyDictionary<Guid, SellerFigures>> Figures(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop)
    {
        NpgsqlParameter[] picked() => [new("ids", ids.ToArray()), new("as_of", asOf)];
        var figures = new Dictionary<Guid, SellerFigures>();
        await db.Read(FigureSql.Trade, reader => figures.Add(reader.GetGuid(0), Traded(reader, asOf)), stop, picked());
        await db.Read(FigureSql.Prices, reader => figures[reader.GetGuid(0)] = Priced(figures[reader.GetGuid(0)], reader), stop, picked());

        var categories = new List<(Guid Seller, CategoryWeight Weight)>();
        await db.Read(FigureSql.Categories, reader => categories.Add((reader.GetGuid(0), new(reader.GetString(1), reader.GetDouble(2)))), stop, picked());
        foreach (var seller in categories.GroupBy(entry => entry.Seller))
            figures[seller.Key] = figures[seller.Key] with { Categories = [.. seller.Select(entry => entry.Weight)] };

        return figures;
    }

    /// <summary>What programs are judged by, of sellers at the end of a day.</summary>
    public Task<IReadOnlyDictionary<Guid, OutcomeFigures>> Outcomes(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) => OutcomeSql.Read(db, ids, asOf, stop);

    /// <summary>What shops did over some days each, in the order they are asked about.</summary>
    public Task<IReadOnlyList<StretchFigures>> Stretches(IReadOnlyList<SellerStretch> asked, CancellationToken stop) => StretchSql.Read(db, asked, stop);

    /// <summary>What shops like one sold in a week, some weeks before a day and by that day; null where too few are known.</summary>
    public Task<PeerGrowth?> GrowthOfPeers(Guid sellerId, double ordersAWeek, DateOnly asOf, int weeks, CancellationToken stop) => PeerGrowths.Of(db, sellerId, ordersAWeek, asOf, weeks, stop);

    /// <summary>What a shop and similar ones sold in each of some weeks up to a day.</summary>
    public Task<PeerWeeks> WeeksBesidePeers(Guid sellerId, DateOnly asOf, int weeks, CancellationToken stop) => PeerWeekSql.Of(db, sellerId, asOf, weeks, stop);

    /// <summary>What programs are judged by, of each seller at the end of a day of their own.</summary>
    public Task<IReadOnlyDictionary<(Guid SellerId, DateOnly AsOf), OutcomeFigures>> Outcomes(IReadOnlyCollection<(Guid SellerId, DateOnly AsOf)> asked, CancellationToken stop) => OutcomeSql.Read(db, asked, stop);

    /// <summary>What the files of imports were called, by the import's id.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> FileNames(IReadOnlyCollection<Guid> importIds, CancellationToken stop) =>
        await db.Set<Import>().Where(import => importIds.Contains(import.Id)).ToDictionaryAsync(import => import.Id, import => import.FileName, stop);

    /// <summary>What sellers have reached since they began, by what was known at the end of a day. The whole history of each is read: ask about a few at a time.</summary>
    public Task<IReadOnlyDictionary<Guid, ShopMilestones>> Milestones(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) => MilestoneSql.Read(db, ids, asOf, stop);

    /// <summary>Where sellers stand worse than similar ones, by what was known at the end of a day; a seller without a pain is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Pain>>> Pains(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop) => (await Judge(ids, asOf, stop)).Pains;

    /// <summary>The same with how many of them have each pain, and of how many each could be judged.</summary>
    public async Task<PainTally> Tally(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop)
    {
        if (ids.Count == 0) return PainTally.Unknown;
        var judgement = await Judge(ids, asOf, stop);
        var found = judgement.Pains.Values.SelectMany(pains => pains).CountBy(pain => pain.Kind).ToDictionary();
        return new PainTally([.. PainRules.Names.Keys.Select(kind => new PainCount(kind, found.GetValueOrDefault(kind), judgement.JudgedOf.GetValueOrDefault(kind)))], judgement.Pains);
    }

    /// <summary>Sellers who signed up between two days, both included.</summary>
    public async Task<IReadOnlyList<Guid>> SignedUpBetween(DateOnly from, DateOnly to, CancellationToken stop) =>
        await db.Set<Seller>().Where(seller => seller.SignedUpOn >= from && seller.SignedUpOn <= to).Select(seller => seller.Id).ToListAsync(stop);

    /// <param name="Judged">Who has a figure that could be compared.</param>
    /// <param name="JudgedOf">Of how many each kind of pain could be judged.</param>
    /// <param name="Lonely">Who has a figure of which too few others are known to compare it.</param>
    internal sealed record Judgement(IReadOnlyDictionary<Guid, IReadOnlyList<Pain>> Pains, IReadOnlySet<Guid> Judged, IReadOnlySet<Guid> Lonely, IReadOnlyDictionary<string, int> JudgedOf);

    internal async Task<Judgement> Judge(IReadOnlyCollection<Guid> ids, DateOnly asOf, CancellationToken stop)
    {
        var found = new List<(Guid Seller, double Place, Pain Pain)>();
        var judged = new HashSet<(Guid Seller, string Kind)>();
        var everLonely = new HashSet<Guid>();
        // From the narrowest branch upwards: most figures have peers enough in the first, and the whole marketplace isn't read for them.
        var asked = await Homes.Of(db, ids, asOf, stop);
        while (asked.Count > 0)
        {
            var lonely = new HashSet<Guid>();
            await Standings(asked, asOf, (seller, kind, value, place, peers, middle) =>
            {
                if (judged.Contains((seller, kind))) return;
                if (peers <= PainRules.MinimumPeers)
                {
                    lonely.Add(seller);
                    return;
                }
                judged.Add((seller, kind));
                if (place > PainRules.WorseThan) found.Add((seller, place, PainRules.Found(kind, value, place, peers, middle, asOf)));
            }, stop);
            everLonely.UnionWith(lonely);
            asked = asked.Where(one => lonely.Contains(one.Key) && Homes.Parent(one.Value) is not null).ToDictionary(one => one.Key, one => Homes.Parent(one.Value)!);
        }
        var pains = found.OrderByDescending(one => one.Place).ThenBy(one => one.Pain.Kind, StringComparer.Ordinal).GroupBy(one => one.Seller)
            .ToDictionary(seller => seller.Key, seller => (IReadOnlyList<Pain>)[.. seller.Select(one => one.Pain)]);
        return new(pains, judged.Select(one => one.Seller).ToHashSet(), everLonely, judged.CountBy(one => one.Kind).ToDictionary());
    }

    delegate void Standing(Guid seller, string kind, double value, double place, long peers, double middle);

    /// <summary>Each figure of sellers among those at home in a branch.</summary>
    async Task Standings(Dictionary<Guid, string> asked, DateOnly asOf, Standing standing, CancellationToken stop)
    {
        var branches = asked.Values.ToHashSet(StringComparer.Ordinal);
        var offering = await Homes.Within(db, branches, asOf, stop);
        var peers = new List<(Guid Seller, string Branch)>();
        foreach (var (seller, home) in offering)
            for (var branch = home; branch is not null; branch = Homes.Parent(branch))
                if (branches.Contains(branch)) peers.Add((seller, branch));
        await db.Read(FigureSql.Standings, reader => standing(reader.GetGuid(0), reader.GetString(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetInt64(4), reader.GetDouble(5)), stop,
            new("ids", asked.Keys.ToArray()), new("branches", asked.Values.ToArray()), new("offering", offering.Keys.ToArray()),
            new("peers", peers.ConvertAll(peer => peer.Seller).ToArray()), new("homes", peers.ConvertAll(peer => peer.Branch).ToArray()), new("as_of", asOf));
    }

    /// <summary>Sellers who would make good mentors by what was known on a day, the greatest revenue first.</summary>
    public Task<FoundSellers> FindMentors(MentorSearch search, DateOnly asOf, int skip, int take, CancellationToken stop) => Find(FigureSql.Mentors, stop,
        new("as_of", asOf), new("skip", skip), new("take", take), new("active_within", search.ActiveWithinDays), new("revenue_window", search.RevenueWindowDays),
        new("top_share", search.TopRevenueShare), new("days_selling", search.MinimumDaysSelling), new("review_mean", search.MinimumReviewMean), new("reviews", search.MinimumReviews), new("with_policy_points", search.WithPolicyPoints));

    /// <summary>Sellers whose first order, as far as known on a day, lies between two days inclusive; the greatest revenue first.</summary>
    public Task<FoundSellers> FindNewSellers(DateOnly firstOrderFrom, DateOnly firstOrderTo, DateOnly asOf, int skip, int take, CancellationToken stop) => Find(FigureSql.NewSellers, stop,
        new("as_of", asOf), new("skip", skip), new("take", take), new("from", firstOrderFrom), new("to", firstOrderTo));

    async Task<FoundSellers> Find(string sql, CancellationToken stop, params NpgsqlParameter[] parameters)
    {
        var found = new List<FoundSeller>();
        var (total, notKnown) = (0, 0);
        await db.Read(sql, reader =>
        {
            notKnown = (int)reader.GetInt64(13);
            if (reader.IsDBNull(0)) return;
            total = (int)reader.GetInt64(11);
            found.Add(new(
                Card(reader.GetGuid(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), Text(reader, 4), Text(reader, 5)),
                reader.GetFieldValue<DateOnly>(7), reader.IsDBNull(8) ? null : reader.GetInt64(8), reader.IsDBNull(9) ? null : reader.GetDouble(9), (int)reader.GetInt64(10), Text(reader, 6), Day(reader, 12)));
        }, stop, parameters);
        return new(total, found, notKnown);
    }

    static SellerFigures Traded(NpgsqlDataReader reader, DateOnly asOf)
    {
        var firstDay = Day(reader, 11);
        var orders = Whole(reader, 13);
        var before = Whole(reader, 14);
        // Of a seller who began within the window, the weeks since count; under one they are taken as one, or a first order would read as seven.
        var weeks = firstDay is { } first ? Math.Clamp((asOf.DayNumber - first.DayNumber + 1) / 7.0, 1, 4) : 4;
        var category = Text(reader, 8);
        return new(
            reader.GetGuid(0), asOf, Day(reader, 1), Day(reader, 9), Day(reader, 10), Whole(reader, 12),
            orders / weeks, before >= 5 ? orders / (double?)before - 1 : null, before >= 5 ? before / 4.0 : null,
            category is null ? [] : [new(category, 1)], null, null, null,
            reader.IsDBNull(16) ? null : reader.GetDouble(16), (int)reader.GetInt64(17),
            Place(Text(reader, 2), Text(reader, 3), Text(reader, 4)) is { Length: > 0 } region ? region : null,
            Texts(reader, 5), Texts(reader, 6), Texts(reader, 18), Text(reader, 7), Whole(reader, 15) / weeks);
    }

    static SellerFigures Priced(SellerFigures figures, NpgsqlDataReader reader)
    {
        var quartiles = reader.IsDBNull(2) ? null : reader.GetFieldValue<long?[]>(2);
        return quartiles is [{ } low, { } middle, { } high]
            ? figures with { Listings = (int)reader.GetInt64(1), MedianPriceMinorUnits = middle, PriceBandMinorUnits = (low, high) }
            : figures with { Listings = (int)reader.GetInt64(1) };
    }

    static SellerCard Card(Guid id, string externalId, string? name, string? city, string? region, string? country) =>
        new(id, externalId, name ?? externalId, PlaceOf(city, region, country));

    internal static string? PlaceOf(string? city, string? region, string? country) =>
        string.Join(", ", new[] { city, region, country }.Where(part => part is not null)) is { Length: > 0 } place ? place : null;

    static string Place(params ReadOnlySpan<string?> parts) => string.Join('/', parts.ToArray().Where(part => part is not null));

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    static string[]? Texts(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<string[]>(column);
    static long? Whole(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    static DateOnly? Day(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
}
