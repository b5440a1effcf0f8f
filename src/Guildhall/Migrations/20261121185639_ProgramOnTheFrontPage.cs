using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class ProgramOnTheFrontPage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_on_front_page",
                schema: "programs",
                table: "program",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Until now visitors saw the newest open program; they go on seeing it.
            migrationBuilder.Sql("""
                UPDATE programs.program SET is_on_front_page = true
                WHERE id = (SELECT id FROM programs.program WHERE state = 'Open' AND figures_as_of IS NULL ORDER BY id DESC LIMIT 1)
                """);

            migrationBuilder.CreateIndex(
                name: "ix_program_is_on_front_page",
                schema: "programs",
                table: "program",
                column: "is_on_front_page",
                unique: true,
                filter: "is_on_front_page");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_program_is_on_front_page",
                schema: "programs",
                table: "program");

            migrationBuilder.DropColumn(
                name: "is_on_front_page",
                schema: "programs",
                table: "program");
        }
    }
}
