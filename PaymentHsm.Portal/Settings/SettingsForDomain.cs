using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.Settings;

/// <summary>Settings as the domain wants them.</summary>
internal static class SettingsForDomain
{
    public static HardRebootOptions ForHardReboot(this PortalSettings settings) => new()
    {
        ConfirmWithin = settings.Approvals.HardReboot.ConfirmWithin,
        AnotherPersonConfirms = settings.Approvals.HardReboot.AnotherPerson,
        ObserveEvery = settings.Operations.HardReboot.ObserveEvery,
    };

    public static WorkOrderOptions ForWorkOrders(this PortalSettings settings) => new()
    {
        OffAtLeast = settings.Operations.HardReboot.OffAtLeast,
        AcceptWithin = settings.Operations.HardReboot.AcceptWithin,
        IdentifyWithin = settings.Operations.HardReboot.IdentifyWithin,
        PowerWithin = settings.Operations.HardReboot.PowerWithin,
        VerifyWithin = settings.Operations.HardReboot.VerifyWithin,
        RemoveWithin = settings.Operations.Destruction.RemoveWithin,
        DestroyWithin = settings.Operations.Destruction.DestroyWithin,
        CertifyWithin = settings.Operations.Destruction.CertifyWithin,
    };

    public static ForceDeleteOptions ForForceDelete(this PortalSettings settings) => new()
    {
        ReclaimWithin = settings.Operations.ForceDelete.ReclaimWithin,
        SendAgainAfter = settings.Operations.ForceDelete.SendAgainAfter,
        FollowEvery = settings.Operations.ForceDelete.FollowEvery,
        LookUpEvery = settings.Operations.ForceDelete.LookUpEvery,
        LookUpAtMost = settings.Operations.ForceDelete.LookUpAtMost,
        AbsenceMargin = settings.Operations.ForceDelete.AbsenceMargin,
    };

    public static ApprovalOptions ForApproval(this QuorumApproval settings) => new()
    {
        Quorum = settings.Quorum,
        ApproveWithin = settings.ApproveWithin,
        ExecuteWithin = settings.ExecuteWithin,
        StepUpAge = settings.StepUpAge,
        CoolingOff = settings.CoolingOff ?? TimeSpan.Zero,
    };

    public static SoftRebootOptions ForSoftReboot(this PortalSettings settings) => new()
    {
        ConfirmWithin = settings.Approvals.SoftReboot.ConfirmWithin,
        AnotherPersonConfirms = settings.Approvals.SoftReboot.AnotherPerson,
        Sends = settings.Operations.SoftReboot.Sends,
        SendAgainAfter = settings.Operations.SoftReboot.SendAgainAfter,
        ObserveEvery = settings.Operations.SoftReboot.ObserveEvery,
        ObserveFor = settings.Operations.SoftReboot.ObserveFor,
        AbsenceMargin = settings.Operations.SoftReboot.AbsenceMargin,
    };

    public static LifecycleOptions ForLifecycle(this PortalSettings settings) => new()
    {
        FactAge = settings.Lifecycle.FactAge,
        Commissioning = settings.Lifecycle.Commissioning,
        Patching = settings.Lifecycle.Patching,
        Reserved = settings.Lifecycle.Reserved,
        HandingOver = settings.Lifecycle.HandingOver,
        Reclaiming = settings.Lifecycle.Reclaiming,
        Released = settings.Lifecycle.Released,
        Rebaselining = settings.Lifecycle.Rebaselining,
        CheckingQuota = settings.Lifecycle.CheckingQuota,
        Allocating = settings.Lifecycle.Allocating,
        Provisioning = settings.Lifecycle.Provisioning,
        Connecting = settings.Lifecycle.Connecting,
        Deleting = settings.Lifecycle.Deleting,
    };

    public static FirmwareUpdateOptions ForFirmwareUpdate(this PortalSettings settings) => new()
    {
        LookEvery = settings.Firmware.LookEvery,
        ReadBackFor = settings.Firmware.ReadBackFor,
        ReleaseFor = settings.Firmware.ReleaseFor,
    };
}
