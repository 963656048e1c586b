namespace PaymentHsm.Device.Redfish;

/// <summary>How long the driver waits and how much it takes (OOB-PROFILE 2, 8, 10).</summary>
internal sealed record RedfishLimits
{
    /// <summary>TCP connect and TLS handshake together.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the start of a GET to the end of the answer's headers.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the start of an exchange to the last byte of the answer.</summary>
    public TimeSpan Body { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Login and logout.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>POST of an action.</summary>
    public TimeSpan Action { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A whole health poll; parts that are not there by then are unknown.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>A poll slower than this counts as degraded.</summary>
    public TimeSpan SlowPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Age up to which clock and firmware, which hardly move, are not read again.</summary>
    public TimeSpan SlowFacts { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after an image was sent its version is read with every poll.</summary>
    public TimeSpan Installing { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>One answer of a rack switch; all devices of the rack wait for it.</summary>
    public TimeSpan Switch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Age up to which a rack switch's answer serves the other devices of its rack.</summary>
    public TimeSpan SwitchAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which an event stream is given up; the controller sends a comment at least every 15 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a role is not tried again after its credentials were refused, so that the account is not locked out.</summary>
    public TimeSpan RefusedLogin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest body taken, in bytes.</summary>
    public int BodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Deepest JSON taken.</summary>
    public int JsonDepth { get; init; } = 64;

    /// <summary>Connections kept to one controller: one for its events when there are two or more, the rest for polls.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Requests of one poll that may be under way at once.</summary>
    public int PollParallel => Math.Max(1, Connections - 1);
}
