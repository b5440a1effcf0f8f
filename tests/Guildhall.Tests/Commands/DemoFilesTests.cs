using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Guildhall.Commands.Demo;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Commands;

public class DemoFilesTests
{
    static readonly DateOnly AsOf = new(2026, 9, 28);
    static readonly DemoSize Small = new(Sellers: 240, Months: 8, Mentees: 6);

    static readonly Dictionary<string, string> Files = Texts(1);

    [Fact]
    public void The_same_seed_writes_the_same_bytes()
    {
        Hash(Texts(1)).ShouldBe(Hash(Files));

        // Pinned, so that another machine or runtime that writes other bytes is noticed; changes when the generator is changed on purpose.
        Hash(Files).ShouldBe("317739faac371675db450aa0b17a62cdd429aea032a85700b3c43dd909dfcd49");
    }

    [Fact]
    public void Another_seed_another_day_or_another_size_writes_other_bytes()
    {
        Hash(Texts(2)).ShouldNotBe(Hash(Files));
        Hash(Texts(1, AsOf.AddDays(1))).ShouldNotBe(Hash(Files));
        Hash(Texts(1, size: Small with { Sellers = 241 })).ShouldNotBe(Hash(Files));
    }

    [Fact]
    public void Columns_carry_the_import_s_own_names_and_all_that_it_needs()
    {
        foreach (var (kind, columns) in new[]
        {
            (ImportKind.Sellers, Rows("sellers.csv")[0].Keys.ToList()),
            (ImportKind.Listings, Rows("listings.csv")[0].Keys.ToList()),
            (ImportKind.Days, Rows("seller_days.csv.gz")[0].Keys.ToList()),
            (ImportKind.Events, Events().SelectMany(order => order.EnumerateObject().Select(property => property.Name)).Distinct().ToList()),
        })
        {
            columns.ShouldBeSubsetOf(kind.Columns.Select(column => column.Name), kind.Name);
            columns.Intersect(kind.Columns.Where(column => column.IsNeeded).Select(column => column.Name)).Count().ShouldBe(kind.Columns.Count(column => column.IsNeeded), kind.Name);
        }
    }

    [Fact]
    public void Every_seller_that_a_file_names_is_in_the_sellers_file()
    {
        var sellers = Rows("sellers.csv").Select(row => row["seller_id"]).ToHashSet();

        sellers.Count.ShouldBe(Small.Sellers);
        foreach (var file in new[] { "listings.csv", "seller_days.csv.gz" })
            Rows(file).ShouldAllBe(row => sellers.Contains(row["seller_id"]), file);
        Events().ShouldAllBe(order => sellers.Contains(order.GetProperty("seller_id").GetString()!));
    }

