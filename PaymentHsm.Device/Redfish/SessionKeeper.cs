using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// One session per role of one device, one login in flight per device. Before a password leaves, the service's UUID must be the enrolled one, and
/// before a session is used, the system's serial number: nothing is ever sent to another device (OOB-PROFILE 4, 11 IdentitySwap).
/// </summary>
internal sealed class SessionKeeper(RedfishWire wire, DeviceEntry entry, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly ConcurrentDictionary<OobRole, IOobCredentials> _open = new();
    private readonly ConcurrentDictionary<OobRole, DateTimeOffset> _pausedUntil = new();
    private readonly RedfishOrigin _origin = new(entry.Oob.Url);

    /// <summary>The role's session, opened when there is none.</summary>
    /// <exception cref="RedfishException">Not opened; <see cref="LinkFault.AuthFailed"/> also while a refused role rests.</exception>
    public async Task<IOobCredentials> EnsureAsync(OobRole role, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(role, out var open))
        {
            return open;
        }

        await _door.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open.TryGetValue(role, out open))
            {
                return open;
            }

            ThrowIfPaused(role);
            return _open[role] = await OpenAsync(role, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _door.Release();
        }
    }

    /// <summary>Forgets a session that the service no longer knows.</summary>
    public void Forget(OobRole role, IOobCredentials session) => _open.TryRemove(new KeyValuePair<OobRole, IOobCredentials>(role, session));

    /// <summary>Forgets every session: the peer turned out to be another device.</summary>
    public void ForgetAll() => _open.Clear();

    /// <summary>Lets a role rest after its credentials were refused.</summary>
    public void Pause(OobRole role)
    {
        var until = wire.Time.GetUtcNow() + wire.Limits.RefusedLogin;
        _pausedUntil[role] = until;
        log.CredentialsRefused(entry.Device.Serial, AccountOf(role).UserName, until);
    }

    /// <summary>Opens a session of a role for one use, identity checks included; it is not kept and the caller logs out.</summary>
    /// <exception cref="RedfishException">Not opened; <see cref="LinkFault.AuthFailed"/> also while a refused role rests.</exception>
    public Task<IOobCredentials> OpenOnceAsync(OobRole role, CancellationToken cancellationToken)
    {
        ThrowIfPaused(role);
        return OpenAsync(role, cancellationToken);
    }

    /// <summary>Opens a session for an account, identity checks included; not kept.</summary>
    public async Task<IOobCredentials> LoginAsync(AccountCredential account, CancellationToken cancellationToken)
    {
        var root = await ReadRootAsync(cancellationToken).ConfigureAwait(false);
        var sessions = root.At("Links", "Sessions").Link ?? root.At("SessionService").Link?.TrimEnd('/') + "/Sessions";
        IOobCredentials session = root.At("Links", "Sessions").Exists || root.At("SessionService").Exists
            ? await PostSessionAsync(_origin.Resolve(sessions), account, cancellationToken).ConfigureAwait(false)
            : new BasicCredentials(account);
        try
        {
            await ReadSystemAsync(root, session, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await LogOutAsync(session).ConfigureAwait(false);
            throw;
        }

        log.SessionOpened(entry.Device.Serial, account.UserName);
        return session;
    }

    /// <summary>Ends a session; a failure is of no matter, it expires by itself.</summary>
    public async Task LogOutAsync(IOobCredentials session)
    {
        if (session is not OobSession { Location: { } location })
        {
            return;
        }

        try
        {
            // Not the caller's token: a session that was opened is also closed when the caller has gone.
            await wire.ExchangeAsync(new RedfishRequest(HttpMethod.Delete, location, wire.Limits.Session), session, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RedfishException)
        {
        }
    }

    /// <summary>Reads the service root, which needs no credentials, and compares the service's UUID with the enrolled one.</summary>
    public async Task<JsonView> ReadRootAsync(CancellationToken cancellationToken)
    {
        var request = new RedfishRequest(HttpMethod.Get, _origin.Resolve("/redfish/v1/"), wire.Limits.Headers);
        var root = RedfishAnswers.Document(await wire.ExchangeAsync(request, null, cancellationToken).ConfigureAwait(false), request.Uri);
        return root.At("UUID").Id == entry.Device.ServiceId
            ? root
            : throw Wrong($"its service UUID is '{Words.Short(root.At("UUID").Text)}', enrolled is {entry.Device.ServiceId}");
    }

    /// <summary>Reads root and system afresh with a session of the caller's own; UUID and serial number are the enrolled ones when it returns.</summary>
    public async Task<(JsonView Root, JsonView System)> ReadProvenAsync(IOobCredentials session, CancellationToken cancellationToken)
    {
        var root = await ReadRootAsync(cancellationToken).ConfigureAwait(false);
        return (root, await ReadSystemAsync(root, session, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Compares a system's serial number with the enrolled one.</summary>
    public void CheckSerial(JsonView system)
    {
        if (system.At("SerialNumber").Text != entry.Device.Serial.ToString())
        {
            throw Wrong($"its serial number is '{Words.Short(system.At("SerialNumber").Text)}', enrolled is {entry.Device.Serial}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _door.Dispose();

    private async Task<IOobCredentials> OpenAsync(OobRole role, CancellationToken cancellationToken)
    {
        try
        {
            return await LoginAsync(AccountOf(role), cancellationToken).ConfigureAwait(false);
        }
        catch (RedfishException failure) when (failure.Fault == LinkFault.AuthFailed)
        {
            Pause(role);
            throw;
        }
    }

    private async Task<OobSession> PostSessionAsync(Uri sessions, AccountCredential account, CancellationToken cancellationToken)
    {
        var request = new RedfishRequest(HttpMethod.Post, sessions, wire.Limits.Session, RequestBody.Of(new LoginBody(account.UserName, account.Password)));
        RedfishAnswer answer;
        try
        {
            answer = await wire.ExchangeAsync(request, null, cancellationToken).ConfigureAwait(false);
        }
        catch (RedfishException failure) when (failure.Fault == LinkFault.Unreachable)
        {
            answer = await wire.ExchangeAsync(request, null, cancellationToken).ConfigureAwait(false);
        }

        if (!answer.IsSuccess)
        {
            throw answer.Status is 401 or 403
                ? new LoginRefusedException($"Login answered {answer.InWords}.") { Status = answer.Status }
                : RedfishAnswers.Fault(answer, sessions);
        }

        return answer.Token is { } token
            ? new OobSession(token, answer.Location is { } location ? _origin.TryResolve(location) : null)
            : throw new RedfishException(LinkFault.Protocol, $"The login was answered {answer.Status} without a token.");
    }

    private async Task<JsonView> ReadSystemAsync(JsonView root, IOobCredentials session, CancellationToken cancellationToken)
    {
        var systems = await ReadAsync(root.At("Systems").Link, session, cancellationToken).ConfigureAwait(false);
        var system = await ReadAsync(systems.At("Members").Items.FirstOrDefault().Link, session, cancellationToken).ConfigureAwait(false);
        CheckSerial(system);
        return system;
    }

    private async Task<JsonView> ReadAsync(string? link, IOobCredentials session, CancellationToken cancellationToken)
    {
        var uri = _origin.Resolve(link ?? throw new RedfishException(LinkFault.Protocol, "The controller shows no system, so its identity cannot be checked."));
        var answer = await wire.ExchangeAsync(new RedfishRequest(HttpMethod.Get, uri, wire.Limits.Headers), session, cancellationToken).ConfigureAwait(false);
        return RedfishAnswers.Document(answer, uri);
    }

    private RedfishException Wrong(string what)
    {
        ForgetAll();
        log.WrongDevice(entry.Device.Serial, what);
        return new RedfishException(LinkFault.WrongDevice, $"The peer is not {entry.Device.Serial}: {what}. Nothing more was sent.");
    }

    private void ThrowIfPaused(OobRole role)
    {
        if (_pausedUntil.TryGetValue(role, out var until) && wire.Time.GetUtcNow() < until)
        {
            throw new RedfishException(LinkFault.AuthFailed, $"The credentials of {AccountOf(role).UserName} were refused; not tried again before {until:O}.");
        }
    }

    private AccountCredential AccountOf(OobRole role) => role switch
    {
        OobRole.Operator => entry.Oob.Operator,
        OobRole.Reclaim => entry.Oob.Reclaim,
        _ => entry.Oob.Monitor,
    };
}
