using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentHsm.Portal.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Workflows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Approval",
                table: "Operations",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AdministratorSecrets",
                columns: table => new
                {
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Confirmed = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    Proposed = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AdministratorSecrets", x => x.Serial);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AdministratorSecrets");

            migrationBuilder.DropColumn(
                name: "Approval",
                table: "Operations");
        }
    }
}
