using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// The host port of one simulated payShield: TCP, mutual TLS and UDP over one truth. Light enough for thousands in one process: no thread, no timer and,
/// while a connection rests, no buffer.
/// </summary>
internal sealed class HostCommandServer : IHostNetwork, IAsyncDisposable
{
    private readonly IHostSide _side;
    private readonly IdleWatch _watch;
    private readonly ConcurrentDictionary<HostSession, byte> _sessions = new();
    private readonly ConnectionSlots _slots;
    private HostListener? _plain;
    private HostListener? _secure;
    private HostDatagrams? _datagrams;
    private volatile HostPortBehaviour _behaviour = new();
    private volatile bool _stopped;

    /// <summary>Makes the port; <see cref="StartAsync"/> opens it.</summary>
    /// <param name="side">The unit's truth.</param>
    /// <param name="counters">The unit's utilisation figures.</param>
    /// <param name="audit">The unit's HSM audit log.</param>
    /// <param name="options">Where and how to listen.</param>
    /// <param name="watch">Ends idle connections; one for all units.</param>
    /// <param name="logger">For debug lines.</param>
    /// <param name="random">Random bytes of N0; the system's by default.</param>
    public HostCommandServer(
        IHostSide side,
        HostCounters counters,
        HostAuditLog audit,
        HostPortOptions options,
        IdleWatch watch,
        ILogger<HostCommandServer> logger,
        RandomSource? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HeaderLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.HeaderLength, byte.MaxValue);
        _side = side;
        _watch = watch;
        _slots = new ConnectionSlots(options.MaxConnections);
        Options = options;
        Log = new HostPortLog(logger);
        Processor = new HostCommandProcessor(
            new HostPortContext(side, counters, audit, this, options.MaxConnections, random ?? RandomNumberGenerator.Fill), options.HeaderLength);
    }

    /// <summary>Open questions and faults; may change at any time, the next frame meets it.</summary>
    public HostPortBehaviour Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    /// <summary>Actual TCP port; 0 when not listening.</summary>
    public int HostPort => _plain?.Port ?? 0;

    /// <summary>Actual TLS port; 0 when not listening.</summary>
    public int HostTlsPort => _secure?.Port ?? 0;

    /// <summary>Actual UDP port; 0 when not listening.</summary>
    public int HostUdpPort => _datagrams?.Port ?? 0;

    /// <summary>TCP connections accepted since the start, refused ones included: it proves who did not call.</summary>
    public long AcceptedHost => _plain?.Accepted ?? 0;

    /// <summary>TLS connections accepted since the start, refused ones included.</summary>
    public long AcceptedHostTls => _secure?.Accepted ?? 0;

    /// <summary>Datagrams received since the start, dropped ones included.</summary>
    public long ReceivedHostUdp => _datagrams?.Received ?? 0;

    /// <summary>Connections open at present.</summary>
    public int OpenConnections => _slots.Taken;

    internal HostPortOptions Options { get; }

    internal HostPortLog Log { get; }

    internal HostCommandProcessor Processor { get; }

    internal PortTraffic Traffic { get; } = new();

    internal TimeProvider Time => _watch.Time;

    internal bool RefusesService => !_side.IsServing && !_behaviour.SilentOutOfService;

    /// <summary>Opens the sockets. Once.</summary>
    /// <exception cref="SocketException">A port is taken; nothing stays open.</exception>
    public async Task StartAsync()
    {
        try
        {
            _plain = Options.HostPort is { } port ? Listen(port, tls: null) : null;
            _secure = Options.HostTlsPort is { } tlsPort ? Listen(tlsPort, TlsTerms(Options)) : null;
            _datagrams = Options.HostUdpPort is { } udpPort ? new HostDatagrams(this, new IPEndPoint(Options.Address, udpPort)) : null;
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends all connections at once, as a restart of the unit does; the sockets go on listening.</summary>
    public void DropConnections()
    {
        foreach (var (session, _) in _sessions)
        {
            session.Abort();
        }
    }

    /// <summary>Closes everything and waits for the connections to end.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        foreach (var listener in new IAsyncDisposable?[] { _plain, _secure, _datagrams })
        {
            if (listener is not null)
            {
                await listener.DisposeAsync().ConfigureAwait(false);
            }
        }

        DropConnections();
        await Task.WhenAll(_sessions.Keys.Select(session => session.Completion)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkConnection> Connections() =>
        [.. _sessions.Keys.Take(NetworkInformationAnswer.MaxConnections).Select(session => session.Describe())];

    /// <inheritdoc/>
    public NetworkStatistics Statistics() => Traffic.Read();

    /// <summary>Serves one body; false closes the connection.</summary>
    internal bool Process(ReadOnlySpan<byte> body, PooledOutput output)
    {
        if (_side.IsServing && !_behaviour.Mute)
        {
            return Processor.Process(body, _behaviour, output);
        }

        return _behaviour.Mute || _behaviour.SilentOutOfService;
    }

    private HostListener Listen(int port, SslServerAuthenticationOptions? tls) =>
        new(new IPEndPoint(Options.Address, port), WhenReady, socket => Take(socket, tls), Time, Log);

    private Task WhenReady() => _behaviour.ConnectionLimit == ConnectionLimitReaction.LeaveWaiting ? _slots.FreeAsync() : Task.CompletedTask;

    private void Take(Socket socket, SslServerAuthenticationOptions? tls)
    {
        if (_stopped || RefusesService || !_slots.TryTake())
        {
            // A linger of nought turns the close into a reset: to the client the port looks closed.
            if (_behaviour.ConnectionLimit != ConnectionLimitReaction.Close || RefusesService)
            {
                socket.LingerState = new LingerOption(true, 0);
            }

            socket.Dispose();
            return;
        }

        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            var session = new HostSession(this, socket);
            _sessions.TryAdd(session, 0);
            _watch.Add(session);
            session.Start(tls, Ended);
        }
        catch (SocketException)
        {
            // The peer was gone before it was looked at.
            socket.Dispose();
            _slots.Return();
        }
    }

    private void Ended(HostSession session)
    {
        _watch.Remove(session);
        _sessions.TryRemove(session, out _);
        _slots.Return();
    }

    private static SslServerAuthenticationOptions TlsTerms(HostPortOptions options)
    {
        var certificate = options.ServerCertificate ?? throw new InvalidOperationException("A TLS port needs a server certificate.");
        var authority = options.ClientAuthority ?? throw new InvalidOperationException("A TLS port needs the issuer of the client certificates.");
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }
}
