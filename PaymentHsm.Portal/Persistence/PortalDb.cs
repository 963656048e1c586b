using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Everything the portal stores.</summary>
internal abstract class PortalDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<DeviceRow> Devices => Set<DeviceRow>();

    public DbSet<HealthRow> Health => Set<HealthRow>();

    public DbSet<AdministratorSecretRow> AdministratorSecrets => Set<AdministratorSecretRow>();

    public DbSet<AllocationRow> Allocations => Set<AllocationRow>();

    public DbSet<TicketRow> Tickets => Set<TicketRow>();

    public DbSet<TicketNoteRow> TicketNotes => Set<TicketNoteRow>();

    public DbSet<TicketDocumentRow> TicketDocuments => Set<TicketDocumentRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<NoticeReaderRow> NoticeReaders => Set<NoticeReaderRow>();

    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    public DbSet<OperationRow> Operations => Set<OperationRow>();

    public DbSet<WorkOrderRow> WorkOrders => Set<WorkOrderRow>();

    public DbSet<TamperIncidentRow> TamperIncidents => Set<TamperIncidentRow>();

    public DbSet<MaintenanceRow> Maintenance => Set<MaintenanceRow>();

    public DbSet<ApprovalRow> Approvals => Set<ApprovalRow>();

    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<ResourceRow> Resources => Set<ResourceRow>();

    public DbSet<SubscriptionRow> Subscriptions => Set<SubscriptionRow>();

    public DbSet<EvidenceRow> Evidence => Set<EvidenceRow>();

    public DbSet<FirmwareImageRow> FirmwareImages => Set<FirmwareImageRow>();

    public DbSet<PatchWaveRow> PatchWaves => Set<PatchWaveRow>();

    public DbSet<SiteRecordRow> SiteRecords => Set<SiteRecordRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<string>().HaveMaxLength(400);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<DeviceRow>(e =>
        {
            e.HasKey(d => d.Serial);
            e.HasIndex(d => new { d.Region, d.Stamp });
            e.HasIndex(d => d.Customer);
            e.Property(d => d.Fence).IsConcurrencyToken();
        });
        modelBuilder.Entity<SiteRecordRow>().HasKey(s => s.Serial);
        modelBuilder.Entity<HealthRow>(e =>
        {
            e.HasKey(h => h.Serial);
            e.Property(h => h.Readings).HasMaxLength(-1);
        });
        modelBuilder.Entity<AdministratorSecretRow>(e =>
        {
            e.HasKey(s => s.Serial);
            e.Property(s => s.Confirmed).HasMaxLength(-1);
            e.Property(s => s.Proposed).HasMaxLength(-1);
        });
        modelBuilder.Entity<AllocationRow>(e =>
        {
            e.HasKey(a => a.Id);
            e.HasIndex(a => a.Serial).IsUnique().HasFilter("\"ClosedAt\" IS NULL").HasDatabaseName("IX_Allocations_OneOpen");
        });
        modelBuilder.Entity<TicketRow>(e =>
        {
            e.HasIndex(t => t.Serial);
            e.HasIndex(t => t.State);
            e.HasIndex(t => t.Reference).IsUnique();
            e.Property(t => t.Description).HasMaxLength(-1);
            e.Property(t => t.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<TicketNoteRow>(e =>
        {
            e.HasIndex(n => n.TicketId);
            e.Property(n => n.Text).HasMaxLength(-1);
        });
        modelBuilder.Entity<TicketDocumentRow>(e =>
        {
            e.HasIndex(d => d.TicketId);
            e.HasIndex(d => d.Sha256);
        });
        modelBuilder.Entity<NoticeRow>(e =>
        {
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => n.Dispatched);
            e.Property(n => n.Text).HasMaxLength(-1);
            e.Property(n => n.People).HasMaxLength(-1);
        });
        modelBuilder.Entity<NoticeReaderRow>(e =>
        {
            e.HasKey(r => new { r.NoticeId, r.Person });
            e.HasIndex(r => new { r.Person, r.ReadAt });
        });
        modelBuilder.Entity<DeliveryRow>(e =>
        {
            e.HasIndex(d => new { d.State, d.NotBefore });
            e.Property(d => d.Body).HasMaxLength(-1);
            e.Property(d => d.LastFault).HasMaxLength(-1);
        });
        modelBuilder.Entity<OperationRow>(e =>
        {
            e.HasIndex(o => o.Serial).IsUnique().HasFilter("\"State\" <> 'Finished'").HasDatabaseName("IX_Operations_OneAtATime");
            e.HasIndex(o => o.TicketId);
            e.HasIndex(o => o.RequestedAt);
            e.Property(o => o.Steps).HasMaxLength(-1);
            e.Property(o => o.Progress).HasMaxLength(-1);
            e.Property(o => o.OutcomeDetail).HasMaxLength(-1);
            e.Property(o => o.Reason).HasMaxLength(-1);
            e.Property(o => o.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<WorkOrderRow>(e =>
        {
            e.HasIndex(o => o.OperationId).IsUnique();
            e.HasIndex(o => o.Serial);
            e.HasIndex(o => o.State);
            e.Property(o => o.Body).HasMaxLength(-1);
            e.Property(o => o.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<TamperIncidentRow>(e =>
        {
            e.HasIndex(i => i.Serial).IsUnique().HasFilter("\"ClosedAt\" IS NULL").HasDatabaseName("IX_TamperIncidents_OneOpen");
            e.Property(i => i.What).HasMaxLength(-1);
            e.Property(i => i.Recovery).HasMaxLength(-1);
        });
        modelBuilder.Entity<MaintenanceRow>(e =>
        {
            e.HasIndex(m => m.EndsAt);
            e.Property(m => m.Note).HasMaxLength(-1);
        });
        modelBuilder.Entity<ApprovalRow>(e =>
        {
            e.HasIndex(a => a.State);
            e.HasIndex(a => a.Serial);
            e.Property(a => a.Binding).HasMaxLength(-1);
            e.Property(a => a.EndedBecause).HasMaxLength(-1);
            e.Property(a => a.Version).IsConcurrencyToken();
            e.HasMany(a => a.Decisions).WithOne().HasForeignKey(d => d.ApprovalId).OnDelete(DeleteBehavior.Restrict);
            e.Navigation(a => a.Decisions).AutoInclude();
        });
        modelBuilder.Entity<ApprovalDecisionRow>(e =>
        {
            e.ToTable("ApprovalDecisions");
            e.HasIndex(d => new { d.ApprovalId, d.PersonKey }).IsUnique().HasDatabaseName("IX_ApprovalDecisions_OncePerPerson");
            e.Property(d => d.Comment).HasMaxLength(-1);
        });
        modelBuilder.Entity<PersonRow>(e => e.HasKey(p => new { p.Id, p.Role }));
        modelBuilder.Entity<ResourceRow>(e =>
        {
            e.HasKey(r => r.Key);

            // Lists are pages in the order of the key: with these they read the page and nothing else.
            e.HasIndex(r => new { r.Subscription, r.Key });
            e.HasIndex(r => new { r.Subscription, r.GroupKey, r.Key });
            e.HasIndex(r => r.State);
            e.HasIndex(r => r.Serial).IsUnique();
            e.Property(r => r.Tags).HasMaxLength(-1);
            e.Property(r => r.Host).HasMaxLength(-1);
            e.Property(r => r.Management).HasMaxLength(-1);
            e.Property(r => r.StatusMessage).HasMaxLength(-1);
            e.Property(r => r.FaultMessage).HasMaxLength(-1);
            e.Property(r => r.Tried).HasMaxLength(-1);
            e.Property(r => r.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<AuditRow>(e =>
        {
            // The number is ours, so that a gap can only mean a removed entry.
            e.HasKey(a => a.Sequence);
            e.Property(a => a.Sequence).ValueGeneratedNever();
            e.HasIndex(a => a.Serial);
            e.HasIndex(a => a.Ticket);
            e.HasIndex(a => a.Correlation);
            e.Property(a => a.Before).HasMaxLength(-1);
            e.Property(a => a.After).HasMaxLength(-1);
            e.Property(a => a.Detail).HasMaxLength(-1);
        });
        modelBuilder.Entity<EvidenceRow>(e =>
        {
            e.HasKey(b => b.Digest);
            e.HasIndex(b => b.Serial);
            e.HasIndex(b => b.Ticket);
            e.HasIndex(b => b.At);
            e.Property(b => b.PublicKey).HasMaxLength(-1);
        });
        modelBuilder.Entity<FirmwareImageRow>(e =>
        {
            e.HasKey(i => i.Version);
            e.HasIndex(i => i.IsBase).IsUnique().HasFilter("\"IsBase\"").HasDatabaseName("IX_FirmwareImages_OneBase");
            e.Property(i => i.Stamp).IsConcurrencyToken();
            e.Property(i => i.Image).HasMaxLength(-1);
        });
        modelBuilder.Entity<PatchWaveRow>(e =>
        {
            e.HasIndex(w => w.IsOpen).IsUnique().HasFilter("\"IsOpen\"").HasDatabaseName("IX_PatchWaves_OneAtATime");
            e.HasIndex(w => w.PlannedAt);
            e.Property(w => w.Plan).HasMaxLength(-1);
            e.Property(w => w.Version).IsConcurrencyToken();
        });
    }
}

/// <summary>The store on SQLite.</summary>
internal sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options) : PortalDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // SQLite cannot sort or compare DateTimeOffset; ticks can be sorted.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));
}
