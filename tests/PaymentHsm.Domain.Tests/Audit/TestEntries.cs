using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Audit;

/// <summary>Audit entries and chains of them.</summary>
internal static class TestEntries
{
    public static AuditEntry Entry(long sequence, string? detail = "Sent.") => new(
        sequence,
        new DateTimeOffset(2026, 11, 23, 14, 3, 22, 123, TimeSpan.Zero).AddSeconds(sequence),
        new Actor("engineer1", Role.Engineering),
        "operation.confirm",
        "operation",
        "op-41d7aa",
        HsmSerial.Parse("A4665271234F"),
        "T-10482",
        Guid.Parse("2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f"),
        "R10",
        new Dictionary<string, string> { ["state"] = "AwaitingConfirmation" },
        new Dictionary<string, string> { ["state"] = "Running", ["confirmedBy"] = "engineer1" },
        detail);

    public static List<ChainedEntry> Chain(IEnumerable<string?> details)
    {
        var chain = new List<ChainedEntry>();
        foreach (var detail in details)
        {
            chain.Add(AuditChain.Append(chain.Count == 0 ? AuditChain.Genesis : chain[^1].Hash, Entry(chain.Count + 1, detail)));
        }

        return chain;
    }

    public static List<ChainedEntry> Chain(int length) => Chain(Enumerable.Range(1, length).Select(i => $"entry {i}"));
}
