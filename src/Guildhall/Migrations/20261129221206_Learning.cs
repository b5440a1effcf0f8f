using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Learning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "learning_reading",
                schema: "pairing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settings_seen = table.Column<long>(type: "bigint", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    code_version = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_reading", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learning_request",
                schema: "pairing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    has_failed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learning_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pair_choice",
                schema: "pairing",
                columns: table => new
                {
                    proposal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    how = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pair_choice", x => x.proposal_id);
                    table.ForeignKey(
                        name: "fk_pair_choice_proposal_proposal_id",
                        column: x => x.proposal_id,
                        principalSchema: "pairing",
                        principalTable: "proposal",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "weight_approval",
                schema: "pairing",
                columns: table => new
                {
                    reading_id = table.Column<Guid>(type: "uuid", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_weight_approval", x => x.reading_id);
                    table.ForeignKey(
                        name: "fk_weight_approval_learning_reading_reading_id",
                        column: x => x.reading_id,
                        principalSchema: "pairing",
                        principalTable: "learning_reading",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_learning_reading_program_id_number",
                schema: "pairing",
                table: "learning_reading",
                columns: new[] { "program_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_learning_request_program_id",
                schema: "pairing",
                table: "learning_request",
                column: "program_id",
                unique: true,
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_learning_request_program_id_asked_at",
                schema: "pairing",
                table: "learning_request",
                columns: new[] { "program_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_pair_choice_program_id",
                schema: "pairing",
                table: "pair_choice",
                column: "program_id");

            migrationBuilder.Sql(Guildhall.Modules.Pairing.LearningSql.Freeze);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "learning_request",
                schema: "pairing");

            migrationBuilder.DropTable(
                name: "pair_choice",
                schema: "pairing");

            migrationBuilder.DropTable(
                name: "weight_approval",
                schema: "pairing");

            migrationBuilder.DropTable(
                name: "learning_reading",
                schema: "pairing");

            migrationBuilder.Sql("DROP FUNCTION pairing.refuse_change_of_learning");
        }
    }
}
