namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// The truth about one simulated payShield as its host port sees it. The simulated device implements it over the same state that its
/// out-of-band controller reports, so that both wires tell one story.
/// </summary>
internal interface IHostSide
{
    /// <summary>Serial number, twelve characters.</summary>
    string Serial { get; }

    /// <summary>Software revision <c>xxxx-xxxx</c> as NC and NO report it.</summary>
    string FirmwareRevision { get; }

    /// <summary>True from base release 1.8a on: NO reports the socket count with four digits.</summary>
    bool HasWideSocketCount { get; }

    /// <summary>The device's own clock (UTC).</summary>
    DateTimeOffset Now { get; }

    /// <summary>False while restarting, hard-locked, unpowered or without link: the host port refuses connections.</summary>
    bool IsServing { get; }

    /// <summary>LMK check value, sixteen hexadecimal digits.</summary>
    string LmkCheckValue { get; }

    /// <summary>LMKs loaded at present; none after a tamper or an erasure, and then NC answers 13.</summary>
    IReadOnlyList<SimulatedLmk> Lmks { get; }

    /// <summary>Number of old LMKs held for key changes.</summary>
    int OldLmks { get; }

    /// <summary>The tamper latch; null when not tampered.</summary>
    SimulatedTamper? Tamper { get; }

    /// <summary>Link state of a host port (1 or 2).</summary>
    bool IsHostPortUp(int port);

    /// <summary>Reboots since the health counts were reset.</summary>
    long Reboots { get; }

    /// <summary>Tampers since the health counts were reset.</summary>
    long Tampers { get; }

    /// <summary>When the present utilisation and health collection began.</summary>
    DateTimeOffset CountingSince { get; }

    /// <summary>False when the command is switched off in the unit's host-command list (answer 68).</summary>
    bool IsEnabled(string command);

    /// <summary>False while the activity, for example <c>audit.host</c>, is not authorised at the unit (answer 17).</summary>
    bool IsAuthorised(string activity);

    /// <summary>Licensed performance in commands per second (60, 250, 2500): the 100 % of J2.</summary>
    int RatedCommandsPerSecond { get; }

    /// <summary>True when all security settings comply with PCI HSM (NO, mode 01).</summary>
    bool IsPciCompliant { get; }

    /// <summary>JI: sets the reset of the health counts.</summary>
    void ResetHealthCounts();
}

/// <summary>One LMK as JK lists it.</summary>
internal sealed record SimulatedLmk(int Id, bool Authorised, int Activities, char Scheme, char Algorithm, char Status, string Comment);

/// <summary>A latched tamper: cause 00 to 10 (HOST-COMMANDS 3.11) and when.</summary>
internal sealed record SimulatedTamper(int Cause, DateTimeOffset At);
