using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class PublicResults : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "result_release",
                schema: "impact",
                columns: table => new
                {
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    reading_id = table.Column<Guid>(type: "uuid", nullable: true),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_result_release", x => new { x.program_id, x.number });
                    table.ForeignKey(
                        name: "fk_result_release_reading_reading_id",
                        column: x => x.reading_id,
                        principalSchema: "impact",
                        principalTable: "reading",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "counted_seller",
                schema: "impact",
                columns: table => new
                {
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    release = table.Column<int>(type: "integer", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    column = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counted_seller", x => new { x.program_id, x.seller_id });
                    table.ForeignKey(
                        name: "fk_counted_seller_result_release_program_id_release",
                        columns: x => new { x.program_id, x.release },
                        principalSchema: "impact",
                        principalTable: "result_release",
                        principalColumns: new[] { "program_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_counted_seller_program_id_release",
                schema: "impact",
                table: "counted_seller",
                columns: new[] { "program_id", "release" });

            migrationBuilder.CreateIndex(
                name: "ix_result_release_published_at",
                schema: "impact",
                table: "result_release",
                column: "published_at");

            migrationBuilder.CreateIndex(
                name: "ix_result_release_reading_id",
                schema: "impact",
                table: "result_release",
                column: "reading_id");

            migrationBuilder.Sql(Guildhall.Modules.Impact.ReleaseSql.Freeze);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "counted_seller",
                schema: "impact");

            migrationBuilder.DropTable(
                name: "result_release",
                schema: "impact");

            migrationBuilder.Sql("DROP FUNCTION impact.refuse_change_of_release");
        }
    }
}
