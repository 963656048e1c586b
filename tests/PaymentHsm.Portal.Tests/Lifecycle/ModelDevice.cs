using System.Runtime.CompilerServices;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>The process died at this point: nothing of the product may catch it.</summary>
internal sealed class CrashException(string at) : Exception(at);

/// <summary>What happens at the calls to all devices of a scene: a crash or a broken link, before or after the device did the work.</summary>
internal sealed class Wire
{
    /// <summary>Calls so far; each counts once before and once after its effect.</summary>
    public int Points { get; private set; }

    /// <summary>The process dies at the point of this number.</summary>
    public int? CrashAt { get; set; }

    /// <summary>Where the last crash was.</summary>
    public string? CrashedAt { get; private set; }

    public async Task<T> DoAsync<T>(ModelDevice device, Func<T> effect, [CallerMemberName] string call = "")
    {
        await Task.Yield();
        Pass(device, call, "before");
        if (device.Unreachable)
        {
            throw new LinkException(LinkFault.Unreachable, $"{device.Serial} cannot be reached.");
        }

        var done = effect();
        Pass(device, call, "after");
        return done;
    }

    private void Pass(ModelDevice device, string call, string when)
    {
        if (Points++ == CrashAt)
        {
            CrashAt = null;
            CrashedAt = $"{when} {call} of {device.Serial}";
            throw new CrashException(CrashedAt);
        }
    }
}

/// <summary>A device as a model: the truth that the product must not misjudge. It survives every crash of the portal.</summary>
internal sealed class ModelDevice(HsmSerial serial, Wire wire, TimeProvider clock) : IOutOfBandLink
{
    private readonly Dictionary<Guid, string> _known = [];
    private readonly List<(Guid Operation, string Allocation)> _erasures = [];

    public HsmSerial Serial => serial;
    public bool Unreachable { get; set; }
    public CommissionState Commission { get; set; } = CommissionState.Released;
    public string? Allocation { get; set; }
    public bool AdminEnabled { get; set; } = true;
    public bool Content { get; set; }
    public int Lmks { get; set; }
    public int Certificates { get; set; }
    public int Logs { get; set; }
    public string Firmware { get; set; } = "2.2b";
    public (int Cps, int Lmk) Licence { get; set; } = (60, 1);

    /// <summary>Allocations that the device was ever handed to, in order.</summary>
    public List<string> HandOvers { get; } = [];

    /// <summary>Reclaims that erased it, by whom they were asked for.</summary>
    public IReadOnlyList<Guid> Erasures => [.. _erasures.Select(e => e.Operation)];

    /// <summary>An erasure leaves certificates behind: a fault that the verification must find.</summary>
    public bool ErasesBadly { get; set; }

    /// <summary>The customer works with it.</summary>
    public void CustomerCommissions()
    {
        if (Commission == CommissionState.InCustody)
        {
            (Commission, Content, Lmks, Logs, Firmware) = (CommissionState.Commissioned, true, 2, 7, "2.1a");
        }
    }

    /// <summary>The customer releases it.</summary>
    public void CustomerReleases()
    {
        if (Commission is CommissionState.InCustody or CommissionState.Commissioned)
        {
            (Commission, Allocation, AdminEnabled, Content, Lmks, Logs) = (CommissionState.Released, null, true, false, 0, 0);
        }
    }

    public Task<HealthPoll> PollAsync(CancellationToken cancellationToken) => wire.DoAsync(this, () => new HealthPoll(
        clock.GetUtcNow(), TimeSpan.Zero, OobReach.Up, null, null,
        [
            .. new[] { ReadingName.LinkHost1, ReadingName.LinkHost2, ReadingName.LinkMgmt }.Select(n => new Sample(n, ReadingValue.Of("LinkUp"), null, Health.Ok, null, "OOB")),
            new Sample(ReadingName.Tamper, ReadingValue.Of("Normal"), null, Health.Ok, null, "OOB"),
        ],
        null, Firmware, TimeSpan.Zero));

    public Task<CommissionReading> ReadCommissionAsync(CancellationToken cancellationToken) => wire.DoAsync(this, () => new CommissionReading(
        clock.GetUtcNow(), Commission, Allocation, AdminEnabled ? AdminAccess.Enabled : AdminAccess.Disabled, Content, _erasures is [.., var last] ? last.Operation : null, Commission == CommissionState.Released));

    public Task<LicenceReading> ReadLicenceAsync(CancellationToken cancellationToken) =>
        wire.DoAsync(this, () => new LicenceReading(clock.GetUtcNow(), Licence.Cps, Licence.Lmk, Domain.Lifecycle.BaseLicence.Features));

    public Task<ContentReading> ReadContentAsync(CancellationToken cancellationToken) =>
        wire.DoAsync(this, () => new ContentReading(clock.GetUtcNow(), Lmks, Certificates, Logs, true));

