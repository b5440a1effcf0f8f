using System.Globalization;
using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>The orders of many shops by week are those that each week says when it is asked for by itself.</summary>
public sealed class OrdersByPeriodTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const int Shops = 60, Weeks = 13;
    static readonly DateOnly first = new(2026, 6, 1), end = new(2026, 9, 20);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7, Weeks)]
    [InlineData(28, 3)]
    public async Task Are_those_of_each_period_by_itself(int days, int periods)
    {
        var ids = await GivenShops(seed: days);

        var together = await product.Ask<GuildhallDb, IReadOnlyList<long?[]>>(db => OrdersByPeriod.Read(db, ids, first, days, periods, Stop));
        var alone = await product.Ask<GuildhallDb, IReadOnlyList<StretchFigures>>(db => StretchSql.Read(
            db, [.. ids.SelectMany(id => Enumerable.Range(0, periods).Select(at => new SellerStretch(id, first.AddDays(days * at), first.AddDays((days * at) + days - 1))))], Stop));

        together.SelectMany(shop => shop).ShouldBe(alone.Select(stretch => stretch.Orders));
        together.SelectMany(shop => shop).ShouldContain((long?)null);
        together.SelectMany(shop => shop).ShouldContain(0);
        together.SelectMany(shop => shop).Count(orders => orders > 0).ShouldBeGreaterThan(Shops);
    }

    /// <summary>Days that are missing, empty, canceled or zero, events beside them or alone, and shops that opened meanwhile.</summary>
    async Task<IReadOnlyList<Guid>> GivenShops(int seed)
    {
        var chance = new Random(seed);
        List<Guid> ids = [];
        var sql = new StringBuilder();
        for (var month = new DateOnly(2026, 5, 1); month <= end; month = month.AddMonths(1))
            sql.Append(CultureInfo.InvariantCulture, $"CREATE TABLE IF NOT EXISTS sellers.seller_day_{month:yyyy_MM} PARTITION OF sellers.seller_day FOR VALUES FROM ('{month:O}') TO ('{month.AddMonths(1):O}');");
        for (var shop = 0; shop < Shops; shop++)
        {
            var id = Guid.NewGuid();
            ids.Add(id);
            var (hasDays, hasEvents) = (shop % 3 != 0, shop % 3 != 1);
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO sellers.seller (id, external_id, name, signed_up_on) VALUES ('{id}', 'orders-{seed}-{shop}', 'S', {(shop % 4 == 0 ? "NULL" : $"'{first.AddDays(chance.Next(-40, 60)):O}'")});");
            for (var day = first.AddDays(-10); day <= end; day = day.AddDays(1))
            {
                if (hasDays && chance.NextDouble() < 0.7)
                    sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled) VALUES ('{id}', '{day:O}', {(chance.NextDouble() < 0.15 ? "NULL" : chance.NextDouble() < 0.8 ? 0 : chance.Next(1, 4))}, {(chance.NextDouble() < 0.8 ? "NULL" : chance.Next(0, 3))});");
                if (hasEvents && chance.NextDouble() < 0.1)
                    sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO sellers.event (seller_id, external_id, happened_on, kind, status) VALUES ('{id}', 'e-{day:yyyyMMdd}', '{day:O}', {new[] { "NULL", "'order'", "'question'" }[chance.Next(3)]}, {new[] { "NULL", "'delivered'", "'Canceled'", "'cancelled'" }[chance.Next(4)]});");
            }
        }

        await product.Database.ExecuteAsync(sql.ToString());
        return ids;
    }
}
