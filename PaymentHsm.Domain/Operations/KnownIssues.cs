using System.Text.RegularExpressions;

namespace PaymentHsm.Domain.Operations;

/// <summary>Known issues by firmware (R57): facts that Support and customers should see before they act.</summary>
public static partial class KnownIssues
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownIssue> All { get; } =
    [
        new("fan-too-fast", "Fan too fast", "1.8a", "Fan-too-fast entries in the error log, every 24 h: benign, fixed in 1.6a and 1.8a; only a hard reboot at the customer's request clears them.",
            ["fan", "fans", "rpm", "too fast"]),
        new("shared-memory", "Shared memory after a reboot", null, "Hosted units with SNMP or JK polling may log shared-memory errors after a reboot: benign; a Thales ticket if the customer asks.",
            ["shared memory", "shared-memory", "shm", "snmp", "jk"]),
        new("certificates-survive", "TLS certificates survive a release", "2.1a", "TLS certificates survive a release below 2.1a (1.15.0); automation removes them during deletion.",
            ["certificate", "certificates", "cert", "certs", "tls"]),
    ];

    /// <summary>The issues that this base firmware has; empty when the version is not known.</summary>
    public static IReadOnlyList<string> For(string? firmware) =>
        firmware is null ? [] : [.. All.Where(i => Affects(i, firmware)).Select(i => i.Text)];

    /// <summary>R77: below 2.1a TLS certificates outlive a release; an unknown version counts as newer.</summary>
    public static bool CertificatesSurviveRelease(string? firmware) => firmware is not null && Older(firmware, "2.1a");

    /// <summary>The issues whose symptoms stand in the texts, with what speaks for and against each by firmware. An unknown version rules nothing out.</summary>
    public static IReadOnlyList<KnownIssueMatch> Match(string? firmware, params IEnumerable<string?> texts)
    {
        var words = string.Join(' ', texts).ToLowerInvariant();
        return
        [
            .. All.Select(issue => new KnownIssueMatch(issue, [.. issue.Symptoms.Where(s => Says(words, s))], firmware is null ? null : Affects(issue, firmware)))
                .Where(m => m.Symptoms.Count > 0 && m.FirmwareAffected != false),
        ];
    }

    private static bool Affects(KnownIssue issue, string firmware) => issue.FixedIn is null || Older(firmware, issue.FixedIn);

    /// <summary>Whole words only: <c>fan</c> is not in <c>fantastic</c>.</summary>
    private static bool Says(string words, string symptom)
    {
        for (var at = words.IndexOf(symptom, StringComparison.Ordinal); at >= 0; at = words.IndexOf(symptom, at + 1, StringComparison.Ordinal))
        {
            var end = at + symptom.Length;
            if ((at == 0 || !char.IsLetterOrDigit(words[at - 1])) && (end == words.Length || !char.IsLetterOrDigit(words[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Compares release names such as <c>1.9a</c>: numbers first, then the letter. A name that cannot be read counts as the newest.</summary>
    private static bool Older(string firmware, string than) => Key(firmware).CompareTo(Key(than)) < 0;

    private static (int Major, int Minor, char Letter) Key(string release) => Release().Match(release) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, out var major) && int.TryParse(match.Groups[2].Value, out var minor)
            ? (major, minor, match.Groups[3].Length == 0 ? ' ' : match.Groups[3].Value[0])
            : (int.MaxValue, 0, ' ');

    [GeneratedRegex(@"^(\d+)\.(\d+)([a-z]?)", RegexOptions.CultureInvariant)]
    private static partial Regex Release();
}

/// <summary>One known issue.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Title">In a few words.</param>
/// <param name="FixedIn">First base firmware without it; null while there is none.</param>
/// <param name="Text">What it is, if it matters, and what helps.</param>
/// <param name="Symptoms">Words by which people describe it, in lower case.</param>
public sealed record KnownIssue(string Id, string Title, string? FixedIn, string Text, IReadOnlyList<string> Symptoms);

/// <summary>A known issue that a ticket may be about.</summary>
/// <param name="Symptoms">The words that were found.</param>
/// <param name="FirmwareAffected">True when the device's firmware has it; null when the version is not known.</param>
public sealed record KnownIssueMatch(KnownIssue Issue, IReadOnlyList<string> Symptoms, bool? FirmwareAffected);
