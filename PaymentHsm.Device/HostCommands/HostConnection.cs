using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// One open byte stream to a host port: sends requests without waiting for each other and matches answers by header. Once it has ended it stays ended.
/// Owns the stream.
/// </summary>
internal sealed class HostConnection : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly bool _onTrial;
    private readonly HostLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly HeaderSequence _headers;
    private readonly PendingAnswers _pending;
    private readonly SemaphoreSlim _slots;
    private readonly Lock _gate = new();
    private readonly byte[] _header;
    private readonly ITimer _timer;
    private readonly long _limitTicks;

    // Requests are bounded by the slots, so the pipe needs no bound of its own and a send never waits for the socket.
    private readonly Pipe _outgoing = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Task _loops;
    private volatile LinkEnd? _end;
    private bool _armed;
    private long _discarded;
    private volatile bool _hasAnswered;

    /// <summary>Starts to talk.</summary>
    /// <param name="stream">The connected stream.</param>
    /// <param name="onTrial">
    /// True for TLS to a device that has not yet answered under our certificate: in TLS 1.3 a refused client certificate shows only after the handshake,
    /// as an alert or as a plain close at the first read.
    /// </param>
    /// <param name="headerLength">The unit's header length.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Clock of the deadlines.</param>
    public HostConnection(Stream stream, bool onTrial, int headerLength, HostLinkOptions options, TimeProvider time)
    {
        (_stream, _onTrial, _options, _time) = (stream, onTrial, options, time);
        _headers = new HeaderSequence(headerLength);
        _header = new byte[headerLength];
        _pending = new PendingAnswers(_headers);
        _slots = new SemaphoreSlim(options.MaxInFlight);
        _limitTicks = (long)(options.AnswerLimit.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(static state => ((HostConnection)state!).AbandonLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _loops = Task.WhenAll(SendLoopAsync(), ReceiveLoopAsync());
    }

    /// <summary>True once the connection has ended; it takes no more requests.</summary>
    public bool IsEnded => _end is not null;

    /// <summary>True once anything well-formed was received.</summary>
    public bool HasAnswered => _hasAnswered;

    /// <summary>Frames nobody waited for: late, doubled, or under a header that is not ours.</summary>
    public long Discarded => Interlocked.Read(ref _discarded);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="LinkException">NoAnswer, Protocol or TrustFailed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the effect is unknown.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HostAnswer<TAnswer>> SendAsync<TRequest, TAnswer>(TRequest request, CancellationToken cancellationToken)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var pending = Begin<TRequest, TAnswer>(request);
            try
            {
                // Disposed before the entry is reused, so a late cancellation cannot meet another request.
                using (cancellationToken.UnsafeRegister(static (state, token) => ((PendingAnswer)state!).Cancel(token), pending))
                {
                    await pending.WaitAsync().ConfigureAwait(false);
                }

                return HostAnswerReader.Read<TRequest, TAnswer>(request, pending.AfterHeader);
            }
            finally
            {
                _pending.Return(pending);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Ends the connection; requests on the wire fail. The first reason stays.</summary>
    public void End(LinkFault fault, string reason, Exception? inner = null)
    {
        var end = new LinkEnd(fault, reason, inner);
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return;
        }

        lock (_gate)
        {
            _outgoing.Writer.Complete();
            _pending.AbandonAll(end.ToException);
        }

        _timer.Dispose();
        _stream.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        End(LinkFault.NoAnswer, "The connection was closed by its owner.");
        await _loops.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private PendingAnswer Begin<TRequest, TAnswer>(TRequest request)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        lock (_gate)
        {
            ThrowIfEnded();
            if (_pending.TryAdd(_time.GetTimestamp() + _limitTicks) is { } pending)
            {
                return Write<TRequest, TAnswer>(request, pending);
            }
        }

        // Every header waits for an answer that never came; only a new connection makes them usable again.
        End(LinkFault.NoAnswer, "The device owes an answer to every header there is.");
        throw _end!.ToException();
    }

    private PendingAnswer Write<TRequest, TAnswer>(TRequest request, PendingAnswer pending)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        try
        {
            _headers.Write(pending.Header, _header);
            HostFrame.WriteRequest<TRequest, TAnswer>(_outgoing.Writer, _header, request);
        }
        catch
        {
            // A request that cannot be written was never sent: its header is free again.
            _pending.Withdraw(pending);
            throw;
        }

        // Never waits (see the pipe's options); it only tells the send loop.
        var flush = _outgoing.Writer.FlushAsync();
        Debug.Assert(flush.IsCompleted, "An unbounded pipe flushes at once.");
        flush.GetAwaiter().GetResult();
        if (!_armed)
        {
            _armed = true;
            _timer.Change(_options.AnswerLimit, Timeout.InfiniteTimeSpan);
        }

        return pending;
    }

    private void ThrowIfEnded()
    {
        if (_end is { } end)
        {
            throw end.ToException();
        }
    }

    private void AbandonLate()
    {
        lock (_gate)
        {
            if (IsEnded)
            {
                return;
            }

            var now = _time.GetTimestamp();
            var next = _pending.AbandonLate(now, () => new LinkException(LinkFault.NoAnswer, $"No answer within {_options.AnswerLimit.TotalSeconds:0.#} s."));
            _armed = next is not null;
            if (next is { } deadline)
            {
                _timer.Change(_time.GetElapsedTime(now, deadline) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task SendLoopAsync()
    {
        var reader = _outgoing.Reader;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                foreach (var segment in result.Buffer)
                {
                    await _stream.WriteAsync(segment).ConfigureAwait(false);
                }

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or SocketException or AuthenticationException)
        {
            EndByPeer(failure);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private async Task ReceiveLoopAsync()
    {
        // Without a buffer while it waits: a link rests most of the time, and there may be thousands.
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                var input = result.Buffer;
                while (FrameCodec.TryRead(ref input, _options.MaxAnswer, out var body))
                {
                    Deliver(body);
                }

                reader.AdvanceTo(input.Start, input.End);
                if (result.IsCompleted)
                {
                    EndByPeer(inner: null);
                    break;
                }
            }
        }
        catch (HostProtocolException broken)
        {
            // The stream cannot be followed any more.
            End(LinkFault.Protocol, broken.Message, broken);
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or SocketException or AuthenticationException)
        {
            EndByPeer(failure);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private void Deliver(in ReadOnlySequence<byte> body)
    {
        if (body.Length < _headers.Length + CommandCode.Length + ErrorCode.Length)
        {
            throw new HostProtocolException("An answer is too short for header, response code and error code.");
        }

        _hasAnswered = true;
        Span<byte> header = stackalloc byte[byte.MaxValue];
        header = header[.._headers.Length];
        body.Slice(0, _headers.Length).CopyTo(header);
        if (!_headers.TryRead(header, out var number) || !_pending.TryComplete(number, body.Slice(_headers.Length)))
        {
            Interlocked.Increment(ref _discarded);
        }
    }

    private void EndByPeer(Exception? inner)
    {
        if (_hasAnswered)
        {
            End(LinkFault.NoAnswer, "The device ended the connection.", inner);
        }
        else if (_onTrial)
        {
            End(LinkFault.TrustFailed, "The device ended the TLS connection before its first answer: it refuses our certificate, or just went out of service.", inner);
        }
        else
        {
            End(LinkFault.NoAnswer, "The device ended the connection without any answer: no free socket, or not in service.", inner);
        }
    }
}
