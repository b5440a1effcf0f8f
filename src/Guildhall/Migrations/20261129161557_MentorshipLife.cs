using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Guildhall.Migrations
{
    /// <inheritdoc />
    public partial class MentorshipLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "sessions");

            migrationBuilder.AddColumn<string>(
                name: "ended_because",
                schema: "pairing",
                table: "proposal",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "followed_up_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "held_for",
                schema: "pairing",
                table: "proposal",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "in_place_of",
                schema: "pairing",
                table: "proposal",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "mentee_asked_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reminded_at",
                schema: "pairing",
                table: "proposal",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "number",
                schema: "pairing",
                table: "match_run",
                type: "integer",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "integer");

            migrationBuilder.CreateTable(
                name: "busy",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_busy", x => new { x.session_id, x.seller_id });
                });

            migrationBuilder.CreateTable(
                name: "calendar_feed",
                schema: "sessions",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feed", x => x.account_id);
                });

            migrationBuilder.CreateTable(
                name: "event",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event1", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_handler",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    type = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_handler", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mentor_calendar",
                schema: "sessions",
                columns: table => new
                {
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pause_minutes = table.Column<int>(type: "integer", nullable: false),
                    most_a_week = table.Column<int>(type: "integer", nullable: false),
                    join_link = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentor_calendar", x => x.seller_id);
                });

            migrationBuilder.CreateTable(
                name: "mentorship",
                schema: "mentorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    trial_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: false),
                    mentee_keeps_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    mentor_keeps_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_because = table.Column<string>(type: "text", nullable: true),
                    changes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentorship", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "session",
                schema: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    pair_id = table.Column<Guid>(type: "uuid", nullable: false),
                    program_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentee_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentee_seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    local_time = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    length_minutes = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    agenda = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    agenda_edition = table.Column<int>(type: "integer", nullable: false),
                    join_link = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    booked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "time_off",
                schema: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_time_off", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_delivery",
                schema: "platform",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    next_try_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_failure = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_delivery", x => new { x.event_id, x.handler });
                    table.ForeignKey(
                        name: "fk_event_delivery_event_event_id",
                        column: x => x.event_id,
                        principalSchema: "platform",
                        principalTable: "event",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_event_delivery_event_handler_handler",
                        column: x => x.handler,
                        principalSchema: "platform",
                        principalTable: "event_handler",
                        principalColumn: "name",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "action_item",
                schema: "mentorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_action_item", x => x.id);
                    table.ForeignKey(
                        name: "fk_action_item_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mentorship_change",
                schema: "mentorships",
                columns: table => new
                {
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    because = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    from = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentorship_change", x => new { x.mentorship_id, x.number });
                    table.ForeignKey(
                        name: "fk_mentorship_change_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mentorship_review",
                schema: "mentorships",
                columns: table => new
                {
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reached = table.Column<string>(type: "text", nullable: false),
                    again = table.Column<bool>(type: "boolean", nullable: false),
                    words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    thanks = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mentorship_review", x => new { x.mentorship_id, x.side });
                    table.ForeignKey(
                        name: "fk_mentorship_review_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message",
                schema: "mentorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    link = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    article = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    waited_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "milestone",
                schema: "mentorships",
                columns: table => new
                {
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<double>(type: "double precision", nullable: true),
                    target = table.Column<int>(type: "integer", nullable: true),
                    peers = table.Column<int>(type: "integer", nullable: true),
                    peers_weeks = table.Column<int>(type: "integer", nullable: true),
                    peers_from = table.Column<double>(type: "double precision", nullable: true),
                    peers_to = table.Column<double>(type: "double precision", nullable: true),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    set_from = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    reached_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_milestone", x => new { x.mentorship_id, x.number });
                    table.ForeignKey(
                        name: "fk_milestone_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "nudge",
                schema: "mentorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_on = table.Column<DateOnly>(type: "date", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nudge", x => x.id);
                    table.ForeignKey(
                        name: "fk_nudge_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "switch_request",
                schema: "mentorships",
                columns: table => new
                {
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_switch_request", x => x.mentorship_id);
                    table.ForeignKey(
                        name: "fk_switch_request_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "thread_side",
                schema: "mentorships",
                columns: table => new
                {
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    last_wrote_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    waits_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_up_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    told_up_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tell_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    keeps_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_thread_side", x => new { x.mentorship_id, x.side });
                    table.ForeignKey(
                        name: "fk_thread_side_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pair_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    useful = table.Column<string>(type: "text", nullable: false),
                    fit = table.Column<string>(type: "text", nullable: true),
                    behaviors = table.Column<List<string>>(type: "text[]", nullable: false),
                    conduct = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    conduct_seen_to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    conduct_seen_to_by = table.Column<Guid>(type: "uuid", nullable: true),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_feedback_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "private_note",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_private_note", x => new { x.session_id, x.side });
                    table.ForeignKey(
                        name: "fk_private_note_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "reminder",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hours_before = table.Column<int>(type: "integer", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reminder", x => new { x.session_id, x.seller_id, x.hours_before, x.starts_at });
                    table.ForeignKey(
                        name: "fk_reminder_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_change",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    deed = table.Column<string>(type: "text", nullable: false),
                    side = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_change", x => new { x.session_id, x.version });
                    table.ForeignKey(
                        name: "fk_session_change_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_note",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    topics = table.Column<List<string>>(type: "text[]", nullable: false),
                    tried = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    figures = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    next_step = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    written_from = table.Column<string>(type: "text", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_note", x => x.session_id);
                    table.ForeignKey(
                        name: "fk_session_note_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "statement",
                schema: "sessions",
                columns: table => new
                {
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    said_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statement", x => new { x.session_id, x.side });
                    table.ForeignKey(
                        name: "fk_statement_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "sessions",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_report",
                schema: "mentorships",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    mentorship_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    side = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    written_up_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_report", x => x.id);
                    table.ForeignKey(
                        name: "fk_message_report_mentorship_mentorship_id",
                        column: x => x.mentorship_id,
                        principalSchema: "mentorships",
                        principalTable: "mentorship",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_message_report_message_message_id",
                        column: x => x.message_id,
                        principalSchema: "mentorships",
                        principalTable: "message",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_proposal_decided_at",
                schema: "pairing",
                table: "proposal",
                column: "decided_at",
                filter: "followed_up_at is null and state in ('Declined', 'Expired', 'Ended')");

            migrationBuilder.CreateIndex(
                name: "ix_action_item_mentorship_id_account_id_key",
                schema: "mentorships",
                table: "action_item",
                columns: new[] { "mentorship_id", "account_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_busy_seller_id_until_at",
                schema: "sessions",
                table: "busy",
                columns: new[] { "seller_id", "until_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feed_token_hash",
                schema: "sessions",
                table: "calendar_feed",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_event_published_at",
                schema: "platform",
                table: "event",
                column: "published_at");

            migrationBuilder.CreateIndex(
                name: "ix_event_delivery_handler",
                schema: "platform",
                table: "event_delivery",
                column: "handler");

            migrationBuilder.CreateIndex(
                name: "ix_event_delivery_next_try_at_event_id",
                schema: "platform",
                table: "event_delivery",
                columns: new[] { "next_try_at", "event_id" });

            migrationBuilder.CreateIndex(
                name: "ix_event_handler_type",
                schema: "platform",
                table: "event_handler",
                column: "type");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_mentor_id",
                schema: "sessions",
                table: "feedback",
                column: "mentor_id");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_pair_id",
                schema: "sessions",
                table: "feedback",
                column: "pair_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentorship_ends_on",
                schema: "mentorships",
                table: "mentorship",
                column: "ends_on",
                filter: "state = 'Active'");

            migrationBuilder.CreateIndex(
                name: "ix_mentorship_mentee_id",
                schema: "mentorships",
                table: "mentorship",
                column: "mentee_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentorship_mentor_id",
                schema: "mentorships",
                table: "mentorship",
                column: "mentor_id");

            migrationBuilder.CreateIndex(
                name: "ix_mentorship_program_id_state",
                schema: "mentorships",
                table: "mentorship",
                columns: new[] { "program_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_mentorship_trial_ends_on",
                schema: "mentorships",
                table: "mentorship",
                column: "trial_ends_on",
                filter: "state = 'Trial'");

            migrationBuilder.CreateIndex(
                name: "ix_message_account_id_written_at",
                schema: "mentorships",
                table: "message",
                columns: new[] { "account_id", "written_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_mentorship_id_account_id_key",
                schema: "mentorships",
                table: "message",
                columns: new[] { "mentorship_id", "account_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_mentorship_id_id",
                schema: "mentorships",
                table: "message",
                columns: new[] { "mentorship_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_report_mentorship_id",
                schema: "mentorships",
                table: "message_report",
                column: "mentorship_id");

            migrationBuilder.CreateIndex(
                name: "ix_message_report_message_id_side",
                schema: "mentorships",
                table: "message_report",
                columns: new[] { "message_id", "side" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_milestone_open",
                schema: "mentorships",
                table: "milestone",
                column: "mentorship_id",
                filter: "reached_on IS NULL AND target IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_nudge_mentorship_id_sent_on",
                schema: "mentorships",
                table: "nudge",
                columns: new[] { "mentorship_id", "sent_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_mentee_seller_id_starts_at",
                schema: "sessions",
                table: "session",
                columns: new[] { "mentee_seller_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_session_mentor_seller_id_starts_at",
                schema: "sessions",
                table: "session",
                columns: new[] { "mentor_seller_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_session_pair_id",
                schema: "sessions",
                table: "session",
                column: "pair_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_starts_at",
                schema: "sessions",
                table: "session",
                column: "starts_at",
                filter: "state = 'Booked'");

            migrationBuilder.CreateIndex(
                name: "ix_thread_side_tell_at",
                schema: "mentorships",
                table: "thread_side",
                column: "tell_at",
                filter: "tell_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_time_off_seller_id_first_day_last_day",
                schema: "sessions",
                table: "time_off",
                columns: new[] { "seller_id", "first_day", "last_day" },
                unique: true);

            migrationBuilder.Sql(Guildhall.Platform.Events.EventSql.Deliveries);
            migrationBuilder.Sql(Guildhall.Platform.Jobs.JobTables.Sql);
            migrationBuilder.Sql(Guildhall.Modules.Sessions.SessionSql.NoDoubleBooking);

            // Both sides of a pair were asked at once until now, and nobody was looked for after a pair that ended: of those of before nothing is left to do.
            migrationBuilder.Sql("UPDATE pairing.proposal SET mentee_asked_at = asked_at, followed_up_at = CASE WHEN state IN ('Declined', 'Expired') THEN decided_at END WHERE asked_at IS NOT NULL");
            // Pairs that stand already began when both had accepted, under the program's rules of now.
            migrationBuilder.Sql("""
                INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, trial_ends_on, ends_on, changes)
                SELECT p.id, p.program_id, p.mentee_id, p.mentor_id, v.number, CASE WHEN v.trial = 0 THEN 'Active' ELSE 'Trial' END, p.decided_at,
                       CASE WHEN v.trial > 0 THEN greatest(g.starts_on, p.decided_at::date) + 7 * v.trial - 1 END, greatest(g.starts_on, p.decided_at::date) + 7 * v.weeks - 1, 1
                FROM pairing.proposal p JOIN programs.program g ON g.id = p.program_id
                CROSS JOIN LATERAL (SELECT number, (design #>> '{structure,trialWeeks}')::int AS trial, (design #>> '{structure,lengthWeeks}')::int AS weeks FROM programs.program_version WHERE program_id = p.program_id ORDER BY number DESC LIMIT 1) v
                WHERE p.state = 'Active' AND p.decided_at IS NOT NULL;
                INSERT INTO mentorships.mentorship_change (mentorship_id, number, state, at) SELECT id, 1, state, started_at FROM mentorships.mentorship;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "action_item",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "busy",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "calendar_feed",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "event_delivery",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "feedback",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "mentor_calendar",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "mentorship_change",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "mentorship_review",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "message_report",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "milestone",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "nudge",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "private_note",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "reminder",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "session_change",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "session_note",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "statement",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "switch_request",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "thread_side",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "time_off",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "event",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "event_handler",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "message",
                schema: "mentorships");

            migrationBuilder.DropTable(
                name: "session",
                schema: "sessions");

            migrationBuilder.DropTable(
                name: "mentorship",
                schema: "mentorships");

            migrationBuilder.DropIndex(
                name: "ix_proposal_decided_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "ended_because",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "followed_up_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "held_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "held_for",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "in_place_of",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "mentee_asked_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                schema: "pairing",
                table: "proposal");

            migrationBuilder.AlterColumn<int>(
                name: "number",
                schema: "pairing",
                table: "match_run",
                type: "integer",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "integer",
                oldNullable: true);

            migrationBuilder.Sql("DROP FUNCTION platform.deliver_event; DROP SCHEMA quartz CASCADE");
        }
    }
}
