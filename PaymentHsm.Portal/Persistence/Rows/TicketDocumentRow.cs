using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One document of a ticket; its bytes lie outside the store under their hash. Rows are only ever added.</summary>
internal sealed class TicketDocumentRow
{
    public long Id { get; set; }
    public long TicketId { get; set; }
    public required string Sha256 { get; set; }
    public required string FileName { get; set; }
    public required string ContentType { get; set; }
    public long Size { get; set; }
    public required string Sender { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public required string Channel { get; set; }
    public SenderVerification Verification { get; set; }
    public required string UploadedBy { get; set; }
    public DateTimeOffset UploadedAt { get; set; }

    public TicketDocument ToDocument() => new(
        DocumentNumber.Of(Id), TicketNumber.Of(TicketId), Sha256, FileName, ContentType, Size, Sender, ReceivedAt, Channel, Verification, UploadedBy, UploadedAt);
}
