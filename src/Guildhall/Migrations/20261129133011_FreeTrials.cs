using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class FreeTrials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "wrong_on",
                schema: "enrollment",
                table: "certification",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "wrong_that_day",
                schema: "enrollment",
                table: "certification",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateOnly>(
                name: "as_of",
                schema: "enrollment",
                table: "baseline",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_id",
                schema: "enrollment",
                table: "baseline",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "day_change",
                schema: "sellers",
                columns: table => new
                {
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_day_change", x => new { x.import_id, x.seller_id });
                });

            migrationBuilder.CreateTable(
                name: "mentor_invitation",
                schema: "enrollment",
                columns: table => new
                {
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentor_invitation", x => new { x.program_id, x.seller_id });
                });

            migrationBuilder.CreateTable(
                name: "trial_session",
                schema: "enrollment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    host_id = table.Column<Guid>(type: "uuid", nullable: false),
                    local_time = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    length_minutes = table.Column<int>(type: "integer", nullable: false),
                    join_link = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    posted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    called_off_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trial_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trial",
                schema: "enrollment",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    chosen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    came = table.Column<bool>(type: "boolean", nullable: true),
                    reminded_of = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trial", x => x.id);
                    table.ForeignKey(
                        name: "fk_trial_trial_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "enrollment",
                        principalTable: "trial_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "trial_tip",
                schema: "enrollment",
                columns: table => new
                {
                    trial_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    article = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    opens_on = table.Column<DateOnly>(type: "date", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trial_tip", x => new { x.trial_id, x.number });
                    table.ForeignKey(
                        name: "fk_trial_tip_trial_trial_id",
                        column: x => x.trial_id,
                        principalSchema: "enrollment",
                        principalTable: "trial",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "first_is_frozen",
                schema: "enrollment",
                table: "baseline",
                sql: "(version = 1) = (import_id IS NULL)");

            migrationBuilder.CreateIndex(
                name: "ix_mentor_invitation_invited_at",
                schema: "enrollment",
                table: "mentor_invitation",
                column: "invited_at");

            migrationBuilder.CreateIndex(
                name: "ix_mentor_invitation_seller_id",
                schema: "enrollment",
                table: "mentor_invitation",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_trial_ends_at",
                schema: "enrollment",
                table: "trial",
                column: "ends_at",
                filter: "state = 'Running'");

            migrationBuilder.CreateIndex(
                name: "ix_trial_program_id_seller_id",
                schema: "enrollment",
                table: "trial",
                columns: new[] { "program_id", "seller_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_trial_program_id_state_ends_at",
                schema: "enrollment",
                table: "trial",
                columns: new[] { "program_id", "state", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_trial_seller_id",
                schema: "enrollment",
                table: "trial",
                column: "seller_id");

            migrationBuilder.CreateIndex(
                name: "ix_trial_session_id",
                schema: "enrollment",
                table: "trial",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_trial_session_program_id_host_id_starts_at",
                schema: "enrollment",
                table: "trial_session",
                columns: new[] { "program_id", "host_id", "starts_at" },
                unique: true,
                filter: "called_off_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_trial_session_program_id_starts_at",
                schema: "enrollment",
                table: "trial_session",
                columns: new[] { "program_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_trial_session_starts_at",
                schema: "enrollment",
                table: "trial_session",
                column: "starts_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "day_change",
                schema: "sellers");

            migrationBuilder.DropTable(
                name: "mentor_invitation",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "trial_tip",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "trial",
                schema: "enrollment");

            migrationBuilder.DropTable(
                name: "trial_session",
                schema: "enrollment");

            migrationBuilder.DropCheckConstraint(
                name: "first_is_frozen",
                schema: "enrollment",
                table: "baseline");

            migrationBuilder.DropColumn(
                name: "wrong_on",
                schema: "enrollment",
                table: "certification");

            migrationBuilder.DropColumn(
                name: "wrong_that_day",
                schema: "enrollment",
                table: "certification");

            migrationBuilder.DropColumn(
                name: "as_of",
                schema: "enrollment",
                table: "baseline");

            migrationBuilder.DropColumn(
                name: "import_id",
                schema: "enrollment",
                table: "baseline");
        }
    }
}
