using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Audit;

/// <summary>The byte form of a bundle's content: what is addressed and signed.</summary>
public static class EvidenceContent
{
    /// <summary>Times are kept to the microsecond, like those of the audit log.</summary>
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The draft as <see cref="CanonicalJson"/>, with <c>v</c> 1, the version of this list of members.</summary>
    public static byte[] Encode(EvidenceDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["v"] = 1,
            ["kind"] = draft.Kind.ToString(),
            ["serial"] = draft.Serial.ToString(),
            ["at"] = draft.At,
            ["statement"] = draft.Statement,
            ["facts"] = draft.Facts,
            ["observations"] = draft.Observations.Select(object (o) => new Dictionary<string, object?> { ["name"] = o.Name, ["value"] = o.Value, ["at"] = o.At }),
            ["ticket"] = draft.Ticket,
            ["operation"] = draft.Operation,
            ["allocation"] = draft.Allocation,
            ["approval"] = draft.Approval,
        });
    }

    /// <summary>Address of a content: its SHA-256, 64 lower-case hex digits.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>What a content says; null when it is not the canonical form of a draft.</summary>
    public static EvidenceDraft? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content.ToArray(), new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var draft = Draft(json.RootElement);
            return content.SequenceEqual(Encode(draft)) ? draft : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    private static EvidenceDraft Draft(JsonElement root) => new(
        Enum.Parse<EvidenceKind>(Text(root, "kind")),
        HsmSerial.Parse(Text(root, "serial")),
        At(root),
        Text(root, "statement"),
        root.GetProperty("facts").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal),
        [.. root.GetProperty("observations").EnumerateArray().Select(o => new Evidence(Text(o, "name"), Text(o, "value"), At(o)))],
        Optional(root, "ticket"),
        Optional(root, "operation") is { } id ? Guid.ParseExact(id, "D") : null,
        Optional(root, "allocation"),
        Optional(root, "approval"));

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString() ?? throw new FormatException($"{name} has no value.");

    private static string? Optional(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset At(JsonElement from) =>
        DateTimeOffset.ParseExact(Text(from, "at"), Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
