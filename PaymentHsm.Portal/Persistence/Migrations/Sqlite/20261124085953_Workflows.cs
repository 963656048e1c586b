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

            migrationBuilder.CreateTable(
                name: "Resources",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Subscription = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupKey = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Location = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Sku = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Zones = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Tags = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Host = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Management = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StatusMessage = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    FaultCode = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FaultMessage = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Operation = table.Column<Guid>(type: "TEXT", nullable: true),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Created = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Modified = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    StateSince = table.Column<long>(type: "INTEGER", nullable: false),
                    DeletionBlockedSince = table.Column<long>(type: "INTEGER", nullable: true),
                    PendingSku = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Tried = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Generation = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Resources", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Subscriptions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Case = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ApprovedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Subscriptions", x => x.Id);
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

            migrationBuilder.CreateIndex(
                name: "IX_Resources_Serial",
                table: "Resources",
                column: "Serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Resources_State",
                table: "Resources",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Resources_Subscription_GroupKey",
                table: "Resources",
                columns: new[] { "Subscription", "GroupKey" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AdministratorSecrets");

            migrationBuilder.DropTable(
                name: "Evidence");

            migrationBuilder.DropTable(
                name: "FirmwareImages");

            migrationBuilder.DropTable(
                name: "PatchWaves");

            migrationBuilder.DropTable(
                name: "Resources");

            migrationBuilder.DropTable(
                name: "Subscriptions");

            migrationBuilder.DropColumn(
                name: "Approval",
                table: "Operations");
        }
    }
}
