using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>A bad row is given back with its line, column and reason: alone when the importer skips bad rows, with the whole file otherwise.</summary>
public sealed class BadRowTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    const string Good = "good,2018-05-01,1,10.00,4.5\n";
    const string Header = "seller_id,day,orders,revenue,review_mean\n";

    public static TheoryData<string, string, string?> BadRows => new()
    {
        { "x,2018-05-01,1", "ragged_row", null },
        { "x,2018-05-01,1,10.00,4.5,more", "ragged_row", null },
        { "x,2018-05-01,1,10.00,\"4.5\"x", "quotes_unbalanced", null },
        { "x,2018-02-30,1,10.00,4.5", "no_such_day", "day" },
        { "x,2018-13-01,1,10.00,4.5", "no_such_day", "day" },
        { "x,01/05/2018,1,10.00,4.5", "no_such_day", "day" },
        { "x,0218-05-01,1,10.00,4.5", "implausible_day", "day" },
        { "x,,1,10.00,4.5", "empty_key", "day" },
        { ",2018-05-01,1,10.00,4.5", "empty_key", "seller_id" },
        { "x,2018-05-01,1.5,10.00,4.5", "not_a_whole_number", "orders" },
        { "x,2018-05-01,NaN,10.00,4.5", "not_finite", "orders" },
        { "x,2018-05-01,-1,10.00,4.5", "negative", "orders" },
        { "x,2018-05-01,9999999999,10.00,4.5", "too_large", "orders" },
        { "x,2018-05-01,1,-10.00,4.5", "negative", "revenue" },
        { "x,2018-05-01,1,10.001,4.5", "too_many_decimals", "revenue" },
        { "x,2018-05-01,1,1.200,4.5", "thousands_unclear", "revenue" },
        { "x,2018-05-01,1,120.000,4.5", "thousands_unclear", "revenue" },
        { "x,2018-05-01,1,R$10,4.5", "not_an_amount", "revenue" },
        { "x,2018-05-01,1,Infinity,4.5", "not_finite", "revenue" },
        { "x,2018-05-01,1,99999999999999999999,4.5", "too_large", "revenue" },
        { "x,2018-05-01,1,1e3,4.5", "not_an_amount", "revenue" },
        { "x,2018-05-01,1,10.00,nan", "not_finite", "review_mean" },
        { "x,2018-05-01,1,10.00,1e999", "not_finite", "review_mean" },
        { "x,2018-05-01,1,10.00,5.1", "out_of_range", "review_mean" },
        { "x\0y,2018-05-01,1,10.00,4.5", "nul_byte", "seller_id" },
        { "x\u0007y,2018-05-01,1,10.00,4.5", "control_character", "seller_id" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task Refuses_the_file_and_changes_nothing_for_one_bad_row(string row, string code, string? column)
    {
        using var scene = new ImportScene(database);
        var before = await scene.Everything();

        var outcome = await scene.ImportText(ImportKind.Days, Header + Good + row + "\n");

        outcome.Refusal!.Code.ShouldBe("bad_rows");
        (await scene.Everything()).ShouldBe(before);
        var reject = (await scene.Rejects(outcome.Id)).ShouldHaveSingleItem();
        (reject.Line, reject.Code, reject.Column).ShouldBe((3, code, column));
        RejectReasons.Of(reject).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task Takes_the_good_rows_when_bad_ones_are_skipped(string row, string code, string? column)
    {
        using var scene = new ImportScene(database);
        await database.ExecuteAsync("TRUNCATE sellers.seller_day_aside");

        var outcome = await scene.ImportText(ImportKind.Days, Header + Good + row + "\n", skipBadRows: true);

        outcome.Refusal.ShouldBeNull();
        (outcome.Done!.RowsRead, outcome.Done.RowsRejected, outcome.Done.RowsAside).ShouldBe((2, 1, 1));
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller_day_aside")).ShouldBe(1);
        ((await scene.Rejects(outcome.Id)).Single().Code, column is null).ShouldBe((code, code is "ragged_row" or "quotes_unbalanced"));
    }

    [Theory]
    [InlineData("0.500", 50)]
    [InlineData("1234.500", 123450)]
    [InlineData("1.2000", 120)]
    [InlineData("1.2", 120)]
    public async Task Takes_surplus_zeros_that_can_not_be_thousands(string written, long minorUnits)
    {
        using var scene = new ImportScene(database);
        var id = $"zeros {written}";
        await scene.GivenSellers(id);

        (await scene.ImportText(ImportKind.Days, $"seller_id,day,revenue\n{id},2018-05-01,{written}\n")).Refusal.ShouldBeNull();

        (await database.ScalarAsync<long>($"SELECT revenue_minor_units FROM sellers.seller_day d JOIN sellers.seller s ON s.id = d.seller_id WHERE s.external_id = '{id}'")).ShouldBe(minorUnits);
    }

    [Fact]
    public async Task Names_everything_wrong_with_a_row_and_counts_the_row_once()
    {
        using var scene = new ImportScene(database);

        var outcome = await scene.ImportText(ImportKind.Days, Header + Good + ",2018-02-30,1.5,-10.00,9\nx,2018-05-02,1,10.00,9\n");

        outcome.Refusal!.Message.ShouldStartWith("2 of 3 rows need a fix.");
        (await scene.Rejects(outcome.Id)).Select(reject => (reject.Line, reject.Number, reject.Column, reject.Code)).ShouldBe(
        [
            (3, (short)1, "seller_id", "empty_key"), (3, (short)2, "day", "no_such_day"), (3, (short)3, "orders", "not_a_whole_number"),
            (3, (short)4, "revenue", "negative"), (3, (short)5, "review_mean", "out_of_range"), (4, (short)1, "review_mean", "out_of_range"),
        ]);
    }

    [Fact]
    public async Task Names_no_more_than_eight_things_wrong_with_a_row()
    {
        using var scene = new ImportScene(database);
        string[] columns = [.. ImportKind.Days.Columns.Where(column => column.Type == CellType.Whole).Select(column => column.Name)];

        var outcome = await scene.ImportText(ImportKind.Days, $"seller_id,day,{string.Join(',', columns)}\nx,2018-05-01,{string.Join(',', columns.Select(_ => "-1"))}\n");

        columns.Length.ShouldBeGreaterThan(RowConversion.MostProblems);
        (await scene.Rejects(outcome.Id)).Count.ShouldBe(RowConversion.MostProblems);
    }

    [Theory]
    [InlineData("Home > Kitchen", "Home/Kitchen")]
    [InlineData("Home/Kitchen", "Home/Kitchen")]
    [InlineData("Home>Kitchen / Table linen >", "Home/Kitchen/Table linen")]
    [InlineData("Home & Garden", "Home & Garden")]
    [InlineData(" > ", null)]
    public async Task Keeps_a_category_the_same_way_however_its_path_is_written(string written, string? kept)
    {
        using var scene = new ImportScene(database);
        var id = $"path {written}";

        var outcome = await scene.ImportText(ImportKind.Sellers, $"seller_id,category,categories\n{id},{written},{written}; Toys > Play\n");
        var offers = await scene.ImportText(ImportKind.Listings, $"seller_id,listing_id,category\n{id},1,{written}\n");

        (outcome.Refusal, offers.Refusal).ShouldBe((null, null));
        var all = kept is null ? "Toys/Play" : $"{kept};Toys/Play";
        (await database.ScalarAsync<string>($"SELECT coalesce(s.category, 'none') || '|' || array_to_string(s.categories, ';') || '|' || coalesce(l.category, 'none') FROM sellers.seller s JOIN sellers.listing l ON l.seller_id = s.id WHERE s.external_id = '{id.Trim()}'"))
            .ShouldBe($"{kept ?? "none"}|{all}|{kept ?? "none"}");
    }

    [Theory]
    [InlineData("Mars/Base")]
    [InlineData("america/sao_paulo")]
    [InlineData("../../../etc/localtime")]
    [InlineData("BRT-3")]
    public async Task Refuses_a_time_zone_that_is_not_in_the_list(string zone)
    {
        using var scene = new ImportScene(database);

        var outcome = await scene.ImportText(ImportKind.Sellers, $"seller_id,time_zone\nhere,America/Sao_Paulo\nthere,{zone}\n");

        outcome.Refusal!.Code.ShouldBe("bad_rows");
        var reject = (await scene.Rejects(outcome.Id)).ShouldHaveSingleItem();
        (reject.Line, reject.Column, reject.Code, reject.Value).ShouldBe((3, "time_zone", "unknown_zone", zone));
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("owner@shop")]
    [InlineData("Owner <owner@example.com>")]
    [InlineData("owner@example.com;other@example.com")]
    public async Task Refuses_an_address_that_mail_can_not_reach(string address)
    {
        using var scene = new ImportScene(database);

        var outcome = await scene.ImportText(ImportKind.Sellers, $"seller_id,email\ngood,Owner@example.com\nx,{address}\n");

        var reject = (await scene.Rejects(outcome.Id)).ShouldHaveSingleItem();
        (reject.Line, reject.Column, reject.Code, reject.Value).ShouldBe((3, "email", "not_an_address", address));
    }

    [Fact]
    public async Task Gives_a_listing_to_each_seller_of_a_row_or_to_none()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("north", "south");

        var outcome = await scene.ImportText(ImportKind.Listings, "sellers,product_id,category,price\nnorth;south,lamp,lighting,10.00\nnorth; south,rug,textiles,-1\nnorth,vase,vases,\nnorth;north,bowl,vases,\n", skipBadRows: true);

        (outcome.Done!.RowsRead, outcome.Done.RowsInserted, outcome.Done.RowsRejected).ShouldBe((4, 3, 2));
        (await scene.Rejects(outcome.Id)).Select(reject => (reject.Line, reject.Code, reject.OtherLine)).ShouldBe([(3, "negative", null), (5, "repeated_key", null)]);
        (await database.ScalarAsync<string>("""
            SELECT string_agg(s.external_id || ' ' || l.external_id, ', ' ORDER BY s.external_id, l.external_id) FROM sellers.listing l JOIN sellers.seller s ON s.id = l.seller_id WHERE s.external_id IN ('north', 'south')
            """)).ShouldBe("north lamp, north vase, south lamp");
    }

    [Fact]
    public async Task Takes_its_own_example_files_to_the_last_row()
    {
        using var scene = new ImportScene(database);

        foreach (var kind in ImportKind.All)
        {
            var outcome = await scene.ImportText(kind, kind.Example);
            outcome.Refusal.ShouldBeNull(kind.Name);
            (outcome.Done!.RowsInserted, outcome.Done.RowsAside).ShouldBe((1, 0), kind.Name);
        }
    }

    [Fact]
    public async Task Rejects_every_row_of_a_seller_day_that_comes_twice()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("twice", "once");

        var outcome = await scene.ImportText(ImportKind.Days, Header + "twice,2018-05-01,1,10,\ntwice,2018-05-02,1,10,\nonce,2018-05-01,1,10,\ntwice,2018-05-01,2,20,\nnobody,2018-05-01,1,1,\nnobody,2018-05-01,1,1,\n", skipBadRows: true);

        (outcome.Done!.RowsInserted, outcome.Done.RowsRejected, outcome.Done.RowsAside).ShouldBe((2, 4, 0));
        var rejects = await scene.Rejects(outcome.Id);
        rejects.Select(reject => (reject.Line, reject.Code, reject.Column, reject.OtherLine)).ShouldBe(
            [(2, "repeated_key", "day", 5), (5, "repeated_key", "day", 2), (6, "repeated_key", "day", 7), (7, "repeated_key", "day", 6)]);
        RejectReasons.Of(rejects[0]).ShouldStartWith("Line 5 is for the same thing");
    }

    [Fact]
    public async Task Takes_an_event_that_the_feed_repeats_word_for_word_once_and_rejects_two_that_differ()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("feed");

        var outcome = await scene.ImportText(ImportKind.Events,
            "seller_id,event_id,happened_on,items\nfeed,1,2018-05-01,1\nfeed,1,2018-05-01,1\nfeed,2,2018-05-01,1\nfeed,2,2018-05-01,2\n", skipBadRows: true);

        (outcome.Done!.RowsInserted, outcome.Done.RowsRepeated, outcome.Done.RowsRejected).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Accounts_for_every_row_of_40_mutated_files()
    {
        using var scene = new ImportScene(database);
        var random = new Random(20180601);
        var original = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 200).Select(row => $"seller{row % 20},2018-05-{row / 20 + 1:00},{row % 5},{row}.{row % 100:00},{1 + row % 5}\n")));

        for (var file = 0; file < 40; file++)
        {
            var bytes = Mutated(original, random, file);
            await database.ExecuteAsync("TRUNCATE sellers.seller_day_aside");
            var outcome = await scene.Import(ImportKind.Days, scene.File($"mutated-{file}.csv", bytes), skipBadRows: true);
            if (outcome.Refusal is { } refusal)
            {
                refusal.Message.ShouldContain("Nothing was imported.", customMessage: $"file {file}");
                (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller_day_aside")).ShouldBe(0, $"file {file}");
                continue;
            }
            var done = outcome.Done!;
            (done.RowsStaged + done.RowsRejected).ShouldBe(done.RowsRead, $"file {file}");
            (await scene.Rejects(outcome.Id)).Select(reject => reject.Line).Distinct().Count().ShouldBe((int)done.RowsRejected, $"file {file}");
            (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller_day_aside")).ShouldBe(done.RowsStaged, $"file {file}");
            var before = await scene.Everything();
            (await scene.Import(ImportKind.Days, scene.File($"again-{file}.csv", bytes), skipBadRows: true)).Refusal.ShouldBeNull();
            (await scene.Everything()).ShouldBe(before, $"file {file} again");
        }
    }

    [Fact]
    public async Task Gives_rejected_values_back_so_that_no_spreadsheet_runs_them_and_each_can_be_restored()
    {
        using var scene = new ImportScene(database);
        string[] hostile = ["=1+2", "+1", "-1+1", "@SUM(A1)", "'quoted", " =1", "＝1"];

        var outcome = await scene.ImportText(ImportKind.Days, "seller_id,day,orders\n" + string.Concat(hostile.Select((value, index) => $"s{index},2018-05-01,\"{value}\"\n")));
        using var file = new MemoryStream();
        await new RejectedRows(database.Source).Write(outcome.Id, file, TestContext.Current.CancellationToken);

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("line,column,code,reason,value");
        lines.Length.ShouldBe(hostile.Length + 1);
        lines[1].ShouldBe("2,orders,not_a_whole_number,\"This isn’t a whole number, written in digits alone.\",'=1+2");
        foreach (var value in hostile)
        {
            SpreadsheetText.Defused(value).ShouldStartWith("'");
            SpreadsheetText.Defused(value)[1..].ShouldBe(value);
        }
        SpreadsheetText.Defused("12.50").ShouldBe("12.50");
    }

    static byte[] Mutated(byte[] original, Random random, int file)
    {
        var bytes = original.ToList();
        for (var change = 0; change <= file % 8; change++)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(9))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.Skip(at).Take(random.Next(1, 60)).ToArray()); break;
                case 3: bytes.InsertRange(at, "\0\0"u8.ToArray()); break;
                case 4: bytes.InsertRange(at, "\""u8.ToArray()); break;
                case 5: bytes.InsertRange(at, "NaN"u8.ToArray()); break;
                case 6: bytes.InsertRange(at, "\r\n,,\n"u8.ToArray()); break;
                case 7: bytes.InsertRange(0, "\uFEFF"u8.ToArray()); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)'9', 40).ToArray()); break;
            }
        }
        return [.. bytes];
    }
}
