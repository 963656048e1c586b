using System.ComponentModel;
using System.Diagnostics;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>The scripts of folder AzureSdk with the packages of their lock file, in a folder of their own.</summary>
internal sealed class NodeScripts : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly ScratchDirectory _folder = new();

    private NodeScripts()
    {
    }

    /// <summary>Installs the packages; null when this machine has no Node.js.</summary>
    public static async Task<NodeScripts?> InstallAsync(CancellationToken stop)
    {
        var scripts = new NodeScripts();
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Api", "Arm", "AzureSdk")))
            {
                File.Copy(file, Path.Combine(scripts._folder.Path, Path.GetFileName(file)));
            }

            await scripts.StartAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], new Dictionary<string, string>(), stop);
            return scripts;
        }
        catch (Win32Exception)
        {
            scripts.Dispose();
            return null;
        }
    }

    /// <summary>Runs a script to its end and returns what it printed; a script that fails is an error with what it printed.</summary>
    public Task<string> RunAsync(string script, IReadOnlyDictionary<string, string> environment, CancellationToken stop) => StartAsync("node", [script], environment, stop);

    public void Dispose() => _folder.Dispose();

    private async Task<string> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(enough.Token), process.StandardError.ReadToEndAsync(enough.Token));
            await process.WaitForExitAsync(enough.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
