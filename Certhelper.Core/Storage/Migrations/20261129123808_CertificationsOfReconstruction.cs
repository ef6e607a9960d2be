using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class CertificationsOfReconstruction : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_certifications_run_reconstruction_id_deleted_at",
                table: "certifications",
                columns: new[] { "run_reconstruction_id", "deleted_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_certifications_run_reconstruction_id_deleted_at",
                table: "certifications");
        }
    }
}
