using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>How one simulated payShield offers its host commands. A port of 0 takes any free one; null does not listen.</summary>
internal sealed record HostPortOptions
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port of plain host commands (1500 on a real unit).</summary>
    public int? HostPort { get; init; } = 0;

    /// <summary>TCP port of host commands over mutual TLS (2500 on a real unit). Needs both certificates.</summary>
    public int? HostTlsPort { get; init; }

    /// <summary>UDP port of host commands.</summary>
    public int? HostUdpPort { get; init; }

    /// <summary>Certificate of the unit, with its key. The caller disposes it after the port was stopped.</summary>
    public X509Certificate2? ServerCertificate { get; init; }

    /// <summary>Issuer of the client certificates that are let in.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    /// <summary>Header length in bytes, 1 to 255 (console command CH; factory 4).</summary>
    public int HeaderLength { get; init; } = 4;

    /// <summary>Most TCP connections at a time, plain and TLS together.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How long a connection may rest between two requests, take for its handshake, or take to send one request; then it is closed.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(2);
}
