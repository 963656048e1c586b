using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Opens host links. The access is spent before the endpoint is even looked up.</summary>
/// <param name="endpoints">Where the host ports are.</param>
/// <param name="options">Limits.</param>
/// <param name="time">Clock of accesses and limits.</param>
/// <param name="logger">For link events.</param>
internal sealed class HostLinks(IHostEndpoints endpoints, HostLinkOptions options, TimeProvider time, ILogger<HostLinks> logger) : IHostLinks
{
    private readonly HostLinkLog _log = new(logger);
    private readonly HealthPace _pace = new(options.HealthPause, time);

    /// <inheritdoc/>
    public async Task<IHostLink> OpenAsync(LogicalAccess access, CancellationToken cancellationToken) =>
        await OpenLinkAsync(access, cancellationToken).ConfigureAwait(false);

    /// <summary>As <see cref="OpenAsync"/>, with every command of the link.</summary>
    internal async Task<HostLink> OpenLinkAsync(LogicalAccess access, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        if (access.Purpose != LogicalAccessPurpose.PoolCare)
        {
            throw new CustodyException($"An access for {access.Purpose} opens no host channel (I4).");
        }

        access.Spend(access.Serial, time.GetUtcNow());
        var link = new HostLink(access, Find(access.Serial), options, _pace, time, _log);
        try
        {
            await link.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _log.Opened(access.Serial, access.Purpose);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private HostEndpoint Find(HsmSerial serial)
    {
        try
        {
            return endpoints.Find(serial);
        }
        catch (KeyNotFoundException unknown)
        {
            throw new LinkException(LinkFault.Unreachable, $"{serial} is not enrolled.", unknown);
        }
    }
}
