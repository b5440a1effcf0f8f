using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Applications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "application",
                schema: "enrollment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    proposed_tier = table.Column<string>(type: "text", nullable: true),
                    tier = table.Column<string>(type: "text", nullable: true),
                    tier_reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    appeal = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "baseline",
                schema: "enrollment",
                columns: table => new
                {
                    participant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_baseline", x => new { x.participant_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "charter_signature",
                schema: "enrollment",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    charter_number = table.Column<int>(type: "integer", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_charter_signature", x => new { x.account_id, x.charter_number });
                });

            migrationBuilder.CreateTable(
                name: "disclosure",
                schema: "enrollment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    what = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    declared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disclosure", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vetting_review",
                schema: "enrollment",
                columns: table => new
                {
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reviewer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reviewer_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    scores = table.Column<string>(type: "jsonb", nullable: false),
                    recommends = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vetting_review", x => new { x.application_id, x.reviewer_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_application_program_id_seller_id",
                schema: "enrollment",
                table: "application",
                columns: new[] { "program_id", "seller_id" },
                unique: true,
                filter: "state not in ('Declined', 'Withdrawn')");

            migrationBuilder.CreateIndex(
                name: "ix_application_program_id_state_sent_at",
                schema: "enrollment",
                table: "application",
                columns: new[] { "program_id", "state", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_application_seller_id",
                schema: "enrollment",
                table: "application",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_charter_signature_seller_id_charter_number",
                schema: "enrollment",
                table: "charter_signature",
                columns: new[] { "seller_id", "charter_number" });

            migrationBuilder.CreateIndex(
                name: "ix_disclosure_seller_id",
                schema: "enrollment",
                table: "disclosure",
                column: "seller_id");

            migrationBuilder.Sql(Guildhall.Modules.Enrollment.BaselineSql.Freeze);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "application",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "baseline",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "charter_signature",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "disclosure",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "vetting_review",
                schema: "enrollment");
        }
    }
}
