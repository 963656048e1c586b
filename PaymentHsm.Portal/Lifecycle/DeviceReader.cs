using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Reads from a device, afresh, the facts that guards ask for.</summary>
internal sealed class DeviceReader(IOutOfBandLinks links, IFirmwareCatalogue firmware, TimeProvider clock)
{
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
        var clean = commission is { State: CommissionState.Released, CustomerContentPresent: false };
        return new DeviceFacts
        {
            ReadAt = now,
            ReportedSerial = link.Serial,
            Health = judged,
            Tamper = Tamper(poll),
            Commission = commission.State,
            CustomerContentPresent = commission.CustomerContentPresent,
            AdminAccess = commission.AdminAccess,
            Sanitisation = clean ? Sanitisation.VerifiedClean : Sanitisation.Dirty,
            Baseline = new BaselineCheck(approved, LicencesComplete: true, SelfTestPassed: poll.Samples.All(s => s.Reported != Health.Critical)),
            NetworkConnected = new[] { ReadingName.LinkHost1, ReadingName.LinkHost2, ReadingName.LinkMgmt }.All(n => poll.Samples.Any(s => s.Name == n && s.Value.Word == "LinkUp")),
        };
    }

    private static TamperState Tamper(HealthPoll poll) => poll.Samples.FirstOrDefault(s => s.Name == ReadingName.Tamper)?.Value.Word switch
    {
        "Normal" => TamperState.None,
        "TamperingDetected" => TamperState.High,
        "HardwareIntrusion" => TamperState.Medium,
        _ => TamperState.Unknown,
    };
}
