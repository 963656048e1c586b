using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Reads the service audit log for people and for evidence (OOB-PROFILE 7).</summary>
internal sealed class ServiceAudit(DeviceChannel channel)
{
    private readonly AuditLogReader _log = new(channel);

    public async Task<ServiceAuditPage> ReadAboveAsync(long above, CancellationToken stop)
    {
        await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false);
        var place = await _log.FindAsync(stop).ConfigureAwait(false) ?? throw new RedfishException(LinkFault.Unsupported, "The controller has no service audit log.");
        var (entries, gap) = await _log.ReadAboveAsync(place, above, stop).ConfigureAwait(false);

        // Whoever asks for everything must hear that the beginning was overwritten.
        return new ServiceAuditPage(entries, gap || (above <= 0 && entries is [{ Id: > 1 }, ..]));
    }
}
