using System.ComponentModel.DataAnnotations;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Settings;

/// <summary>Tickets: their documents, clocks and severities.</summary>
public sealed record TicketSettings
{
    public DocumentSettings Documents { get; init; } = new();
}

/// <summary>Documents of tickets (R59).</summary>
public sealed record DocumentSettings : IValidatableObject
{
    /// <summary>Largest document, in bytes.</summary>
    [Range(1, 200L * 1024 * 1024)]
    public long MaxBytes { get; init; } = 20L * 1024 * 1024;

    /// <summary>Endings of file names that are taken, separated by commas.</summary>
    [Required]
    public string Types { get; init; } = "pdf, png, jpg, jpeg, txt, eml, p7m";

    /// <summary>The endings one by one.</summary>
    internal IReadOnlyList<string> Endings => [.. Types.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => t.TrimStart('.'))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var unknown = Endings.Except(DocumentRules.KnownEndings).ToList();
        if (unknown.Count > 0 || Endings.Count == 0)
        {
            yield return new ValidationResult($"'{string.Join(", ", unknown)}' is not known; choose from {string.Join(", ", DocumentRules.KnownEndings)}.", [nameof(Types)]);
        }
    }
}
