using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class OneFirstAccount : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_first",
                schema: "people",
                table: "account",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // An installation that has accounts got its first one by a link.
            migrationBuilder.Sql("UPDATE people.account SET is_first = true WHERE id = (SELECT id FROM people.account ORDER BY created_at, id LIMIT 1)");

            migrationBuilder.CreateIndex(
                name: "ix_account_is_first",
                schema: "people",
                table: "account",
                column: "is_first",
                unique: true,
                filter: "is_first");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_account_is_first",
                schema: "people",
                table: "account");

            migrationBuilder.DropColumn(
                name: "is_first",
                schema: "people",
                table: "account");
        }
    }
}
