using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Finds clear keys and their components: 16, 32, 48 or 64 hex digits, in one piece or in groups. Digests and ids have the same lengths, so a piece counts
/// only when every byte has odd parity, as DES keys have (one random piece in 256 of the shortest, one in 65 536 of the next), or when words such as
/// component, key or ZMK stand near it.
/// </summary>
internal static partial class KeyComponentFinder
{
    /// <summary>How far before the digits a telling word may stand, in characters.</summary>
    private const int Near = 48;

    public static void Find(string text, List<Finding> found)
    {
        foreach (Match match in Hex().Matches(text))
        {
            var digits = string.Concat(match.Groups["digits"].Value.Where(char.IsAsciiHexDigit));
            if (digits.Length is 16 or 32 or 48 or 64 && (OddParity(digits) || InContext(text, match)))
            {
                found.Add(new Finding(match.Index, match.Index + match.Length, SecretKind.KeyComponent));
            }
        }
    }

    private static bool OddParity(string digits)
    {
        for (var i = 0; i < digits.Length; i += 2)
        {
            if (BitOperations.PopCount(byte.Parse(digits.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)) % 2 == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool InContext(string text, Match match)
    {
        var from = Math.Max(0, match.Index - Near);
        var before = text[from..match.Index];
        return Telling().IsMatch(before) && !Harmless().IsMatch(before);
    }

    // Groups of two, four, eight or sixteen with single blanks, dashes or colons between; or one piece. A dash-separated UUID has groups of 8-4-4-4-12 and does not fit.
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:0[xX])?(?<digits>[0-9A-Fa-f]{16}(?:[ :-]?[0-9A-Fa-f]{16}){0,3}|(?:[0-9A-Fa-f]{8}[ :-]){1,7}[0-9A-Fa-f]{8}|(?:[0-9A-Fa-f]{4}[ :-]){3,15}[0-9A-Fa-f]{4}|(?:[0-9A-Fa-f]{2}[ :-]){7,31}[0-9A-Fa-f]{2})(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    [GeneratedRegex(@"component|\bclear\b|\bkeys?\b|\bpart\b|\b(?:LMK|ZMK|TMK|ZPK|TPK|PVK|CVK|BDK|KEK|ZEK|DEK|MK-?AC|TAK|ZAK|CSCK|IPEK)\b|\bshare\b|\bXOR\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Telling();

    [GeneratedRegex(@"\b(?:sha-?256|sha-?1|md5|digest|hash|fingerprint|thumbprint|check ?sum|public)\b[^\n]{0,24}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
