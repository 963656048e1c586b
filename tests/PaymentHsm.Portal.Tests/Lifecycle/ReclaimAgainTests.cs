using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;
using static PaymentHsm.Portal.Tests.Lifecycle.ReclaimAgainScene;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>D24 over the real store: both honest ends, what takes it back, and a portal that dies at every call to the device.</summary>
public sealed class ReclaimAgainTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task D24_KilledAtEveryCallToTheDevice_ErasesOnce_AndTheDeviceIsCleanInThePool()
    {
        int? points = null;
        for (var at = -1; points is null || at < points; at++)
        {
            await using var scene = await LifecycleScene.StartAsync(2, Stop);
            var device = await QuarantinedAsync(scene, Stop);
            var asked = await ArmAsync(scene, device, Stop);
            var begin = scene.Wire.Points;
            scene.Wire.CrashAt = at < 0 ? null : begin + at;

            await scene.SettleAsync(Stop);

            points ??= scene.Wire.Points - begin;
            var where = scene.Wire.CrashedAt ?? "no crash";
            var operation = (await scene.Get<IOperationStore>().FindAsync(asked.Operation.Id, Stop))!;
            Assert.True(operation.Outcome == OperationOutcome.ErasedAndProven, $"{where}: {operation.Outcome} {operation.OutcomeDetail}");
            Assert.Equal([operation.Id], device.Erasures);
            var record = await scene.RecordAsync(device.Serial, Stop);
            Assert.True(record is { State: HsmState.Available, Custody: CustodyState.Operator, Sanitisation: Sanitisation.VerifiedClean, Allocation: null }, $"{where}: {record}");
            Assert.Equal((where, ApprovalState.Consumed), (where, (await scene.Get<IApprovalDesk>().FindAsync(asked.ApprovalId!, Stop))!.State));
            Assert.Equal((where, 1), (where, (await scene.Get<IEvidenceBundles>().PageAsync(new EvidenceFilter(device.Serial.ToString(), Kind: EvidenceKind.Sanitisation), Stop)).Total));
            Assert.Null((await new AuditTrail(scene.Get<IPortalDbs>(), scene.Clock).VerifyAsync(Stop)).FirstBroken);
        }

        Assert.True(points >= 20, $"Only {points} points were tried.");
    }

    [Fact]
    public async Task D24_ResidueIsFound_StaysQuarantinedWithTheReason_AndMayBeTriedAgain()
    {
        await using var scene = await LifecycleScene.StartAsync(2, Stop);
        var device = await QuarantinedAsync(scene, Stop);
        device.ErasesBadly = true;
        var asked = await ArmAsync(scene, device, Stop);

        await scene.SettleAsync(Stop);

        var operation = (await scene.Get<IOperationStore>().FindAsync(asked.Operation.Id, Stop))!;
        Assert.Equal(OperationOutcome.NotErased, operation.Outcome);
        Assert.Contains("certificates left behind", operation.OutcomeDetail, StringComparison.Ordinal);
        var record = await scene.RecordAsync(device.Serial, Stop);
        Assert.Equal((HsmState.Quarantined, Sanitisation.ReleasedUnverified), (record.State, record.Sanitisation));
        var held = Assert.Single(await scene.Get<IQuarantineDesk>().ReadAsync(new Actor("engineer3", Role.Engineering), Stop));
        Assert.Contains("certificates left behind", held.Why[0].Detail, StringComparison.Ordinal);
        Assert.Null(held.Exits.Single(e => e.Kind == QuarantineExitKind.ReclaimAgain).Closed);
        Assert.Equal(operation.Ticket, held.Ticket);

        // It reads Released by now: nothing is sent a second time, what is read decides.
        device.Certificates = 0;
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await ArmAsync(scene, device, Stop);
        await scene.SettleAsync(Stop);
        Assert.Equal(OperationOutcome.ErasedAndProven, (await scene.Get<IOperationStore>().FindAsync(again.Operation.Id, Stop))!.Outcome);
        Assert.Equal([operation.Id], device.Erasures);
        Assert.Equal(HsmState.Available, (await scene.RecordAsync(device.Serial, Stop)).State);
    }

    /// <summary>Right after a start nobody knows yet what a device shows. That is no drift: it must not void what engineers have signed, and must not be signed either.</summary>
    [Fact]
    public async Task R74_FleetNotReadSinceTheStart_NothingIsSignedAndNothingIsVoid()
    {
        await using var scene = await LifecycleScene.StartAsync(2, Stop);
        var device = await QuarantinedAsync(scene, Stop);
        scene.FleetIsRead = false;
        Assert.Equal("R50", Assert.IsType<Outcome<RequestedOperation>.Refused>(await AskAsync(scene, device, null, Stop)).Why.RuleId);
        scene.FleetIsRead = true;
        var asked = Assert.IsType<Outcome<RequestedOperation>.Done>(await AskAsync(scene, device, null, Stop)).Value;
        Assert.IsType<Outcome<ApprovalRequest>.Done>(await SignAsync(scene, asked.ApprovalId!, "engineer2", Stop));

        scene.FleetIsRead = false;
        Assert.Equal("R50", Assert.IsType<Outcome<ApprovalRequest>.Refused>(await SignAsync(scene, asked.ApprovalId!, "engineer3", Stop)).Why.RuleId);
        var still = (await scene.Get<IApprovalDesk>().FindAsync(asked.ApprovalId!, Stop))!;
        Assert.Equal((ApprovalState.Submitted, 1), (still.State, still.Decisions.Count));

        scene.FleetIsRead = true;
        Assert.Equal(ApprovalState.Armed, Assert.IsType<Outcome<ApprovalRequest>.Done>(await SignAsync(scene, asked.ApprovalId!, "engineer3", Stop)).Value.State);
        scene.FleetIsRead = false;
        await scene.WorkAWhileAsync(Stop);
        Assert.Equal(ApprovalState.Armed, (await scene.Get<IApprovalDesk>().FindAsync(asked.ApprovalId!, Stop))!.State);
        Assert.Empty(device.Erasures);
        scene.FleetIsRead = true;
        await scene.SettleAsync(Stop);
        Assert.Equal([asked.Operation.Id], device.Erasures);
    }

    [Fact]
    public async Task R89_ReclaimAgain_IsBrakedLikeAForceDelete()
    {
        await using var scene = await LifecycleScene.StartAsync(2, Stop, erasuresPerHour: 1);
        var device = await QuarantinedAsync(scene, Stop);
        device.ErasesBadly = true;
        await ArmAsync(scene, device, Stop);
        await scene.SettleAsync(Stop);
        Assert.Single(device.Erasures);
        Assert.Equal("R89", Assert.IsType<Outcome<RequestedOperation>.Refused>(await AskAsync(scene, device, null, Stop)).Why.RuleId);

        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<Outcome<RequestedOperation>.Done>(await AskAsync(scene, device, null, Stop));
    }

    [Fact]
    public async Task D24_OneSignatureOrTheRequestersOrADrift_NothingIsSent()
    {
        await using var scene = await LifecycleScene.StartAsync(2, Stop);
        var device = await QuarantinedAsync(scene, Stop);

        // Three engineers, one of them asks: the quorum could not spare one more (R75).
        Assert.Equal("R75", Assert.IsType<Outcome<RequestedOperation>.Refused>(await AskAsync(scene, device, new Actor("engineer1", Role.Engineering), Stop)).Why.RuleId);
        var asked = Assert.IsType<Outcome<RequestedOperation>.Done>(await AskAsync(scene, device, null, Stop)).Value;
        Assert.Equal("R75", Assert.IsType<Outcome<ApprovalRequest>.Refused>(await SignAsync(scene, asked.ApprovalId!, "support1", Stop)).Why.RuleId);
        Assert.Equal(ApprovalState.Submitted, Assert.IsType<Outcome<ApprovalRequest>.Done>(await SignAsync(scene, asked.ApprovalId!, "engineer2", Stop)).Value.State);
        await scene.WorkAWhileAsync(Stop);
        Assert.Empty(device.Erasures);

        // A second request, and a destruction, find the device taken.
        Assert.Equal("R67", Assert.IsType<Outcome<RequestedOperation>.Refused>(await AskAsync(scene, device, null, Stop)).Why.RuleId);

        // Frozen between the last signature and the act: what was signed is not so any more.
        Assert.Equal(ApprovalState.Armed, Assert.IsType<Outcome<ApprovalRequest>.Done>(await SignAsync(scene, asked.ApprovalId!, "engineer3", Stop)).Value.State);
        var stored = (await scene.Get<IDeviceStore>().FindAsync(device.Serial, Stop))!;
        await scene.Get<DeviceMoves>().ApplyAsync(stored, HsmEvent.TamperOrMismatch, DeviceFacts.None, null, "A tamper latch was read", null, null, Stop);
        await scene.SettleAsync(Stop);
        Assert.Equal(OperationOutcome.Cancelled, (await scene.Get<IOperationStore>().FindAsync(asked.Operation.Id, Stop))!.Outcome);
        Assert.Equal(ApprovalState.Invalidated, (await scene.Get<IApprovalDesk>().FindAsync(asked.ApprovalId!, Stop))!.State);
        Assert.Empty(device.Erasures);
        Assert.Equal("R52", Assert.IsType<Outcome<RequestedOperation>.Refused>(await AskAsync(scene, device, null, Stop)).Why.RuleId);
    }
}
