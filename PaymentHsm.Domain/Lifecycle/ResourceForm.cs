namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Judgement on the form of a request: it says nothing about quota, capacity or what exists already.</summary>
public abstract record ResourceForm
{
    private ResourceForm()
    {
    }

    /// <summary>Well formed.</summary>
    public sealed record Good(ResourceRequest Request) : ResourceForm;

    /// <summary>Not well formed; nothing was done.</summary>
    /// <param name="Fault">Code and message for the caller.</param>
    /// <param name="RuleId">The rule behind it.</param>
    public sealed record Bad(ResourceFault Fault, string RuleId) : ResourceForm;
}