    public Task<DeviceAnswer> PushLicenceAsync(Guid operation, int callsPerSecond, int lmkCount, CancellationToken cancellationToken) =>
        wire.DoAsync(this, () => Once(operation, $"licence {callsPerSecond} {lmkCount}", () => Licence = (callsPerSecond, lmkCount)));

    public Task<DeviceAnswer> RemoveCertificatesAsync(LogicalAccess access, Guid operation, CancellationToken cancellationToken)
    {
        access.Spend(serial, clock.GetUtcNow());
        return wire.DoAsync(this, () => Once(operation, "certificates", () => Certificates = 0));
    }

    public Task<DeviceAnswer> InstallFirmwareAsync(LogicalAccess access, Guid operation, Uri image, CancellationToken cancellationToken)
    {
        access.Spend(serial, clock.GetUtcNow());
        return wire.DoAsync(this, () => Commission != CommissionState.Released
            ? new DeviceAnswer(false, "A customer has it.")
            : Once(operation, $"firmware {image}", () => Firmware = Path.GetFileNameWithoutExtension(image.AbsolutePath).Split('-')[^1]));
    }

    public Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken)
    {
        access.Spend(serial, clock.GetUtcNow());
        return wire.DoAsync(this, () =>
        {
            if (Commission != CommissionState.Released || !AdminEnabled)
            {
                return new HandOverResult(false, $"It is {Commission}.");
            }

            (Commission, Allocation, AdminEnabled) = (CommissionState.InCustody, allocation, false);
            HandOvers.Add(allocation);
            return new HandOverResult(true, "Done.");
        });
    }

    public Task<AdministratorLogin> TryAdministratorLoginAsync(LogicalAccess access, CancellationToken cancellationToken)
    {
        access.Spend(serial, clock.GetUtcNow());
        return wire.DoAsync(this, Login);
    }

    public Task<AdministratorLogin> RenewAdministratorAsync(LogicalAccess access, CancellationToken cancellationToken)
    {
        access.Spend(serial, clock.GetUtcNow());
        return wire.DoAsync(this, Login);
    }

    public IAsyncEnumerable<OobWakeUp> WakeUpsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RestartMarks> ReadRestartMarksAsync(CancellationToken cancellationToken) => wire.DoAsync(this, () => new RestartMarks(clock.GetUtcNow(), 0, null, null, true));

    public Task<RestartSent> SendRestartAsync(Guid operation, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RestartTrace> ReadRestartTraceAsync(RestartMarks before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DeviceOperation?> FindOperationAsync(Guid operation, CancellationToken cancellationToken) => wire.DoAsync(this, () => _erasures.Where(e => e.Operation == operation)
        .Select(e => new DeviceOperation(operation, "Reclaim", e.Allocation, DeviceOperationState.Succeeded, "Erased", null, clock.GetUtcNow(), clock.GetUtcNow())).FirstOrDefault());

    public Task<ReclaimSent> SendReclaimAsync(ReclaimAuthority authority, CancellationToken cancellationToken) => wire.DoAsync(this, () =>
    {
        if (_erasures.Exists(e => e.Operation == authority.Operation))
        {
            return new ReclaimSent(ReclaimDelivery.Accepted, clock.GetUtcNow(), "Known.", null);
        }

        if (authority.Allocation != Allocation)
        {
            return new ReclaimSent(ReclaimDelivery.Refused, clock.GetUtcNow(), "Another allocation.", Allocation is null ? "AlreadyReleased" : "WrongAllocation");
        }

        CustomerReleases();
        Certificates = ErasesBadly ? 1 : Certificates;
        _erasures.Add((authority.Operation, authority.Allocation));
        return new ReclaimSent(ReclaimDelivery.Accepted, clock.GetUtcNow(), "Accepted.", null);
    });

    public Task<ServiceAuditPage> ReadAuditAsync(long above, CancellationToken cancellationToken) => wire.DoAsync(this, () => new ServiceAuditPage(
        [.. _erasures.Select((e, at) => new ServiceAuditEntry(at + 1, clock.GetUtcNow(), "CustomerContentErased", [e.Allocation], e.Operation, 17, null))], false));

    private AdministratorLogin Login() => new(AdminEnabled ? AdministratorLoginOutcome.LetIn : AdministratorLoginOutcome.Refused, clock.GetUtcNow(), AdminEnabled ? "Let in." : "Refused.");

    /// <summary>The device remembers every id: a repeat does nothing again, another act under the same id is refused.</summary>
    private DeviceAnswer Once(Guid operation, string act, Action effect)
    {
        if (_known.TryGetValue(operation, out var before))
        {
            return before == act ? new DeviceAnswer(true, "Known.") : new DeviceAnswer(false, "Another act has this id.");
        }

        _known[operation] = act;
        effect();
        return new DeviceAnswer(true, "Done.");
    }
}
