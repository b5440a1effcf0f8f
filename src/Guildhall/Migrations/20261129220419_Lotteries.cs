using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Lotteries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "experiments");

            migrationBuilder.CreateTable(
                name: "draw",
                schema: "experiments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    program_version = table.Column<int>(type: "integer", nullable: false),
                    seed = table.Column<byte[]>(type: "bytea", nullable: false),
                    places = table.Column<int>(type: "integer", nullable: false),
                    drawn_on = table.Column<DateOnly>(type: "date", nullable: false),
                    waits_until = table.Column<DateOnly>(type: "date", nullable: false),
                    drawn_by = table.Column<Guid>(type: "uuid", nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draw", x => x.id);
                    table.CheckConstraint("waits_for_a_while", "waits_until > drawn_on");
                });

            migrationBuilder.CreateTable(
                name: "lot",
                schema: "experiments",
                columns: table => new
                {
                    draw_id = table.Column<Guid>(type: "uuid", nullable: false),
                    participant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tier = table.Column<string>(type: "text", nullable: true),
                    is_first = table.Column<bool>(type: "boolean", nullable: false),
                    odds_share = table.Column<double>(type: "double precision", nullable: false),
                    has_won = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lot", x => new { x.draw_id, x.participant_id });
                    table.ForeignKey(
                        name: "fk_lot_draw_draw_id",
                        column: x => x.draw_id,
                        principalSchema: "experiments",
                        principalTable: "draw",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_draw_program_id_number",
                schema: "experiments",
                table: "draw",
                columns: new[] { "program_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_lot_participant_id",
                schema: "experiments",
                table: "lot",
                column: "participant_id");

            migrationBuilder.Sql(Guildhall.Modules.Experiments.DrawSql.Rules);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lot",
                schema: "experiments");

            migrationBuilder.DropTable(
                name: "draw",
                schema: "experiments");

            migrationBuilder.Sql(Guildhall.Modules.Experiments.DrawSql.Down);
        }
    }
}
