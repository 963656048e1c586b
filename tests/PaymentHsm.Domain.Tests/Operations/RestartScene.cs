using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Tests.Operations;

/// <summary>A soft reboot with everything around it, as tests start from it.</summary>
internal static class RestartScene
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");
    public static readonly Guid Id = Guid.Parse("9b2f9f1e-3c53-4a4f-9d0b-0d4c1f6e2a11");
    public static readonly SoftRebootOptions Options = new();

    /// <summary>Boot 17, highest audit entry 100, reset in the morning.</summary>
    public static readonly RestartMarks Marks = new(Noon, 100, 17, Noon.AddHours(-6), HasAuditLog: true);

    public static Operation Requested() => SoftReboot.Request(Id, Serial, "T-1", "host ports dead", "support1", [], Options, Noon);

    public static Operation Confirmed() => SoftReboot.Confirmed(Requested(), "engineer1", Noon);

    public static Operation Marked() => SoftReboot.Marked(Confirmed(), Marks);

    public static Operation SendIntended() => SoftReboot.SendIntended(Marked(), Noon);

    public static Operation Sent(RestartDelivery delivery) => SoftReboot.Sent(SendIntended(), new RestartSent(delivery, Noon, "204", 1), Options, Noon);

    public static ServiceAuditEntry Entry(long id, string key, long boot, Guid? operation = null, params string[] arguments) =>
        new(id, Noon, key, arguments, operation, boot, null);

    public static RestartTrace Trace(bool ready, DateTimeOffset? lastReset, params ServiceAuditEntry[] entries) =>
        new(Noon.AddSeconds(5), entries, lastReset ?? Marks.LastReset, ready, LogHasGap: false);

    /// <summary>What a device shows after our restart.</summary>
    public static RestartTrace Restarted() => Trace(
        ready: true, Noon.AddSeconds(3),
        Entry(101, "RestartRequested", 17, Id, "1", "oob-operator"),
        Entry(102, "RestartStarted", 17, Id, "17"),
        Entry(103, "LinkDown", 17, null, "HOST1"),
        Entry(104, "LinkUp", 18, null, "HOST1"),
        Entry(105, "RestartCompleted", 18, Id, "18", "ManagementCommand"));
}
