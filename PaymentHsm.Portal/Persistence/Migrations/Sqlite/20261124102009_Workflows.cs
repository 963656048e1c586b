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
                name: "AskedSeverity",
                table: "Tickets",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CloseReason",
                table: "Tickets",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Closing",
                table: "Tickets",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Due",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EscalatedAt",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LeftTicks",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reference",
                table: "Tickets",
                type: "TEXT",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "StateSince",
                table: "Tickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

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
                name: "Approvals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Action = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    RequestedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Excluded = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Binding = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubmittedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ApproveBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    ArmAfter = table.Column<long>(type: "INTEGER", nullable: true),
                    ExecuteBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedBecause = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Approvals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Deliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    NoticeId = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Target = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastFault = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deliveries", x => x.Id);
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
                name: "Maintenance",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Region = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Rack = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Feed = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CancelledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelledBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Maintenance", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NoticeReaders",
                columns: table => new
                {
                    NoticeId = table.Column<long>(type: "INTEGER", nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ReadAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeReaders", x => new { x.NoticeId, x.Person });
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Link = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Ticket = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    People = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Dispatched = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
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
                name: "People",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    LastSeen = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => new { x.Id, x.Role });
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
                name: "SiteRecords",
                columns: table => new
                {
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Manifest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Seal = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    PhotoSha256 = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    SecondPerson = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ReceivedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RackedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RackedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Region = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Stamp = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Rack = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Slot = table.Column<int>(type: "INTEGER", nullable: true),
                    FeedA = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    FeedB = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    OobPort = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Host1Port = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Host2Port = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ManagementPort = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteRecords", x => x.Serial);
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

            migrationBuilder.CreateTable(
                name: "TamperIncidents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Choice = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    ChosenBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Recovery = table.Column<string>(type: "TEXT", maxLength: -1, nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReviewedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TamperIncidents", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TicketDocuments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    ReceivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Verification = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UploadedBy = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    UploadedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketDocuments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkOrders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TicketId = table.Column<long>(type: "INTEGER", nullable: true),
                    OperationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Assignee = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    SecondPerson = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkOrders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ApprovalDecisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ApprovalId = table.Column<long>(type: "INTEGER", nullable: false),
                    Person = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    PersonKey = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Role = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Digest = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    TypedSerial = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    StepUpAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApprovalDecisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApprovalDecisions_Approvals_ApprovalId",
                        column: x => x.ApprovalId,
                        principalTable: "Approvals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Reference",
                table: "Tickets",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApprovalDecisions_OncePerPerson",
                table: "ApprovalDecisions",
                columns: new[] { "ApprovalId", "PersonKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Approvals_Serial",
                table: "Approvals",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_Approvals_State",
                table: "Approvals",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_State_NotBefore",
                table: "Deliveries",
                columns: new[] { "State", "NotBefore" });

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
                name: "IX_Maintenance_EndsAt",
                table: "Maintenance",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_NoticeReaders_Person_ReadAt",
                table: "NoticeReaders",
                columns: new[] { "Person", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Dispatched",
                table: "Notices",
                column: "Dispatched");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Key",
                table: "Notices",
                column: "Key",
                unique: true);

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
                name: "IX_Resources_Subscription_GroupKey_Key",
                table: "Resources",
                columns: new[] { "Subscription", "GroupKey", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_Resources_Subscription_Key",
                table: "Resources",
                columns: new[] { "Subscription", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_TamperIncidents_OneOpen",
                table: "TamperIncidents",
                column: "Serial",
                unique: true,
                filter: "\"ClosedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TicketDocuments_Sha256",
                table: "TicketDocuments",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_TicketDocuments_TicketId",
                table: "TicketDocuments",
                column: "TicketId");

            migrationBuilder.CreateIndex(
                name: "IX_WorkOrders_OperationId",
                table: "WorkOrders",
                column: "OperationId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorkOrders_Serial",
                table: "WorkOrders",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_WorkOrders_State",
                table: "WorkOrders",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AdministratorSecrets");

            migrationBuilder.DropTable(
                name: "ApprovalDecisions");

            migrationBuilder.DropTable(
                name: "Deliveries");

            migrationBuilder.DropTable(
                name: "Evidence");

            migrationBuilder.DropTable(
                name: "FirmwareImages");

            migrationBuilder.DropTable(
                name: "Maintenance");

            migrationBuilder.DropTable(
                name: "NoticeReaders");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "PatchWaves");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "Resources");

            migrationBuilder.DropTable(
                name: "SiteRecords");

            migrationBuilder.DropTable(
                name: "Subscriptions");

            migrationBuilder.DropTable(
                name: "TamperIncidents");

            migrationBuilder.DropTable(
                name: "TicketDocuments");

            migrationBuilder.DropTable(
                name: "WorkOrders");

            migrationBuilder.DropTable(
                name: "Approvals");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Reference",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "AskedSeverity",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "CloseReason",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Closing",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Due",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "EscalatedAt",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "LeftTicks",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Reference",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "StateSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Approval",
                table: "Operations");
        }
    }
}
