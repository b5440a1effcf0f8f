using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class NewSellers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "milestone_minor_units",
                schema: "impact",
                table: "reading_plan",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "milestone_useful_days",
                schema: "impact",
                table: "reading_plan",
                type: "numeric(5,1)",
                precision: 5,
                scale: 1,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "milestone_within_days",
                schema: "impact",
                table: "reading_plan",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "staying_quiet_days",
                schema: "impact",
                table: "reading_plan",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "staying_useful_days",
                schema: "impact",
                table: "reading_plan",
                type: "numeric(5,1)",
                precision: 5,
                scale: 1,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "staying_within_days",
                schema: "impact",
                table: "reading_plan",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "milestone_verdict",
                schema: "impact",
                table: "reading",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "staying_verdict",
                schema: "impact",
                table: "reading",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "milestone_minor_units",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "milestone_useful_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "milestone_within_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "staying_quiet_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "staying_useful_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "staying_within_days",
                schema: "impact",
                table: "reading_plan");

            migrationBuilder.DropColumn(
                name: "milestone_verdict",
                schema: "impact",
                table: "reading");

            migrationBuilder.DropColumn(
                name: "staying_verdict",
                schema: "impact",
                table: "reading");
        }
    }
}
