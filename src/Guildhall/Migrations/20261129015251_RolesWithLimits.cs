using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class RolesWithLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "programs",
                schema: "people",
                table: "role_grant",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "seller_id",
                schema: "people",
                table: "account",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "suspended_at",
                schema: "people",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_seller_id",
                schema: "people",
                table: "account",
                column: "seller_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_account_seller_id",
                schema: "people",
                table: "account");

            migrationBuilder.DropColumn(
                name: "programs",
                schema: "people",
                table: "role_grant");

            migrationBuilder.DropColumn(
                name: "seller_id",
                schema: "people",
                table: "account");

            migrationBuilder.DropColumn(
                name: "suspended_at",
                schema: "people",
                table: "account");
        }
    }
}
