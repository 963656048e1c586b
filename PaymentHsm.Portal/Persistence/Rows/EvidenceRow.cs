using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One sealed bundle. Rows are only ever added.</summary>
internal sealed class EvidenceRow
{
    public required string Digest { get; set; }
    public EvidenceKind Kind { get; set; }
    public required string Serial { get; set; }
    public string? Ticket { get; set; }
    public Guid? Operation { get; set; }

    /// <summary>When it was sealed.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The signed bytes.</summary>
    public required byte[] Content { get; set; }
    public required string Signature { get; set; }
    public required string KeyId { get; set; }
    public required string PublicKey { get; set; }

    public static EvidenceRow Of(EvidenceBundle bundle) => new()
    {
        Digest = bundle.Digest,
        Kind = bundle.Kind,
        Serial = bundle.Serial.ToString(),
        Ticket = bundle.Ticket,
        Operation = bundle.Operation,
        At = bundle.At,
        Content = bundle.Content.ToArray(),
        Signature = bundle.Signature,
        KeyId = bundle.KeyId,
        PublicKey = bundle.PublicKey,
    };

    public EvidenceBundle ToBundle() => new(Digest, Kind, HsmSerial.Parse(Serial), Ticket, Operation, At, Content, Signature, KeyId, PublicKey);
}
