using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using static PaymentHsm.Domain.WorkOrders.WorkOrderActs;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>
/// The work order of a destruction (W6 steps 4 to 7): removal scanned by two people, disk, HSM, certificate. No step can be skipped, re-ordered or done by one
/// person, and every mismatch stops the order (R81, I8).
/// </summary>
public static class DestructionActs
{
    public const string Removed = "removed";
    public const string RemovalConfirmed = "removal confirmed";
    public const string Certified = "certified";

    /// <summary>Ways of destroying a data-bearing part that the runbook allows.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["Shredded", "Crushed", "Disintegrated", "Incinerated"];

    private const int MaxWord = 100;

    /// <summary>The order of an approved destruction.</summary>
    /// <param name="operation">The operation that waits for it.</param>
    /// <param name="excluded">Who asked and who approved (R10, I6).</param>
    /// <param name="place">Where the unit stands.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static WorkOrder Open(Operation operation, IReadOnlyList<string> excluded, Location place, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var plan = (OperationProgress.Destroy)operation.Progress;
        return new WorkOrder(
            "", WorkOrderKind.Destruction, operation.Serial, place, operation.Ticket, operation.Id, operation.Reason, operation.RequestedBy, excluded, WorkOrderState.Open, WorkStep.Accept,
            now, now + options.RemoveWithin, false, null, null, [], null, new WorkDetails.Destruction(plan.DiskSerial, plan.Runbook), null, 0);
    }

    /// <summary>The executor took the unit out, bagged and sealed it, and scanned its label.</summary>
    public static Outcome<WorkResult> Remove(WorkOrder order, Actor actor, string? label, string? seal, string? accessRecord, Location? seen, DateTimeOffset now)
    {
        if (Assignee(order, actor, WorkStep.Remove) is { } no)
        {
            return no;
        }

        if ((Word(seal, "The number of the seal") ?? Word(accessRecord, "The record of physical access")) is { } bad)
        {
            return bad;
        }

        var wrong = Mismatch(order, actor, label, seen, now, out var why);
        return why is not null ? why : wrong is not null ? Renamed(wrong, "D27")
            : WorkResult.Of(order.Did(new WorkAct(Removed, actor.Id, now, $"label {order.Serial} scanned, seal {seal!.Trim()}, access {accessRecord!.Trim()}"), WorkStep.ConfirmRemoval, order.DueAt) with
            {
                Work = Work(order) with { Seal = seal.Trim(), AccessRecord = accessRecord.Trim() },
            });
    }

    /// <summary>D27: the second person scans label and seal. From here there is no way back.</summary>
    public static Outcome<WorkResult> ConfirmRemoval(WorkOrder order, Actor actor, string? label, string? seal, Location? seen, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Second(order, actor, "R81", WorkStep.ConfirmRemoval) is { } no)
        {
            return no;
        }

        var work = Work(order);
        var wrong = Mismatch(order, actor, label, seen, now, out var why);
        if (why is not null)
        {
            return why;
        }

        if (wrong is not null)
        {
            return Renamed(wrong, "D27");
        }

        if (Word(seal, "The number of the seal") is { } bad)
        {
            return bad;
        }

        if (!Same(seal, work.Seal!))
        {
            return Stopped(order, actor, "D27", $"The seal reads {Short(seal!.Trim())}, recorded was {work.Seal}.", Short(seal.Trim()), now);
        }

        return WorkResult.Of(order.Did(new WorkAct(RemovalConfirmed, actor.Id, now, $"label {order.Serial} and seal {work.Seal} scanned"), WorkStep.DestroyDisk, now + options.DestroyWithin) with
        {
            SecondPerson = actor.Id,
            Work = work with { RemovedAt = now },
        });
    }

    /// <summary>The executor destroyed a part: disk first, then the HSM (D28, D29).</summary>
    /// <param name="order">The order as read.</param>
    /// <param name="actor">The executor.</param>
    /// <param name="hsm">True for the HSM, false for its disk.</param>
    /// <param name="serial">Serial as scanned on the part.</param>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="photoHash">SHA-256 of the photograph.</param>
    /// <param name="bin">Id of the destruction bin.</param>
    /// <param name="now">Present time.</param>
    public static Outcome<WorkResult> Destroy(WorkOrder order, Actor actor, bool hsm, string? serial, string? method, string? photoHash, string? bin, DateTimeOffset now)
    {
        var rule = hsm ? "D29" : "D28";
        if (Assignee(order, actor, hsm ? WorkStep.DestroyHsm : WorkStep.DestroyDisk) is { } no)
        {
            return no;
        }

        var known = Methods.FirstOrDefault(m => Same(method, m));
        var bad = known is null ? new Refusal(rule, RefusalKind.BadInput, $"'{Short(method?.Trim() ?? "")}' is no approved method.", $"Use one of {string.Join(", ", Methods)}.")
            : photoHash?.Trim() is not { Length: 64 } hash || !hash.All(char.IsAsciiHexDigit) ? new Refusal(rule, RefusalKind.BadInput, "The SHA-256 of the photograph is missing or has not 64 hex digits.", "Take the photograph; its hash is recorded.")
            : Word(bin, "The id of the destruction bin") ?? Word(serial, "The serial of the part");
        if (bad is not null)
        {
            return bad;
        }

        if (Other(order, hsm, serial!) is { } other)
        {
            return Stopped(order, actor, rule, other, Short(serial!.Trim()), now);
        }

        var part = new PartDestroyed(Bound(order, hsm), known!, photoHash!.Trim().ToLowerInvariant(), bin!.Trim(), actor.Id, now, null, null);
        var work = Work(order);
        return WorkResult.Of(order.Did(new WorkAct(hsm ? "hsm destroyed" : "disk destroyed", actor.Id, now, $"{part.Serial} {known!.ToLowerInvariant()}, bin {part.Bin}, photograph {part.PhotoHash}"), hsm ? WorkStep.WitnessHsm : WorkStep.WitnessDisk, order.DueAt) with
        {
            Work = hsm ? work with { Hsm = part } : work with { Disk = part },
        });
    }

    /// <summary>The witness saw it and scanned what is left of the label.</summary>
    public static Outcome<WorkResult> Witness(WorkOrder order, Actor actor, bool hsm, string? serial, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var rule = hsm ? "D29" : "D28";
        if (Second(order, actor, "R81", hsm ? WorkStep.WitnessHsm : WorkStep.WitnessDisk) is { } no)
        {
            return no;
        }

        if (Word(serial, "The serial of the part") is { } bad)
        {
            return bad;
        }

        if (Other(order, hsm, serial!) is { } other)
        {
            return Stopped(order, actor, rule, other, Short(serial!.Trim()), now);
        }

        var work = Work(order);
        var signed = hsm ? work with { Hsm = work.Hsm! with { Witness = actor.Id, WitnessedAt = now } } : work with { Disk = work.Disk! with { Witness = actor.Id, WitnessedAt = now } };
        return WorkResult.Of(order.Did(
            new WorkAct(hsm ? "hsm witnessed" : "disk witnessed", actor.Id, now, $"{Bound(order, hsm)} seen destroyed"),
            hsm ? WorkStep.Certify : WorkStep.DestroyHsm,
            hsm ? now + options.CertifyWithin : order.DueAt) with
        { Work = signed });
    }

    /// <summary>W6 step 7: an engineer who was at no rack certifies that everything is there.</summary>
    public static Outcome<WorkResult> Certify(WorkOrder order, Actor actor, string? note, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        if ((Ended(order) ?? Engineer(actor, "certifies a destruction") ?? OnHold(order)) is { } no)
        {
            return no;
        }

        if (order.Kind != WorkOrderKind.Destruction || order.Step != WorkStep.Certify)
        {
            return OutOfOrder(order, "Disk and HSM are destroyed and witnessed first.");
        }

        if (actor.Id == order.Assignee || actor.Id == order.SecondPerson)
        {
            return new Refusal("R10", RefusalKind.NotThisPerson, $"{actor.Id} was executor or witness; whoever was may not certify.", "Another engineer may.");
        }

        var work = Work(order);
        return work.CertifiedBy is not null ? WorkResult.Of(order)
            : Note(note, "Say what was checked.") is { } bad ? bad
            : WorkResult.Of(order.Did(new WorkAct(Certified, actor.Id, now, note!.Trim()), WorkStep.Certify, order.DueAt) with { Work = work with { CertifiedBy = actor.Id, CertifiedAt = now } });
    }

    private static WorkDetails.Destruction Work(WorkOrder order) => (WorkDetails.Destruction)order.Work;

    private static string Bound(WorkOrder order, bool hsm) => hsm ? order.Serial.ToString() : Work(order).DiskSerial;

    private static string? Other(WorkOrder order, bool hsm, string scanned) => Same(scanned, Bound(order, hsm)) ? null
        : $"Wrong {(hsm ? "HSM" : "disk")}: the order is for {Bound(order, hsm)}, scanned was {Short(scanned.Trim())}.";

    private static WorkResult Stopped(WorkOrder order, Actor actor, string rule, string reason, string scanned, DateTimeOffset now) =>
        new(Held(order, new WorkStop(rule, reason, scanned, actor.Id, now)), new Refusal(rule, RefusalKind.NotInThisState, $"Stop. {reason}", "Destroy nothing; an engineer decides."));

    private static WorkResult Renamed(WorkResult wrong, string rule) =>
        new(wrong.Order with { Stop = wrong.Order.Stop! with { RuleId = rule } }, wrong.Stopped! with { RuleId = rule });

    private static bool Same(string? a, string b) => string.Equals(a?.Trim(), b, StringComparison.OrdinalIgnoreCase);

    private static Refusal? Word(string? text, string what) => text?.Trim() switch
    {
        null or "" => new Refusal("R81", RefusalKind.BadInput, $"{what} is missing."),
        { Length: > MaxWord } => new Refusal("R81", RefusalKind.BadInput, $"{what} is longer than {MaxWord} characters."),
        _ => null,
    };
}
