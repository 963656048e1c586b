using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Finds clear keys and their components: 16, 32, 48 or 64 hex digits, in one piece or in groups of equal length. Digests and ids have the same lengths, so
/// a piece counts only when every byte has odd parity, as DES keys have (one random piece in 256 of the shortest, one in 65 536 of the next), or when words
/// such as component, key or ZMK stand near it. Decimal digits alone are a number until such a word says otherwise.
/// </summary>
internal static partial class KeyComponentFinder
{
    /// <summary>How far before the digits a telling word may stand, in characters.</summary>
    private const int Near = 48;

    public static void Find(string text, List<Finding> found)
    {
        foreach (Match run in Run().Matches(text))
        {
            var groups = Group().Matches(run.Value);
            var first = 0;
            while (first < groups.Count)
            {
                first = FindAt(text, run.Index, groups, first, found);
            }
        }
    }

    /// <summary>Asks every row of whole groups that begins here, the longest first; returns where to go on.</summary>
    private static int FindAt(string text, int offset, MatchCollection groups, int first, List<Finding> found)
    {
        var length = groups[first].Length;
        var last = first;
        while (last + 1 < groups.Count && groups[last + 1].Length == length && (last + 2 - first) * length <= 64)
        {
            last++;
        }

        for (; last >= first; last--)
        {
            var (start, end) = (offset + groups[first].Index, offset + groups[last].Index + length);
            var digits = text[start..end].Where(char.IsAsciiHexDigit).ToArray();
            if (digits.Length is 16 or 32 or 48 or 64 && ((digits.Any(char.IsAsciiLetter) && OddParity(digits)) || InContext(text, start)))
            {
                found.Add(new Finding(start >= 2 && text[start - 1] is 'x' or 'X' && text[start - 2] == '0' ? start - 2 : start, end, SecretKind.KeyComponent));
                return last + 1;
            }
        }

        return first + 1;
    }

    private static bool OddParity(ReadOnlySpan<char> digits)
    {
        for (var i = 0; i < digits.Length; i += 2)
        {
            if (BitOperations.PopCount(byte.Parse(digits.Slice(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)) % 2 == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool InContext(string text, int start)
    {
        var before = text[Math.Max(0, start - Near)..start];
        return Telling().IsMatch(before) && !Harmless().IsMatch(before);
    }

    // Groups of an even number of digits with single blanks, dashes or colons between. A UUID has groups of different lengths, which do not go together.
    [GeneratedRegex(@"(?:(?<![0-9A-Za-z])|(?<=(?<![0-9A-Za-z])0[xX]))(?:[0-9A-Fa-f]{2})+(?:[ :-](?:[0-9A-Fa-f]{2})+(?![0-9A-Za-z]))*(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex("[0-9A-Fa-f]+", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"component|\bclear\b|\bkeys?\b|\bpart\b|\b(?:LMK|ZMK|TMK|ZPK|TPK|PVK|CVK|BDK|KEK|ZEK|DEK|MK-?AC|TAK|ZAK|CSCK|IPEK)\b|\bshare\b|\bXOR\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Telling();

    [GeneratedRegex(@"\b(?:sha-?256|sha-?1|md5|digest|hash|fingerprint|thumbprint|check ?sum|public)\b[^\n]{0,24}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
