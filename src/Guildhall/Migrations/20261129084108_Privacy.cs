using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class Privacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "governance");

            migrationBuilder.AddColumn<Guid>(
                name: "declined_by_account_id",
                schema: "pairing",
                table: "proposal",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "left_at",
                schema: "enrollment",
                table: "participant",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entry",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    acting_as = table.Column<string>(type: "text", nullable: true),
                    verb = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: true),
                    codes = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.id);
                    table.CheckConstraint("one_audit_head", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "audit_link",
                schema: "platform",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_link", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "audit_pending",
                schema: "platform",
                columns: table => new
                {
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_pending", x => x.entry_id);
                });

            migrationBuilder.CreateTable(
                name: "erased_reference",
                schema: "platform",
                columns: table => new
                {
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    erased_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erased_reference", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "erasure_key",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erasure_key", x => x.id);
                    table.CheckConstraint("one_erasure_key", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "erasure_request",
                schema: "governance",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erasure_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "retention_period",
                schema: "governance",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    months = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retention_period", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_actor_id_at",
                schema: "platform",
                table: "audit_entry",
                columns: new[] { "actor_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_at",
                schema: "platform",
                table: "audit_entry",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_program_id_at",
                schema: "platform",
                table: "audit_entry",
                columns: new[] { "program_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_subject_id_at",
                schema: "platform",
                table: "audit_entry",
                columns: new[] { "subject_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_link_entry_id",
                schema: "platform",
                table: "audit_link",
                column: "entry_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_erasure_request_account_id",
                schema: "governance",
                table: "erasure_request",
                column: "account_id",
                unique: true,
                filter: "state = 'Asked'");

            migrationBuilder.CreateIndex(
                name: "ix_erasure_request_state_due_at",
                schema: "governance",
                table: "erasure_request",
                columns: new[] { "state", "due_at" });

            migrationBuilder.Sql(Guildhall.Platform.Audit.AuditSql.Chain);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_entry",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_head",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_link",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_pending",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "erased_reference",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "erasure_key",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "erasure_request",
                schema: "governance");

            migrationBuilder.DropTable(
                name: "retention_period",
                schema: "governance");

            migrationBuilder.DropColumn(
                name: "declined_by_account_id",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "left_at",
                schema: "enrollment",
                table: "participant");
        }
    }
}
