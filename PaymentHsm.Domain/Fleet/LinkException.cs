namespace PaymentHsm.Domain.Fleet;

/// <summary>Why a link to a device failed. A device's own "no" is a value, never one of these.</summary>
public enum LinkFault
{
    /// <summary>No connection: refused, unreachable, or no answer to the connect. Nothing was sent.</summary>
    Unreachable,

    /// <summary>Connected, but no (whole) answer in time, or the connection broke after bytes were sent. The effect is unknown.</summary>
    NoAnswer,

    /// <summary>TLS trust failed: wrong issuer, name, date or version. A security matter, not an outage; never retried.</summary>
    TrustFailed,

    /// <summary>Credentials refused.</summary>
    AuthFailed,

    /// <summary>The peer's answer breaks the protocol.</summary>
    Protocol,

    /// <summary>The peer is not the enrolled device (serial or service UUID differ). Everything stops.</summary>
    WrongDevice,

    /// <summary>The device is busy and asks to come back later (503, 429).</summary>
    Busy,

    /// <summary>The peer lacks the resource or action that is needed.</summary>
    Unsupported,
}

/// <summary>A link to a device failed.</summary>
public class LinkException(LinkFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public LinkFault Fault { get; } = fault;

    /// <summary>True when trying again later can help without a person doing something first.</summary>
    public bool IsTransient => Fault is LinkFault.Unreachable or LinkFault.NoAnswer or LinkFault.Busy;
}
