using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class CertificationHeart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "apv_mode",
                table: "runs",
                type: "character varying(30)",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "facts_changed_at",
                table: "runs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                table: "registry_datasets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "first_seen_at",
                table: "registry_datasets",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "validity",
                table: "references",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "confirmed",
                table: "certifications",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "added_at",
                table: "bad_reasons",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "added_by_id",
                table: "bad_reasons",
                type: "integer",
                nullable: true);

            migrationBuilder.Sql("UPDATE registry_datasets SET first_seen_at = fetched_at");

            migrationBuilder.CreateTable(
                name: "certification_drafts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    owner_id = table.Column<int>(type: "integer", nullable: false),
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    reconstruction = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    certification_version = table.Column<long>(type: "bigint", nullable: true),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_drafts", x => x.id);
                    table.ForeignKey(
                        name: "fk_certification_drafts_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "certification_evidence",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    revision_number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    datasets = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_evidence", x => x.id);
                    table.ForeignKey(
                        name: "fk_certification_evidence_certifications_certification_id",
                        column: x => x.certification_id,
                        principalTable: "certifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "checklists",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    title = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    component = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    on_form = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklists", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "component_problems",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    component = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_component_problems", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leases",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    reconstruction = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    holder_id = table.Column<int>(type: "integer", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leases", x => x.id);
                    table.ForeignKey(
                        name: "fk_leases_users_holder_id",
                        column: x => x.holder_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reference_events",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    reference_id = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    why = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    validity = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reference_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_reference_events_references_reference_id",
                        column: x => x.reference_id,
                        principalTable: "references",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_reference_events_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "removed_certifications",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    reconstruction = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    owner = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_by_id = table.Column<int>(type: "integer", nullable: false),
                    why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_removed_certifications", x => x.id);
                    table.ForeignKey(
                        name: "fk_removed_certifications_users_removed_by_id",
                        column: x => x.removed_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "saved_filters",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    owner_id = table.Column<int>(type: "integer", nullable: false),
                    list = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    query = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    shared = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_filters", x => x.id);
                    table.ForeignKey(
                        name: "fk_saved_filters_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "checklist_versions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    checklist_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by_id = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklist_versions", x => x.id);
                    table.ForeignKey(
                        name: "fk_checklist_versions_checklists_checklist_id",
                        column: x => x.checklist_id,
                        principalTable: "checklists",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_checklist_versions_users_created_by_id",
                        column: x => x.created_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "certification_problems",
                columns: table => new
                {
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    problem_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_problems", x => new { x.certification_id, x.problem_id });
                    table.ForeignKey(
                        name: "fk_certification_problems_certifications_certification_id",
                        column: x => x.certification_id,
                        principalTable: "certifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_certification_problems_component_problems_problem_id",
                        column: x => x.problem_id,
                        principalTable: "component_problems",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "checklist_answers",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    checklist_version_id = table.Column<int>(type: "integer", nullable: false),
                    item_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    value = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    not_applicable_because = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    by_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklist_answers", x => x.id);
                    table.ForeignKey(
                        name: "fk_checklist_answers_certifications_certification_id",
                        column: x => x.certification_id,
                        principalTable: "certifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_checklist_answers_checklist_versions_checklist_version_id",
                        column: x => x.checklist_version_id,
                        principalTable: "checklist_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_checklist_answers_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bad_reasons_added_by_id",
                table: "bad_reasons",
                column: "added_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_certification_drafts_owner_id_run_number_reconstruction",
                table: "certification_drafts",
                columns: new[] { "owner_id", "run_number", "reconstruction" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_certification_drafts_run_number_reconstruction",
                table: "certification_drafts",
                columns: new[] { "run_number", "reconstruction" });

            migrationBuilder.CreateIndex(
                name: "ix_certification_evidence_certification_id_revision_number",
                table: "certification_evidence",
                columns: new[] { "certification_id", "revision_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_certification_problems_problem_id",
                table: "certification_problems",
                column: "problem_id");

            migrationBuilder.CreateIndex(
                name: "ix_checklist_answers_by_id",
                table: "checklist_answers",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_checklist_answers_certification_id_checklist_version_id_ite",
                table: "checklist_answers",
                columns: new[] { "certification_id", "checklist_version_id", "item_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_checklist_answers_checklist_version_id",
                table: "checklist_answers",
                column: "checklist_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_checklist_versions_checklist_id_number",
                table: "checklist_versions",
                columns: new[] { "checklist_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_checklist_versions_created_by_id",
                table: "checklist_versions",
                column: "created_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_checklists_key",
                table: "checklists",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_component_problems_component_name",
                table: "component_problems",
                columns: new[] { "component", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leases_holder_id",
                table: "leases",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "ix_leases_run_number_reconstruction",
                table: "leases",
                columns: new[] { "run_number", "reconstruction" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reference_events_by_id",
                table: "reference_events",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_reference_events_reference_id_at",
                table: "reference_events",
                columns: new[] { "reference_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_removed_certifications_removed_by_id",
                table: "removed_certifications",
                column: "removed_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_removed_certifications_run_number",
                table: "removed_certifications",
                column: "run_number");

            migrationBuilder.CreateIndex(
                name: "ix_saved_filters_owner_id_list_name",
                table: "saved_filters",
                columns: new[] { "owner_id", "list", "name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_bad_reasons_users_added_by_id",
                table: "bad_reasons",
                column: "added_by_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_bad_reasons_users_added_by_id",
                table: "bad_reasons");

            migrationBuilder.DropTable(
                name: "certification_drafts");

            migrationBuilder.DropTable(
                name: "certification_evidence");

            migrationBuilder.DropTable(
                name: "certification_problems");

            migrationBuilder.DropTable(
                name: "checklist_answers");

            migrationBuilder.DropTable(
                name: "leases");

            migrationBuilder.DropTable(
                name: "reference_events");

            migrationBuilder.DropTable(
                name: "removed_certifications");

            migrationBuilder.DropTable(
                name: "saved_filters");

            migrationBuilder.DropTable(
                name: "component_problems");

            migrationBuilder.DropTable(
                name: "checklist_versions");

            migrationBuilder.DropTable(
                name: "checklists");

            migrationBuilder.DropIndex(
                name: "ix_bad_reasons_added_by_id",
                table: "bad_reasons");

            migrationBuilder.DropColumn(
                name: "apv_mode",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "facts_changed_at",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "registry_datasets");

            migrationBuilder.DropColumn(
                name: "first_seen_at",
                table: "registry_datasets");

            migrationBuilder.DropColumn(
                name: "validity",
                table: "references");

            migrationBuilder.DropColumn(
                name: "confirmed",
                table: "certifications");

            migrationBuilder.DropColumn(
                name: "added_at",
                table: "bad_reasons");

            migrationBuilder.DropColumn(
                name: "added_by_id",
                table: "bad_reasons");
        }
    }
}
