using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>One resource of a poll: its document, or why there is none.</summary>
/// <param name="View">The document.</param>
/// <param name="Problem">Why there is none; null when there is one.</param>
/// <param name="Fault">What failed; null when nothing did, also when the controller just has no such resource.</param>
internal sealed record Part(JsonView View, string? Problem = null, LinkFault? Fault = null)
{
    public bool IsRead => Problem is null;

    /// <summary>A sample without a value for a part that was not read.</summary>
    public Sample Missing(string name, string? unit = null) => new(name, ReadingValue.None, unit, null, null, Source, Problem);

    /// <summary>Who says what comes through the controller.</summary>
    public const string Source = "OOB";
}
