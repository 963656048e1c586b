using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Performance licence and what is left on a released device: facts of the OEM part, and the one change that custody allows (R15, R16, R78).</summary>
internal sealed class LicenceChannel(DeviceChannel channel)
{
    private const int MostFeatures = 64;

    public async Task<LicenceReading> ReadAsync(CancellationToken stop)
    {
        var licence = CommissionPart.Needed(await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false), "performance licence").At("Licence");
        return licence.At("CallsPerSecond").Integer is > 0 and <= int.MaxValue and var calls && licence.At("LmkCount").Integer is > 0 and <= 100 and var lmks
            ? new LicenceReading(channel.Now, (int)calls, (int)lmks, [.. licence.At("Features").Items.Take(MostFeatures).Select(feature => feature.Text).OfType<string>().Select(Words.Short)])
            : throw new RedfishException(LinkFault.Unsupported, "The controller does not report the performance licence.");
    }

    public async Task<ContentReading> ReadContentAsync(CancellationToken stop)
    {
        var oem = CommissionPart.Needed(await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false), "report of its content");
        var content = oem.At("Content");
        if (!content.IsObject)
        {
            throw new RedfishException(
                LinkFault.Unsupported, $"The device tells what is left on it only while it is released; it is {Words.Short(oem.At("CommissionState").Text)}.");
        }

        return content.At("LmksLoaded").Integer is >= 0 and <= int.MaxValue and var lmks
            && content.At("Certificates").Integer is >= 0 and <= int.MaxValue and var certificates
            && content.At("LogEntries").Integer is >= 0 and var entries
            && content.At("FactoryConfiguration").Flag is { } factory
            ? new ContentReading(channel.Now, (int)lmks, (int)certificates, entries, factory)
            : throw new RedfishException(LinkFault.Protocol, "The device's report of its content is not whole.");
    }

    public async Task<DeviceAnswer> PushAsync(Guid operation, int callsPerSecond, int lmkCount, CancellationToken stop)
    {
        var system = await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false);
        var place = channel.Origin.Resolve(CommissionPart.ActionTarget(system, "SetLicence"));
        var request = new RedfishRequest(HttpMethod.Post, place, channel.Wire.Limits.Action, RequestBody.Of(new LicenceBody(operation, callsPerSecond, lmkCount)));
        return DeviceAnswers.Of(await channel.ConnectedAsync(() => channel.SendAsync(OobRole.Operator, request, stop), stop).ConfigureAwait(false), place);
    }
}
