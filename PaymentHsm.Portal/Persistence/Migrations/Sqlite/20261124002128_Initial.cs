using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PaymentHsm.Portal.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Allocations",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ResourceId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ResourceName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EvidenceDigest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ClosingDigest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Allocations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    SubjectKind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    SubjectId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Correlation = table.Column<Guid>(type: "TEXT", nullable: true),
                    RuleId = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Before = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    After = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    PreviousHash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Devices",
                columns: table => new
                {
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Region = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Rack = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    Model = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ServiceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Custody = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AdminAccess = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Sanitisation = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StateSince = table.Column<long>(type: "INTEGER", nullable: false),
                    Allocation = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Hold = table.Column<bool>(type: "INTEGER", nullable: false),
                    HardwareFailed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Fence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Devices", x => x.Serial);
                });

            migrationBuilder.CreateTable(
                name: "Health",
                columns: table => new
                {
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ObservedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Firmware = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Readings = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Health", x => x.Serial);
                });

            migrationBuilder.CreateTable(
                name: "Operations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    OutcomeDetail = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    ConfirmBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    ConfirmedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Steps = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Progress = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Operations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TicketNotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    Author = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tickets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Customer = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Category = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Severity = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OpenedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tickets", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Allocations_OneOpen",
                table: "Allocations",
                column: "Serial",
                unique: true,
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Correlation",
                table: "Audit",
                column: "Correlation");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Serial",
                table: "Audit",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Ticket",
                table: "Audit",
                column: "Ticket");

            migrationBuilder.CreateIndex(
                name: "IX_Devices_Customer",
                table: "Devices",
                column: "Customer");

            migrationBuilder.CreateIndex(
                name: "IX_Devices_Region_Stamp",
                table: "Devices",
                columns: new[] { "Region", "Stamp" });

            migrationBuilder.CreateIndex(
                name: "IX_Operations_OneAtATime",
                table: "Operations",
                column: "Serial",
                unique: true,
                filter: "\"State\" <> 'Finished'");

            migrationBuilder.CreateIndex(
                name: "IX_Operations_RequestedAt",
                table: "Operations",
                column: "RequestedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Operations_TicketId",
                table: "Operations",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_TicketNotes_TicketId",
                table: "TicketNotes",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Serial",
                table: "Tickets",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_State",
                table: "Tickets",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Allocations");

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "Devices");

            migrationBuilder.DropTable(
                name: "Health");

            migrationBuilder.DropTable(
                name: "Operations");

            migrationBuilder.DropTable(
                name: "TicketNotes");

            migrationBuilder.DropTable(
                name: "Tickets");
        }
    }
}
