using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Portal.Audit;

/// <summary>Kinds of evidence in the words of the design.</summary>
internal static class EvidenceWords
{
    public static string Word(EvidenceKind kind) => kind switch
    {
        EvidenceKind.HandOver => "Hand-over",
        EvidenceKind.NotSanitised => "Not sanitised",
        EvidenceKind.LogRecovery => "Log recovery",
        _ => kind.ToString(),
    };

    /// <summary>What a bundle of that kind proves, for the head of its page.</summary>
    public static string Meaning(EvidenceKind kind) => kind switch
    {
        EvidenceKind.HandOver => "Custody passed to a customer.",
        EvidenceKind.Sanitisation => "The device was erased and read back as clean.",
        EvidenceKind.NotSanitised => "It is not proven that the device was erased.",
        EvidenceKind.Destruction => "Disk and HSM were destroyed under two witnesses.",
        EvidenceKind.LogRecovery => "Logs were recovered after a tamper; only their hash is kept.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Shape of the sprite and its colour class.</summary>
    public static string Shape(EvidenceKind kind) => kind is EvidenceKind.NotSanitised ? "warning" : "evidence";
}
