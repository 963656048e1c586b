using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Puts a device in the operator's custody on the base image and the base licence (R42). Both are proven by what is read back later.</summary>
internal sealed class BaseImage(IOutOfBandLinks links, IFirmwareCatalogue firmware, TimeProvider clock)
{
    /// <summary>The licence that a device of the pool has: the smallest performance level.</summary>
    private static readonly ResourceSku Smallest = ResourceSku.All[0];

    /// <summary>
    /// Sends what is missing. Null when the device reports base image and base licence; else what it waits for. A repeat sends the same operation id again,
    /// which the device knows.
    /// </summary>
    /// <exception cref="LinkException">The device cannot be asked, or refuses.</exception>
    public async Task<string?> BringAsync(Operation operation, StoredDevice device, List<Evidence> seen, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(device.Record.Serial);
        var poll = await link.PollAsync(cancellationToken);
        if (poll.Firmware is null)
        {
            throw new LinkException(poll.Fault ?? LinkFault.NoAnswer, poll.Detail ?? "The firmware version cannot be read.");
        }

        if ((await firmware.ReadAsync(cancellationToken)).BaseImage() is not { } image)
        {
            throw new LinkException(LinkFault.Unsupported, "No base image is chosen in the firmware catalogue.");
        }

        if (poll.Firmware != image.Version)
        {
            var answer = await link.InstallFirmwareAsync(Access(device), DerivedId.Of(operation.Id, $"firmware {image.Version}"), image.Image, cancellationToken);
            return $"{poll.Firmware} is being replaced by {image.Version}: {answer.Answer}";
        }

        var licence = await link.ReadLicenceAsync(cancellationToken);
        if (licence.CallsPerSecond != Smallest.CallsPerSecond || licence.LmkCount != Smallest.LmkCount)
        {
            var answer = await link.PushLicenceAsync(DerivedId.Of(operation.Id, "base licence"), Smallest.CallsPerSecond, Smallest.LmkCount, cancellationToken);
            licence = await link.ReadLicenceAsync(cancellationToken);
            seen.Add(new Evidence("base licence", answer.Answer, clock.GetUtcNow()));
        }

        seen.Add(new Evidence("licence", $"{licence.CallsPerSecond} calls per second, {licence.LmkCount} LMK, {licence.Features.Count} features", licence.At));
        return null;
    }

    private LogicalAccess Access(StoredDevice device)
    {
        var now = clock.GetUtcNow();
        return LogicalAccess.Mint(new CustodyFacts(device.Record.Serial, device.Record.Custody, now), LogicalAccessPurpose.PoolCare, now) switch
        {
            LogicalAccessVerdict.Granted(var access) => access,
            LogicalAccessVerdict.Denied(var why) => throw new LinkException(LinkFault.Unsupported, why.ToString()),
            _ => throw new InvalidOperationException("A verdict is either granted or denied."),
        };
    }
}
