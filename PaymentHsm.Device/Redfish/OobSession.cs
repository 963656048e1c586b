using System.Net.Http.Headers;
using System.Text;
using PaymentHsm.Device.Enrolment;

namespace PaymentHsm.Device.Redfish;

/// <summary>As whom the driver asks.</summary>
internal enum OobRole
{
    /// <summary>Reads; open at all times.</summary>
    Monitor,

    /// <summary>Restarts gracefully and pushes licences.</summary>
    Operator,

    /// <summary>Reclaims, nothing else. Its session is opened for one request and closed after it, never kept.</summary>
    Reclaim,
}

/// <summary>What proves to a service who asks.</summary>
internal interface IOobCredentials
{
    void AddTo(HttpRequestHeaders headers);
}

/// <summary>An open session of a Redfish service.</summary>
internal sealed class OobSession(string token, Uri? location) : IOobCredentials
{
    /// <summary>What to DELETE at log-out; null when the service named none on its own origin.</summary>
    public Uri? Location { get; } = location;

    public void AddTo(HttpRequestHeaders headers) => headers.TryAddWithoutValidation("X-Auth-Token", token);
}

/// <summary>HTTP Basic, for peers without a session service.</summary>
internal sealed class BasicCredentials(AccountCredential account) : IOobCredentials
{
    public void AddTo(HttpRequestHeaders headers) =>
        headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.UserName}:{account.Password}")));
}
