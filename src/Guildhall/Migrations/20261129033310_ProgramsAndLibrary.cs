using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class ProgramsAndLibrary : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "library");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "archived_at",
                schema: "programs",
                table: "program",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "welcome",
                schema: "programs",
                table: "program",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "normalized_email",
                schema: "people",
                table: "invitation",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "article",
                schema: "library",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    audience = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    review_by = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    latest_number = table.Column<int>(type: "integer", nullable: false),
                    published_number = table.Column<int>(type: "integer", nullable: true),
                    is_plan = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "charter_version",
                schema: "programs",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    what_changed = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_charter_version", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "starter_set",
                schema: "library",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    seeded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_starter_set", x => x.id);
                    table.CheckConstraint("one_starter_set", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "article_version",
                schema: "library",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    summary = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    body = table.Column<string>(type: "character varying(50000)", maxLength: 50000, nullable: false),
                    steps = table.Column<string>(type: "jsonb", nullable: true),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    search = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B') || setweight(to_tsvector('english', body), 'C') || setweight(to_tsvector('english', coalesce(steps, '[]')), 'C')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_version", x => new { x.article_id, x.number });
                    table.ForeignKey(
                        name: "fk_article_version_article_article_id",
                        column: x => x.article_id,
                        principalSchema: "library",
                        principalTable: "article",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "suggestion",
                schema: "library",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    article_id = table.Column<Guid>(type: "uuid", nullable: true),
                    based_on = table.Column<int>(type: "integer", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    audience = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    summary = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    body = table.Column<string>(type: "character varying(50000)", maxLength: 50000, nullable: false),
                    note = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    made_by = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suggestion", x => x.id);
                    table.ForeignKey(
                        name: "fk_suggestion_article_article_id",
                        column: x => x.article_id,
                        principalSchema: "library",
                        principalTable: "article",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "useful_vote",
                schema: "library",
                columns: table => new
                {
                    article_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_useful = table.Column<bool>(type: "boolean", nullable: false),
                    voted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_useful_vote", x => new { x.article_id, x.number, x.account_id });
                    table.ForeignKey(
                        name: "fk_useful_vote_article_version_article_id_number",
                        columns: x => new { x.article_id, x.number },
                        principalSchema: "library",
                        principalTable: "article_version",
                        principalColumns: new[] { "article_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "stored_state",
                schema: "programs",
                table: "program",
                sql: "state in ('Draft', 'Open', 'Closed')");

            migrationBuilder.CreateIndex(
                name: "ix_article_is_plan",
                schema: "library",
                table: "article",
                column: "is_plan",
                unique: true,
                filter: "is_plan");

            migrationBuilder.CreateIndex(
                name: "ix_article_slug",
                schema: "library",
                table: "article",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_article_version_search",
                schema: "library",
                table: "article_version",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_article_id",
                schema: "library",
                table: "suggestion",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_made_by_id",
                schema: "library",
                table: "suggestion",
                columns: new[] { "made_by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_state",
                schema: "library",
                table: "suggestion",
                column: "state");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "charter_version",
                schema: "programs");

            migrationBuilder.DropTable(
                name: "starter_set",
                schema: "library");

            migrationBuilder.DropTable(
                name: "suggestion",
                schema: "library");

            migrationBuilder.DropTable(
                name: "useful_vote",
                schema: "library");

            migrationBuilder.DropTable(
                name: "article_version",
                schema: "library");

            migrationBuilder.DropTable(
                name: "article",
                schema: "library");

            migrationBuilder.DropCheckConstraint(
                name: "stored_state",
                schema: "programs",
                table: "program");

            migrationBuilder.DropColumn(
                name: "archived_at",
                schema: "programs",
                table: "program");

            migrationBuilder.DropColumn(
                name: "welcome",
                schema: "programs",
                table: "program");

            migrationBuilder.DropColumn(
                name: "normalized_email",
                schema: "people",
                table: "invitation");
        }
    }
}
