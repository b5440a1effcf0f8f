using Guildhall.Evidence;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Sellers;

/// <summary>How all sellers grew around a period, read by one statement: against a count by hand, and what it leaves out.</summary>
public sealed class SellerGrowthTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly DateOnly first = new(2026, 1, 5);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_as_by_hand()
    {
        var random = new Random(12);
        var (sellers, days) = (new List<Guid>(), new List<(Guid Seller, int Day, int? Orders, int? Cancelled)>());
        for (var i = 0; i < 40; i++)
        {
            sellers.Add(Guid.CreateVersion7());
            for (var day = -5; day < 9 * 28; day++)
                if (random.Next(4) > 0 && (i % 5 != 0 || day > 100)) days.Add((sellers[i], day, random.Next(40) == 0 && i % 9 == 0 ? null : random.Next(0, 3), random.Next(5) == 0 ? 1 : null));
        }
        await Given(sellers, days);

        var grown = await Read(4, 5);

        var expected =
            from joined in new[] { 4, 5 }
            from seller in sellers
            let counted = days.Where(day => day.Seller == seller && day.Day >= 0 && day.Day / 28 >= joined - 4 && day.Day / 28 <= joined + 2 && day.Day / 28 != joined - 1).ToList()
            let before = counted.Where(day => day.Day / 28 < joined).Sum(Kept)
            where counted.All(day => day.Orders is not null) && before > 0
            select (seller, joined, before, counted.Where(day => day.Day / 28 >= joined).Sum(Kept));
        grown.Select(one => (one.SellerId, one.Period, one.Before, one.After)).ShouldBe(expected, ignoreOrder: true);
        grown.Count.ShouldBeGreaterThan(40);
        grown.ShouldAllBe(one => one.Category == "books" && MidpointGrowth.Of(one.Before, one.After) < 2);

        static long Kept((Guid, int, int? Orders, int? Cancelled) day) => Math.Max(0, (day.Orders ?? 0) - (day.Cancelled ?? 0));
    }

    [Fact]
    public async Task Tells_nothing_of_a_period_with_a_day_around_it_that_nobody_sent()
    {
        var id = Guid.CreateVersion7();
        await Given([id], [.. Enumerable.Range(0, 9 * 28).Where(day => day != 30).Select(day => (id, day, (int?)1, (int?)null))]);

        // Day 30 lies in period 1: around 4 it counts, around 5 it is the fourth before, and around 6 it lies before all that counts.
        (await Read(4, 5, 6)).Select(one => one.Period).ShouldBe([6]);
    }

    [Fact]
    public async Task Takes_who_left_for_zero_and_leaves_out_who_came_later_or_sold_nothing_before()
    {
        Guid[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];
        await Given(ids, [.. Enumerable.Range(0, 7 * 28).SelectMany(day => new[] { (ids[0], day, (int?)1, (int?)null), (ids[1], day, day < 100 ? 2 : 0, null), (ids[2], day, 1, null), (ids[3], day, day < 112 ? 0 : 5, null) })]);
        await database.ExecuteAsync($"UPDATE sellers.seller SET signed_up_on = '2026-01-06' WHERE id = '{ids[2]}'");

        var grown = await Read(4);

        grown.Select(one => (one.SellerId, one.Before, one.After)).ShouldBe([(ids[0], 84, 84), (ids[1], 168, 0)], ignoreOrder: true);
    }

    [Fact]
    public async Task Knows_a_seller_by_the_listings_of_before()
    {
        var id = Guid.CreateVersion7();
        await Given([id], [.. Enumerable.Range(0, 8 * 28).Select(day => (id, day, (int?)1, (int?)null))]);
        await database.ExecuteAsync($"INSERT INTO sellers.listing (seller_id, external_id, category, listed_on) VALUES ('{id}', 'a', 'home/tableware', '2025-01-01'), ('{id}', 'b', 'toys', '2026-01-20'), ('{id}', 'c', 'toys', '2026-01-21')");

        (await Read(4, 5)).OrderBy(one => one.Period).Select(one => one.Category).ShouldBe(["home", "toys"]);
    }

    [Fact]
    public async Task Is_one_pass_over_the_days()
    {
        Guid[] ids = [.. Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7())];
        await Given(ids, [.. ids.SelectMany(id => Enumerable.Range(0, 224).Select(day => (id, day, (int?)1, (int?)null)))]);
        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {GrowthSql.All}", connection);
        foreach (var (name, value) in new (string, object)[] { ("first", first), ("periods", 8), ("joined", new[] { 4, 5 }) }) command.Parameters.Add(new(name, value));
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Stop))
            while (await reader.ReadAsync(Stop)) plan.Add(reader.GetString(0));

        // The days are read once for the sums, and probed by day once each for what was imported.
        var reads = plan.Where(line => line.Contains("on seller_day_2026", StringComparison.Ordinal) && line.Contains("loops=", StringComparison.Ordinal)).ToList();
        reads.Select(line => int.Parse(line.Split("loops=")[1].TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture)).ShouldAllBe(loops => loops <= 224, string.Join('\n', plan));
        reads.Count(line => line.Contains("Seq Scan", StringComparison.Ordinal) && !line.Contains("never", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(16, string.Join('\n', plan));
    }

    async Task Given(IReadOnlyList<Guid> sellers, IReadOnlyList<(Guid Seller, int Day, int? Orders, int? Cancelled)> days)
    {
        await database.ExecuteAsync("TRUNCATE sellers.seller_day; DELETE FROM sellers.listing; DELETE FROM sellers.seller");
        await using var connection = await database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 12).Select(n => new DateOnly(2025, 12, 1).AddMonths(n)), Stop);
        await using var command = new NpgsqlCommand("INSERT INTO sellers.seller (id, external_id, category, signed_up_on) SELECT id, id::text, 'books/old', '2025-01-01' FROM unnest($1) id", connection) { Parameters = { new() { Value = sellers.ToArray() } } };
        await command.ExecuteNonQueryAsync(Stop);
        await using var insert = new NpgsqlCommand("INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled) SELECT * FROM unnest($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = days.Select(day => day.Seller).ToArray() }, new() { Value = days.Select(day => first.AddDays(day.Day)).ToArray() }, new() { Value = days.Select(day => day.Orders).ToArray() }, new() { Value = days.Select(day => day.Cancelled).ToArray() } },
        };
        await insert.ExecuteNonQueryAsync(Stop);
        await database.ExecuteAsync("ANALYZE sellers.seller_day, sellers.seller, sellers.listing");
    }

    async Task<IReadOnlyList<SellerGrowth>> Read(params int[] periods)
    {
        await using var db = database.NewDb();
        return await new SellerLookup(db).Growth(first, periods, Stop);
    }
}
