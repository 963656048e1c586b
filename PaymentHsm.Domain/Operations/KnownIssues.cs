namespace PaymentHsm.Domain.Operations;

/// <summary>Known issues by firmware (R57): facts that Support and customers should see before they act.</summary>
public static class KnownIssues
{
    private static readonly (Func<string, bool> Affects, string Text)[] Issues =
    [
        (f => Older(f, "1.8a"), "Fan-too-fast entries in the error log, every 24 h: benign, fixed in 1.8a; only a hard reboot at the customer's request clears them."),
        (_ => true, "Hosted units with SNMP or JK polling may log shared-memory errors after a reboot: benign; a Thales ticket if the customer asks."),
        (CertificatesSurviveRelease, "TLS certificates survive a release below 2.1a; automation removes them during deletion."),
    ];

    /// <summary>The issues that this base firmware has; empty when the version is not known.</summary>
    public static IReadOnlyList<string> For(string? firmware) =>
        firmware is null ? [] : [.. Issues.Where(i => i.Affects(firmware)).Select(i => i.Text)];

    /// <summary>R77: below 2.1a TLS certificates outlive a release; an unknown version counts as newer.</summary>
    public static bool CertificatesSurviveRelease(string? firmware) => firmware is not null && Older(firmware, "2.1a");

    /// <summary>Compares release names such as <c>1.9a</c>: numbers first, then the letter.</summary>
    private static bool Older(string firmware, string than) => Key(firmware).CompareTo(Key(than)) < 0;

    private static (int Major, int Minor, char Letter) Key(string release)
    {
        var dot = release.IndexOf('.', StringComparison.Ordinal);
        var letters = release.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        var minor = letters < 0 ? release[(dot + 1)..] : release.Substring(dot + 1, letters);
        return dot > 0 && int.TryParse(release[..dot], out var a) && int.TryParse(minor, out var b)
            ? (a, b, letters < 0 ? ' ' : release[dot + 1 + letters])
            : (int.MaxValue, 0, ' ');
    }
}