    [Fact]
    public void Keys_are_unique()
    {
        Rows("sellers.csv").Select(row => row["seller_id"]).ShouldBeUnique();
        Rows("listings.csv").Select(row => row["listing_id"]).ShouldBeUnique();
        Rows("seller_days.csv.gz").Select(row => (row["seller_id"], row["day"])).ShouldBeUnique();
        Events().Select(order => order.GetProperty("event_id").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void Money_has_two_decimals_and_no_figure_is_negative()
    {
        foreach (var (file, column) in new[] { ("listings.csv", "price"), ("seller_days.csv.gz", "revenue") })
            Rows(file).ShouldAllBe(row => HasTwoDecimals(row[column]), $"{column} in {file}");

        string[] counts = [.. Rows("seller_days.csv.gz")[0].Keys.Except(["seller_id", "day", "revenue", "review_mean"])];
        counts.Length.ShouldBe(13);
        foreach (var row in Rows("seller_days.csv.gz"))
        {
            foreach (var count in counts) (row[count].Length == 0 || IsWhole(row[count])).ShouldBeTrue($"{count} is \"{row[count]}\"");
        }
    }

    [Fact]
    public void What_is_not_known_of_a_seller_is_empty_on_every_day_and_what_is_known_on_none()
    {
        foreach (var column in new[] { "visits", "returned", "late", "listings_out_of_stock" })
        {
            var sellers = Rows("seller_days.csv.gz").GroupBy(row => row["seller_id"], row => row[column].Length > 0).ToList();

            sellers.ShouldAllBe(known => known.Distinct().Count() == 1, column);
            sellers.Count(known => known.First()).ShouldBeGreaterThan(sellers.Count / 5, column);
            sellers.Count(known => !known.First()).ShouldBeGreaterThan(sellers.Count / 20, column);
        }
        Rows("seller_days.csv.gz").ShouldAllBe(row => (row["reviews"] == "0") == (row["review_mean"].Length == 0));
    }

    [Fact]
    public void A_day_is_the_sum_of_its_events()
    {
        var fromEvents = Events()
            .GroupBy(order => (order.GetProperty("seller_id").GetString(), order.GetProperty("happened_on").GetString()![..10]))
            .ToDictionary(day => day.Key, day => (
                Orders: day.Count(), Items: day.Sum(order => order.GetProperty("items").GetInt32()), Revenue: day.Sum(order => order.GetProperty("revenue").GetDecimal()),
                Cancelled: day.Count(order => order.GetProperty("status").GetString() == "cancelled"), Reviews: day.Count(order => order.TryGetProperty("review", out _))));

        var fromDays = Rows("seller_days.csv.gz").Where(row => row["orders"] != "0").ToDictionary(
            row => ((string?)row["seller_id"], row["day"]),
            row => (Whole(row["orders"]), Whole(row["items"]), decimal.Parse(row["revenue"], CultureInfo.InvariantCulture), Whole(row["cancelled"]), Whole(row["reviews"])));

        fromDays.Count.ShouldBeGreaterThan(1000);
        fromDays.OrderBy(day => day.Key).ShouldBe(fromEvents.Select(day => KeyValuePair.Create(day.Key, (day.Value.Orders, day.Value.Items, day.Value.Revenue, day.Value.Cancelled, day.Value.Reviews))).OrderBy(day => day.Key));
    }

    [Fact]
    public void Days_lie_within_the_months_asked_for_and_after_sign_up()
    {
        var signedUp = Rows("sellers.csv").ToDictionary(row => row["seller_id"], row => row["signed_up_on"]);
        var first = AsOf.AddMonths(-Small.Months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        Rows("seller_days.csv.gz").ShouldAllBe(row =>
            string.CompareOrdinal(row["day"], first) >= 0 && string.CompareOrdinal(row["day"], "2026-09-28") < 0
            && string.CompareOrdinal(row["day"], signedUp[row["seller_id"]]) >= 0);
    }

    [Fact]
    public void Files_on_disk_hold_what_the_streams_hold()
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-demo-");
        try
        {
            DemoFiles.Write(DemoMarketplace.Generate(1, AsOf, Small), folder.FullName);

            folder.GetFiles().Select(file => file.Name).Order().ShouldBe(Files.Keys.Order());
            foreach (var (name, text) in Files)
            {
                using Stream file = File.OpenRead(Path.Combine(folder.FullName, name));
                using var reader = new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
                reader.ReadToEnd().ShouldBe(text, name);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Dictionary<string, string> Texts(ulong seed, DateOnly? asOf = null, DemoSize? size = null)
    {
        var marketplace = DemoMarketplace.Generate(seed, asOf ?? AsOf, size ?? Small);
        using MemoryStream sellers = new(), listings = new(), days = new(), events = new(), mentees = new(), mentors = new();
        DemoFiles.Sellers(marketplace, sellers);
        DemoFiles.Listings(marketplace, listings);
        DemoFiles.DaysAndEvents(marketplace, days, events);
        DemoParticipantFiles.Mentees(marketplace.Cohort, mentees);
        DemoParticipantFiles.Mentors(marketplace.Cohort, mentors);
        return new Dictionary<string, string>
        {
            ["sellers.csv"] = Text(sellers),
            ["listings.csv"] = Text(listings),
            ["seller_days.csv.gz"] = Text(days),
            ["events.ndjson.gz"] = Text(events),
            ["mentees.csv"] = Text(mentees),
            ["mentors.csv"] = Text(mentors),
        };
    }

    static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());

    static string Hash(Dictionary<string, string> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value)))));

    /// <summary>Rows of the marketplace's files, in which no cell needs quotes.</summary>
    static List<Dictionary<string, string>> Rows(string file)
    {
        var lines = Files[file].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        lines.ShouldAllBe(cells => cells.Length == lines[0].Length);
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    static List<JsonElement> Events() =>
        [.. Files["events.ndjson.gz"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static bool IsWhole(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;

    static bool HasTwoDecimals(string text) => text.Length > 3 && text[^3] == '.' && IsWhole(text.AsSpan(0, text.Length - 3)) && IsWhole(text.AsSpan(text.Length - 2));
}
