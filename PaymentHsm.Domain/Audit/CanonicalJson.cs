using System.Buffers;
using System.Globalization;
using System.Text;

namespace PaymentHsm.Domain.Audit;

/// <summary>
/// The one byte form of facts that are hashed. Rules, after RFC 8785 where it applies: UTF-8 without a byte order mark; no white space; members sorted by
/// the ordinal order of their UTF-16 names; members without a value left out; strings escape only <c>"</c>, <c>\</c>, controls below U+0020
/// (<c>\b \t \n \f \r</c>, else <c>\u00xx</c>, lower case) and unpaired surrogates (<c>\udxxx</c>); numbers are integers; times are strings
/// <c>yyyy-MM-ddTHH:mm:ss.ffffffZ</c> in UTC; ids are lower-case strings. Different facts never share a form.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The bytes of an object.</summary>
    /// <param name="members">Values: string, int, long, bool, time, Guid, a list of strings or of objects, an object, or null to leave the member out.</param>
    /// <exception cref="ArgumentException">A name occurs twice, or a value is of another type: a programming mistake.</exception>
    public static byte[] Encode(IEnumerable<KeyValuePair<string, object?>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var text = new StringBuilder();
        Members(text, members);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Members(StringBuilder text, IEnumerable<KeyValuePair<string, object?>> members)
    {
        var sorted = members.Where(m => m.Value is not null).OrderBy(m => m.Key, StringComparer.Ordinal).ToList();
        text.Append('{');
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i > 0)
            {
                if (sorted[i].Key == sorted[i - 1].Key)
                {
                    throw new ArgumentException($"The name '{sorted[i].Key}' occurs twice.", nameof(members));
                }

                text.Append(',');
            }

            String(text, sorted[i].Key);
            text.Append(':');
            Value(text, sorted[i].Value);
        }

        text.Append('}');
    }

    private static void Value(StringBuilder text, object? value)
    {
        switch (value)
        {
            case string s: String(text, s); break;
            case bool b: text.Append(b ? "true" : "false"); break;
            case int n: text.Append(CultureInfo.InvariantCulture, $"{n}"); break;
            case long n: text.Append(CultureInfo.InvariantCulture, $"{n}"); break;
            case Guid id: String(text, id.ToString("D")); break;
            case DateTimeOffset at: String(text, at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)); break;
            case IReadOnlyDictionary<string, string> map: Members(text, map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value))); break;
            case IEnumerable<KeyValuePair<string, object?>> members: Members(text, members); break;
            case IEnumerable<object> items: List(text, items); break;
            default: throw new ArgumentException($"A value of type {value?.GetType().Name ?? "null"} has no canonical form.", nameof(value));
        }
    }

    private static void List(StringBuilder text, IEnumerable<object> items)
    {
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ",");
            first = false;
            Value(text, item);
        }

        text.Append(']');
    }

    private static void String(StringBuilder text, ReadOnlySpan<char> value)
    {
        text.Append('"');
        while (value.Length > 0)
        {
            var status = Rune.DecodeFromUtf16(value, out var rune, out var used);
            if (status != OperationStatus.Done)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)value[0]:x4}");
                used = 1;
            }
            else
            {
                Character(text, rune);
            }

            value = value[used..];
        }

        text.Append('"');
    }

    private static void Character(StringBuilder text, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': text.Append("\\\""); break;
            case '\\': text.Append("\\\\"); break;
            case '\b': text.Append("\\b"); break;
            case '\t': text.Append("\\t"); break;
            case '\n': text.Append("\\n"); break;
            case '\f': text.Append("\\f"); break;
            case '\r': text.Append("\\r"); break;
            case < 0x20: text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"); break;
            default: text.Append(rune.ToString()); break;
        }
    }
}
