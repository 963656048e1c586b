using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PaymentHsm.Tests.Processes;

/// <summary>A portal in its own process with a store of its own, and a client that speaks as any persona.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly ProductProcess _process;

    private PortalProcess(ProductProcess process, Uri address, Uri secureAddress) => (_process, Address, SecureAddress) = (process, address, secureAddress);

    public Uri Address { get; }

    /// <summary>The same over TLS, with a certificate of the authority in <c>portal-ca.pem</c>.</summary>
    public Uri SecureAddress { get; }

    public string Output => _process.Output;

    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>Starts a portal on free ports over <paramref name="directory"/>; <paramref name="settings"/> are keys below PaymentHsm.</summary>
    public static async Task<PortalProcess> StartAsync(string directory, IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0;https://127.0.0.1:0",
            ["PaymentHsm__DataDirectory"] = directory,
            ["PaymentHsm__Identity__Provider"] = "Development",
            ["PaymentHsm__Simulator__ControlUrl"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in settings)
        {
            environment["PaymentHsm__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var (process, line) = await ProductProcess.StartAsync([], environment, directory, "PaymentHsm is at", stop);
        return new PortalProcess(process, new Uri(HttpAddress().Match(line).Value), new Uri(HttpsAddress().Match(line).Value));
    }

    /// <summary>A client of the operator API, signed in as a persona; nobody when null.</summary>
    public HttpClient Client(string? persona)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (persona is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev-" + persona);
        }

        return client;
    }

    /// <summary>Reads until the condition holds; fails with the last answer when it never does.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition, CancellationToken stop, TimeSpan? limit = null)
    {
        using var client = Client("auditor1");
        return await Poll.UntilAsync(async () => await client.GetFromJsonAsync<JsonElement>(path, stop), condition, stop, limit);
    }

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex HttpAddress();

    [GeneratedRegex(@"https://127\.0\.0\.1:\d+")]
    private static partial Regex HttpsAddress();
}
