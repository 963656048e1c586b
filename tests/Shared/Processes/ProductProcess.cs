using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace PaymentHsm.Tests.Processes;

/// <summary>The real program in a process of its own, so that a test can kill it as a power cut would.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    /// <summary>Beside the tests that refer to it, or where a project that only runs it says it was built.</summary>
    private static readonly string Program =
        typeof(ProductProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "Program")?.Value ?? Path.Combine(AppContext.BaseDirectory, "PaymentHsm.Portal.dll");

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProductProcess(ProcessStartInfo start, string announcement)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Take(e.Data, announcement);
        _process.ErrorDataReceived += (_, e) => Take(e.Data, announcement);
        _process.Exited += (_, _) => _announced.TrySetException(new InvalidOperationException($"The program ended with {_process.ExitCode} before it was up:\n{Output}"));
    }

    /// <summary>Everything it printed so far.</summary>
    public string Output => string.Join('\n', _output);

    public int ExitCode => _process.ExitCode;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts the program and waits for the line that contains <paramref name="announcement"/>; returns it with the process.</summary>
    public static async Task<(ProductProcess Process, string Line)> StartAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory, string announcement, CancellationToken stop, int? fileHandles = null)
    {
        var process = new ProductProcess(StartInfo(arguments, environment, workingDirectory, fileHandles), announcement);
        process.Begin();
        try
        {
            return (process, await process._announced.Task.WaitAsync(StartLimit, stop));
        }
        catch
        {
            var output = process.Output;
            await process.DisposeAsync();
            throw new InvalidOperationException($"The program did not say '{announcement}'. It printed:\n{output}");
        }
    }

    /// <summary>Runs the program to its end; for starts that must be refused.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory, CancellationToken stop)
    {
        await using var process = new ProductProcess(StartInfo(arguments, environment, workingDirectory), "\0");
        process.Begin();
        await process._process.WaitForExitAsync(stop).WaitAsync(StartLimit, stop);
        return (process.ExitCode, process.Output);
    }

    /// <summary>kill -9: no shutdown code runs.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does, and waits for the end; returns its exit code.</summary>
    public async Task<int> TerminateAsync(TimeSpan limit)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await KillAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _ = _announced.Task.Exception;
        _process.Dispose();
    }

    /// <summary>With at most so many file handles, where the system has such a limit.</summary>
    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string workingDirectory, int? fileHandles = null)
    {
        var limited = fileHandles is not null && OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(limited ? "sh" : "dotnet") { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in limited ? ["-c", $"ulimit -n {fileHandles} && exec dotnet \"$@\"", "sh"] : Array.Empty<string>())
        {
            start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What the test host was given must not leak into the program.
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private void Begin()
    {
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Take(string? line, string announcement)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (line.Contains(announcement, StringComparison.Ordinal))
        {
            _announced.TrySetResult(line);
        }
    }
}
