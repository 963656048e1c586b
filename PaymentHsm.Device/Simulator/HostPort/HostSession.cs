using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>One accepted connection: takes frames, serves them in order, sends the answers. Owns the socket.</summary>
internal sealed class HostSession
{
    // Answers of pipelined requests leave together; beyond this much they do not wait for each other.
    private const int FlushAt = 16 * 1024;

    private readonly HostCommandServer _server;
    private readonly Socket _socket;
    private readonly long _startedAt;
    private long _restingSince;

    /// <summary>Takes over an accepted socket.</summary>
    public HostSession(HostCommandServer server, Socket socket)
    {
        _server = server;
        _socket = socket;
        _startedAt = _restingSince = server.Time.GetTimestamp();
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Remote = (IPEndPoint)socket.RemoteEndPoint!;
    }

    private IPEndPoint Local { get; }

    private IPEndPoint Remote { get; }

    /// <summary>Completes when the connection has ended; never faults.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Serves until the peer leaves, the peer breaks the rules, or the connection is aborted.</summary>
    /// <param name="tls">TLS terms; null for plain TCP.</param>
    /// <param name="ended">Called once at the end.</param>
    public void Start(SslServerAuthenticationOptions? tls, Action<HostSession> ended) => Completion = RunAsync(tls, ended);

    /// <summary>Ends the connection at once; safe from any thread, and more than once.</summary>
    public void Abort() => _socket.Dispose();

    /// <summary>Ends the connection when it rests too long or the unit went out of service.</summary>
    public void AbortIfIdle()
    {
        if (_server.Time.GetElapsedTime(Volatile.Read(ref _restingSince)) > _server.Options.IdleLimit || _server.RefusesService)
        {
            Abort();
        }
    }

    /// <summary>This connection as NI lists it.</summary>
    public NetworkConnection Describe() => new(
        Protocol: 0,
        (ushort)Local.Port,
        BinaryPrimitives.ReadUInt32BigEndian(Remote.Address.MapToIPv4().GetAddressBytes()),
        (ushort)Remote.Port,
        State: 0,
        (uint)_server.Time.GetElapsedTime(_startedAt).TotalSeconds);

    private async Task RunAsync(SslServerAuthenticationOptions? tls, Action<HostSession> ended)
    {
        // The acceptor goes on with the next connection at once.
        await Task.Yield();
        using var input = new PooledInput();
        using var output = new PooledOutput();
        try
        {
            var network = new NetworkStream(_socket, ownsSocket: true);
            await using (network.ConfigureAwait(false))
            {
                if (tls is null)
                {
                    await ServeAsync(network, input, output).ConfigureAwait(false);
                }
                else
                {
                    var secure = new SslStream(network, leaveInnerStreamOpen: true);
                    await using (secure.ConfigureAwait(false))
                    {
                        await secure.AuthenticateAsServerAsync(tls).ConfigureAwait(false);
                        Touch();
                        await ServeAsync(secure, input, output).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (AuthenticationException refused)
        {
            _server.Log.TlsRefused(Remote, refused.Message);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
        {
            // The peer vanished, or the connection was aborted: nothing to report, and a port scan must not fill a log.
            _server.Log.ConnectionEnded(gone, Remote);
        }
        catch (Exception bug)
        {
            // Ends this connection only; the unit and its other connections go on.
            _server.Log.ConnectionFailed(bug, Remote);
        }
        finally
        {
            _socket.Dispose();
            ended(this);
        }
    }

    private async Task ServeAsync(Stream stream, PooledInput input, PooledOutput output)
    {
        while (true)
        {
            if (input.IsEmpty)
            {
                // Waits for the first byte without holding a buffer.
                await stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
            }

            var fresh = input.IsEmpty;
            var count = await stream.ReadAsync(input.Free()).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            _server.Traffic.Received(count);
            input.Add(count);
            if (fresh)
            {
                Touch();
            }

            var goesOn = await ServeFramesAsync(stream, input, output).ConfigureAwait(false);
            await FlushAsync(stream, output).ConfigureAwait(false);
            if (!goesOn)
            {
                return;
            }
        }
    }

    private async ValueTask<bool> ServeFramesAsync(Stream stream, PooledInput input, PooledOutput output)
    {
        while (true)
        {
            switch (ServeNext(input, output))
            {
                case Step.NeedsMore:
                    return true;
                case Step.Closes:
                    return false;
            }

            Touch();
            var delay = _server.Behaviour.AnswerDelay;
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _server.Time).ConfigureAwait(false);
            }

            if (delay > TimeSpan.Zero || output.Count >= FlushAt)
            {
                await FlushAsync(stream, output).ConfigureAwait(false);
            }
        }
    }

    private Step ServeNext(PooledInput input, PooledOutput output)
    {
        var received = input.Received;
        try
        {
            if (!FrameCodec.TryRead(ref received, FrameCodec.IoBuffer, out var body))
            {
                return Step.NeedsMore;
            }

            var goesOn = _server.Process(body.FirstSpan, output);
            input.KeepLast(received.Length);
            return goesOn ? Step.Served : Step.Closes;
        }
        catch (HostProtocolException)
        {
            return RefuseOversize(received, output);
        }
    }

    private Step RefuseOversize(ReadOnlySequence<byte> received, PooledOutput output)
    {
        if (_server.Behaviour.Oversize != HostPortReaction.Refuse)
        {
            return Step.Closes;
        }

        var needed = FrameCodec.PrefixLength + _server.Options.HeaderLength + CommandCode.Length;
        if (received.Length < needed)
        {
            return Step.NeedsMore;
        }

        _server.Processor.RefuseOversize(received.FirstSpan[FrameCodec.PrefixLength..needed], output);
        return Step.Closes;
    }

    private async ValueTask FlushAsync(Stream stream, PooledOutput output)
    {
        if (output.Count > 0)
        {
            _server.Traffic.Sent(output.Count);
            await stream.WriteAsync(output.Written).ConfigureAwait(false);
            output.Clear();
        }
    }

    private void Touch() => Volatile.Write(ref _restingSince, _server.Time.GetTimestamp());

    private enum Step
    {
        Served,
        NeedsMore,
        Closes,
    }
}
