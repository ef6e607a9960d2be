using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateIndex(
                name: "ix_runs_b_field_tesla",
                table: "runs",
                column: "b_field_tesla");

            migrationBuilder.CreateIndex(
                name: "ix_runs_energy_gev",
                table: "runs",
                column: "energy_gev");

            migrationBuilder.CreateIndex(
                name: "ix_runs_fetched_at",
                table: "runs",
                column: "fetched_at");

            migrationBuilder.CreateIndex(
                name: "ix_runs_fill_type_runtime",
                table: "runs",
                column: "fill_type_runtime");

            migrationBuilder.CreateIndex(
                name: "ix_registry_datasets_fetched_at",
                table: "registry_datasets",
                column: "fetched_at");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_comment",
                table: "certifications",
                column: "comment")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_certifications_dataset_name",
                table: "certifications",
                column: "dataset_name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_certifications_deleted_at",
                table: "certifications",
                column: "deleted_at",
                filter: "deleted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_facts_complete",
                table: "certifications",
                column: "facts_complete",
                filter: "NOT facts_complete");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_pixel",
                table: "certifications",
                column: "pixel",
                filter: "pixel <> 'Good'");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_strip",
                table: "certifications",
                column: "strip",
                filter: "strip <> 'Good'");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_tracker_map",
                table: "certifications",
                column: "tracker_map",
                filter: "tracker_map = 'Missing'");

            migrationBuilder.CreateIndex(
                name: "ix_certifications_tracking",
                table: "certifications",
                column: "tracking",
                filter: "tracking <> 'Good'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_runs_b_field_tesla",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "ix_runs_energy_gev",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "ix_runs_fetched_at",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "ix_runs_fill_type_runtime",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "ix_registry_datasets_fetched_at",
                table: "registry_datasets");

            migrationBuilder.DropIndex(
                name: "ix_certifications_comment",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_dataset_name",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_deleted_at",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_facts_complete",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_pixel",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_strip",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_tracker_map",
                table: "certifications");

            migrationBuilder.DropIndex(
                name: "ix_certifications_tracking",
                table: "certifications");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");
        }
    }
}
