namespace PaymentHsm.Device.HostCommands;

/// <summary>Limits of host links.</summary>
internal sealed record HostLinkOptions
{
    /// <summary>Time for a connect, and anew for the TLS handshake.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time for an answer, from the moment the request is handed to the socket. The manual advises 5 s for NC.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least time between two JK commands to one device.</summary>
    public TimeSpan HealthPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest answer body that is taken, in bytes.</summary>
    public int MaxAnswer { get; init; } = FrameCodec.IoBuffer;

    /// <summary>Requests on the wire at a time; the next ones wait.</summary>
    public int MaxInFlight { get; init; } = 32;

    /// <summary>Pause after the first failed connection; doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);
}
