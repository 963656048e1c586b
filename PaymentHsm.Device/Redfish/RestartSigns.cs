using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Reads what a restart is judged by: marks before, traces after (OOB-PROFILE 9).</summary>
internal sealed class RestartSigns(DeviceChannel channel)
{
    private readonly AuditLogReader _log = new(channel);

    public async Task<RestartMarks> ReadMarksAsync(CancellationToken stop)
    {
        var system = await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false);
        var entries = await _log.FindAsync(stop).ConfigureAwait(false);
        var newest = entries is null ? [] : await _log.ReadNewestAsync(entries, stop).ConfigureAwait(false);
        return new RestartMarks(
            channel.Now,
            newest.Count > 0 ? newest[^1].Id : 0,
            newest.LastOrDefault(entry => entry.BootId is not null)?.BootId,
            system.At("LastResetTime").Time,
            entries is not null);
    }

    public async Task<RestartTrace> ReadTraceAsync(RestartMarks before, CancellationToken stop)
    {
        var system = await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false);
        var entries = before.HasAuditLog ? await _log.FindAsync(stop).ConfigureAwait(false) : null;
        var (above, gap) = entries is null ? ([], before.HasAuditLog) : await _log.ReadAboveAsync(entries, before.LastEntry, stop).ConfigureAwait(false);
        return new RestartTrace(channel.Now, above, system.At("LastResetTime").Time, IsReady(system), gap);
    }

    /// <summary>Enabled and with a running operating system; a peer that reports no boot progress must at least be powered on.</summary>
    private static bool IsReady(JsonView system) =>
        system.At("Status", "State").Text == "Enabled"
        && (system.At("BootProgress").Exists ? system.At("BootProgress", "LastState").Text == "OSRunning" : system.At("PowerState").Text == "On");
}
