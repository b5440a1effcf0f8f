using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class EnrollmentAndPairing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "pairing");

            migrationBuilder.EnsureSchema(
                name: "enrollment");

            migrationBuilder.AddColumn<DateOnly>(
                name: "figures_as_of",
                schema: "programs",
                table: "program",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "match_run",
                schema: "pairing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    program_version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    ran_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ran_by = table.Column<Guid>(type: "uuid", nullable: false),
                    seconds_taken = table.Column<double>(type: "double precision", nullable: false),
                    notes = table.Column<string>(type: "text", nullable: false),
                    head = table.Column<string>(type: "jsonb", nullable: false),
                    input = table.Column<byte[]>(type: "bytea", nullable: false),
                    result = table.Column<byte[]>(type: "bytea", nullable: false),
                    left_out = table.Column<List<string>>(type: "text[]", nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_match_run", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "matching_rules",
                schema: "pairing",
                columns: table => new
                {
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_matching_rules", x => x.program_id);
                });

            migrationBuilder.CreateTable(
                name: "participant",
                schema: "enrollment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    person_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    origin = table.Column<string>(type: "text", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    as_mentee = table.Column<string>(type: "jsonb", nullable: true),
                    as_mentor = table.Column<string>(type: "jsonb", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_participant", x => x.id);
                    table.CheckConstraint("one_profile", "num_nonnulls(as_mentee, as_mentor) = 1");
                });

            migrationBuilder.CreateTable(
                name: "proposal",
                schema: "pairing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score_millionths = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_proposal", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_match_run_program_id_number",
                schema: "pairing",
                table: "match_run",
                columns: new[] { "program_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_participant_program_id_seller_id",
                schema: "enrollment",
                table: "participant",
                columns: new[] { "program_id", "seller_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_participant_seller_id",
                schema: "enrollment",
                table: "participant",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_mentor_id",
                schema: "pairing",
                table: "proposal",
                column: "mentor_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_program_id_mentee_id",
                schema: "pairing",
                table: "proposal",
                columns: new[] { "program_id", "mentee_id" },
                unique: true,
                filter: "state = 'Approved'");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_run_id",
                schema: "pairing",
                table: "proposal",
                column: "run_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "match_run",
                schema: "pairing");

            migrationBuilder.DropTable(
                name: "matching_rules",
                schema: "pairing");

            migrationBuilder.DropTable(
                name: "participant",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "proposal",
                schema: "pairing");

            migrationBuilder.DropColumn(
                name: "figures_as_of",
                schema: "programs",
                table: "program");
        }
    }
}
