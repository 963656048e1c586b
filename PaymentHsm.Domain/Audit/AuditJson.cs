using System.Globalization;
using System.Text.Json;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Audit;

/// <summary>One entry of the log as a JSON line: the hashed members, the hash before and the hash.</summary>
internal static class AuditJson
{
    public const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static byte[] Line(ChainedEntry link)
    {
        var entry = link.Entry;
        return CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["sequence"] = entry.Sequence,
            ["at"] = entry.At,
            ["actor"] = entry.Actor.Id,
            ["role"] = entry.Actor.Role.ToString(),
            ["action"] = entry.Action,
            ["subjectKind"] = entry.SubjectKind,
            ["subjectId"] = entry.SubjectId,
            ["serial"] = entry.Serial?.ToString(),
            ["ticket"] = entry.Ticket,
            ["correlation"] = entry.Correlation,
            ["ruleId"] = entry.RuleId,
            ["before"] = entry.Before,
            ["after"] = entry.After,
            ["detail"] = entry.Detail,
            ["previousHash"] = link.PreviousHash,
            ["hash"] = link.Hash,
        });
    }

    /// <exception cref="FormatException">The line is not an entry.</exception>
    public static ChainedEntry Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            var root = json.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
            return Entry(root.GetProperty("sequence").GetInt64(), Text, name => Facts(root.GetProperty(name)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException("It is not an entry of the log.", e);
        }
    }

    /// <summary>An entry from its named texts; null means the member is not there.</summary>
    public static ChainedEntry Entry(long sequence, Func<string, string?> text, Func<string, IReadOnlyDictionary<string, string>> facts)
    {
        string Needed(string name) => text(name) ?? throw new FormatException($"{name} has no value.");
        return new ChainedEntry(
            new AuditEntry(
                sequence,
                DateTimeOffset.ParseExact(Needed("at"), Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                new Actor(Needed("actor"), Enum.Parse<Role>(Needed("role"))),
                Needed("action"),
                Needed("subjectKind"),
                Needed("subjectId"),
                text("serial") is { } serial ? HsmSerial.Parse(serial) : null,
                text("ticket"),
                text("correlation") is { } id ? Guid.ParseExact(id, "D") : null,
                text("ruleId"),
                facts("before"),
                facts("after"),
                text("detail")),
            Needed("previousHash"),
            Needed("hash"));
    }

    public static IReadOnlyDictionary<string, string> Facts(JsonElement from) =>
        from.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
}
