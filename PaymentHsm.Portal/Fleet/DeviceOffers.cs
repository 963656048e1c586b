using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What a person could want to do with a device: each act open, or closed with the rule and who may instead (R32).</summary>
internal static class DeviceOffers
{
    public static IReadOnlyList<ActionOffer> For(Actor viewer, HsmTile tile, RestartStanding standing) =>
    [
        new("open-ticket", "Open a ticket", TicketRules.MayWrite(viewer)),
        new("soft-reboot", "Soft reboot…", SoftReboot(viewer, standing)),
        new("hard-reboot", "Hard reboot…", HardReboot(viewer, standing)),
        new("force-delete", "Force delete…", ForceDelete(viewer, tile, standing)),
        new("reclaim-again", "Reclaim again…", ReclaimAgain(viewer, tile, standing)),
        new("destruction", "Destruction…", DestructionClosed(viewer, tile, standing)),
        new("replace-part", "Replace a part…", PartSwapActs.Closed(viewer, tile.Serial, tile.Lifecycle)),
        new("host-commands", "Console, host and management channels", Closed(tile, "R25", "The operator has no logical, console or administrative access while a customer holds the device.", "The customer works on it; Thales support helps the customer.")),
        new("customer-logs", "Error and audit logs", Closed(tile, "R28", "The customer reads the error and audit logs of an allocated HSM.", "After a medium tamper, at the customer's documented request, logs can be recovered.")),
        new("firmware", "Firmware and configuration", Closed(tile, "R40", "The customer patches an allocated HSM.", "The operator patches unallocated devices only.")),
    ];

    private static Refusal? SoftReboot(Actor viewer, RestartStanding standing) =>
        viewer.Role is Role.Support or Role.Engineering
            ? SoftRebootRules.Device(standing)
            : new Refusal("R1", RefusalKind.NotThisPerson, $"A soft reboot is asked for by Support or Engineering; you are {viewer.Role}.", "Ask a support representative.");

    private static Refusal? HardReboot(Actor viewer, RestartStanding standing) =>
        viewer.Role is Role.Support or Role.Engineering
            ? HardRebootRules.Device(standing)
            : new Refusal("R1", RefusalKind.NotThisPerson, $"A hard reboot is asked for by Support or Engineering; you are {viewer.Role}.", "Ask a support representative.");

    /// <summary>Whether it is worth asking; the desk looks at the resource and the document too.</summary>
    private static Refusal? ForceDelete(Actor viewer, HsmTile tile, RestartStanding standing) =>
        ForceDeleteRules.MayAsk(viewer) is { } no ? no
        : tile.Lifecycle != HsmState.Allocated ? new Refusal("R72", RefusalKind.NotInThisState, $"{tile.Serial} is {tile.Lifecycle}; only a device that a customer holds is force-deleted.")
        : standing.Running is { } running ? new Refusal("R67", RefusalKind.NotInThisState, $"{running.Kind} {running.ShortName} holds this device.", "Wait until it has ended.")
        : null;

    /// <summary>Whether it is worth asking; the desk looks at the device's record and at the device itself too.</summary>
    private static Refusal? ReclaimAgain(Actor viewer, HsmTile tile, RestartStanding standing) =>
        ReclaimAgainRules.MayAsk(viewer) is { } no ? no
        : tile.Lifecycle != HsmState.Quarantined ? new Refusal("D24", RefusalKind.NotInThisState, $"{tile.Serial} is {tile.Lifecycle}; only a quarantined device is reclaimed again.")
        : tile.Custody == CustodyState.Operator ? new Refusal("D24", RefusalKind.NotInThisState, $"{tile.Serial} is in the operator's custody; no customer's content is on it.")
        : standing.Running is { } running ? new Refusal("R67", RefusalKind.NotInThisState, $"{running.Kind} {running.ShortName} holds this device.", "Wait until it has ended.")
        : null;

    /// <summary>Whether it is worth asking; the desk looks at the resource and the serials too.</summary>
    private static Refusal? DestructionClosed(Actor viewer, HsmTile tile, RestartStanding standing) =>
        viewer.Role is not (Role.Support or Role.Engineering) ? new Refusal("R1", RefusalKind.NotThisPerson, $"A destruction is asked for by Support or Engineering; you are {viewer.Role}.", "Ask a support representative.")
        : tile.Lifecycle is not (HsmState.Quarantined or HsmState.Available) ? new Refusal("D25", RefusalKind.NotInThisState, $"{tile.Serial} is {tile.Lifecycle}; only a quarantined unit is destroyed, or a free one retired.", "A customer's failed unit is force-deleted first (R79).")
        : standing.Running is { } running ? new Refusal("R67", RefusalKind.NotInThisState, $"{running.Kind} {running.ShortName} holds this device.", "Wait until it has ended.")
        : null;

    private static Refusal? Closed(HsmTile tile, string rule, string reason, string instead) => tile.Custody switch
    {
        CustodyState.Operator => null,
        CustodyState.Unknown => new Refusal("R30", RefusalKind.NotInThisState, "Custody of this device is not proven, so it counts as a customer's.", instead),
        _ => new Refusal(rule, RefusalKind.NotInThisState, reason, instead),
    };
}
