using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>How one step of an allocation ended: what was read back, never a bare success.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(Proven), "proven")]
[JsonDerivedType(typeof(Denied), "denied")]
[JsonDerivedType(typeof(Unclear), "unclear")]
public abstract record AllocationStepOutcome
{
    private AllocationStepOutcome()
    {
    }

    /// <summary>Done, and seen to be done.</summary>
    public sealed record Proven(string Evidence) : AllocationStepOutcome;

    /// <summary>A definite no, of the device or of a rule. Asking again does not help.</summary>
    public sealed record Denied(string Reason) : AllocationStepOutcome;

    /// <summary>No answer, or the process died: it may have happened. Every step may be repeated under the same id.</summary>
    public sealed record Unclear(string Reason) : AllocationStepOutcome;
}
