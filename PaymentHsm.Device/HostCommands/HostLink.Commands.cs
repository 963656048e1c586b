using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>The commands: three for the domain's port, the rest for this layer, its tests and benchmarks.</summary>
internal sealed partial class HostLink
{
    /// <inheritdoc/>
    public async Task<HostAnswer<HostDiagnostics>> DiagnoseAsync(CancellationToken cancellationToken)
    {
        var answer = await DiagnosticsAsync(cancellationToken).ConfigureAwait(false);
        return Map(answer, value => new HostDiagnostics(value.LmkCheckValue, value.FirmwareRevision));
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">WrongDevice when the unit names another serial number.</exception>
    public async Task<HostAnswer<HostHealth>> ReadHealthAsync(CancellationToken cancellationToken)
    {
        ThrowIfExpired();
        await _pace.TurnAsync(Serial, cancellationToken).ConfigureAwait(false);
        var answer = await InstantHealthAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Value is { } health && health.Serial != Serial.ToString())
        {
            _log.WrongDevice(Serial);
            throw new LinkException(LinkFault.WrongDevice, $"The host port of {Serial} answers for another unit.");
        }

        return Map(answer, value => new HostHealth(
            value.Serial,
            value.Tamper switch { TamperWord.None => false, TamperWord.Tampered => true, _ => null },
            value.Lmks.Count,
            value.TestLmks,
            value.FraudDetectionExceeded,
            value.PinAttacksExceeded));
    }

    /// <inheritdoc/>
    /// <exception cref="LinkException">Protocol when other bytes come back.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More data than a frame holds.</exception>
    public async Task<HostAnswer<int>> EchoAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var answer = await SendAsync<EchoRequest, EchoAnswer>(new EchoRequest(data), cancellationToken).ConfigureAwait(false);
        return answer.Value is not { } echo || echo.Data.Span.SequenceEqual(data.Span)
            ? new HostAnswer<int>(answer.ErrorCode, answer.Meaning, answer.Value?.Data.Length ?? 0)
            : throw new HostProtocolException("The echo differs from what was sent.");
    }

    /// <summary>NC.</summary>
    internal ValueTask<HostAnswer<DiagnosticsAnswer>> DiagnosticsAsync(CancellationToken cancellationToken) =>
        SendAsync<DiagnosticsRequest, DiagnosticsAnswer>(default, cancellationToken);

    /// <summary>NO, mode 00.</summary>
    internal ValueTask<HostAnswer<StatusAnswer>> StatusAsync(CancellationToken cancellationToken) =>
        SendAsync<StatusRequest, StatusAnswer>(default, cancellationToken);

    /// <summary>NO, mode 01.</summary>
    internal ValueTask<HostAnswer<ComplianceAnswer>> ComplianceAsync(CancellationToken cancellationToken) =>
        SendAsync<ComplianceRequest, ComplianceAnswer>(default, cancellationToken);

    /// <summary>N0: 1 to 256 random bytes.</summary>
    internal ValueTask<HostAnswer<RandomValueAnswer>> RandomValueAsync(int count, CancellationToken cancellationToken) =>
        SendAsync<RandomValueRequest, RandomValueAnswer>(new RandomValueRequest(count), cancellationToken);

    /// <summary>NI.</summary>
    internal ValueTask<HostAnswer<NetworkInformationAnswer>> NetworkInformationAsync(char port, bool statistics, CancellationToken cancellationToken) =>
        SendAsync<NetworkInformationRequest, NetworkInformationAnswer>(new NetworkInformationRequest(port, statistics), cancellationToken);

    /// <summary>J2.</summary>
    internal ValueTask<HostAnswer<LoadingAnswer>> LoadingAsync(CancellationToken cancellationToken) =>
        SendAsync<LoadingRequest, LoadingAnswer>(default, cancellationToken);

    /// <summary>J4.</summary>
    internal ValueTask<HostAnswer<CommandVolumesAnswer>> CommandVolumesAsync(CancellationToken cancellationToken) =>
        SendAsync<CommandVolumesRequest, CommandVolumesAnswer>(default, cancellationToken);

    /// <summary>J6.</summary>
    internal ValueTask<HostAnswer<ResetUtilisationAnswer>> ResetUtilisationAsync(CancellationToken cancellationToken) =>
        SendAsync<ResetUtilisationRequest, ResetUtilisationAnswer>(default, cancellationToken);

    /// <summary>J8.</summary>
    internal ValueTask<HostAnswer<HealthCountsAnswer>> HealthCountsAsync(CancellationToken cancellationToken) =>
        SendAsync<HealthCountsRequest, HealthCountsAnswer>(default, cancellationToken);

    /// <summary>JI.</summary>
    internal ValueTask<HostAnswer<ResetHealthCountsAnswer>> ResetHealthCountsAsync(CancellationToken cancellationToken) =>
        SendAsync<ResetHealthCountsRequest, ResetHealthCountsAnswer>(default, cancellationToken);

    /// <summary>JK.</summary>
    internal ValueTask<HostAnswer<InstantHealthAnswer>> InstantHealthAsync(CancellationToken cancellationToken) =>
        SendAsync<InstantHealthRequest, InstantHealthAnswer>(default, cancellationToken);

    /// <summary>Q2: the next audit record; reading marks it, so a lost answer loses the record for this path.</summary>
    internal ValueTask<HostAnswer<RetrieveAuditRecordAnswer>> RetrieveAuditRecordAsync(CancellationToken cancellationToken) =>
        SendAsync<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(default, cancellationToken);

    /// <summary>Q6.</summary>
    internal ValueTask<HostAnswer<DeleteAuditRecordsAnswer>> DeleteAuditRecordsAsync(bool archivedOnly, CancellationToken cancellationToken) =>
        SendAsync<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(new DeleteAuditRecordsRequest(archivedOnly), cancellationToken);

    private static HostAnswer<TValue> Map<TAnswer, TValue>(HostAnswer<TAnswer> answer, Func<TAnswer, TValue> map)
        where TAnswer : class
        where TValue : class =>
        new(answer.ErrorCode, answer.Meaning, answer.Value is { } value ? map(value) : null);
}
