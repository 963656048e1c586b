using PaymentHsm.Device.Transport;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// A host-command channel for the life of one spent access: keeps a connection, makes a new one after it broke, paced by a back-off, and stops working
/// when the access expires. A request is never sent twice.
/// </summary>
internal sealed partial class HostLink : IHostLink
{
    private readonly HostEndpoint _endpoint;
    private readonly HostLinkOptions _options;
    private readonly HealthPace _pace;
    private readonly TimeProvider _time;
    private readonly HostLinkLog _log;
    private readonly DateTimeOffset _expiresAt;
    private readonly CancellationTokenSource _life = new();
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly BackOff _backOff;
    private readonly ITimer _expiry;
    private volatile HostConnection? _connection;
    private long _failedAt;
    private bool _answered;

    /// <summary>Makes the link of an access that was spent just before; nothing is connected yet.</summary>
    internal HostLink(LogicalAccess access, HostEndpoint endpoint, HostLinkOptions options, HealthPace pace, TimeProvider time, HostLinkLog log)
    {
        (Serial, _expiresAt, _endpoint, _options, _pace, _time, _log) = (access.Serial, access.ExpiresAt, endpoint, options, pace, time, log);
        _backOff = new BackOff(options.FirstPause, options.LongestPause);
        var left = access.ExpiresAt - time.GetUtcNow();
        _expiry = time.CreateTimer(static state => ((HostLink)state!).Expire(), this, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public HsmSerial Serial { get; }

    /// <summary>True while a connection stands, as far as is known.</summary>
    internal bool IsConnected => _connection is { IsEnded: false };

    /// <summary>Frames of the present connection that nobody waited for.</summary>
    internal long Discarded => _connection?.Discarded ?? 0;

    /// <summary>Sends one command.</summary>
    /// <exception cref="CustodyException">The access has expired.</exception>
    /// <exception cref="LinkException">The link failed.</exception>
    internal ValueTask<HostAnswer<TAnswer>> SendAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        ThrowIfExpired();
        return _connection is { IsEnded: false } connection
            ? connection.SendAsync<TRequest, TAnswer>(request, cancellationToken)
            : ReconnectAndSendAsync<TRequest, TAnswer>(request, cancellationToken);
    }

    /// <summary>Makes sure of a connection.</summary>
    internal async Task<HostConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, cancellationToken);
        try
        {
            await _connecting.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return _connection is { IsEnded: false } connection ? connection : await ConnectNewAsync(either.Token).ConfigureAwait(false);
            }
            finally
            {
                _connecting.Release();
            }
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            throw Expired();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _expiry.DisposeAsync().ConfigureAwait(false);
        await _life.CancelAsync().ConfigureAwait(false);
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_connection is { } connection)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async ValueTask<HostAnswer<TAnswer>> ReconnectAndSendAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await connection.SendAsync<TRequest, TAnswer>(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HostConnection> ConnectNewAsync(CancellationToken cancellationToken)
    {
        await BuryAsync().ConfigureAwait(false);
        var pause = _backOff.Pause - _time.GetElapsedTime(_failedAt);
        if (_backOff.Pause > TimeSpan.Zero && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var stream = await StreamConnector
                .ConnectAsync(_endpoint.Host, _endpoint.Port, _endpoint.Tls, _options.ConnectLimit, _time, cancellationToken)
                .ConfigureAwait(false);
            var connection = new HostConnection(stream, _endpoint.Tls is not null && !_answered, _endpoint.HeaderLength, _options, _time);
            _connection = connection;
            if (_life.IsCancellationRequested)
            {
                // Expiry came between the connect and the line above and saw no connection to end.
                connection.End(LinkFault.NoAnswer, "The access expired.");
            }

            return connection;
        }
        catch (LinkException failure)
        {
            _log.ConnectFailed(Serial, failure.Fault);
            Failed();
            throw;
        }
    }

    private async Task BuryAsync()
    {
        if (_connection is not { } ended)
        {
            return;
        }

        _log.ConnectionEnded(Serial, ended.HasAnswered);
        if (ended.HasAnswered)
        {
            _answered = true;
            _backOff.Succeeded();
        }
        else
        {
            Failed();
        }

        _connection = null;
        await ended.DisposeAsync().ConfigureAwait(false);
    }

    private void Failed()
    {
        _backOff.Failed();
        _failedAt = _time.GetTimestamp();
    }

    private void Expire()
    {
        _life.Cancel();
        _connection?.End(LinkFault.NoAnswer, "The access expired before the answer came.");
    }

    private void ThrowIfExpired()
    {
        if (_life.IsCancellationRequested || _time.GetUtcNow() >= _expiresAt)
        {
            throw Expired();
        }
    }

    private CustodyException Expired() => new($"The access to {Serial} expired at {_expiresAt:O}, or its link was closed.");
}
