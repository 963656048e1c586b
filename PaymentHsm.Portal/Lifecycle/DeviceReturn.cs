using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <inheritdoc cref="ISanitisation"/>
internal sealed class DeviceReturn(
    IDeviceStore devices, DeviceMoves moves, DeviceReader reader, IOutOfBandLinks links, IEvidenceBundles bundles, BaseImage baseImage, TimeProvider clock) : ISanitisation
{
    public async Task<SanitisationResult> VerifyAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device)
        {
            return new SanitisationResult.Missed("The device is no longer enrolled.", []);
        }

        if (device.Record.State != HsmState.Released)
        {
            // A repeat after a crash: the move was stored, what was seen is in the audit log.
            Evidence[] stands = [new("device", $"is {device.Record.State} since {device.Record.StateSince:O}", clock.GetUtcNow())];
            return device.Record.Sanitisation == Sanitisation.VerifiedClean ? new SanitisationResult.Proven(stands) : new SanitisationResult.Missed($"The device is {device.Record.State}.", stands);
        }

        var seen = new List<Evidence>();
        try
        {
            var proof = await ProveAsync(operation, device, seen, cancellationToken);
            if (Finding(operation) is { } finding)
            {
                return await ToDestructionAsync(operation, device, proof, finding, seen, cancellationToken);
            }

            var facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken) with { Erasure = proof, AdminAccess = proof.AdministratorAccessRestored ? AdminAccess.Enabled : AdminAccess.Unknown };
            return await moves.ApplyAsync(device, HsmEvent.SanitisationVerified, facts, null, Words(seen), operation.Id, null, cancellationToken) switch
            {
                Outcome<StoredDevice>.Done => new SanitisationResult.Proven(seen),
                Outcome<StoredDevice>.Refused(var why) => await QuarantineAsync(operation, device, why, seen, cancellationToken),
                _ => throw new InvalidOperationException("An outcome is either done or refused."),
            };
        }
        catch (LinkException e) when (e.IsTransient)
        {
            return new SanitisationResult.Unclear(e.Message);
        }
        catch (LinkException e)
        {
            return await QuarantineAsync(operation, device, new Refusal("R78", RefusalKind.NotInThisState, e.Message), seen, cancellationToken);
        }
    }

    public async Task<SanitisationResult> RebaselineAsync(Operation operation, CancellationToken cancellationToken)
    {
        var stored = await devices.FindAsync(operation.Serial, cancellationToken);
        if (stored is { Record.HardwareFailed: true })
        {
            return new SanitisationResult.Missed("Its hardware failed in a customer's hands; it goes to destruction (R79).", []);
        }

        if (stored is not { Record.State: HsmState.Rebaselining } device)
        {
            return new SanitisationResult.Proven([new("device", "is past its baseline already", clock.GetUtcNow())]);
        }

        var seen = new List<Evidence>();
        try
        {
            if (await baseImage.BringAsync(operation, device, seen, cancellationToken) is { } waiting)
            {
                return new SanitisationResult.Unclear(waiting);
            }

            var facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken);
            seen.Add(new Evidence("firmware", $"{facts.Firmware}, {(facts.Baseline is { Misses: [] } ? "on baseline" : string.Join("; ", facts.Baseline?.Misses ?? []))}", clock.GetUtcNow()));
            switch (await moves.ApplyAsync(device, HsmEvent.Rebaselined, facts, null, Words(seen), operation.Id, null, cancellationToken))
            {
                case Outcome<StoredDevice>.Done:
                    return new SanitisationResult.Proven(seen);
                case Outcome<StoredDevice>.Refused(var why):
                    await moves.ApplyAsync(device, HsmEvent.RebaselineFailed, DeviceFacts.None, null, why.ToString(), operation.Id, null, cancellationToken);
                    return new SanitisationResult.Missed(why.ToString(), seen);
                default:
                    throw new InvalidOperationException("An outcome is either done or refused.");
            }
        }
        catch (LinkException e) when (e.IsTransient)
        {
            return new SanitisationResult.Unclear(e.Message);
        }
        catch (LinkException e)
        {
            await moves.ApplyAsync(device, HsmEvent.RebaselineFailed, DeviceFacts.None, null, e.Message, operation.Id, null, cancellationToken);
            return new SanitisationResult.Missed(e.Message, seen);
        }
    }

    public async Task<string> SealAsync(Operation operation, EvidenceKind kind, string statement, CancellationToken cancellationToken)
    {
        var observations = operation.Steps.SelectMany(s => s.Evidence.Select(e => e with { Name = $"{s.Name}: {e.Name}" })).ToList();
        var at = observations.Select(o => o.At).DefaultIfEmpty(operation.RequestedAt).Max();
        var facts = new Dictionary<string, string> { ["kind"] = operation.Kind.ToString(), ["requestedBy"] = operation.RequestedBy, ["reason"] = operation.Reason };
        return (await bundles.SealAsync(
            new EvidenceDraft(kind, operation.Serial, at, statement, facts, observations, operation.Ticket, operation.Id, AllocationOf(operation), operation.Approval), cancellationToken)).Digest;
    }

    private static string? AllocationOf(Operation operation) => operation.Progress switch
    {
        OperationProgress.Deletion deletion => deletion.AllocationId,
        OperationProgress.HandOver handOver => handOver.AllocationId,
        OperationProgress.Reclaim reclaim => reclaim.AllocationId,
        _ => null,
    };

    /// <summary>The R78 list, each point by a read of its own.</summary>
    private async Task<ErasureProof> ProveAsync(Operation operation, StoredDevice device, List<Evidence> seen, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(operation.Serial);
        var commission = await link.ReadCommissionAsync(cancellationToken);
        seen.Add(new Evidence("release", $"{commission.State}, customer content {(commission.CustomerContentPresent == false ? "gone" : "present or not known")}, last erase {(commission.LastEraseVerified == true ? "verified" : "not verified")}", commission.At));
        var content = await link.ReadContentAsync(cancellationToken);
        if (content.Certificates > 0 && await LeavesCertificatesAsync(link, cancellationToken))
        {
            seen.Add(new Evidence("certificates before", $"{content.Certificates}", content.At));
            var removed = await link.RemoveCertificatesAsync(Access(device), DerivedId.Of(operation.Id, "certificates"), cancellationToken);
            seen.Add(new Evidence("certificate removal", removed.Answer, clock.GetUtcNow()));
            content = await link.ReadContentAsync(cancellationToken);
        }

        seen.Add(new Evidence("residue", $"{content.LmksLoaded} LMK, {content.Certificates} certificates, {content.LogEntries} log entries, configuration {(content.FactoryConfiguration ? "as from the factory" : "changed")}", content.At));
        var login = await link.RenewAdministratorAsync(Access(device), cancellationToken);
        seen.Add(new Evidence("administrator login with a new credential", login.Answer, login.At));
        if (login.Outcome == AdministratorLoginOutcome.NotTried)
        {
            throw new LinkException(LinkFault.NoAnswer, $"The administrator login could not be tried: {login.Answer}");
        }

        return new ErasureProof(
            commission is { State: CommissionState.Released, CustomerContentPresent: false }, login.Outcome == AdministratorLoginOutcome.LetIn,
            content.LmksLoaded == 0, content.FactoryConfiguration, content.Certificates == 0, content.LogEntries == 0);
    }

    /// <summary>R77: only below 2.1a do certificates outlive a release by a known fault; later, left-over ones are a miss.</summary>
    private static async Task<bool> LeavesCertificatesAsync(IOutOfBandLink link, CancellationToken cancellationToken) =>
        KnownIssues.CertificatesSurviveRelease((await link.PollAsync(cancellationToken)).Firmware);

    private LogicalAccess Access(StoredDevice device)
    {
        var now = clock.GetUtcNow();
        return LogicalAccess.Mint(new CustodyFacts(device.Record.Serial, device.Record.Custody, now), LogicalAccessPurpose.Verification, now) switch
        {
            LogicalAccessVerdict.Granted(var access) => access,
            LogicalAccessVerdict.Denied(var why) => throw new LinkException(LinkFault.Unsupported, why.ToString()),
            _ => throw new InvalidOperationException("A verdict is either granted or denied."),
        };
    }

    /// <summary>D20b: erased or not, a unit that failed in a customer's hands never goes back to the pool.</summary>
    private async Task<SanitisationResult> ToDestructionAsync(
        Operation operation, StoredDevice device, ErasureProof proof, string finding, List<Evidence> seen, CancellationToken cancellationToken)
    {
        if (proof.Misses.Count > 0)
        {
            return await QuarantineAsync(operation, device, new Refusal("R78", RefusalKind.NotInThisState, $"Not proven: {string.Join("; ", proof.Misses)}."), seen, cancellationToken);
        }

        seen.Add(new Evidence("hardware failure", $"{finding} The unit goes to destruction (R79).", clock.GetUtcNow()));
        return await moves.ApplyAsync(device, HsmEvent.HardwareFailed, DeviceFacts.None with { HardwareFailure = true, Erasure = proof }, null, Words(seen), operation.Id, null, cancellationToken) switch
        {
            Outcome<StoredDevice>.Done => new SanitisationResult.Proven(seen),
            Outcome<StoredDevice>.Refused(var why) => await QuarantineAsync(operation, device, why, seen, cancellationToken),
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    private static string? Finding(Operation operation) => (operation.Progress as OperationProgress.Reclaim)?.HardwareFinding;

    private async Task<SanitisationResult> QuarantineAsync(Operation operation, StoredDevice device, Refusal why, List<Evidence> seen, CancellationToken cancellationToken)
    {
        await moves.ApplyAsync(device, HsmEvent.SanitisationMissed, DeviceFacts.None with { HardwareFailure = Finding(operation) is not null }, null, $"{why} {Words(seen)}", operation.Id, null, cancellationToken);
        return new SanitisationResult.Missed(why.ToString(), seen);
    }

    private static string Words(IEnumerable<Evidence> seen) => string.Join("; ", seen.Select(e => $"{e.Name}: {e.Value}"));
}
