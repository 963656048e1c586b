using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PaymentHsm.Domain.Audit;

/// <summary>
/// One entry of the log as a line for spreadsheets. Every value stands in quotes, a missing one is nothing at all. A value that a spreadsheet would take for
/// a formula gets a <c>'</c> in front, and so does one that begins with <c>'</c>, so that the value can be read back.
/// </summary>
internal static class AuditCsv
{
    private static readonly string[] Names =
        ["sequence", "at", "actor", "role", "action", "subjectKind", "subjectId", "serial", "ticket", "correlation", "ruleId", "before", "after", "detail", "previousHash", "hash"];

    public static string Heads { get; } = string.Join(',', Names);

    public static string Line(ChainedEntry link)
    {
        var e = link.Entry;
        string?[] cells =
        [
            e.Sequence.ToString(CultureInfo.InvariantCulture), e.At.ToUniversalTime().ToString(AuditJson.Time, CultureInfo.InvariantCulture), e.Actor.Id, e.Actor.Role.ToString(), e.Action, e.SubjectKind, e.SubjectId,
            e.Serial?.ToString(), e.Ticket, e.Correlation?.ToString("D"), e.RuleId, Facts(e.Before), Facts(e.After), e.Detail, link.PreviousHash, link.Hash,
        ];
        return string.Join(',', cells.Select(Cell));
    }

    /// <summary>Reads the records of a text; quoted values may hold line ends.</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static IEnumerable<ChainedEntry> Read(string text)
    {
        var at = 0;
        if (!text.StartsWith(Heads + "\n", StringComparison.Ordinal))
        {
            throw new FormatException("The column heads are missing.");
        }

        at = Heads.Length + 1;
        while (at < text.Length)
        {
            var cells = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var name in Names)
            {
                cells[name] = Value(text, ref at);
                var end = name == Names[^1] ? '\n' : ',';
                if (at >= text.Length || text[at] != end)
                {
                    throw new FormatException($"After {name} something else was expected.");
                }

                at++;
            }

            if (!long.TryParse(cells["sequence"], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                throw new FormatException("The sequence is not a number.");
            }

            yield return AuditJson.Entry(sequence, name => cells[name], name => Facts(cells[name] ?? "{}"));
        }
    }

    private static string Cell(string? value)
    {
        if (value is null)
        {
            return "";
        }

        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'' ? "'" + value : value;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Value(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '"')
        {
            return null;
        }

        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append(text[at++]);
            }
            else
            {
                at++;
                return value.Length > 0 && value[0] == '\'' ? value.ToString(1, value.Length - 1) : value.ToString();
            }
        }

        throw new FormatException("A quote is not closed.");
    }

    private static string Facts(IReadOnlyDictionary<string, string> facts) =>
        Encoding.UTF8.GetString(CanonicalJson.Encode(facts.Select(f => KeyValuePair.Create(f.Key, (object?)f.Value))));

    private static IReadOnlyDictionary<string, string> Facts(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 3, AllowDuplicateProperties = false });
            return AuditJson.Facts(parsed.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("Facts cannot be read.", e);
        }
    }
}
