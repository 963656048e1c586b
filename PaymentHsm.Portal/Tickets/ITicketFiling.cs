using PaymentHsm.Domain;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Filing and reading the documents of tickets (R59).</summary>
public interface ITicketFiling
{
    /// <summary>Largest document, in bytes.</summary>
    long MaxBytes { get; }

    /// <summary>Endings of file names that are taken, without the dot.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>Files a document. It is stored whole or not at all, and never replaces another.</summary>
    Task<Outcome<TicketDocument>> FileAsync(Actor actor, string number, FileDocument request, CancellationToken cancellationToken);

    /// <summary>The ticket's documents, oldest first; null when there is no such ticket.</summary>
    Task<IReadOnlyList<TicketDocument>?> ListAsync(string number, CancellationToken cancellationToken);

    /// <summary>Opens a document for reading; that it was read is logged first. The caller disposes the stream.</summary>
    Task<Outcome<OpenDocument>> ReadAsync(Actor actor, string number, string document, CancellationToken cancellationToken);
}

/// <summary>A document as handed in; nothing in it is trusted yet.</summary>
/// <param name="Content">Read to its end once; null when no file came.</param>
public sealed record FileDocument(string? FileName, Stream? Content, string? Sender, string? ReceivedAt, string? Channel, string? Verification);

/// <summary>A document and its bytes.</summary>
public sealed record OpenDocument(TicketDocument Document, Stream Content);
