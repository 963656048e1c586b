using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Notifications;

/// <summary>One way out of the portal.</summary>
internal interface IDeliverySender
{
    DeliveryChannel Channel { get; }

    /// <summary>The addresses that a notice goes to for these people; none when this way is switched off.</summary>
    IReadOnlyList<string> TargetsFor(IReadOnlyList<string> people);

    /// <summary>Sends once. Returns when the other side has taken it over.</summary>
    /// <exception cref="DeliveryException">It has not.</exception>
    Task SendAsync(DeliveryRow delivery, CancellationToken cancellationToken);
}

/// <summary>A delivery was not taken over by the other side.</summary>
internal sealed class DeliveryException(string message, Exception? inner = null) : IOException(message, inner);
