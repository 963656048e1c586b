using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Audit;

/// <summary>
/// A sealed proof of one sanitisation, hand-over or destruction (R86): canonical content, addressed by its SHA-256 and signed by the portal's evidence key, so
/// that it can be verified years later without the portal.
/// </summary>
/// <param name="Digest">SHA-256 of <paramref name="Content"/>, 64 lower-case hex digits: its address.</param>
/// <param name="Kind">What it proves.</param>
/// <param name="Serial">About which device.</param>
/// <param name="Ticket">Under which ticket; null for automation's own work.</param>
/// <param name="Operation">The operation that left it.</param>
/// <param name="At">When it was sealed (UTC).</param>
/// <param name="Content">Canonical JSON, byte for byte as signed.</param>
/// <param name="Signature">ECDSA P-256 signature over <paramref name="Content"/>, Base64 of DER.</param>
/// <param name="KeyId">Which key signed.</param>
/// <param name="PublicKey">That key's public part, as PEM: kept with the bundle, so that a later key does not make it unverifiable.</param>
public sealed record EvidenceBundle(
    string Digest, EvidenceKind Kind, HsmSerial Serial, string? Ticket, Guid? Operation, DateTimeOffset At, ReadOnlyMemory<byte> Content, string Signature, string KeyId, string PublicKey = "");

/// <summary>What a bundle proves.</summary>
public enum EvidenceKind
{
    /// <summary>Custody passed to a customer: licence, network, refused login.</summary>
    HandOver,

    /// <summary>Erased and verified clean (R78).</summary>
    Sanitisation,

    /// <summary>A force delete that could not be proven to have erased: says so in these words (R80).</summary>
    NotSanitised,

    /// <summary>Disk and HSM destroyed under two witnesses (R81).</summary>
    Destruction,

    /// <summary>Logs recovered after a medium tamper: only their hash (R28).</summary>
    LogRecovery,
}
