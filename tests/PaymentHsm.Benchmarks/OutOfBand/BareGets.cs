using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PaymentHsm.Device.Enrolment;

namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>The least that a poll can cost: a pooled HttpClient, a GET, the body as a JSON document, thrown away. Same trust, no sessions, limits, retries or readings.</summary>
internal sealed class BareGets : IDisposable
{
    private readonly HttpClient _client;

    public BareGets(TrustAnchors trust)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(trust.Roots);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } });
    }

    /// <summary>Opens a session, as the driver has one.</summary>
    public async Task<string> LoginAsync(Uri origin, AccountCredential account, CancellationToken stop)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { account.UserName, account.Password }), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(origin, "/redfish/v1/SessionService/Sessions"), body, stop);
        return answer.EnsureSuccessStatusCode().Headers.GetValues("X-Auth-Token").Single();
    }

    /// <summary>One GET.</summary>
    public async Task GetAsync(Uri uri, string token, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("X-Auth-Token", token);
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await using var stream = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(stop);
        using var document = await JsonDocument.ParseAsync(stream, default, stop);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException($"{uri} is no object.");
        }
    }

    public void Dispose() => _client.Dispose();
}
