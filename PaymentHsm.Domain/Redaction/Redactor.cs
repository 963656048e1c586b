using System.Text;

namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// Takes key and card data out of text that people typed or pasted, before anything of it is stored or logged (R39). Everything around it stays as it
/// was; where something was taken, a mark says what kind of thing it was and nothing else.
/// </summary>
public static class Redactor
{
    /// <summary>Redacts one text; null stays null.</summary>
    public static Redacted Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new Redacted(text, []);
        }

        List<Finding> found = [];
        KeyBlockFinder.Find(text, found);
        KeyComponentFinder.Find(text, found);
        CardNumberFinder.Find(text, found);
        return found.Count == 0 ? new Redacted(text, []) : Replace(text, found);
    }

    /// <summary>Redacts several texts; the kinds of all of them together.</summary>
    public static (IReadOnlyList<string?> Texts, IReadOnlyList<SecretKind> Kinds) Clean(params IReadOnlyList<string?> texts)
    {
        var cleaned = texts.Select(Clean).ToList();
        return ([.. cleaned.Select(c => c.Text)], [.. cleaned.SelectMany(c => c.Kinds).Distinct().Order()]);
    }

    /// <summary>The mark that stands for what was taken: <c>[redacted: card number]</c>.</summary>
    public static string Mark(SecretKind kind) => $"[redacted: {Word(kind)}]";

    /// <summary>What was taken, in words that do not repeat it.</summary>
    public static string Word(SecretKind kind) => kind switch
    {
        SecretKind.CardNumber => "card number",
        SecretKind.KeyBlock => "key block",
        SecretKind.KeyComponent => "key component",
        _ => "secret",
    };

    /// <summary>Findings may overlap; together they are taken as one, under the name of the first.</summary>
    private static Redacted Replace(string text, List<Finding> found)
    {
        var output = new StringBuilder(text.Length);
        List<SecretKind> kinds = [];
        var at = 0;
        foreach (var finding in found.OrderBy(f => f.Start).ThenByDescending(f => f.End))
        {
            if (finding.Start < at)
            {
                at = Math.Max(at, finding.End);
                continue;
            }

            output.Append(text, at, finding.Start - at).Append(Mark(finding.Kind));
            kinds.Add(finding.Kind);
            at = finding.End;
        }

        return new Redacted(output.Append(text, at, text.Length - at).ToString(), kinds);
    }
}
