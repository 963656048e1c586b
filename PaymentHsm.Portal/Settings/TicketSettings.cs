using System.ComponentModel.DataAnnotations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Settings;

/// <summary>Tickets: their documents, clocks and severities.</summary>
public sealed record TicketSettings
{
    /// <summary>Which guide's word is shown where the highest severity is not given (R55).</summary>
    public SeverityWording SeverityWording { get; init; } = SeverityWording.DeploymentGuide;

    public DocumentSettings Documents { get; init; } = new();

    public TicketClockSettings Clocks { get; init; } = new();
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

/// <summary>How long a ticket may stay in a state, and who is called then (R58).</summary>
public sealed record TicketClockSettings
{
    /// <summary>The operator's time, by severity; it pauses while the customer has the word.</summary>
    public TimeSpan Critical { get; init; } = TimeSpan.FromHours(2);

    public TimeSpan High { get; init; } = TimeSpan.FromHours(8);

    public TimeSpan Medium { get; init; } = TimeSpan.FromDays(2);

    public TimeSpan Low { get; init; } = TimeSpan.FromDays(5);

    /// <summary>The customer's time.</summary>
    public TimeSpan Customer { get; init; } = TimeSpan.FromDays(5);

    /// <summary>Whose people on call are told when a clock has run out or somebody escalates.</summary>
    public Role EscalateTo { get; init; } = Role.Engineering;

    /// <summary>How often the clocks are looked at.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>As the domain wants them.</summary>
    internal TicketClockOptions Options => new() { Critical = Critical, High = High, Medium = Medium, Low = Low, CustomerTime = Customer };
}
