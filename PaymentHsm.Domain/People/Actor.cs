namespace PaymentHsm.Domain.People;

/// <summary>A signed-in person or program, with the role it acts in.</summary>
/// <param name="Id">Stable id of the person: two roles of one person share it (R10).</param>
/// <param name="Role">The role of this sign-in.</param>
public sealed record Actor(string Id, Role Role)
{
    /// <summary>The portal's own automation (timers, resumption after a crash).</summary>
    public static Actor Portal { get; } = new("portal", Role.Automation);
}

/// <summary>Who does what (DOMAIN 1.1).</summary>
public enum Role
{
    /// <summary>R1: takes tickets, requests; never approves what it raised.</summary>
    Support,

    /// <summary>R2: confirms and approves; issues out-of-band restarts.</summary>
    Engineering,

    /// <summary>R3: acts on work orders at the rack.</summary>
    Datacenter,

    /// <summary>R9: reads, exports, verifies; no action.</summary>
    Auditor,

    /// <summary>R7: allocates and deallocates through the API.</summary>
    Automation,
}
