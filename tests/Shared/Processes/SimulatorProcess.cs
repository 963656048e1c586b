using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PaymentHsm.Tests.Processes;

/// <summary>A simulated fleet in its own process: it remembers when the portal is killed.</summary>
internal sealed partial class SimulatorProcess : IAsyncDisposable
{
    private readonly ProductProcess _process;
    private readonly HttpClient _control;

    private SimulatorProcess(ProductProcess process, Uri control) => (_process, _control, Control) = (process, new HttpClient { BaseAddress = control }, control);

    /// <summary>Address of the control API: a portal's <c>Fleet:Source</c>.</summary>
    public Uri Control { get; }

    /// <summary>Starts a fleet; its control API listens on a free port, or where <paramref name="control"/> says. With 0 processes it takes as many as the file handles demand.</summary>
    public static async Task<SimulatorProcess> StartAsync(string directory, int devices, TimeSpan restartTime, CancellationToken stop, int processes = 1, Uri? control = null, int? fileHandles = null)
    {
        string[] arguments = ["simulate", "--devices", $"{devices}", "--control", control?.ToString() ?? "http://127.0.0.1:0", "--data", directory, "--restart-time", $"{restartTime:c}", "--processes", $"{processes}"];
        var (process, line) = await ProductProcess.StartAsync(arguments, new Dictionary<string, string>(), directory, "control API", stop, fileHandles);
        return new SimulatorProcess(process, new Uri(HttpAddress().Match(line).Value));
    }

    /// <summary>Everything it printed so far.</summary>
    public string Output => _process.Output;

    /// <summary>Ends it as a service manager does; returns its exit code.</summary>
    public Task<int> TerminateAsync(TimeSpan limit) => _process.TerminateAsync(limit);

    public Task<JsonElement> DevicesAsync(CancellationToken stop) => _control.GetFromJsonAsync<JsonElement>("/devices", stop);

    /// <summary>How often the device has restarted at an out-of-band request since the fleet was made.</summary>
    public async Task<int> RestartsAsync(string serial, CancellationToken stop) =>
        (await _control.GetFromJsonAsync<JsonElement>($"/devices/{serial}/restarts", stop)).GetProperty("count").GetInt32();

    public Task<JsonElement> ConnectionsAsync(string serial, CancellationToken stop) => _control.GetFromJsonAsync<JsonElement>($"/devices/{serial}/connections", stop);

    /// <summary>Faults still waiting to be met, each with how many times it is left.</summary>
    public Task<JsonElement> FaultsAsync(string serial, CancellationToken stop) => _control.GetFromJsonAsync<JsonElement>($"/devices/{serial}/faults", stop);

    public async Task InjectAsync(string serial, object fault, CancellationToken stop)
    {
        using var answer = await _control.PostAsJsonAsync($"/devices/{serial}/faults", fault, stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearFaultsAsync(string serial, CancellationToken stop)
    {
        using var answer = await _control.DeleteAsync($"/devices/{serial}/faults", stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task PostAsync(string path, object? body, CancellationToken stop)
    {
        using var answer = await _control.PostAsJsonAsync(path, body ?? new { }, stop);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex HttpAddress();
}
