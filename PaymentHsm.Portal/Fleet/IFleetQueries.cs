using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What pages and the API read about devices. Nothing here changes anything.</summary>
public interface IFleetQueries
{
    /// <summary>One page of the inventory, filtered and sorted on the server.</summary>
    Task<FleetPage> PageAsync(FleetFilter filter, CancellationToken cancellationToken);

    /// <summary>Everything about one device; null when there is no such serial.</summary>
    Task<DeviceDetail?> DeviceAsync(HsmSerial serial, Actor viewer, CancellationToken cancellationToken);

    /// <summary>Free, allocated and other devices by stamp.</summary>
    Task<IReadOnlyList<StampCapacity>> CapacityAsync(CancellationToken cancellationToken);

    /// <summary>At most ten hits for the search box, over serials, customers, racks, tickets and operations.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string text, CancellationToken cancellationToken);
}

/// <summary>What the inventory grid asks for; its members are the page's query string.</summary>
/// <param name="Text">Part of a serial, customer or rack; null for all.</param>
/// <param name="SortBy">Column: <c>serial</c>, <c>location</c>, <c>lifecycle</c>, <c>custody</c>, <c>customer</c>, <c>health</c>, <c>observed</c>, <c>firmware</c>.</param>
public sealed record FleetFilter(
    string? Text = null,
    string? Region = null,
    string? Stamp = null,
    HsmState? Lifecycle = null,
    CustodyState? Custody = null,
    Health? Health = null,
    string SortBy = "serial",
    bool Descending = false,
    int Skip = 0,
    int Take = 50);

/// <summary>One page of rows and how many there are in all.</summary>
public sealed record FleetPage(int Total, IReadOnlyList<FleetRow> Rows);

/// <summary>One row of the inventory.</summary>
public sealed record FleetRow(HsmTile Tile, string Model, string? Firmware);

/// <summary>Everything about one device that a page shows beside its live tile.</summary>
/// <param name="Tile">The live tile at the moment of reading; follow <see cref="IFleetFeed"/> for changes.</param>
/// <param name="Allocation">The open allocation; null while the operator has the device.</param>
/// <param name="Offers">Every act a person could want here, each open or closed with its rule.</param>
/// <param name="Held">Frozen until an engineer has reviewed a tamper or an identity mismatch (R52).</param>
public sealed record DeviceDetail(
    HsmTile Tile,
    string Model,
    string? Firmware,
    Guid ServiceId,
    TimeSpan? ClockSkew,
    AdminAccess AdminAccess,
    Sanitisation Sanitisation,
    AllocationView? Allocation,
    IReadOnlyList<ActionOffer> Offers,
    IReadOnlyList<Ticket> Tickets,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<HsmSerial> Pair,
    bool Held = false);

/// <summary>Who holds the device and what proves it (R13).</summary>
/// <param name="Proof">For example: administrator login refused at that time.</param>
public sealed record AllocationView(string Id, string Customer, string Resource, DateTimeOffset Since, string Proof, DateTimeOffset? ProofAt);

/// <summary>An act that is open to the viewer, or closed with the reason (R32).</summary>
/// <param name="Key"><c>open-ticket</c>, <c>soft-reboot</c>, <c>hard-reboot</c>, <c>force-delete</c>, <c>host-commands</c>, <c>customer-logs</c>, <c>firmware</c>.</param>
/// <param name="Closed">Why it is not offered; null when it is.</param>
public sealed record ActionOffer(string Key, string Label, Refusal? Closed);

/// <summary>One line of a timeline.</summary>
/// <param name="Icon">Shape from the sprite.</param>
/// <param name="Link">Where the line leads; null when nowhere.</param>
public sealed record TimelineItem(DateTimeOffset At, string Icon, string Title, string? Detail, string? Link);

/// <summary>Capacity of one stamp; every device is in exactly one of the five counts.</summary>
/// <param name="Allocated">A customer has it.</param>
/// <param name="Reserved">Taken for a customer, or being handed over.</param>
/// <param name="Free">In the pool.</param>
/// <param name="Quarantined">In quarantine.</param>
/// <param name="OutOfService">Not in the pool for another reason: new, patched, coming back, on its way to destruction.</param>
/// <param name="Reserve">Free devices below which a warning is shown (R44).</param>
public sealed record StampCapacity(string Region, string Stamp, int Allocated, int Reserved, int Free, int Quarantined, int OutOfService, int Reserve);

/// <summary>A hit of the search box.</summary>
public sealed record SearchHit(string Kind, string Title, string? Detail, string Link);
