using System.IO.Compression;
using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Sellers;

/// <summary>What good files do: load, correct, wait for their seller, and do nothing the second time.</summary>
public sealed class ImportTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Replaces_corrected_days_takes_late_ones_and_leaves_what_the_file_does_not_carry()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("late");
        await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nlate,2018-05-01,1,10.00\nlate,2018-05-02,2,20.00\n");

        var outcome = await scene.ImportText(ImportKind.Days, "seller_id,day,revenue\nlate,2018-05-02,21.50\nlate,2018-03-15,5.00\nlate,2018-05-01,10.00\n");

        (outcome.Done!.RowsInserted, outcome.Done.RowsUpdated, outcome.Done.RowsUnchanged).ShouldBe((1, 1, 1));
        (await Days("late")).ShouldBe("2018-03-15:null:500 2018-05-01:1:1000 2018-05-02:2:2150");
    }

    [Fact]
    public async Task Keeps_an_empty_cell_unknown_also_when_it_was_known_before()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("unknown");
        await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nunknown,2018-05-01,0,10.00\n");

        await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nunknown,2018-05-01,0,\n");

        (await Days("unknown")).ShouldBe("2018-05-01:0:null");
    }

    [Fact]
    public async Task Keeps_rows_of_a_stranger_aside_and_attaches_them_when_the_seller_arrives()
    {
        using var scene = new ImportScene(database);
        var days = await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nstranger,2016-05-01,1,10.00\n");
        var corrected = await scene.ImportText(ImportKind.Days, "seller_id,day,orders,revenue\nstranger,2016-05-01,2,11.00\nstranger,2016-06-01,3,12.00\n");
        var events = await scene.ImportText(ImportKind.Events, "seller_id,event_id,happened_on\nstranger,1,2016-05-01\n");
        var listings = await scene.ImportText(ImportKind.Listings, "seller_id,listing_id,price\nstranger,a,1.00\n");
        (days.Done!.RowsAside, corrected.Done!.RowsAside, events.Done!.RowsAside, listings.Done!.RowsAside).ShouldBe((1, 2, 1, 1));
        (await Days("stranger")).ShouldBe("");

        var arrival = await scene.ImportText(ImportKind.Sellers, "seller_id\nstranger\n");

        arrival.Done!.RowsAttached.ShouldBe(4);
        (await Days("stranger")).ShouldBe("2016-05-01:2:1100 2016-06-01:3:1200");
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.event e JOIN sellers.seller s ON s.id = e.seller_id WHERE s.external_id = 'stranger'")).ShouldBe(1);
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.listing l JOIN sellers.seller s ON s.id = l.seller_id WHERE s.external_id = 'stranger'")).ShouldBe(1);
    }

    [Fact]
    public async Task Reads_the_same_rows_from_every_form_of_file()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("forms");
        var comma = "seller_id,day,orders,revenue\nforms,2018-05-01,1,1234.50\n";
        string[] files =
        [
            scene.File("plain.csv", comma),
            scene.File("mark.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(comma)]),
            scene.File("windows.csv", comma.Replace("\n", "\r\n")),
            scene.File("semicolon.csv", "seller_id;day;orders;revenue\nforms;01/05/2018;1;1234,50\nforms2;31/05/2018;1;1,50\n"),
            scene.File("tab.tsv", comma.Replace(',', '\t')),
            scene.File("quoted.csv", "\"seller_id\",\"day\",\"orders\",\"revenue\"\n\"forms\",\"2018-05-01\",\"1\",\"1234.50\"\n"),
            scene.File("named.csv", "Shop ID,Order Date,Orders Count,GMV,notes\nforms,2018-05-01T23:59:00Z,1.0,1234.5,x\n"),
            scene.File("lines.ndjson", "{\"day\":\"2018-05-01\",\"seller_id\":\"forms\",\"orders\":1,\"revenue\":1234.50}\n\n{\"seller_id\":\"forms\",\"day\":\"2018-05-02\",\"orders\":null}\n"),
            scene.File("lines.ndjson.gz", Packed("\uFEFF{\"seller_id\":\"forms\",\"day\":\"2018-05-01\",\"orders\":\"1\",\"revenue\":\"1234.50\",\"more\":{\"deep\":[1]}}")),
            scene.File("plain.csv.gz", Packed(comma)),
        ];

        foreach (var file in files)
        {
            await database.ExecuteAsync("TRUNCATE sellers.seller_day");
            var outcome = await scene.Import(ImportKind.Days, file);
            outcome.Refusal.ShouldBeNull(file);
            (await Days("forms")).ShouldStartWith("2018-05-01:1:123450", customMessage: file);
        }
    }

    [Fact]
    public async Task Changes_nothing_on_a_dry_run_and_says_what_it_would_do()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("dry");
        await using var scope = scene.Services.CreateAsyncScope();
        var lookup = scope.ServiceProvider.GetRequiredService<SellerLookup>();
        var before = await scene.Everything();
        var edition = await lookup.Edition(TestContext.Current.CancellationToken);

        var outcome = await scene.Import(ImportKind.Days, scene.File("days.csv", "seller_id,day,orders\ndry,2015-05-01,1\n"), isDryRun: true);

        outcome.Done!.RowsInserted.ShouldBe(1);
        (await scene.Everything()).ShouldBe(before);
        (await lookup.Edition(TestContext.Current.CancellationToken)).ShouldBe(edition);
        (await database.ScalarAsync<bool>("SELECT to_regclass('sellers.seller_day_2015_05') IS NULL")).ShouldBeTrue();
    }

    [Fact]
    public async Task Refuses_money_before_the_currency_is_known()
    {
        using var scene = new ImportScene(database);

        var outcome = await scene.Import(ImportKind.Days, scene.File("days.csv", "seller_id,day,revenue\nx,2018-05-01,1.00\n"), currency: null);

        outcome.Refusal!.Code.ShouldBe("no_currency");
    }

    [Fact]
    public void Guesses_the_columns_that_marketplaces_use()
    {
        var guess = ColumnMapping.Guess(ImportKind.Events, new(["order_id", "seller_id", "order_date", "status", "revenue", "late", "estimated_delivery", "delivered", "zzz"], []));

        guess.Columns.ShouldBe(new Dictionary<string, string>
        {
            ["seller_id"] = "seller_id",
            ["event_id"] = "order_id",
            ["happened_on"] = "order_date",
            ["status"] = "status",
            ["revenue"] = "revenue",
            ["is_late"] = "late",
            ["promised_on"] = "estimated_delivery",
            ["delivered_on"] = "delivered",
        }, ignoreOrder: true);
        ColumnMapping.FromJson(guess.ToJson())!.ToJson().ShouldBe(guess.ToJson());
    }

    [Fact]
    public void Names_no_column_in_two_ways_within_a_kind()
    {
        foreach (var kind in ImportKind.All)
            foreach (var name in kind.Columns.SelectMany(column => column.AlsoCalled.Append(column.Name).Distinct()).GroupBy(name => name))
                name.Count().ShouldBeLessThanOrEqualTo(kind == ImportKind.Events && name.Key == "state" ? 2 : 1, $"{kind.Name}: {name.Key}");
    }

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(new UTF8Encoding(false).GetBytes(text));
        return packed.ToArray();
    }

    Task<string> Days(string seller) => database.ScalarAsync<string>($"""
        SELECT coalesce(string_agg(d.day || ':' || coalesce(d.orders::text, 'null') || ':' || coalesce(d.revenue_minor_units::text, 'null'), ' ' ORDER BY d.day), '')
        FROM sellers.seller_day d JOIN sellers.seller s ON s.id = d.seller_id WHERE s.external_id = '{seller}'
        """);
}
