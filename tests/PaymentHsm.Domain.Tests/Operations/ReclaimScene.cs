using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Tests.Operations;

/// <summary>A force delete in each of its phases, as tests start from it.</summary>
internal static class ReclaimScene
{
    public const string Allocation = "alloc-7f3a";
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");
    public static readonly Guid Id = Guid.Parse("2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f");
    public static readonly ForceDeleteOptions Options = new();

    public static Operation Requested() => ForceDelete.Request(
        Id, Serial, "T-10482", "cannot be released", "support1", [], new OperationProgress.Reclaim("/subscriptions/x", Allocation, "Contoso"), "APR-0117", Noon.AddHours(24), Noon);

    public static Operation Begun() => ForceDelete.Begun(ForceDelete.Armed(Requested(), ["engineer1", "engineer2"], Noon.AddHours(4), Noon), "automation1", Options, Noon);

    public static Operation Checked() => ForceDelete.CheckedFirst(Begun(), Held(), null, 100, Options, Noon);

    public static Operation Sending() => ForceDelete.SendIntended(Checked(), Noon);

    public static Operation Sent(ReclaimDelivery delivery, string? key = null) => ForceDelete.Sent(Sending(), new ReclaimSent(delivery, Noon, "answer", key), Options, Noon);

    public static Operation ReadingBack() => ForceDelete.Followed(Sent(ReclaimDelivery.Accepted), Record(DeviceOperationState.Succeeded), Options, Noon);

    public static Operation Erased() => ForceDelete.ReadBackDone(ReadingBack(), Released(), Log(), Options, Noon);

    public static Operation Failed() => ForceDelete.Followed(Sent(ReclaimDelivery.Accepted), Record(DeviceOperationState.Failed), Options, Noon);

    public static OperationProgress.Reclaim Progress(Operation operation) => (OperationProgress.Reclaim)operation.Progress;

    public static CommissionReading Held(CommissionState state = CommissionState.InCustody, string? allocation = Allocation) => new(Noon, state, allocation, AdminAccess.Disabled, true, null, null);

    public static CommissionReading Released() => new(Noon, CommissionState.Released, null, AdminAccess.Enabled, false, Id, true);

    public static DeviceOperation Record(DeviceOperationState state) => new(Id, "Reclaim", Allocation, state, $"Reclaim{state}", null, Noon, Noon);

    public static ServiceAuditPage Log(bool ours = true, bool gap = false) =>
        new(ours ? [new ServiceAuditEntry(101, Noon, "CustomerContentErased", [Allocation], Id, 17, null)] : [], gap);
}
