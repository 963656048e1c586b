namespace PaymentHsm.Domain.Tickets;

/// <summary>A document of a ticket, most often the customer's request (R59). It is never replaced: another upload is another document.</summary>
/// <param name="Id">For people and addresses: <c>D-117</c>.</param>
/// <param name="Ticket">The ticket that it belongs to.</param>
/// <param name="Sha256">Hash of its bytes, 64 lower-case hex digits; its name in the store and what approvals are bound to.</param>
/// <param name="FileName">As the uploader named it, without a path.</param>
/// <param name="ContentType">Media type, from the ending of the name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sender">Who sent it to the operator.</param>
/// <param name="ReceivedAt">When the operator received it (UTC).</param>
/// <param name="Channel">How it came: e-mail, support portal, letter.</param>
/// <param name="Verification">How the sender's identity was verified.</param>
/// <param name="UploadedBy">Who filed it.</param>
/// <param name="UploadedAt">When (UTC).</param>
public sealed record TicketDocument(
    string Id,
    string Ticket,
    string Sha256,
    string FileName,
    string ContentType,
    long Size,
    string Sender,
    DateTimeOffset ReceivedAt,
    string Channel,
    SenderVerification Verification,
    string UploadedBy,
    DateTimeOffset UploadedAt);

/// <summary>How the identity of a document's sender was verified (R59).</summary>
public enum SenderVerification
{
    /// <summary>Called back on the number on file.</summary>
    CallBack,

    /// <summary>Signed in to the support portal as the customer.</summary>
    PortalIdentity,

    /// <summary>A signature on the document or the message was checked.</summary>
    Signature,

    /// <summary>Showed who they are in person.</summary>
    InPerson,
}
