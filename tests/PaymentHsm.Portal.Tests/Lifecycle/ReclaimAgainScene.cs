using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>Brings a device of a scene to where D24 begins: a customer's, force-deleted without a proof, its resource gone, in quarantine and dirty.</summary>
internal static class ReclaimAgainScene
{
    private static readonly Actor Support = new("support1", Role.Support);

    public static async Task<ModelDevice> QuarantinedAsync(LifecycleScene scene, CancellationToken stop)
    {
        await scene.CreateAsync("hsm1", "stamp1", stop);
        await scene.SettleAsync(stop);
        var device = scene.Devices.Single(d => d.HandOvers.Count == 1);
        device.CustomerCommissions();
        var (moves, store, resources) = (scene.Get<DeviceMoves>(), scene.Get<IDeviceStore>(), scene.Get<IResourceStore>());
        var facts = DeviceFacts.None with { ResourceDeleting = true, ApprovalConsumed = true };
        Done(await moves.ApplyAsync((await store.FindAsync(device.Serial, stop))!, HsmEvent.StartReclaim, facts, "Litware Payments", "Reclaim begins", null, null, stop));
        Done(await moves.ApplyAsync((await store.FindAsync(device.Serial, stop))!, HsmEvent.ReclaimFailed, DeviceFacts.None, null, "Not sanitised: it did not answer", null, null, stop));
        var now = scene.Clock.GetUtcNow();
        var consumed = new ResourceFacts { ApprovalConsumed = true, Device = HsmState.Quarantined, Custody = CustodyState.ComingBack };
        var resource = (await scene.FindAsync("hsm1", stop))!;
        var deleting = await resources.SaveAsync(Done(resource.Apply(ResourceEvent.Delete, consumed, "Deleting.", now)), null, null, null, stop);
        await resources.SaveAsync(
            Done(deleting!.Apply(ResourceEvent.ReclaimEnded, consumed, "Deleted.", now)), new AuditNote(Actor.Portal, "resource.deleted", "gone", device.Serial), null, new string('0', 64), stop);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        return device;
    }

    /// <summary>A ticket, and the Reclaim again asked for on it.</summary>
    public static async Task<Outcome<RequestedOperation>> AskAsync(LifecycleScene scene, ModelDevice device, Actor? by, CancellationToken stop)
    {
        var ticket = await scene.Get<Ledger>().WriteAsync<Ticket>(
            async db =>
            {
                var row = new TicketRow
                {
                    Subject = "not erased",
                    Serial = device.Serial.ToString(),
                    Category = TicketCategory.HsmDelete,
                    Severity = Severity.High,
                    Description = "",
                    State = TicketState.Open,
                    OpenedBy = Support.Id,
                    OpenedAt = scene.Clock.GetUtcNow(),
                    Version = 1,
                };
                db.Tickets.Add(row);
                await db.SaveChangesAsync(stop);
                return (row.ToTicket(), []);
            },
            stop);
        return await scene.Get<ReclaimAgainDesk>().RequestAsync(by ?? Support, ticket, new OperationWish("The switch before it was replaced"), stop);
    }

    public static async Task<Outcome<ApprovalRequest>> SignAsync(LifecycleScene scene, string approval, string person, CancellationToken stop)
    {
        var desk = scene.Get<IApprovalDesk>();
        var request = (await desk.FindAsync(approval, stop))!;
        return await desk.DecideAsync(
            new Actor(person, Role.Engineering), approval, new Signature(DecisionKind.Approve, request.Digest, request.Binding.Serial.ToString(), "Read it. Agree.", scene.Clock.GetUtcNow()), stop);
    }

    /// <summary>Asked for and signed by two; nothing of it was done yet.</summary>
    public static async Task<RequestedOperation> ArmAsync(LifecycleScene scene, ModelDevice device, CancellationToken stop)
    {
        var asked = Done(await AskAsync(scene, device, null, stop));
        Done(await SignAsync(scene, asked.ApprovalId!, "engineer1", stop));
        Assert.Equal(ApprovalState.Armed, Done(await SignAsync(scene, asked.ApprovalId!, "engineer2", stop)).State);
        return asked;
    }

    private static T Done<T>(Outcome<T> outcome) => outcome is Outcome<T>.Refused(var why) ? throw new InvalidOperationException(why.ToString()) : ((Outcome<T>.Done)outcome).Value;
}
