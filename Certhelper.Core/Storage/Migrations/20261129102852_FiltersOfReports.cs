using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class FiltersOfReports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reports_kind_from_to_person_id",
                table: "reports");

            migrationBuilder.AddColumn<string>(
                name: "filter",
                table: "reports",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "filter",
                table: "report_schedules",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_reports_kind_from_to_person_id_filter",
                table: "reports",
                columns: new[] { "kind", "from", "to", "person_id", "filter" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reports_kind_from_to_person_id_filter",
                table: "reports");

            migrationBuilder.DropColumn(
                name: "filter",
                table: "reports");

            migrationBuilder.DropColumn(
                name: "filter",
                table: "report_schedules");

            migrationBuilder.CreateIndex(
                name: "ix_reports_kind_from_to_person_id",
                table: "reports",
                columns: new[] { "kind", "from", "to", "person_id" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }
    }
}
