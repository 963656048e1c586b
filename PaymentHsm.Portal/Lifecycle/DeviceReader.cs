using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Reads from a device, afresh, the facts that guards ask for.</summary>
internal sealed class DeviceReader(IOutOfBandLinks links, IFirmwareCatalogue firmware, TimeProvider clock)
{
    /// <summary>One commission reading, as facts: all that a release check needs.</summary>
    /// <exception cref="LinkException">The device cannot be read.</exception>
    public async Task<DeviceFacts> ReadCommissionAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(serial);
        return Facts(link, await link.ReadCommissionAsync(cancellationToken));
    }

    /// <summary>One poll and one commission reading, as facts. The link has checked serial and service identity.</summary>
    /// <exception cref="LinkException">The device cannot be read.</exception>
    public async Task<DeviceFacts> ReadAsync(HsmSerial serial, Health judged, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(serial);
        var commission = await link.ReadCommissionAsync(cancellationToken);
        var poll = await link.PollAsync(cancellationToken);
        if (poll.Reach == OobReach.Down)
        {
            throw new LinkException(poll.Fault ?? LinkFault.Unreachable, poll.Detail ?? "The OOB controller did not answer.");
        }

        var now = clock.GetUtcNow();
        var approved = (await firmware.ReadAsync(cancellationToken)).IsApproved(poll.Firmware, now);
        return Facts(link, commission) with
        {
            Health = judged,
            Tamper = Tamper(poll),
            Firmware = poll.Firmware,
            Baseline = new BaselineCheck(approved, await LicencesCompleteAsync(link, cancellationToken), SelfTestPassed: poll.Samples.All(s => s.Reported != Health.Critical)),
            NetworkConnected = new[] { ReadingName.LinkHost1, ReadingName.LinkHost2, ReadingName.LinkMgmt }.All(n => poll.Samples.Any(s => s.Name == n && s.Value.Word == "LinkUp")),
        };
    }

    /// <summary>R43: a device that does not list its licences has none that count.</summary>
    private static async Task<bool> LicencesCompleteAsync(IOutOfBandLink link, CancellationToken cancellationToken)
    {
        try
        {
            return BaseLicence.MissingFrom((await link.ReadLicenceAsync(cancellationToken)).Features).Count == 0;
        }
        catch (LinkException e) when (e.Fault == LinkFault.Unsupported)
        {
            return false;
        }
    }

    private DeviceFacts Facts(IOutOfBandLink link, CommissionReading commission) => new()
    {
        ReadAt = clock.GetUtcNow(),
        ReportedSerial = link.Serial,
        Commission = commission.State,
        CustomerContentPresent = commission.CustomerContentPresent,
        AdminAccess = commission.AdminAccess,
        Sanitisation = commission is { State: CommissionState.Released, CustomerContentPresent: false } ? Sanitisation.VerifiedClean : Sanitisation.Dirty,
    };

    private static TamperState Tamper(HealthPoll poll) => poll.Samples.FirstOrDefault(s => s.Name == ReadingName.Tamper)?.Value.Word switch
    {
        "Normal" => TamperState.None,
        "TamperingDetected" => TamperState.High,
        "HardwareIntrusion" => TamperState.Medium,
        _ => TamperState.Unknown,
    };
}
