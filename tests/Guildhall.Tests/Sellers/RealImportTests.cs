using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>A real marketplace comes in whole: every published fact about it comes out of the database again.</summary>
public sealed class RealImportTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Reproduces_the_published_facts_and_changes_nothing_when_repeated()
    {
        using var scene = new ImportScene(database);
        var sellers = await scene.Import(ImportKind.Sellers, RealMarketplace.File("sellers.csv"));
        var listings = await scene.Import(ImportKind.Listings, RealMarketplace.File("listings.csv"));
        var days = await scene.Import(ImportKind.Days, RealMarketplace.File("seller_days.csv"));
        var events = await scene.Import(ImportKind.Events, RealMarketplace.File("orders.csv"));

        foreach (var outcome in (ImportLocalFile.Outcome[])[sellers, listings, days, events]) outcome.Refusal.ShouldBeNull();
        sellers.Done!.RowsInserted.ShouldBe(3_557);
        listings.Done!.RowsInserted.ShouldBe(34_448);
        days.Done!.RowsInserted.ShouldBe(66_312);
        events.Done!.RowsInserted.ShouldBe(100_010);
        (await database.ScalarAsync<long>("SELECT count(DISTINCT seller_id) FROM sellers.seller_day WHERE orders > 0")).ShouldBe(3_095);
        (await database.ScalarAsync<long>("SELECT count(DISTINCT external_id) FROM sellers.event")).ShouldBe(98_666);
        foreach (var table in (string[])["event", "seller_day"])
        {
            (await database.ScalarAsync<decimal>($"SELECT sum(revenue_minor_units) FROM sellers.{table}")).ShouldBe(1_359_164_370m);
            (await database.ScalarAsync<decimal>($"SELECT sum(freight_minor_units) FROM sellers.{table}")).ShouldBe(225_190_954m);
        }

        const string daysToSale = """
            WITH signed AS (
                SELECT s.id, min(d.day) - s.signed_up_on AS days_to_sale, date '2018-08-29' - s.signed_up_on AS days_watched
                FROM sellers.seller s LEFT JOIN sellers.seller_day d ON d.seller_id = s.id AND d.orders > 0
                WHERE s.signed_up_on IS NOT NULL GROUP BY s.id)
            """;
        (await database.ScalarAsync<long>(daysToSale + "SELECT count(*) FROM signed")).ShouldBe(842);
        (await database.ScalarAsync<long>(daysToSale + "SELECT count(days_to_sale) FROM signed")).ShouldBe(380);
        (await database.ScalarAsync<double>(daysToSale + "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY days_to_sale) FROM signed")).ShouldBe(44);
        var waits = await Waits(daysToSale + "SELECT coalesce(days_to_sale, days_watched), days_to_sale IS NOT NULL FROM signed");
        SoldBy(waits, 30).ShouldBe(0.169, 0.0005);
        SoldBy(waits, 90).ShouldBe(0.439, 0.0005);
        Enumerable.Range(0, 400).First(day => SoldBy(waits, day) >= 0.5).ShouldBe(123);

        var before = await scene.Everything();
        var again = new[]
        {
            await scene.Import(ImportKind.Sellers, RealMarketplace.File("sellers.csv")), await scene.Import(ImportKind.Listings, RealMarketplace.File("listings.csv")),
            await scene.Import(ImportKind.Days, RealMarketplace.File("seller_days.csv")), await scene.Import(ImportKind.Events, RealMarketplace.File("orders.csv")),
        };
        again.Sum(outcome => outcome.Done!.RowsInserted + outcome.Done.RowsUpdated).ShouldBe(0);
        again.Sum(outcome => outcome.Done!.RowsUnchanged).ShouldBe(3_557 + 34_448 + 66_312 + 100_010);
        (await scene.Everything()).ShouldBe(before);
    }

    /// <summary>Kaplan and Meier (1958): the share that sold by a day, of all who signed up, each watched as long as it could be.</summary>
    static double SoldBy(IReadOnlyList<(int Days, bool Sold)> waits, int day)
    {
        var unsold = 1.0;
        foreach (var at in waits.Where(wait => wait.Sold && wait.Days <= day).GroupBy(wait => wait.Days).OrderBy(group => group.Key))
            unsold *= 1 - (double)at.Count() / waits.Count(wait => wait.Days >= at.Key);
        return 1 - unsold;
    }

    async Task<List<(int Days, bool Sold)>> Waits(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var waits = new List<(int, bool)>();
        while (await reader.ReadAsync()) waits.Add((reader.GetInt32(0), reader.GetBoolean(1)));
        return waits;
    }
}
