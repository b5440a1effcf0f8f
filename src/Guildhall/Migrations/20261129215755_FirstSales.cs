using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class FirstSales : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "first_sale_useful_days",
                schema: "impact",
                table: "reading_plan",
                type: "numeric(5,1)",
                precision: 5,
                scale: 1,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "first_sale_within_days",
                schema: "impact",
                table: "reading_plan",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "first_sale_verdict",
                schema: "impact",
                table: "reading",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "first_sale_useful_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "first_sale_within_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "first_sale_verdict",
                schema: "impact",
                table: "reading");
        }
    }
}
