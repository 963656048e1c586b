using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Where the host ports of enrolled devices are.</summary>
internal interface IHostEndpoints
{
    /// <summary>The host port of a device.</summary>
    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    HostEndpoint Find(HsmSerial serial);
}

/// <summary>A host port.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port: 1500 plain, 2500 TLS on a real unit.</param>
/// <param name="Tls">Trust rules, or null for plain TCP.</param>
/// <param name="HeaderLength">The unit's configured header length, 1 to 255 (CH; factory 4).</param>
internal sealed record HostEndpoint(string Host, int Port, MutualTls? Tls = null, int HeaderLength = 4);
