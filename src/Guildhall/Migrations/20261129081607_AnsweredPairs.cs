using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class AnsweredPairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_proposal_program_id_mentee_id",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asked_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "decided_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decline_reason",
                schema: "pairing",
                table: "proposal",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decline_words",
                schema: "pairing",
                table: "proposal",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "declined_by",
                schema: "pairing",
                table: "proposal",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mentee_accepted_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "mentee_accepted_by",
                schema: "pairing",
                table: "proposal",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "mentee_mails",
                schema: "pairing",
                table: "proposal",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mentor_accepted_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "mentor_accepted_by",
                schema: "pairing",
                table: "proposal",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "mentor_mails",
                schema: "pairing",
                table: "proposal",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reply_by",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                schema: "pairing",
                table: "proposal",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.CreateIndex(
                name: "ix_proposal_mentee_id",
                schema: "pairing",
                table: "proposal",
                column: "mentee_id");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_program_id_mentee_id",
                schema: "pairing",
                table: "proposal",
                columns: new[] { "program_id", "mentee_id" },
                unique: true,
                filter: "state in ('Approved', 'Active')");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_reply_by",
                schema: "pairing",
                table: "proposal",
                column: "reply_by",
                filter: "state = 'Approved'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_proposal_mentee_id",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropIndex(
                name: "ix_proposal_program_id_mentee_id",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropIndex(
                name: "ix_proposal_reply_by",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "asked_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "decided_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "decline_reason",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "decline_words",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "declined_by",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentee_accepted_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentee_accepted_by",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentee_mails",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentor_accepted_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentor_accepted_by",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentor_mails",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "reply_by",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "xmin",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.CreateIndex(
                name: "ix_proposal_program_id_mentee_id",
                schema: "pairing",
                table: "proposal",
                columns: new[] { "program_id", "mentee_id" },
                unique: true,
                filter: "state = 'Approved'");
        }
    }
}
