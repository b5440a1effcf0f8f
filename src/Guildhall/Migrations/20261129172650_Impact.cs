using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Impact : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "impact");

            migrationBuilder.CreateTable(
                name: "reading_plan",
                schema: "impact",
                columns: table => new
                {
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    window_periods = table.Column<int>(type: "integer", nullable: false),
                    compares_category = table.Column<bool>(type: "boolean", nullable: false),
                    compares_country = table.Column<bool>(type: "boolean", nullable: false),
                    compares_age = table.Column<bool>(type: "boolean", nullable: false),
                    useful_percent = table.Column<decimal>(type: "numeric(5,1)", precision: 5, scale: 1, nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_plan", x => new { x.program_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "reading",
                schema: "impact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_number = table.Column<int>(type: "integer", nullable: false),
                    program_version = table.Column<int>(type: "integer", nullable: false),
                    design = table.Column<string>(type: "text", nullable: false),
                    data_through = table.Column<DateOnly>(type: "date", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    mentees = table.Column<int>(type: "integer", nullable: false),
                    controls = table.Column<int>(type: "integer", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    code_version = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading", x => x.id);
                    table.ForeignKey(
                        name: "fk_reading_reading_plan_program_id_plan_number",
                        columns: x => new { x.program_id, x.plan_number },
                        principalSchema: "impact",
                        principalTable: "reading_plan",
                        principalColumns: new[] { "program_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reading_request",
                schema: "impact",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_number = table.Column<int>(type: "integer", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    has_failed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_request", x => x.id);
                    table.ForeignKey(
                        name: "fk_reading_request_reading_plan_program_id_plan_number",
                        columns: x => new { x.program_id, x.plan_number },
                        principalSchema: "impact",
                        principalTable: "reading_plan",
                        principalColumns: new[] { "program_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reading_program_id_plan_number",
                schema: "impact",
                table: "reading",
                columns: new[] { "program_id", "plan_number" });

            migrationBuilder.CreateIndex(
                name: "ix_reading_program_id_read_at",
                schema: "impact",
                table: "reading",
                columns: new[] { "program_id", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reading_request_program_id",
                schema: "impact",
                table: "reading_request",
                column: "program_id",
                unique: true,
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_reading_request_program_id_asked_at",
                schema: "impact",
                table: "reading_request",
                columns: new[] { "program_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_reading_request_program_id_plan_number",
                schema: "impact",
                table: "reading_request",
                columns: new[] { "program_id", "plan_number" });

            migrationBuilder.Sql(Guildhall.Modules.Impact.ReadingSql.Freeze);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reading",
                schema: "impact");

            migrationBuilder.DropTable(
                name: "reading_request",
                schema: "impact");

            migrationBuilder.DropTable(
                name: "reading_plan",
                schema: "impact");

            migrationBuilder.Sql("DROP FUNCTION impact.refuse_change_of_reading");
        }
    }
}
