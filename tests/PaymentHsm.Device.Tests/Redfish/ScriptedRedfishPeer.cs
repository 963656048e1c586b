using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A Redfish service on loopback over real TLS whose answers each test decides; without a script it is a healthy device of the profile.</summary>
internal sealed class ScriptedRedfishPeer : IAsyncDisposable
{
    private TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly List<(Func<PeerRequest, bool> Match, TaskCompletionSource Seen)> _waiters = [];
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly Lock _gate = new();
    private readonly List<PeerRequest> _requests = [];
    private int _open;
    private int _accepted;

    public ScriptedRedfishPeer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Track(AcceptAsync(_listener));
    }

    public int Port { get; }

    public Uri Url => new($"https://127.0.0.1:{Port}");

    /// <summary>The device's resources by path.</summary>
    public ConcurrentDictionary<string, string> Documents { get; } = DeviceDocuments.Healthy();

    /// <summary>Asked first; null means the ordinary answer.</summary>
    public Func<PeerRequest, PeerReply?> Script { get; set; } = _ => null;

    /// <summary>Accounts that may log in.</summary>
    public ConcurrentDictionary<string, string> Accounts { get; } = new(DeviceDocuments.Accounts);

    public X509Certificate2 Certificate { get; set; } = TestCertificates.Good;

    public SslProtocols Protocols { get; set; } = SslProtocols.None;

    /// <summary>True: connections are taken and nothing more ever happens on them.</summary>
    public bool Swallows { get; set; }

    /// <summary>Who has a session open now.</summary>
    public IReadOnlyList<string> SessionUsers => [.. _tokens.Values];

    /// <summary>Connections that stand at this moment.</summary>
    public int OpenConnections => Volatile.Read(ref _open);

    public int Accepted => Volatile.Read(ref _accepted);

    public IReadOnlyList<PeerRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public int Count(string method, string path) => Requests.Count(request => request.Method == method && request.Path == path);

    /// <summary>Completes at the next request that matches.</summary>
    public Task NextAsync(Func<PeerRequest, bool> match)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((match, seen));
        }

        return seen.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public bool IsClosed { get; private set; }

    /// <summary>Closes the port; open connections stay.</summary>
    public void Close()
    {
        IsClosed = true;
        _listener.Stop();
    }

    /// <summary>Opens the port again.</summary>
    public void Reopen()
    {
        IsClosed = false;
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Track(AcceptAsync(_listener));
    }

    /// <summary>Forgets every session, as after a restart of the controller.</summary>
    public void ForgetSessions() => _tokens.Clear();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_running.Keys).WaitAsync(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }

    private void Track(Task task)
    {
        _running.TryAdd(task, 0);
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                Track(ServeAsync(socket));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _open);
        try
        {
            if (Swallows)
            {
                using (socket)
                {
                    while (await socket.ReceiveAsync(new byte[1024], _stop.Token) > 0)
                    {
                    }
                }

                return;
            }

            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate, EnabledSslProtocols = Protocols }, _stop.Token);
            while (await ReadAsync(tls) is { } request)
            {
                if (!await Answer(request).Write(tls, _stop.Token))
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or AuthenticationException or SocketException)
        {
            // The client left, or the peer was stopped.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private PeerReply Answer(PeerRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
            foreach (var waiter in _waiters.Where(waiter => waiter.Match(request)).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Seen.TrySetResult();
            }
        }

        return Script(request) ?? Ordinary(request);
    }

    private PeerReply Ordinary(PeerRequest request)
    {
        if (request is { Method: "POST", Path: DeviceDocuments.Sessions })
        {
            return Login(request);
        }

        var token = request.Header("X-Auth-Token");
        if (request.Path is not ("/redfish/v1/" or DeviceDocuments.Switch) && (token is null || !_tokens.ContainsKey(token)))
        {
            return PeerReply.Error(401, "NoValidSession", "WWW-Authenticate: Basic");
        }

        return request switch
        {
            { Method: "DELETE" } when _tokens.TryRemove(token!, out _) => PeerReply.Raw(204, "", []),
            { Method: "POST", Path: DeviceDocuments.Reset } => PeerReply.Json("{}", 202, "Location: /redfish/v1/TaskService/TaskMonitors/1"),
            { Method: "POST", Path: DeviceDocuments.HandOver } => PeerReply.Json("""{"State":"Succeeded"}"""),
            { Method: "POST", Path: DeviceDocuments.Reclaim } => PeerReply.Json("{}", 202, "Location: /redfish/v1/TaskService/TaskMonitors/1", "Retry-After: 1"),
            { Method: "POST", Path: DeviceDocuments.SimpleUpdate } => PeerReply.Json("{}", 202, "Location: /redfish/v1/TaskService/TaskMonitors/2"),
            { Method: "POST", Path: DeviceDocuments.SetLicence or DeviceDocuments.RemoveCertificates } => PeerReply.Json("""{"State":"Succeeded"}"""),
            { Method: "PATCH", Path: DeviceDocuments.AdminAccount } => NewPassword(request),
            { Method: "GET", Path: DeviceDocuments.AdminAccount } => PeerReply.Json(Documents[request.Path], 200, $"ETag: {AccountTag}"),
            { Method: "GET" } when request.Path == DeviceDocuments.Entries => PeerReply.Json(DeviceDocuments.EntriesPage(Documents[request.Path], request.Target)),
            { Method: "GET" } when Documents.TryGetValue(request.Path, out var document) => PeerReply.Json(document),
            _ => PeerReply.Error(404, "ResourceMissingAtURI"),
        };
    }

    /// <summary>Entity tag that the administrator's account has now.</summary>
    public string AccountTag { get; set; } = "\"tag-1\"";

    private PeerReply NewPassword(PeerRequest request)
    {
        if (request.Header("If-Match") != AccountTag)
        {
            return PeerReply.Error(412, "PreconditionFailed");
        }

        Accounts["oob-admin"] = (string)System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["Password"]!;
        foreach (var (session, user) in _tokens)
        {
            if (user == "oob-admin")
            {
                _tokens.TryRemove(session, out _);
            }
        }

        return PeerReply.Json(Documents[request.Path]);
    }

    private PeerReply Login(PeerRequest request)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(request.Body)!;
        if (!Accounts.TryGetValue((string)body["UserName"]!, out var password) || password != (string)body["Password"]!)
        {
            return PeerReply.Error(401, "ResourceAtUriUnauthorized");
        }

        var token = Guid.NewGuid().ToString("N");
        _tokens[token] = (string)body["UserName"]!;
        return PeerReply.Json("{}", 201, $"X-Auth-Token: {token}", $"Location: {DeviceDocuments.Sessions}/{token[..6]}");
    }

    private async Task<PeerRequest?> ReadAsync(SslStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var start = lines[0].Split(' ');
        return new PeerRequest(start[0], start[1], headers, Encoding.UTF8.GetString(body));
    }
}
