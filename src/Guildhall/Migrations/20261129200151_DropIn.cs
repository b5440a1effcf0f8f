using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class DropIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "drop_in_minute_of_week",
                schema: "sessions",
                table: "mentor_calendar",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "drop_in_minutes",
                schema: "sessions",
                table: "mentor_calendar",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "drop_in_minute_of_week",
                schema: "sessions",
                table: "mentor_calendar");

            migrationBuilder.DropColumn(
                name: "drop_in_minutes",
                schema: "sessions",
                table: "mentor_calendar");
        }
    }
}
