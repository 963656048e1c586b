namespace PaymentHsm.Domain.Redaction;

/// <summary>A text without key or card data.</summary>
/// <param name="Text">What may be stored; null when nothing was given.</param>
/// <param name="Kinds">What was taken out, in the order of the text; empty when nothing was.</param>
public sealed record Redacted(string? Text, IReadOnlyList<SecretKind> Kinds);

/// <summary>What was taken out.</summary>
public enum SecretKind
{
    /// <summary>A primary account number.</summary>
    CardNumber,

    /// <summary>A key under another key: TR-31, Thales key block, Thales variant scheme.</summary>
    KeyBlock,

    /// <summary>A clear key or one of its components.</summary>
    KeyComponent,
}

/// <summary>Where something was found: from <paramref name="Start"/> up to before <paramref name="End"/>.</summary>
internal readonly record struct Finding(int Start, int End, SecretKind Kind);
