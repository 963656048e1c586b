using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tickets;

/// <summary>What makes a ticket (R53-R58), and who it belongs to.</summary>
public static class TicketRules
{
    /// <summary>Longest subject, in characters.</summary>
    public const int MaxSubject = 200;

    /// <summary>Longest message, in characters.</summary>
    public const int MaxText = 8000;

    /// <summary>Why this person may not open or work on tickets; null when they may.</summary>
    public static Refusal? MayWrite(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is Role.Support or Role.Engineering
            ? null
            : new("R1", RefusalKind.NotThisPerson, $"Tickets are written by Support and Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
    }

    /// <summary>Reads a category as people and other systems write it; what is not known is <see cref="TicketCategory.Other"/>, for the operator looks first (R6).</summary>
    public static TicketCategory Category(string? text)
    {
        var plain = new string([.. (text ?? "").Where(char.IsAsciiLetterOrDigit)]);
        return Enum.TryParse<TicketCategory>(plain, ignoreCase: true, out var category) && Enum.IsDefined(category) && !char.IsAsciiDigit(plain[0])
            ? category
            : TicketCategory.Other;
    }

    /// <summary>Reads a severity: its name, <c>1</c> to <c>4</c>, <c>S2</c>, <c>Sev2</c>, or <c>A</c> to <c>D</c>; null when it is none of them.</summary>
    public static Severity? SeverityOf(string? text)
    {
        var plain = (text ?? "").Trim().ToUpperInvariant().Replace("SEVERITY", "", StringComparison.Ordinal).Replace("SEV", "", StringComparison.Ordinal).Trim(' ', '-');
        return plain switch
        {
            "1" or "S1" or "A" or "CRITICAL" => Severity.Critical,
            "2" or "S2" or "B" or "HIGH" => Severity.High,
            "3" or "S3" or "C" or "MEDIUM" or "NORMAL" => Severity.Medium,
            "4" or "S4" or "D" or "LOW" or "MINIMAL" => Severity.Low,
            _ => null,
        };
    }

    /// <summary>Who acts on a category: the operator, Thales or the customer (R5, R6, R56).</summary>
    public static string OwnerOf(TicketCategory category) => Triage.Of(category).OwnerWord;
}
