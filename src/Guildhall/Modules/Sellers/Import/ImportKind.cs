using Guildhall.Platform.Mail;
using static Guildhall.Modules.Sellers.CellType;

namespace Guildhall.Modules.Sellers;

/// <summary>A kind of file that a marketplace sends: its columns, and the table its rows end in.</summary>
sealed class ImportKind
{
    public required string Name { get; init; }

    /// <summary>What one row is, in the words of the pages.</summary>
    public required string RowNoun { get; init; }

    public string OneRow => $"{(RowNoun[0] == 'e' ? "an" : "a")} {RowNoun}";

    public required string Table { get; init; }

    /// <summary>Rows of sellers the marketplace hasn't named yet wait here; <c>null</c> for the sellers themselves.</summary>
    public string? AsideTable { get; init; }

    /// <summary>The column that says which day a row is about; <c>null</c> where it is about no day.</summary>
    public string? DayColumn { get; init; }
    public required IReadOnlyList<ImportColumn> Columns { get; init; }

    public ImportColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>A file of this kind with every column and one row, for people to fill in.</summary>
    public string Example => string.Join(',', Columns.Select(column => column.Name)) + "\n" + string.Join(',', Columns.Select(column => column.Example)) + "\n";

    public bool BelongsToSellers => AsideTable is not null;

    public static ImportKind? Named(string? name) => All.FirstOrDefault(kind => kind.Name == name);

    static ImportColumn SellerId => new("seller_id", Text, "", "The marketplace’s own id of the seller.",
        "external_seller_id", "shop_id", "shop", "vendor_id", "merchant_id", "store_id")
    { IsKey = true, IsNeeded = true, LongestText = 200 };

    public static readonly ImportKind Sellers = new()
    {
        Name = "sellers",
        RowNoun = "seller",
        Table = "sellers.seller",
        Columns =
        [
            SellerId with { StoredAs = "external_id", AlsoCalled = [.. SellerId.AlsoCalled, "id"] },
            new("name", Text, "", "The name buyers see.", "seller_name", "shop_name", "store_name", "vendor_name", "merchant_name"),
            new("email", Email, "", "Where the marketplace writes to the owner, who signs in by it.", "contact_email", "seller_email", "owner_email", "email_address", "mail")
                { StoredAs = "contact_email", LongestText = EmailAddress.LengthLimit },
            new("city", Text, "", "The town the seller trades from.", "seller_city", "town", "place"),
            new("region", Text, "", "State, province or region.", "state", "seller_state", "province"),
            new("country", Text, "", "Country, as the marketplace writes it.", "country_code", "seller_country", "shipping_country"),
            new("time_zone", Zone, "", "IANA time zone, such as America/Sao_Paulo.", "timezone", "tz"),
            new("signed_up_on", Day, "day", "The day the seller joined the marketplace.", "won_date", "date_created", "created_at", "joined_on", "signup_date", "registration_date"),
            new("category", Text, "", "The main category; a path is written with / or >.", "main_category", "category_path", "primary_category", "top_category") { IsPath = true },
            new("categories", List, "", "All categories, separated by ; or |.", "category_list") { IsPath = true },
            new("languages", List, "", "Languages the seller works in, separated by ; or |.", "language", "spoken_languages"),
            new("channels", List, "", "Where the seller sells, separated by ; or |.", "sales_channels", "channel"),
            new("brands", List, "", "Brands the seller sells or owns, separated by ; or |.", "brand"),
            new("suppliers", List, "", "Suppliers, separated by ; or |.", "supplier"),
            new("operator_group", Text, "", "The owner shared by several shops, where there is one.", "group", "owner", "parent_company") { Words = "Owner of several shops" },
            new("business_type", Text, "", "Reseller, manufacturer or other.", "business_model", "company_type", "seller_type"),
        ],
    };

    public static readonly ImportKind Listings = new()
    {
        Name = "listings",
        RowNoun = "listing",
        Table = "sellers.listing",
        AsideTable = "sellers.listing_aside",
        Columns =
        [
            SellerId with { Meaning = "The marketplace’s own id of the seller; of several who offer the same product, separated by ;.", AlsoCalled = [.. SellerId.AlsoCalled, "sellers", "seller_ids"] },
            new("listing_id", Text, "", "The marketplace’s id of the offer, unique for the seller.", "product_id", "offer_id", "sku", "shop_sku", "item_id")
                { IsKey = true, IsNeeded = true, LongestText = 200, StoredAs = "external_id" },
            new("title", Text, "", "The listing’s title.", "product_title", "listing_title", "name"),
            new("category", Text, "", "The listing’s category; a path is written with / or >.", "product_category", "category_label", "category_path", "category_code") { IsPath = true },
            new("brand", Text, "", "The brand.", "product_brand"),
            new("price", Money, "currency", "The price asked; the middle one where it changed.", "price_median", "unit_price", "sale_price", "total_price"),
            new("lowest_price", Money, "currency", "The lowest price it was sold at.", "price_min", "min_price"),
            new("highest_price", Money, "currency", "The highest price it was sold at.", "price_max", "max_price"),
            new("items_sold", Whole, "items", "Items sold so far.", "items", "quantity_sold", "sold"),
            new("listed_on", Day, "day", "The first day it was seen: put on sale, or else first sold.", "first_date", "date_listed", "available_start_date", "created_at"),
            new("last_sold_on", Day, "day", "The last day it was sold.", "last_date", "last_sale_date"),
            new("stock_units", Whole, "items", "Items in stock.", "quantity", "stock", "inventory", "available_quantity") { Words = "Items in stock" },
            new("photos", Whole, "photos", "Number of photos.", "photos_count", "product_photos_qty", "image_count"),
            new("title_length", Whole, "characters", "Length of the title.", "name_length", "product_name_length") { Words = "Length of the title" },
            new("description_length", Whole, "characters", "Length of the description.", "product_description_length") { Words = "Length of the description" },
            new("is_live", Flag, "", "Whether buyers can buy it now.", "active", "live", "is_active") { Words = "On sale now" },
        ],
    };

