using System.IO.Compression;
using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>A file that can't be read gets a named refusal, and nothing changes.</summary>
public sealed class BadFileTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    const string Header = "seller_id,day,orders,revenue\n";

    public static TheoryData<string, string> UnreadableTexts => new()
    {
        { "empty_file", "" },
        { "empty_file", " \n\n" },
        { "no_rows", Header },
        { "no_header", "a,2018-05-01,1,10.00\nb,2018-05-02,1,12.00\n" },
        { "separator_unknown", "seller_id|day|orders\na|2018-05-01|1\n" },
        { "separator_unclear", "seller_id;day;orders, all\na;2018-05-01;1\n" },
        { "header_repeated", "seller_id,day,orders,orders\na,2018-05-01,1,1\n" },
        { "key_not_mapped", "seller_id,orders\na,1\n" },
        { "json_array", "[{\"seller_id\":\"a\",\"day\":\"2018-05-01\"}]" },
        { "no_objects", "{not json\n{nor this\n" },
        { "not_text", "PK\u0003\u0004rest of a workbook" },
    };

    [Theory]
    [MemberData(nameof(UnreadableTexts))]
    public async Task Refuses_a_file_it_cannot_read_by_name(string code, string text)
    {
        using var scene = new ImportScene(database);
        var before = await scene.Everything();

        var outcome = await scene.ImportText(ImportKind.Days, text);

        Refused(outcome, code);
        (await scene.Everything()).ShouldBe(before);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Refuses_utf16_with_and_without_its_mark(bool bigEndian, bool marked)
    {
        using var scene = new ImportScene(database);
        var encoding = new UnicodeEncoding(bigEndian, marked);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Header + "a,2018-05-01,1,10.00\n")];

        var outcome = await scene.Import(ImportKind.Days, scene.File("days.csv", bytes));

        Refused(outcome, "utf16");
    }

    [Fact]
    public async Task Refuses_a_line_of_100_MB_without_holding_it()
    {
        using var scene = new ImportScene(database);
        var line = new byte[100 << 20];
        Array.Fill(line, (byte)'x');
        byte[] start = Encoding.UTF8.GetBytes(Header + "a,2018-05-01,1,10.00\nb,");
        var csv = scene.File("long.csv", [.. start, .. line]);
        var quoted = scene.File("quoted.csv", [.. start, (byte)'"', .. Enumerable.Repeat("x\n"u8.ToArray(), 2 << 20).SelectMany(pair => pair)]);
        var json = scene.File("long.ndjson", [.. "{\"seller_id\":\"a\",\"day\":\"2018-05-01\"}\n{\"seller_id\":\""u8, .. line]);
        var onlyHeader = scene.File("header.csv", line);

        foreach (var path in (string[])[csv, quoted, json])
        {
            // What other tests allocate meanwhile counts too: the least of some tries is this one's own.
            var least = long.MaxValue;
            for (var tries = 0; tries < 5; tries++)
            {
                var before = GC.GetTotalAllocatedBytes();
                Refused(await scene.Import(ImportKind.Days, path), "line_too_long");
                least = Math.Min(least, GC.GetTotalAllocatedBytes() - before);
            }
            // Staging buffers and the reader's own window; a buffered line would be 100 MB and its doublings.
            least.ShouldBeLessThan(40L << 20);
        }
        Refused(await scene.Import(ImportKind.Days, onlyHeader), "line_too_long");
    }

    [Fact]
    public async Task Refuses_a_gzip_file_that_ends_early_is_damaged_or_is_a_bomb()
    {
        using var scene = new ImportScene(database);
        var rows = Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(0, 20_000).Select(row => $"s{row},2018-05-01,{row % 7},{row % 1000}.25\n")));
        var packed = Packed(rows);
        var damaged = packed.ToArray();
        damaged[damaged.Length / 2] ^= 0x5A;
        var bomb = Packed([.. Encoding.UTF8.GetBytes(Header), .. Enumerable.Repeat((byte)'\n', 120 << 20)]);

        Refused(await scene.Import(ImportKind.Days, scene.File("cut.csv.gz", packed[..(packed.Length / 2)])), "gzip_broken");
        Refused(await scene.Import(ImportKind.Days, scene.File("no-trailer.csv.gz", packed[..^8])), "gzip_broken");
        Refused(await scene.Import(ImportKind.Days, scene.File("damaged.csv.gz", damaged)), "gzip_broken");
        Refused(await scene.Import(ImportKind.Days, scene.File("bomb.csv.gz", bomb)), "gzip_too_large");
        (await scene.Import(ImportKind.Days, scene.File("good.csv.gz", packed))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Refuses_a_file_of_json_lines_whose_figures_begin_where_no_column_is_looked_for_any_more()
    {
        using var scene = new ImportScene(database);
        const int LinesBefore = 1000;
        var before = string.Concat(Enumerable.Range(0, LinesBefore).Select(row => $"{{\"seller_id\":\"{row}\",\"day\":\"2018-05-01\",\"orders\":1}}\n"));
        string Late(string property) => $"{before}{{\"seller_id\":\"late\",\"day\":\"2018-05-01\",{property}}}\n";

        var known = await scene.ImportText(ImportKind.Days, Late("\"GMV\":12.5"));

        Refused(known, "late_column");
        known.Refusal!.Message.ShouldBe("“GMV” first comes on line 1,001, and columns are looked for on the first 1,000. Nothing was imported. Write it on the first line too, as null where it isn’t known.");
        foreach (var harmless in (string[])["\"note\":\"x\"", "\"revenue\":null", "\"revenue\":{\"more\":1}"])
            (await scene.ImportText(ImportKind.Days, Late(harmless))).Refusal.ShouldBeNull(harmless);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\days.csv", "days.csv")]
    [InlineData("days\r\nSet-Cookie: x.csv", "daysSet-Cookie: x.csv")]
    [InlineData("\u202Evsc.syad", "vsc.syad")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    public void Keeps_a_hostile_file_name_as_a_harmless_label(string? given, string label) => Import.Label(given).ShouldBe(label);

    [Fact]
    public void Cuts_an_endless_file_name() => Import.Label(new string('x', 100_000)).Length.ShouldBe(Import.LongestFileName);

    static void Refused(ImportLocalFile.Outcome outcome, string code)
    {
        outcome.Refusal.ShouldNotBeNull();
        outcome.Refusal.Code.ShouldBe(code);
        outcome.Refusal.Message.ShouldContain("Nothing was imported.");
    }

    static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
