using PaymentHsm.Domain.Custody;

namespace PaymentHsm.Domain.Fleet;

/// <summary>Opens host-command channels. There is no way to one without a <see cref="LogicalAccess"/> (R26).</summary>
public interface IHostLinks
{
    /// <summary>
    /// Opens a channel to the host port of the device that <paramref name="access"/> names. The caller disposes it; it stops working by itself
    /// when the access expires.
    /// </summary>
    /// <exception cref="CustodyException">The access is spent, expired or for another device.</exception>
    /// <exception cref="LinkException">The device cannot be reached or breaks the protocol.</exception>
    Task<IHostLink> OpenAsync(LogicalAccess access, CancellationToken cancellationToken);
}

/// <summary>An open host-command channel to one device in the operator's custody (HOST-COMMANDS).</summary>
public interface IHostLink : IAsyncDisposable
{
    HsmSerial Serial { get; }

    /// <summary>NC: runs the diagnostics and returns firmware revision and LMK check value.</summary>
    Task<HostAnswer<HostDiagnostics>> DiagnoseAsync(CancellationToken cancellationToken);

    /// <summary>JK: instantaneous health. Poll it sparingly: on hosted units each call can add error-log lines.</summary>
    Task<HostAnswer<HostHealth>> ReadHealthAsync(CancellationToken cancellationToken);

    /// <summary>B2: echo, the cheapest proof that the host port is alive.</summary>
    Task<HostAnswer<int>> EchoAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}

/// <summary>The device's answer to a host command: done with a value, or a named refusal.</summary>
/// <param name="ErrorCode">Two characters; <c>00</c> is success (HOST-COMMANDS 2).</param>
/// <param name="Meaning">The code in words.</param>
/// <param name="Value">The value when <paramref name="ErrorCode"/> is <c>00</c>.</param>
public sealed record HostAnswer<T>(string ErrorCode, string Meaning, T? Value)
{
    public bool IsDone => ErrorCode == "00";
}

/// <summary>Answer of NC.</summary>
public sealed record HostDiagnostics(string LmkCheckValue, string FirmwareRevision);

/// <summary>What JK says of the unit, in words the domain needs.</summary>
public sealed record HostHealth(string Serial, bool? Tampered, int LmksLoaded, int TestLmks, bool FraudDetectionExceeded, bool PinAttacksExceeded);