    public static readonly ImportKind Days = new()
    {
        Name = "days",
        RowNoun = "seller-day",
        Table = "sellers.seller_day",
        AsideTable = "sellers.seller_day_aside",
        DayColumn = "day",
        Columns =
        [
            SellerId,
            new("day", CellType.Day, "day", "The day the figures are of, in the marketplace’s time zone.", "date", "order_date", "report_date") { IsKey = true, IsNeeded = true },
            new("orders", Whole, "orders", "Orders placed.", "order_count", "orders_count", "nb_orders"),
            new("items", Whole, "items", "Items ordered.", "units", "items_sold", "quantity"),
            new("revenue", Money, "currency", "Value of the items ordered, without freight.", "sales", "gmv", "turnover", "total_revenue"),
            new("freight", Money, "currency", "Shipping charged.", "shipping", "shipping_revenue", "shipping_price") { Words = "Shipping charged" },
            new("cancelled", Whole, "orders", "Orders of that day cancelled since.", "canceled", "cancelled_orders", "cancellations") { Words = "Orders canceled" },
            new("undelivered", Whole, "orders", "Orders of that day never delivered.", "not_delivered", "incidents") { Words = "Orders never delivered" },
            new("returned", Whole, "orders", "Orders of that day sent back.", "returns", "refunds", "refunded_orders") { Words = "Orders sent back" },
            new("reviews", Whole, "reviews", "Reviews known of that day’s orders.", "review_count", "evaluations") { Words = "Reviews known" },
            new("review_mean", Number, "1 to 5", "Their mean.", "rating", "average_rating", "review_score", "grade") { Lowest = 1, Highest = 5, Words = "Mean review" },
            new("late_known", Whole, "orders", "Orders of that day of which it is known whether they went out late.", "shipments", "dispatched") { Words = "Orders whose dispatch is known" },
            new("late", Whole, "orders", "Of those, late ones.", "late_orders", "late_shipments", "late_dispatches") { Words = "Late orders" },
            new("customers_known", Whole, "customers", "Customers of that day who can be told apart.", "customers", "identified_customers") { Words = "Customers who can be told apart" },
            new("returning_customers", Whole, "customers", "Of those, customers who bought from the seller before.", "repeat_customers"),
            new("views", Whole, "views", "Times the seller’s listings were seen.", "impressions", "page_views", "pageviews"),
            new("visits", Whole, "visits", "Visits to the seller’s listings.", "sessions", "product_visits"),
            new("listings_live", Whole, "listings", "Listings on sale.", "live_listings", "active_offers", "active_listings") { Words = "Listings on sale" },
            new("listings_out_of_stock", Whole, "listings", "Listings on sale with nothing in stock.", "out_of_stock", "stock_outs", "stockouts"),
            new("stock_units", Whole, "items", "Items in stock.", "stock", "inventory") { Words = "Items in stock" },
            new("policy_points", Whole, "points", "Open policy points at the end of the day.", "violation_points", "penalty_points"),
        ],
    };

    public static readonly ImportKind Events = new()
    {
        Name = "events",
        RowNoun = "event",
        Table = "sellers.event",
        AsideTable = "sellers.event_aside",
        DayColumn = "happened_on",
        Columns =
        [
            SellerId,
            new("event_id", Text, "", "The marketplace’s id of the event, unique for the seller.", "order_id", "external_id", "id") { IsKey = true, IsNeeded = true, LongestText = 200, StoredAs = "external_id" },
            new("happened_on", CellType.Day, "day", "The day it happened; of an instant, the date as written.", "order_date", "date", "day", "created_date", "occurred_at", "happened_at", "purchase_date")
                { IsNeeded = true },
            new("kind", Text, "", "What happened; not filled means an order.", "type", "event_type", "event_kind") { Words = "What happened" },
            new("status", Text, "", "How it stands: delivered, cancelled, shipped…", "order_status", "state", "order_state"),
            new("items", Whole, "items", "Items in it.", "quantity", "units"),
            new("revenue", Money, "currency", "Value of the items, without freight.", "amount", "price", "total_price", "order_value"),
            new("freight", Money, "currency", "Shipping charged.", "shipping", "freight_value", "shipping_price") { Words = "Shipping charged" },
            new("review", Number, "1 to 5", "The buyer’s review.", "review_score", "rating", "grade") { Lowest = 1, Highest = 5 },
            new("is_late", Flag, "", "Whether it went out late.", "late", "late_dispatch", "shipped_late") { Words = "Went out late" },
            new("dispatch_by", CellType.Day, "day", "The day it was to go out.", "ship_by", "shipping_limit_date", "shipping_deadline") { Words = "To go out by" },
            new("promised_on", CellType.Day, "day", "The delivery day promised.", "estimated_delivery", "promised_delivery", "delivery_date_estimated") { Words = "Delivery promised on" },
            new("delivered_on", CellType.Day, "day", "The day it was delivered.", "delivered", "delivery_date", "received_date"),
            new("customer_id", Text, "", "A pseudonym of the buyer.", "customer", "buyer_id") { LongestText = 200, Words = "Buyer, by a pseudonym" },
        ],
    };

    public static IReadOnlyList<ImportKind> All { get; } = [Sellers, Listings, Days, Events];
}
