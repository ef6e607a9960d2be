using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Certhelper.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class PeopleSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "scripts",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<uint>(
                name: "xmin",
                table: "checklists",
                type: "xid",
                rowVersion: true,
                nullable: false,
                defaultValue: 0u);

            migrationBuilder.AddColumn<string>(
                name: "search_words",
                table: "users",
                type: "text",
                nullable: false,
                computedColumnSql: "name || ' ' || login || ' ' || coalesce(email, '')",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_search_words",
                table: "users",
                column: "search_words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_search_words",
                table: "users");

            migrationBuilder.DropColumn(
                name: "search_words",
                table: "users");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "scripts");

            migrationBuilder.DropColumn(
                name: "xmin",
                table: "checklists");
        }
    }
}
