using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bad_reasons",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bad_reasons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xml = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "fills",
                columns: table => new
                {
                    fill_number = table.Column<int>(type: "integer", nullable: false),
                    era = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    type_runtime = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    party1 = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    party2 = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    energy_gev = table.Column<double>(type: "double precision", nullable: true),
                    b_field_tesla = table.Column<double>(type: "double precision", nullable: true),
                    bunches_colliding = table.Column<int>(type: "integer", nullable: true),
                    bunches_beam1 = table.Column<int>(type: "integer", nullable: true),
                    bunches_beam2 = table.Column<int>(type: "integer", nullable: true),
                    bunches_target = table.Column<int>(type: "integer", nullable: true),
                    init_lumi_e30 = table.Column<double>(type: "double precision", nullable: true),
                    peak_lumi_e30 = table.Column<double>(type: "double precision", nullable: true),
                    peak_pileup = table.Column<double>(type: "double precision", nullable: true),
                    delivered_lumi_inv_pb = table.Column<double>(type: "double precision", nullable: true),
                    recorded_lumi_inv_pb = table.Column<double>(type: "double precision", nullable: true),
                    injection_scheme = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    start_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stable_beams_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stable_beams_to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    origins = table.Column<string>(type: "jsonb", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fills", x => x.fill_number);
                });

            migrationBuilder.CreateTable(
                name: "oms_snapshots",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    resource = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oms_snapshots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "registry_datasets",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    reconstruction = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    tracker_state = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    run_class = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    run_state = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    summary = table.Column<string>(type: "jsonb", nullable: false),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_datasets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "source_contacts",
                columns: table => new
                {
                    source = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    last_good_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_failure_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_failure = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_contacts", x => x.source);
                });

            migrationBuilder.CreateTable(
                name: "sync_marks",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_result = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_marks", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    login = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    email = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    cern_person_id = table.Column<int>(type: "integer", nullable: true),
                    roles = table.Column<string[]>(type: "text[]", nullable: false),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    fill_number = table.Column<int>(type: "integer", nullable: true),
                    type = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    hlt_key = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    stable_beam = table.Column<bool>(type: "boolean", nullable: true),
                    start_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    duration_seconds = table.Column<int>(type: "integer", nullable: true),
                    lumisections = table.Column<int>(type: "integer", nullable: true),
                    b_field_tesla = table.Column<double>(type: "double precision", nullable: true),
                    energy_gev = table.Column<double>(type: "double precision", nullable: true),
                    delivered_lumi_inv_pb = table.Column<double>(type: "double precision", nullable: true),
                    recorded_lumi_inv_pb = table.Column<double>(type: "double precision", nullable: true),
                    init_lumi_e30 = table.Column<double>(type: "double precision", nullable: true),
                    end_lumi_e30 = table.Column<double>(type: "double precision", nullable: true),
                    era = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    fill_type_runtime = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    fill_type_party1 = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    fill_type_party2 = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    sequence = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    clock_type = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    cmssw_version = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    l1key = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    l1hlt_mode = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    trigger_mode = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    l1rate_hz = table.Column<double>(type: "double precision", nullable: true),
                    hlt_physics_rate_hz = table.Column<double>(type: "double precision", nullable: true),
                    components = table.Column<List<string>>(type: "text[]", nullable: false),
                    components_out = table.Column<List<string>>(type: "text[]", nullable: false),
                    registry_class = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    origins = table.Column<string>(type: "jsonb", nullable: false),
                    oms_last_update = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fetched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_runs", x => x.run_number);
                    table.ForeignKey(
                        name: "fk_runs_fills_fill_number",
                        column: x => x.fill_number,
                        principalTable: "fills",
                        principalColumn: "fill_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "run_reconstructions",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_number = table.Column<int>(type: "integer", nullable: false),
                    reconstruction = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run_reconstructions", x => x.id);
                    table.ForeignKey(
                        name: "fk_run_reconstructions_runs_run_number",
                        column: x => x.run_number,
                        principalTable: "runs",
                        principalColumn: "run_number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "references",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_reconstruction_id = table.Column<int>(type: "integer", nullable: false),
                    promoted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    promoted_by_id = table.Column<int>(type: "integer", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retired_by_id = table.Column<int>(type: "integer", nullable: true),
                    retired_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_references", x => x.id);
                    table.ForeignKey(
                        name: "fk_references_run_reconstructions_run_reconstruction_id",
                        column: x => x.run_reconstruction_id,
                        principalTable: "run_reconstructions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_references_users_promoted_by_id",
                        column: x => x.promoted_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_references_users_retired_by_id",
                        column: x => x.retired_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "certifications",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    run_reconstruction_id = table.Column<int>(type: "integer", nullable: false),
                    dataset_name = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    owner_id = table.Column<int>(type: "integer", nullable: false),
                    pixel = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    pixel_low_statistics = table.Column<bool>(type: "boolean", nullable: false),
                    strip = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    strip_low_statistics = table.Column<bool>(type: "boolean", nullable: false),
                    tracking = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    tracking_low_statistics = table.Column<bool>(type: "boolean", nullable: false),
                    reference_id = table.Column<int>(type: "integer", nullable: true),
                    tracker_map = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    bad_reason_id = table.Column<int>(type: "integer", nullable: true),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    comment = table.Column<string>(type: "character varying(10000)", maxLength: 10000, nullable: true),
                    facts_complete = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certifications", x => x.id);
                    table.ForeignKey(
                        name: "fk_certifications_bad_reasons_bad_reason_id",
                        column: x => x.bad_reason_id,
                        principalTable: "bad_reasons",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certifications_references_reference_id",
                        column: x => x.reference_id,
                        principalTable: "references",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certifications_run_reconstructions_run_reconstruction_id",
                        column: x => x.run_reconstruction_id,
                        principalTable: "run_reconstructions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certifications_users_owner_id",
                        column: x => x.owner_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "certification_revisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    certification_id = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<int>(type: "integer", nullable: true),
                    why = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    changes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_revisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_certification_revisions_certifications_certification_id",
                        column: x => x.certification_id,
                        principalTable: "certifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_certification_revisions_users_by_id",
                        column: x => x.by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bad_reasons_name",
                table: "bad_reasons",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_certification_revisions_by_id",
                table: "certification_revisions",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_certification_revisions_certification_id_number",
                table: "certification_revisions",
                columns: new[] { "certification_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_certifications_bad_reason_id",
                table: "certifications",
                column: "bad_reason_id");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_date",
                table: "certifications",
                column: "date");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_owner_id_date",
                table: "certifications",
                columns: new[] { "owner_id", "date" });

            migrationBuilder.CreateIndex(
                name: "ix_certifications_reference_id",
                table: "certifications",
                column: "reference_id");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_run_reconstruction_id",
                table: "certifications",
                column: "run_reconstruction_id",
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_updated_at",
                table: "certifications",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_oms_snapshots_resource_number_fetched_at",
                table: "oms_snapshots",
                columns: new[] { "resource", "number", "fetched_at" });

            migrationBuilder.CreateIndex(
                name: "ix_references_promoted_by_id",
                table: "references",
                column: "promoted_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_references_retired_by_id",
                table: "references",
                column: "retired_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_references_run_reconstruction_id",
                table: "references",
                column: "run_reconstruction_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_datasets_run_number_name",
                table: "registry_datasets",
                columns: new[] { "run_number", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_registry_datasets_tracker_state_run_number",
                table: "registry_datasets",
                columns: new[] { "tracker_state", "run_number" });

            migrationBuilder.CreateIndex(
                name: "ix_run_reconstructions_run_number_reconstruction",
                table: "run_reconstructions",
                columns: new[] { "run_number", "reconstruction" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_runs_era",
                table: "runs",
                column: "era");

            migrationBuilder.CreateIndex(
                name: "ix_runs_fill_number",
                table: "runs",
                column: "fill_number");

            migrationBuilder.CreateIndex(
                name: "ix_runs_start_time",
                table: "runs",
                column: "start_time");

            migrationBuilder.CreateIndex(
                name: "ix_runs_type_run_number",
                table: "runs",
                columns: new[] { "type", "run_number" });

            migrationBuilder.CreateIndex(
                name: "ix_users_login",
                table: "users",
                column: "login",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "certification_revisions");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "oms_snapshots");

            migrationBuilder.DropTable(
                name: "registry_datasets");

            migrationBuilder.DropTable(
                name: "source_contacts");

            migrationBuilder.DropTable(
                name: "sync_marks");

            migrationBuilder.DropTable(
                name: "certifications");

            migrationBuilder.DropTable(
                name: "bad_reasons");

            migrationBuilder.DropTable(
                name: "references");

            migrationBuilder.DropTable(
                name: "run_reconstructions");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "runs");

            migrationBuilder.DropTable(
                name: "fills");
        }
    }
}
