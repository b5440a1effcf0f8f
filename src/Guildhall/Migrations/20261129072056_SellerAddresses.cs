using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class SellerAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "contact_email",
                schema: "sellers",
                table: "seller",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "normalized_contact_email",
                schema: "sellers",
                table: "seller",
                type: "text",
                nullable: true,
                computedColumnSql: "upper(contact_email)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_seller_normalized_contact_email",
                schema: "sellers",
                table: "seller",
                column: "normalized_contact_email");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_seller_normalized_contact_email",
                schema: "sellers",
                table: "seller");

            migrationBuilder.DropColumn(
                name: "normalized_contact_email",
                schema: "sellers",
                table: "seller");

            migrationBuilder.DropColumn(
                name: "contact_email",
                schema: "sellers",
                table: "seller");
        }
    }
}
