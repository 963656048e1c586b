using System.Text.RegularExpressions;

namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Finds keys under other keys. A TR-31 or Thales key block begins with a version, its length in decimal, usage, algorithm and mode of use, and goes on
/// in the length that it says; with the scheme tags R and S before it or without. Variant-scheme keys are a letter and 32 or 48 hex digits.
/// </summary>
internal static partial class KeyBlockFinder
{
    public static void Find(string text, List<Finding> found)
    {
        foreach (Match match in Block().Matches(text))
        {
            // What follows the header is taken as far as it looks like a block: a block that was cut while copying is one all the same.
            found.Add(new Finding(match.Index, match.Index + match.Length, SecretKind.KeyBlock));
        }

        foreach (Match match in Variant().Matches(text))
        {
            found.Add(new Finding(match.Index, match.Index + match.Length, SecretKind.KeyBlock));
        }
    }

    // [tag] version, 4 digits of length, 2 of usage, algorithm, mode of use, 2 of version number, exportability, 2 of optional blocks, 2 reserved or LMK id, body
    [GeneratedRegex(@"(?<![0-9A-Za-z])[RS]?[0-9A-DS][0-9]{4}[A-Z0-9][0-9A-Z][ADEHRSTX0-9][BCDEGNSTVXY0-9][0-9A-Zc][0-9A-Z][ENS][0-9]{2}[0-9A-F]{2}[0-9A-Za-z]{16,}(?:\r?\n[0-9A-Fa-f]{16,})*(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    // Thales variant schemes: U and T under an LMK, X and Y for export (ANSI X9.17)
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:[UX][0-9A-Fa-f]{32}|[TY][0-9A-Fa-f]{48})(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Variant();
}
