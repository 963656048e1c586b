using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Why a connection ended. Makes a fresh exception for each who must hear of it.</summary>
/// <param name="Fault">What kind of failure.</param>
/// <param name="Reason">In words.</param>
/// <param name="Inner">The cause, if any.</param>
internal sealed record LinkEnd(LinkFault Fault, string Reason, Exception? Inner)
{
    /// <summary>A new exception.</summary>
    public LinkException ToException() => new(Fault, Reason, Inner);
}
