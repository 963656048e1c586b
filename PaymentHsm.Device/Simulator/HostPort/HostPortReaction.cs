namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>How a host port answers what the documents leave open.</summary>
internal enum HostPortReaction
{
    /// <summary>Closes the connection.</summary>
    Close,

    /// <summary>Says nothing and goes on.</summary>
    Ignore,

    /// <summary>Answers with the error code that fits (15, 68, or the <c>ZZ</c> of an unparsable packet).</summary>
    Refuse,

    /// <summary>Answers 67, not licensed; for unknown commands only.</summary>
    RefuseUnlicensed,
}
