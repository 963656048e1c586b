using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Redaction;

/// <summary>
/// The gate for everything that people type: clean first, then judge, store and log. <see cref="Note"/> goes into the same transaction as the text.
/// </summary>
/// <param name="Texts">The texts in the order given, without key or card data.</param>
/// <param name="Kinds">What was taken out; empty when nothing was.</param>
/// <param name="Note">Audit entry that says that something was taken out, not what; null when nothing was.</param>
public sealed record FreeText(IReadOnlyList<string?> Texts, IReadOnlyList<SecretKind> Kinds, AuditNote? Note)
{
    /// <summary>The first text.</summary>
    public string? Text => Texts[0];

    /// <summary>For the list of notes of a change: the note, or nothing.</summary>
    public IEnumerable<AuditNote> Notes => Note is null ? [] : [Note];

    /// <summary>Cleans <paramref name="texts"/> that <paramref name="actor"/> typed into <paramref name="place"/>, such as <c>a ticket note</c>.</summary>
    public static FreeText Clean(Actor actor, string place, HsmSerial? serial, string? ticket, params IReadOnlyList<string?> texts)
    {
        var (cleaned, kinds) = Redactor.Clean(texts);
        return new FreeText(cleaned, kinds, kinds.Count == 0
            ? null
            : new AuditNote(actor, "text.redacted", $"{string.Join(", ", kinds.Select(Redactor.Word))} taken out of {place} before it was stored", serial, ticket, RuleId: null));
    }
}
