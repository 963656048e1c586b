using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>A link fault with what the retry rule needs to know.</summary>
internal class RedfishException(LinkFault fault, string message, Exception? inner = null) : LinkException(fault, message, inner)
{
    /// <summary>How often a GET may be sent again after this (OOB-PROFILE 10, 11).</summary>
    public int GetRetries { get; init; } = fault is LinkFault.Unreachable or LinkFault.NoAnswer or LinkFault.Busy ? RetryRule.Most : 0;

    /// <summary>When the controller asked to come back; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }
}
