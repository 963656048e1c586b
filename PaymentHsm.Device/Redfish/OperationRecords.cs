using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Looks operations up in the controller's own records (OOB-PROFILE 5, 9). Only a clean "never heard of it" is one; everything else is a failure to look.</summary>
internal sealed class OperationRecords(DeviceChannel channel)
{
    private static readonly string[] MissingKeys = ["ResourceMissingAtURI", "ResourceNotFound"];

    public async Task<DeviceOperation?> FindAsync(Guid operation, CancellationToken stop)
    {
        // Proves by UUID and serial number that it is our device which does not know the operation.
        var system = await channel.ReadProvenSystemAsync(stop).ConfigureAwait(false);
        var records = CommissionPart.Needed(system, "operation records").At("Operations").Link
            ?? throw new RedfishException(LinkFault.Protocol, "The controller does not say where its operation records are.");
        var place = channel.Origin.Resolve($"{records.TrimEnd('/')}/{operation:D}");
        var record = await channel.RetriedAsync(() => ReadAsync(place, stop), stop).ConfigureAwait(false);
        if (record is not { } found)
        {
            return null;
        }

        return found.At("Id").Id == operation
            ? Of(operation, found, await PhaseAsync(found.At("Task").Link, stop).ConfigureAwait(false))
            : throw new RedfishException(LinkFault.Protocol, $"{place.AbsolutePath} answered with the record of '{Words.Short(found.At("Id").Text)}'.");
    }

    private async Task<JsonView?> ReadAsync(Uri place, CancellationToken stop)
    {
        var answer = await channel.SendAsync(OobRole.Monitor, new RedfishRequest(HttpMethod.Get, place, channel.Wire.Limits.Headers), stop).ConfigureAwait(false);
        if (answer.Status != 404)
        {
            return RedfishAnswers.Document(answer, place);
        }

        return answer.BodyProblem is null && MissingKeys.Contains(RedfishMessage.KeyOf(answer.Body))
            ? null
            : throw new RedfishException(LinkFault.Protocol, $"{place.AbsolutePath} answered 404 without the error of a missing resource; that says nothing about the operation.") { Status = 404 };
    }

    /// <summary>Phase of the task, for people to read: a task that is gone or cannot be read takes nothing away from the record.</summary>
    private async Task<string?> PhaseAsync(string? link, CancellationToken stop)
    {
        if (link is null || channel.Origin.TryResolve(link) is not { } place)
        {
            return null;
        }

        try
        {
            var answer = await channel.SendAsync(OobRole.Monitor, new RedfishRequest(HttpMethod.Get, place, channel.Wire.Limits.Headers), stop).ConfigureAwait(false);
            return answer is { Status: 200, BodyProblem: null } && CommissionPart.Oem(answer.Body).At("Phase").Text is { } phase ? Words.Short(phase) : null;
        }
        catch (RedfishException failure) when (failure.Fault is not (LinkFault.WrongDevice or LinkFault.TrustFailed))
        {
            return null;
        }
    }

    private static DeviceOperation Of(Guid id, JsonView record, string? phase) => new(
        id,
        Words.Short(record.At("Action").Text is { } action ? RedfishMessage.KeyOf(action).TrimStart('#') : null),
        record.At("AllocationId").Text,
        record.At("State").Text switch
        {
            nameof(DeviceOperationState.Accepted) => DeviceOperationState.Accepted,
            nameof(DeviceOperationState.Running) => DeviceOperationState.Running,
            nameof(DeviceOperationState.Succeeded) => DeviceOperationState.Succeeded,
            nameof(DeviceOperationState.Failed) => DeviceOperationState.Failed,
            _ => DeviceOperationState.Unknown,
        },
        record.At("ResultMessageId").Text is { } result ? Words.Short(RedfishMessage.KeyOf(result)) : null,
        phase,
        record.At("AcceptedAt").Time,
        record.At("CompletedAt").Time);
}
