using System.Security.Cryptography;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>A session.</summary>
internal sealed record Session(string Id, string Token, string UserName, string RoleId, DateTimeOffset Created)
{
    /// <summary>Last use.</summary>
    public DateTimeOffset Used { get; set; } = Created;
}

/// <summary>Sessions of one service: in memory, ended after ten idle minutes, as on a real controller lost with its power.</summary>
internal sealed class Sessions(TimeProvider time)
{
    /// <summary>Idle limit (<c>SessionService.SessionTimeout</c>).</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(600);

    private readonly Lock _lock = new();
    private List<Session>? _sessions;

    /// <summary>Live sessions, oldest first.</summary>
    public IReadOnlyList<Session> All
    {
        get
        {
            lock (_lock)
            {
                Expire();
                return [.. _sessions ?? []];
            }
        }
    }

    /// <summary>Opens a session.</summary>
    public Session Open(string userName, string roleId)
    {
        var session = new Session(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), userName, roleId, time.GetUtcNow());
        lock (_lock)
        {
            Expire();
            (_sessions ??= []).Add(session);
        }

        return session;
    }

    /// <summary>The session of a token, its idle time starting anew; null when there is none.</summary>
    public Session? Use(string token)
    {
        lock (_lock)
        {
            Expire();
            var session = _sessions?.Find(s => s.Token == token);
            session?.Used = time.GetUtcNow();
            return session;
        }
    }

    /// <summary>Ends a session; false when there is none.</summary>
    public bool End(string id)
    {
        lock (_lock)
        {
            return _sessions?.RemoveAll(s => s.Id == id) > 0;
        }
    }

    /// <summary>Ends every session of an account, or of all accounts.</summary>
    public void EndAll(string? userName = null)
    {
        lock (_lock)
        {
            _sessions?.RemoveAll(s => userName is null || s.UserName == userName);
        }
    }

    private void Expire()
    {
        var limit = time.GetUtcNow() - IdleLimit;
        _sessions?.RemoveAll(s => s.Used <= limit);
    }
}
