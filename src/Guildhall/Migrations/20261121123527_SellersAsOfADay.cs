using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class SellersAsOfADay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_seller_category",
                schema: "sellers",
                table: "seller");

            migrationBuilder.DropPrimaryKey(
                name: "pk_import_reject",
                schema: "sellers",
                table: "import_reject");

            migrationBuilder.AddColumn<short>(
                name: "number",
                schema: "sellers",
                table: "import_reject",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.AddPrimaryKey(
                name: "pk_import_reject",
                schema: "sellers",
                table: "import_reject",
                columns: new[] { "import_id", "line", "number" });

            migrationBuilder.CreateIndex(
                name: "ix_seller_category",
                schema: "sellers",
                table: "seller",
                column: "category")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_listing_category",
                schema: "sellers",
                table: "listing",
                column: "category")
                .Annotation("Npgsql:IndexOperators", new[] { "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_event_happened_on",
                schema: "sellers",
                table: "event",
                column: "happened_on");

            // The indexes that EF Core can't say: the last day there is, which every page asks for, and the two orders of the sellers list, whose next
            // page is found by the last seller of this one.
            migrationBuilder.Sql("""
                CREATE INDEX ix_seller_day_day ON sellers.seller_day (day);
                CREATE INDEX ix_seller_shown_name ON sellers.seller ((coalesce(name, external_id)), id);
                CREATE INDEX ix_seller_joined ON sellers.seller ((coalesce(signed_up_on, '-infinity'::date)), id);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX sellers.ix_seller_day_day, sellers.ix_seller_shown_name, sellers.ix_seller_joined");

            migrationBuilder.DropIndex(
                name: "ix_seller_category",
                schema: "sellers",
                table: "seller");

            migrationBuilder.DropIndex(
                name: "ix_listing_category",
                schema: "sellers",
                table: "listing");

            migrationBuilder.DropPrimaryKey(
                name: "pk_import_reject",
                schema: "sellers",
                table: "import_reject");

            migrationBuilder.DropIndex(
                name: "ix_event_happened_on",
                schema: "sellers",
                table: "event");

            migrationBuilder.DropColumn(
                name: "number",
                schema: "sellers",
                table: "import_reject");

            migrationBuilder.AddPrimaryKey(
                name: "pk_import_reject",
                schema: "sellers",
                table: "import_reject",
                columns: new[] { "import_id", "line" });

            migrationBuilder.CreateIndex(
                name: "ix_seller_category",
                schema: "sellers",
                table: "seller",
                column: "category");
        }
    }
}
