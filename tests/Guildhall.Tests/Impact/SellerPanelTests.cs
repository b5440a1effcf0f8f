using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>What sellers sold in periods of four weeks, read by one statement: against a count by hand, and what it doesn't take for zero.</summary>
public sealed class SellerPanelTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly first = new(2026, 1, 5);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_as_by_hand()
    {
        var random = new Random(11);
        var (sellers, days) = (new List<Guid>(), new List<(Guid Seller, int Day, int? Orders, int? Cancelled, long? Revenue)>());
        for (var i = 0; i < 40; i++)
        {
            sellers.Add(Guid.CreateVersion7());
            for (var day = -5; day < 120; day++)
                if (random.Next(4) > 0) days.Add((sellers[i], day, random.Next(12) == 0 && i % 9 == 0 ? null : random.Next(0, 3), random.Next(5) == 0 ? 1 : null, random.Next(15) == 0 && i % 9 == 0 ? null : random.Next(0, 900)));
        }
        await Given(sellers, days);

        var panel = await Read(periods: 4, sellingBy: 2);

        panel.WholePeriods.ShouldBe([true, true, true, true]);
        var expected = sellers.Where(seller => days.Where(day => day.Seller == seller && day.Day is >= 0 and < 56).GroupBy(day => day.Day / 28).Any(period => period.All(day => day.Orders is not null) && period.Sum(Kept) > 0)).Order().ToList();
        panel.Sellers.Select(seller => seller.Id).ShouldBe(expected);
        foreach (var seller in panel.Sellers)
            for (var t = 0; t < 4; t++)
            {
                var own = days.Where(day => day.Seller == seller.Id && day.Day >= 0 && day.Day / 28 == t).ToList();
                seller.Orders[t].ShouldBe(own.All(day => day.Orders is not null) ? own.Sum(Kept) : null);
                seller.RevenueMinorUnits[t].ShouldBe(own.All(day => day.Revenue is not null) ? own.Sum(day => day.Revenue) : null);
            }

        static long Kept((Guid, int, int? Orders, int? Cancelled, long?) day) => Math.Max(0, day.Orders!.Value - (day.Cancelled ?? 0));
    }

    [Fact]
    public async Task Adds_up_what_averages_are_made_of_where_both_parts_are_known()
    {
        Guid[] ids = [.. Enumerable.Range(0, 2).Select(_ => Guid.CreateVersion7())];
        await Given(ids, [.. ids.SelectMany(id => Enumerable.Range(0, 56).Select(day => (id, day, (int?)2, day == 3 ? (int?)1 : null, (long?)1_000)))]);
        await database.ExecuteAsync($"""
            UPDATE sellers.seller_day SET reviews = 3, review_mean = 4.5, returned = 1, customers_known = 2, returning_customers = 1, late_known = 2, late = 1 WHERE seller_id = '{ids[0]}' AND day IN ('2026-01-05', '2026-01-06', '2026-02-02');
            UPDATE sellers.seller_day SET review_mean = NULL, orders = NULL, returning_customers = NULL WHERE seller_id = '{ids[0]}' AND day = '2026-01-06'
            """);

        var panel = await Read(periods: 2, sellingBy: 2);

        var of = panel.Sellers.Single(seller => seller.Id == ids[0]).Averages;
        Parts(PanelAverage.Review).ShouldBe("13.5 13.5 of 3 3");
        Parts(PanelAverage.SentBack).ShouldBe("1 1 of 2 2");
        Parts(PanelAverage.LateDispatch).ShouldBe("2 1 of 4 2");
        Parts(PanelAverage.ReturningBuyers).ShouldBe("1 1 of 2 2");
        var other = panel.Sellers.Single(seller => seller.Id == ids[1]).Averages;
        other.Keys.ShouldBe([PanelAverage.OrderValue], "nothing else was ever sent of it");
        Words(other[PanelAverage.OrderValue]).ShouldBe("28000 28000 of 56 56");

        string Parts(PanelAverage average) => Words(of[average]);
        static string Words(AverageParts parts) => FormattableString.Invariant($"{parts.Sums[0]} {parts.Sums[1]} of {parts.Counts[0]} {parts.Counts[1]}");
    }

    [Fact]
    public async Task Adds_up_for_a_plan_what_the_panel_holds()
    {
        var random = new Random(12);
        var (sellers, days) = (new List<Guid>(), new List<(Guid Seller, int Day, int? Orders, int? Cancelled, long? Revenue)>());
        for (var i = 0; i < 30; i++)
        {
            sellers.Add(Guid.CreateVersion7());
            for (var day = 0; day < 168; day++)
                if (random.Next(4) > 0 && (i % 7 != 3 || day < 60)) days.Add((sellers[i], day, random.Next(0, 3), random.Next(5) == 0 ? 1 : null, i % 9 == 1 && day == 100 ? null : i % 9 == 2 && day is >= 84 and < 112 ? -5 : random.Next(0, 900)));
        }
        await Given(sellers, days);
        Guid[] takePart = [sellers[0], sellers[4]];

        await using var db = database.NewDb();
        var lookup = new SellerLookup(db);
        var panel = await lookup.Panel(first, 6, 3, Stop);
        var spread = await lookup.Spread(first, 2, 3, takePart, Stop);

        var known = panel.Sellers.Where(seller => !takePart.Contains(seller.Id) && seller.RevenueMinorUnits.All(value => value >= 0) && seller.Orders.All(value => value is not null)).ToList();
        known.Count.ShouldBeInRange(15, 27, "some were left out, and some not");
        spread.WholePeriods.ShouldBe(panel.WholePeriods);
        Same(spread.Sales, [.. known.Select(seller => (seller.RevenueMinorUnits.Take(2).Average()!.Value, seller.RevenueMinorUnits.Skip(3).Average()!.Value))]);
        Same(spread.Orders, [.. known.Select(seller => ((double)seller.Orders[1]!.Value, seller.Orders.Skip(3).Average()!.Value))]);

        static void Same(ChangeSums sums, IReadOnlyList<(double Before, double After)> rows)
        {
            sums.Sellers.ShouldBe(rows.Count);
            foreach (var (actual, expected) in new[] { (sums.Before, rows.Sum(row => row.Before)), (sums.After, rows.Sum(row => row.After)), (sums.BeforeSquares, rows.Sum(row => row.Before * row.Before)), (sums.AfterSquares, rows.Sum(row => row.After * row.After)), (sums.Products, rows.Sum(row => row.Before * row.After)) })
                actual.ShouldBe(expected, 1e-9 * Math.Abs(expected));
        }
    }

    [Fact]
    public async Task Takes_a_seller_who_left_for_zero_and_a_day_that_nobody_sent_for_not_known()
    {
        var (stays, leaves) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var days = Enumerable.Range(0, 112).Where(day => day != 60).Select(day => (stays, day, (int?)1, (int?)null, (long?)500)).Concat(Enumerable.Range(0, 20).Select(day => (leaves, day, (int?)2, (int?)null, (long?)900))).ToList();
        await Given([stays, leaves], days);

        var panel = await Read(periods: 4, sellingBy: 1);

        panel.WholePeriods.ShouldBe([true, true, false, true]);
        panel.Sellers.Single(seller => seller.Id == leaves).Orders.ShouldBe([40, 0, 0, 0]);
        panel.Sellers.Single(seller => seller.Id == stays).RevenueMinorUnits.ShouldBe([14_000, 14_000, 13_500, 14_000]);
    }

    [Fact]
    public async Task Leaves_out_who_came_later_or_had_not_sold()
    {
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];
        await Given(ids, [.. ids.SelectMany(id => Enumerable.Range(0, 56).Select(day => (id, day, (int?)(id == ids[1] && day < 28 ? 0 : 1), (int?)null, (long?)100)))]);
        await database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '2026-01-06' WHERE id = '{ids[2]}'; UPDATE sellers.seller SET signed_up_on = NULL WHERE id = '{ids[3]}'");

        var panel = await Read(periods: 2, sellingBy: 1);

        panel.Sellers.Select(seller => seller.Id).ShouldBe([ids[0], ids[3]], ignoreOrder: true, "one had sold nothing, one came a day late; of one who never said when, figures begin on the first day");
        panel.Sellers.Single(seller => seller.Id == ids[3]).Since.ShouldBe(first);
    }

    [Fact]
    public async Task Knows_a_seller_by_the_listings_of_the_first_day()
    {
        var id = Guid.CreateVersion7();
        await Given([id], [.. Enumerable.Range(0, 28).Select(day => (id, day, (int?)1, (int?)null, (long?)100))]);
        await database.ExecuteAsync($"""
            INSERT INTO sellers.listing (seller_id, external_id, category, listed_on) VALUES
                ('{id}', 'a', 'home/tableware', '2025-01-01'), ('{id}', 'b', 'toys', '2026-01-20'), ('{id}', 'c', 'toys', '2026-01-21')
            """);

        (await Read(1, 1)).Sellers.Single().Category.ShouldBe("home");
    }

    [Fact]
    public async Task Is_one_pass_over_the_days()
    {
        Guid[] ids = [.. Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7())];
        await Given(ids, [.. ids.SelectMany(id => Enumerable.Range(0, 112).Select(day => (id, day, (int?)1, (int?)null, (long?)100)))]);
        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {PanelSql.All}", connection);
        foreach (var (name, value) in new (string, object)[] { ("first", first), ("periods", 4), ("selling_by", 2) }) command.Parameters.Add(new(name, value));
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
            while (await reader.ReadAsync(Stop)) plan.Add(reader.GetString(0));

        // The days are read for the sums, and probed by day, once each, for what was imported; a join of them with themselves would show as a loop of their rows.
        plan.Where(line => line.Contains("on seller_day_2026", StringComparison.Ordinal) && line.Contains("loops=", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split("loops=")[1].TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture)).ShouldAllBe(loops => loops <= 112);
        plan.Count(line => line.Contains("Nested Loop", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(2, string.Join('\n', plan));
    }

    async Task Given(IReadOnlyList<Guid> sellers, IReadOnlyList<(Guid Seller, int Day, int? Orders, int? Cancelled, long? Revenue)> days)
    {
        await database.ExecuteAsync("TRUNCATE sellers.seller_day; DELETE FROM sellers.listing; DELETE FROM sellers.seller");
        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 8).Select(n => new DateOnly(2025, 12, 1).AddMonths(n)), Stop);
        await using var command = new NpgsqlCommand("INSERT INTO sellers.seller (id, external_id, category, signed_up_on) SELECT id, id::text, 'books/old', '2025-01-01' FROM unnest($1) id", connection) { Parameters = { new() { Value = sellers.ToArray() } } };
        await command.ExecuteNonQueryAsync(Stop);
        await using var insert = new NpgsqlCommand("INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled, revenue_minor_units) SELECT * FROM unnest($1, $2, $3, $4, $5)", connection)
        {
            Parameters =
            {
                new() { Value = days.Select(day => day.Seller).ToArray() }, new() { Value = days.Select(day => first.AddDays(day.Day)).ToArray() }, new() { Value = days.Select(day => day.Orders).ToArray() },
                new() { Value = days.Select(day => day.Cancelled).ToArray() }, new() { Value = days.Select(day => day.Revenue).ToArray() },
            },
        };
        await insert.ExecuteNonQueryAsync(Stop);
        await database.ExecuteAsync("ANALYZE sellers.seller_day, sellers.seller, sellers.listing");
    }

    async Task<SellerPanel> Read(int periods, int sellingBy)
    {
        await using var db = database.NewDb();
        return await new SellerLookup(db).Panel(first, periods, sellingBy, Stop);
    }
}
