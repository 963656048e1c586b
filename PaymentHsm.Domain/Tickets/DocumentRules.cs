using System.Globalization;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tickets;

/// <summary>Which documents a ticket takes, and what must be said about each (R59).</summary>
public static class DocumentRules
{
    /// <summary>Longest name of a sender, a channel or a file, in characters.</summary>
    public const int MaxWords = 200;

    /// <summary>A clock of the sender may run ahead this much.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(5);

    private static readonly (string Ending, string MediaType)[] MediaTypes =
    [
        ("pdf", "application/pdf"), ("png", "image/png"), ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"), ("txt", "text/plain"), ("eml", "message/rfc822"), ("p7m", "application/pkcs7-mime"),
        ("msg", "application/vnd.ms-outlook"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), ("asc", "application/pgp-signature"), ("p7s", "application/pkcs7-signature"),
    ];

    /// <summary>First bytes by which a content gives itself away, and the endings that it may have.</summary>
    private static readonly (byte[] First, string[] Endings, string Words)[] Signatures =
    [
        ("MZ"u8.ToArray(), [], "a program"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], [], "a program"),
        ("#!"u8.ToArray(), [], "a script"),
        ("%PDF-"u8.ToArray(), ["pdf"], "a PDF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], ["png"], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], ["jpg", "jpeg"], "a JPEG picture"),
        ([(byte)'P', (byte)'K', 3, 4], ["docx"], "an archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], ["msg"], "an Office file"),
        ([0x1F, 0x8B], [], "an archive"),
    ];

    /// <summary>Every ending that this product knows the media type of.</summary>
    public static IReadOnlyList<string> KnownEndings { get; } = [.. MediaTypes.Select(m => m.Ending)];

    /// <summary>Why this person may not read documents; null when they may. They hold personal data: who needs none gets none.</summary>
    public static Refusal? MayRead(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is Role.Support or Role.Engineering or Role.Auditor
            ? null
            : new("R59", RefusalKind.NotThisPerson, $"Documents of a ticket are read by Support, Engineering and Auditors; {actor.Id} is {actor.Role}.", "Ask a support representative.");
    }

    /// <summary>The media type of a file name; null when its ending is not among <paramref name="allowed"/>.</summary>
    public static string? MediaType(string fileName, IReadOnlyCollection<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var ending = EndingOf(fileName);
        return allowed.Contains(ending, StringComparer.OrdinalIgnoreCase) ? MediaTypes.Where(m => m.Ending == ending).Select(m => m.MediaType).FirstOrDefault() : null;
    }

    /// <summary>The name of the file without a path and without anything that a terminal or a header could act on.</summary>
    public static string PlainName(string? fileName)
    {
        var last = (fileName ?? "").Split('/', '\\')[^1];
        var plain = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*' or ';') && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)]).Trim(' ', '.');
        return plain.Length <= MaxWords ? plain : string.Concat(plain.AsSpan(0, MaxWords - 10), plain.AsSpan(plain.Length - 10));
    }

    /// <summary>What the first bytes say against the ending of the name; null when nothing does.</summary>
    public static string? Contradiction(string fileName, ReadOnlySpan<byte> first)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var ending = EndingOf(fileName);
        foreach (var (signature, endings, words) in Signatures)
        {
            if (first.StartsWith(signature) && !endings.Contains(ending))
            {
                return $"The file is named .{ending} but holds {words}.";
            }
        }

        return null;
    }

    /// <summary>Reads a verification as people and other systems write it; null when it is none that the operator accepts.</summary>
    public static SenderVerification? VerificationOf(string? text)
    {
        var plain = new string([.. (text ?? "").Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
        return plain switch
        {
            _ when plain.StartsWith("not", StringComparison.Ordinal) || plain.StartsWith("un", StringComparison.Ordinal) || plain.StartsWith("no", StringComparison.Ordinal) => null,
            _ when plain.Contains("callback", StringComparison.Ordinal) || plain.Contains("calledback", StringComparison.Ordinal) => SenderVerification.CallBack,
            _ when plain.Contains("portal", StringComparison.Ordinal) => SenderVerification.PortalIdentity,
            _ when plain.Contains("signature", StringComparison.Ordinal) || plain.Contains("signed", StringComparison.Ordinal) => SenderVerification.Signature,
            _ when plain.Contains("person", StringComparison.Ordinal) => SenderVerification.InPerson,
            _ => null,
        };
    }

    /// <summary>Reads a moment; one without an offset is UTC.</summary>
    public static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>All faults of what is said about a document at once; null when there is none.</summary>
    public static Refusal? Faults(string fileName, string? sender, string? receivedAt, string? channel, string? verification, IReadOnlyCollection<string> allowed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        List<string> faults = [];
        if (string.IsNullOrEmpty(fileName))
        {
            faults.Add("The file is missing.");
        }
        else if (MediaType(fileName, allowed) is null)
        {
            faults.Add($"'{fileName}' is not of a type that is taken; send one of {string.Join(", ", allowed)}.");
        }

        AddWords(faults, "sender", "Say who sent it.", sender);
        AddWords(faults, "channel", "Say how it came.", channel);
        if (MomentOf(receivedAt) is not { } at)
        {
            faults.Add(string.IsNullOrWhiteSpace(receivedAt) ? "Say when it was received." : $"'{receivedAt}' is not a moment such as 2026-11-23T13:05:00Z.");
        }
        else if (at > now + ClockMargin)
        {
            faults.Add("It cannot have been received in the future.");
        }

        if (VerificationOf(verification) is null)
        {
            faults.Add(string.IsNullOrWhiteSpace(verification)
                ? "Say how the sender's identity was verified."
                : $"'{verification}' does not verify a sender; use CallBack, PortalIdentity, Signature or InPerson.");
        }

        return faults.Count == 0 ? null : new Refusal("R59", RefusalKind.BadInput, string.Join(" ", faults), "A documented request names its sender, its time, its channel and how the sender was verified.");
    }

    private static void AddWords(List<string> faults, string name, string missing, string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            faults.Add(missing);
        }
        else if (words.Trim().Length > MaxWords)
        {
            faults.Add($"The {name} has {words.Trim().Length} characters; {MaxWords} is the most.");
        }
    }

    private static string EndingOf(string fileName)
    {
        var dot = fileName.LastIndexOf('.');
        return dot < 0 ? "" : fileName[(dot + 1)..].ToLowerInvariant();
    }
}
