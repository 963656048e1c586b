using System;
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
                name: "Evidence",
                columns: table => new
                {
                    Digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Operation = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Signature = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    KeyId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    PublicKey = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Evidence", x => x.Digest);
                });

            migrationBuilder.CreateTable(
                name: "FirmwareImages",
                columns: table => new
                {
                    Version = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    IsBase = table.Column<bool>(type: "INTEGER", nullable: false),
                    Image = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Stamp = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FirmwareImages", x => x.Version);
                });

            migrationBuilder.CreateTable(
                name: "PatchWaves",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlannedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IsOpen = table.Column<bool>(type: "INTEGER", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PatchWaves", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_At",
                table: "Evidence",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_Serial",
                table: "Evidence",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_Evidence_Ticket",
                table: "Evidence",
                column: "Ticket");

            migrationBuilder.CreateIndex(
                name: "IX_FirmwareImages_OneBase",
                table: "FirmwareImages",
                column: "IsBase",
                unique: true,
                filter: "\"IsBase\"");

            migrationBuilder.CreateIndex(
                name: "IX_PatchWaves_OneAtATime",
                table: "PatchWaves",
                column: "IsOpen",
                unique: true,
                filter: "\"IsOpen\"");

            migrationBuilder.CreateIndex(
                name: "IX_PatchWaves_PlannedAt",
                table: "PatchWaves",
                column: "PlannedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Evidence");

            migrationBuilder.DropTable(
                name: "FirmwareImages");

            migrationBuilder.DropTable(
                name: "PatchWaves");

            migrationBuilder.DropColumn(
                name: "Approval",
                table: "Operations");
        }
    }
}
