using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>This module's part of the database.</summary>
static class SellersTables
{
    public const string Schema = "sellers";

    /// <summary>
    /// What EF Core's migrations can't say: the partitioned table, the three tables of rows that wait for their seller, and uploads kept as they
    /// are, because packing a megabyte at a time takes longer than writing it. Runs once, after the tables of the model were made.
    /// </summary>
    public const string AfterModel = """
        CREATE TABLE sellers.seller_day (
            seller_id uuid NOT NULL, day date NOT NULL,
            orders integer, items integer, revenue_minor_units bigint, freight_minor_units bigint,
            cancelled integer, undelivered integer, returned integer, reviews integer, review_mean double precision,
            late_known integer, late integer, customers_known integer, returning_customers integer,
            views integer, visits integer, listings_live integer, listings_out_of_stock integer, stock_units integer, policy_points integer,
            PRIMARY KEY (seller_id, day)
        ) PARTITION BY RANGE (day);

        CREATE TABLE sellers.seller_day_aside (LIKE sellers.seller_day);
        ALTER TABLE sellers.seller_day_aside DROP COLUMN seller_id, ADD external_seller_id text NOT NULL, ADD PRIMARY KEY (external_seller_id, day);
        CREATE TABLE sellers.listing_aside (LIKE sellers.listing);
        ALTER TABLE sellers.listing_aside DROP COLUMN seller_id, ADD external_seller_id text NOT NULL, ADD PRIMARY KEY (external_seller_id, external_id);
        CREATE TABLE sellers.event_aside (LIKE sellers.event);
        ALTER TABLE sellers.event_aside DROP COLUMN seller_id, ADD external_seller_id text NOT NULL, ADD PRIMARY KEY (external_seller_id, external_id);

        ALTER TABLE sellers.import_chunk ALTER bytes SET STORAGE EXTERNAL;
        """;

    /// <summary>
    /// The indexes that EF Core can't say: the last day there is, which every page asks for, and the two orders of the sellers list, whose next page is
    /// found by the last seller of this one.
    /// </summary>
    public const string Indexes = """
        CREATE INDEX ix_seller_day_day ON sellers.seller_day (day);
        CREATE INDEX ix_seller_shown_name ON sellers.seller ((coalesce(name, external_id)), id);
        CREATE INDEX ix_seller_joined ON sellers.seller ((coalesce(signed_up_on, '-infinity'::date)), id);
        """;

    public static void Map(ModelBuilder model)
    {
        model.ApplyConfiguration(new Seller.Table());
        model.ApplyConfiguration(new Listing.Table());
        model.ApplyConfiguration(new SellerEvent.Table());
        model.ApplyConfiguration(new SellerDay.Table());
        model.ApplyConfiguration(new Import.Table());
        model.ApplyConfiguration(new ImportChunk.Table());
        model.ApplyConfiguration(new ImportReject.Table());
        model.ApplyConfiguration(new SavedMapping.Table());
    }
}
