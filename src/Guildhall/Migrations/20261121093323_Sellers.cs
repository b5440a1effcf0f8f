using System;
using Guildhall.Modules.Sellers;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Sellers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "sellers");

            migrationBuilder.CreateTable(
                name: "event",
                schema: "sellers",
                columns: table => new
                {
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    happened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "text", nullable: true),
                    items = table.Column<int>(type: "integer", nullable: true),
                    revenue_minor_units = table.Column<long>(type: "bigint", nullable: true),
                    freight_minor_units = table.Column<long>(type: "bigint", nullable: true),
                    review = table.Column<double>(type: "double precision", nullable: true),
                    is_late = table.Column<bool>(type: "boolean", nullable: true),
                    dispatch_by = table.Column<DateOnly>(type: "date", nullable: true),
                    promised_on = table.Column<DateOnly>(type: "date", nullable: true),
                    delivered_on = table.Column<DateOnly>(type: "date", nullable: true),
                    customer_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => new { x.seller_id, x.external_id });
                });

            migrationBuilder.CreateTable(
                name: "import",
                schema: "sellers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    is_stored = table.Column<bool>(type: "boolean", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: true),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    currency_code = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    skip_bad_rows = table.Column<bool>(type: "boolean", nullable: false),
                    is_dry_run = table.Column<bool>(type: "boolean", nullable: false),
                    rows_read = table.Column<long>(type: "bigint", nullable: false),
                    rows_staged = table.Column<long>(type: "bigint", nullable: false),
                    rows_rejected = table.Column<long>(type: "bigint", nullable: false),
                    rows_repeated = table.Column<long>(type: "bigint", nullable: false),
                    next_byte = table.Column<long>(type: "bigint", nullable: false),
                    next_line = table.Column<long>(type: "bigint", nullable: false),
                    is_read = table.Column<bool>(type: "boolean", nullable: false),
                    has_repeated_days = table.Column<bool>(type: "boolean", nullable: false),
                    rows_inserted = table.Column<long>(type: "bigint", nullable: false),
                    rows_updated = table.Column<long>(type: "bigint", nullable: false),
                    rows_unchanged = table.Column<long>(type: "bigint", nullable: false),
                    rows_aside = table.Column<long>(type: "bigint", nullable: false),
                    rows_attached = table.Column<long>(type: "bigint", nullable: false),
                    refusal_code = table.Column<string>(type: "text", nullable: true),
                    refusal_message = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "listing",
                schema: "sellers",
                columns: table => new
                {
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    brand = table.Column<string>(type: "text", nullable: true),
                    price_minor_units = table.Column<long>(type: "bigint", nullable: true),
                    lowest_price_minor_units = table.Column<long>(type: "bigint", nullable: true),
                    highest_price_minor_units = table.Column<long>(type: "bigint", nullable: true),
                    items_sold = table.Column<int>(type: "integer", nullable: true),
                    listed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    last_sold_on = table.Column<DateOnly>(type: "date", nullable: true),
                    stock_units = table.Column<int>(type: "integer", nullable: true),
                    photos = table.Column<int>(type: "integer", nullable: true),
                    title_length = table.Column<int>(type: "integer", nullable: true),
                    description_length = table.Column<int>(type: "integer", nullable: true),
                    is_live = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listing", x => new { x.seller_id, x.external_id });
                });

            migrationBuilder.CreateTable(
                name: "mapping",
                schema: "sellers",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    mapping = table.Column<string>(type: "jsonb", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mapping", x => new { x.kind, x.name });
                });

            migrationBuilder.CreateTable(
                name: "seller",
                schema: "sellers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    city = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: true),
                    signed_up_on = table.Column<DateOnly>(type: "date", nullable: true),
                    category = table.Column<string>(type: "text", nullable: true),
                    categories = table.Column<string[]>(type: "text[]", nullable: true),
                    languages = table.Column<string[]>(type: "text[]", nullable: true),
                    channels = table.Column<string[]>(type: "text[]", nullable: true),
                    brands = table.Column<string[]>(type: "text[]", nullable: true),
                    suppliers = table.Column<string[]>(type: "text[]", nullable: true),
                    operator_group = table.Column<string>(type: "text", nullable: true),
                    business_type = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seller", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_chunk",
                schema: "sellers",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_chunk", x => new { x.import_id, x.number });
                    table.ForeignKey(
                        name: "fk_import_chunk_import_import_id",
                        column: x => x.import_id,
                        principalSchema: "sellers",
                        principalTable: "import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_reject",
                schema: "sellers",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    column = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_reject", x => new { x.import_id, x.line });
                    table.ForeignKey(
                        name: "fk_import_reject_import_import_id",
                        column: x => x.import_id,
                        principalSchema: "sellers",
                        principalTable: "import",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_import_state",
                schema: "sellers",
                table: "import",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "ix_seller_category",
                schema: "sellers",
                table: "seller",
                column: "category");

            migrationBuilder.CreateIndex(
                name: "ix_seller_external_id",
                schema: "sellers",
                table: "seller",
                column: "external_id",
                unique: true);

            // What EF Core's migrations can't say: the partitioned table, the three tables of rows that wait for their seller, and uploads kept as they
            // are, because packing a megabyte at a time takes longer than writing it.
            migrationBuilder.Sql("""
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
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE sellers.seller_day, sellers.seller_day_aside, sellers.listing_aside, sellers.event_aside");

            migrationBuilder.DropTable(
                name: "event",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "import_chunk",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "import_reject",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "listing",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "mapping",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "seller",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "import",
                schema: "sellers");
        }
    }
}
