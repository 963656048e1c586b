using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Api.Arm;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>The API alone behind the portal's own sign-in and error pages, on a real socket, over a desk that does as the test says.</summary>
public sealed class ArmHost : IAsyncLifetime
{
    private readonly ArmSettings _limits;
    private WebApplication _app = null!;

    public ArmHost()
        : this(new ArmSettings())
    {
    }

    internal ArmHost(ArmSettings limits) => _limits = limits;

    internal TestResourceDesk Desk { get; } = new();

    internal TestRefusalLog Refusals { get; } = new();

    internal Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();

        // As behind a reverse proxy.
        builder.Configuration["ForwardedHeaders_Enabled"] = "true";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var settings = new PortalSettings { Identity = new IdentitySettings { Provider = IdentityProvider.Development }, Arm = _limits };
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddProblemDetails();
        builder.Services.AddSingleton<IFleetFeed>(new TestFleetFeed(
            TestTiles.Tile("A4665270118C"), TestTiles.Tile("A4665270155L", stamp: "stamp2"), TestTiles.Tile("A4665270192V", region: "westeurope"), TestTiles.Tile("A4665270229J", region: "westeurope", stamp: "stamp2")));
        builder.Services.AddSignIn(settings, builder.Configuration).AddArmApi().AddOutsideAddress();
        builder.Services.AddSingleton<IResourceDesk>(Desk).AddSingleton<IRefusalLog>(Refusals);
        _app = builder.Build();
        _app.UseExceptionHandler();
        _app.UseAnswersForEmptyErrors();
        _app.UseArmEnvelope();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapSignIn();
        _app.MapArmApi();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Sends as a persona (null: with no token); a text goes as it is, anything else as JSON.</summary>
    internal async Task<ArmAnswer> SendAsync(HttpMethod method, string path, object? body = null, string? persona = "automation1", string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path);
        if (persona is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "dev-" + persona);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, contentType);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var all = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new ArmAnswer((int)answer.StatusCode, all, text);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>An answer with everything that a client could look at.</summary>
internal sealed record ArmAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.GetProperty("error").GetProperty("code").GetString();

    public string Message => Json.GetProperty("error").GetProperty("message").GetString()!;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>Remembers what was logged.</summary>
internal sealed class TestRefusalLog : IRefusalLog
{
    public ConcurrentQueue<AuditNote> Notes { get; } = new();

    public Task NoteAsync(AuditNote note, CancellationToken cancellationToken)
    {
        Notes.Enqueue(note);
        return Task.CompletedTask;
    }
}
