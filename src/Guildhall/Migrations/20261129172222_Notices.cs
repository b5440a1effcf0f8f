using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "notices");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "useful_until",
                schema: "platform",
                table: "outgoing_mail",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "digest",
                schema: "notices",
                columns: table => new
                {
                    address_key = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_digest", x => new { x.address_key, x.day });
                });

            migrationBuilder.CreateTable(
                name: "mail_choice",
                schema: "notices",
                columns: table => new
                {
                    address_key = table.Column<string>(type: "text", nullable: false),
                    kind_id = table.Column<string>(type: "text", nullable: false),
                    in_digest = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_choice", x => new { x.address_key, x.kind_id });
                });

            migrationBuilder.CreateTable(
                name: "notice",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    address_key = table.Column<string>(type: "text", nullable: false),
                    kind_id = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "character varying(206)", maxLength: 206, nullable: false),
                    about_id = table.Column<Guid>(type: "uuid", nullable: true),
                    href = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    digest_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quiet_time",
                schema: "notices",
                columns: table => new
                {
                    address_key = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    to = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quiet_time", x => x.address_key);
                });

            migrationBuilder.CreateIndex(
                name: "ix_digest_day",
                schema: "notices",
                table: "digest",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "ix_notice_address_key_at",
                schema: "platform",
                table: "notice",
                columns: new[] { "address_key", "at" },
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notice_address_key_id",
                schema: "platform",
                table: "notice",
                columns: new[] { "address_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notice_at",
                schema: "platform",
                table: "notice",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_notice_digest_at_address_key",
                schema: "platform",
                table: "notice",
                columns: new[] { "digest_at", "address_key" },
                filter: "digest_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "digest",
                schema: "notices");

            migrationBuilder.DropTable(
                name: "mail_choice",
                schema: "notices");

            migrationBuilder.DropTable(
                name: "notice",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "quiet_time",
                schema: "notices");

            migrationBuilder.DropColumn(
                name: "useful_until",
                schema: "platform",
                table: "outgoing_mail");
        }
    }
}
