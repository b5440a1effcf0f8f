using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class WaysIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_passkey",
                schema: "people",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_account_passkey_account_user_id",
                        column: x => x.user_id,
                        principalSchema: "people",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "authenticator",
                schema: "people",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    protected_secret = table.Column<string>(type: "text", nullable: false),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    set_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authenticator", x => x.account_id);
                    table.ForeignKey(
                        name: "fk_authenticator_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "people",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "link_request",
                schema: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_link_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailed_link",
                schema: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailed_link", x => x.id);
                    table.ForeignKey(
                        name: "fk_mailed_link_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "people",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_code",
                schema: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_code_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "people",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "second_factor_reset",
                schema: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_second_factor_reset", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_rules",
                schema: "people",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    staff_need_second_factor = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_rules", x => x.id);
                    table.CheckConstraint("one_set_of_rules", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "try_count",
                schema: "people",
                columns: table => new
                {
                    key = table.Column<byte[]>(type: "bytea", nullable: false),
                    window_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_try_count", x => x.key);
                });

            migrationBuilder.CreateIndex(
                name: "ix_account_passkey_user_id",
                schema: "people",
                table: "account_passkey",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_link_account_id",
                schema: "people",
                table: "mailed_link",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_link_expires_at",
                schema: "people",
                table: "mailed_link",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_mailed_link_token_hash",
                schema: "people",
                table: "mailed_link",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recovery_code_account_id",
                schema: "people",
                table: "recovery_code",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_code_code_hash",
                schema: "people",
                table: "recovery_code",
                column: "code_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_second_factor_reset_at",
                schema: "people",
                table: "second_factor_reset",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_passkey",
                schema: "people");

            migrationBuilder.DropTable(
                name: "authenticator",
                schema: "people");

            migrationBuilder.DropTable(
                name: "link_request",
                schema: "people");

            migrationBuilder.DropTable(
                name: "mailed_link",
                schema: "people");

            migrationBuilder.DropTable(
                name: "recovery_code",
                schema: "people");

            migrationBuilder.DropTable(
                name: "second_factor_reset",
                schema: "people");

            migrationBuilder.DropTable(
                name: "sign_in_rules",
                schema: "people");

            migrationBuilder.DropTable(
                name: "try_count",
                schema: "people");
        }
    }
}
