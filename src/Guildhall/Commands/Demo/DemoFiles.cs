using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guildhall.Commands.Demo;

/// <summary>
/// Writes the demo marketplace as the files a real one would send: the import's own column names, an empty cell for what is not known.
/// One shop is in memory at a time.
/// </summary>
static class DemoFiles
{
    // "\n" and no byte-order mark on every system: the same seed gives the same bytes.
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(DemoMarketplace marketplace, string folder)
    {
        Directory.CreateDirectory(folder);
        WriteText(Path.Combine(folder, "sellers.csv"), writer => Sellers(marketplace, writer));
        WriteText(Path.Combine(folder, "listings.csv"), writer => Listings(marketplace, writer));
        WriteText(Path.Combine(folder, "mentees.csv"), writer => DemoParticipantFiles.Mentees(marketplace.Cohort, writer));
        WriteText(Path.Combine(folder, "mentors.csv"), writer => DemoParticipantFiles.Mentors(marketplace.Cohort, writer));
        using var days = Gzip(Path.Combine(folder, "seller_days.csv.gz"));
        using var events = Gzip(Path.Combine(folder, "events.ndjson.gz"));
        DaysAndEvents(marketplace, days, events);
    }

    public static void Sellers(DemoMarketplace marketplace, Stream output)
    {
        using var writer = Csv(output);
        writer.Header("seller_id,name,city,region,country,time_zone,signed_up_on,category,languages,channels,brands,suppliers,operator_group,business_type");
        foreach (var seller in marketplace.Sellers)
        {
            writer.Row(
                seller.Id, seller.ShopName, seller.Place.City, seller.Place.Region, seller.Place.Country, seller.Place.TimeZone, Day(seller.SignedUpOn),
                seller.Category.Path, string.Join(';', seller.Languages.Where(language => language.IsWorking).Select(language => language.Code)),
                string.Join(';', seller.Channels), string.Join(';', seller.Brands), seller.Supplier, seller.OperatorGroup,
                seller.MakesToOrder ? "maker" : "reseller");
        }
    }

    public static void Listings(DemoMarketplace marketplace, Stream output)
    {
        using var writer = Csv(output);
        writer.Header("seller_id,listing_id,category,price,listed_on,photos,title_length,description_length,is_live");
        foreach (var seller in marketplace.Sellers)
        {
            var isLive = seller.IsTradingOn(marketplace.AsOf) ? "true" : "false";
            foreach (var listing in marketplace.Listings(seller))
            {
                writer.Row(
                    seller.Id, listing.Id, listing.Category.Path, Money(listing.PriceCents), Day(listing.FirstListedOn), Count(listing.Photos),
                    Count(listing.TitleLength), Count(listing.DescriptionLength), isLive);
            }
        }
    }

    /// <summary>Both files in one pass, because a day is the sum of its events.</summary>
    public static void DaysAndEvents(DemoMarketplace marketplace, Stream days, Stream events)
    {
        using var dayWriter = Csv(days);
        dayWriter.Header(
            "seller_id,day,orders,items,revenue,cancelled,returned,reviews,review_mean,late_known,late,customers_known,returning_customers,visits,"
            + "listings_live,listings_out_of_stock,policy_points");
        using var eventWriter = new Utf8JsonWriter(events, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        foreach (var seller in marketplace.Sellers)
        {
            var (orders, figures) = marketplace.History(seller);
            foreach (var day in figures) WriteDay(dayWriter, seller, day);
            foreach (var order in orders) WriteEvent(eventWriter, events, seller, order);
        }
    }

    static void WriteDay(CsvLines writer, DemoSeller seller, DemoDay day) => writer.Row(
        seller.Id, Day(day.Day), Count(day.Orders), Count(day.Items), Money(day.RevenueCents), Count(day.Cancelled), Count(day.Returned), Count(day.Reviews),
        day.Reviews == 0 ? null : ((decimal)day.ReviewStars / day.Reviews).ToString("0.##", CultureInfo.InvariantCulture),
        Count(day.DispatchKnown), Count(day.Late), Count(day.Customers), Count(day.ReturningCustomers), Count(day.Visits), Count(day.ListingsLive),
        Count(day.ListingsOutOfStock), Count(day.PolicyPoints));

    static void WriteEvent(Utf8JsonWriter writer, Stream output, DemoSeller seller, DemoOrder order)
    {
        writer.WriteStartObject();
        writer.WriteString("seller_id", seller.Id);
        writer.WriteString("event_id", order.Id);
        writer.WriteString("happened_on", order.PlacedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("kind", "order");
        writer.WriteString("status", order.Status);
        writer.WriteNumber("items", order.Items);
        writer.WritePropertyName("revenue");
        writer.WriteRawValue(Money(order.RevenueCents));
        if (order.ReviewStars is { } stars) writer.WriteNumber("review", stars);
        if (seller.Known.Dispatch && order.IsLate is { } late) writer.WriteBoolean("is_late", late);
        writer.WriteString("dispatch_by", Day(order.DispatchBy));
        if (order.DeliveredOn is { } delivered) writer.WriteString("delivered_on", Day(delivered));
        writer.WriteString("customer_id", order.CustomerId);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
        writer.Reset();
    }

    internal static CsvLines Csv(Stream output) => new(new StreamWriter(output, Utf8, bufferSize: 1 << 16, leaveOpen: true));

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Money(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    internal static string? Count(int? count) => count?.ToString(CultureInfo.InvariantCulture);

    static void WriteText(string path, Action<Stream> write)
    {
        using var file = File.Create(path);
        write(file);
    }

    static GZipStream Gzip(string path) => new(File.Create(path), CompressionLevel.Fastest);
}

/// <summary>Writes comma-separated lines (RFC 4180, but "\n" ends them) and holds every row to the header's width.</summary>
sealed class CsvLines(StreamWriter writer) : IDisposable
{
    int width;

    public void Header(string names)
    {
        width = names.Count(letter => letter == ',') + 1;
        writer.Write(names);
        writer.Write('\n');
    }

    public void Row(params ReadOnlySpan<string?> cells)
    {
        if (cells.Length != width) throw new ArgumentException($"The header has {width} columns, this row {cells.Length}.", nameof(cells));
        for (var index = 0; index < cells.Length; index++)
        {
            if (index > 0) writer.Write(',');
            Cell(cells[index] ?? "");
        }
        writer.Write('\n');
    }

    void Cell(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            writer.Write(text);
            return;
        }
        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    public void Dispose() => writer.Dispose();
}
