using System.Diagnostics;

namespace PaymentHsm.Benchmarks.Targets;

/// <summary>The polled side in a process of its own, so that its cost is not in the figures. It ends when its input does, even if this process is killed.</summary>
internal sealed class TargetProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private TargetProcess(Process process, string announcement) => (_process, Announcement) = (process, announcement);

    /// <summary>The line with which it said that it is up.</summary>
    public string Announcement { get; }

    public static async Task<TargetProcess> StartAsync(IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TargetProcess).Assembly.Location);
        }

        foreach (var argument in arguments.Prepend("targets"))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(StartLimit, stop);
        return line is not null
            ? new TargetProcess(process, line)
            : throw new InvalidOperationException("The targets ended before they were up; their message is above.");
    }

    /// <summary>Gives a command and waits for the answer.</summary>
    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await _process.StandardOutput.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
