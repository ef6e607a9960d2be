using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class LeaderWeek : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fact_changes",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    fact = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    old = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    @new = table.Column<string>(name: "new", type: "character varying(500)", maxLength: 500, nullable: false),
                    state = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    detected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by_id = table.Column<int>(type: "integer", nullable: true),
                    why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_changes", x => x.id);
                    table.ForeignKey(
                        name: "fk_fact_changes_certifications_certification_id",
                        column: x => x.certification_id,
                        principalTable: "certifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_fact_changes_users_decided_by_id",
                        column: x => x.decided_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "weekly_answers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    monday = table.Column<DateOnly>(type: "date", nullable: false),
                    checklist_version_id = table.Column<int>(type: "integer", nullable: false),
                    item_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    not_applicable_because = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_weekly_answers", x => x.id);
                    table.ForeignKey(
                        name: "fk_weekly_answers_checklist_versions_checklist_version_id",
                        column: x => x.checklist_version_id,
                        principalTable: "checklist_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_weekly_answers_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_fact_changes_certification_id",
                table: "fact_changes",
                column: "certification_id");

            migrationBuilder.CreateIndex(
                name: "ix_fact_changes_certification_id_fact",
                table: "fact_changes",
                columns: new[] { "certification_id", "fact" },
                unique: true,
                filter: "state IN ('Open', 'Reopened')");

            migrationBuilder.CreateIndex(
                name: "ix_fact_changes_decided_by_id",
                table: "fact_changes",
                column: "decided_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_weekly_answers_by_id",
                table: "weekly_answers",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_weekly_answers_checklist_version_id",
                table: "weekly_answers",
                column: "checklist_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_weekly_answers_monday_id",
                table: "weekly_answers",
                columns: new[] { "monday", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fact_changes");

            migrationBuilder.DropTable(
                name: "weekly_answers");
        }
    }
}
