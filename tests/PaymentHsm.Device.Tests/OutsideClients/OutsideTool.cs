using System.Diagnostics;

namespace PaymentHsm.Device.Tests.OutsideClients;

/// <summary>A program of another maker, as Debian packages it.</summary>
internal static class OutsideTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The distribution's interpreter: another one would not see the distribution's packages.</summary>
    public const string Python = "/usr/bin/python3";

    public const string Redfishtool = "/usr/bin/redfishtool";

    /// <summary>
    /// True when the check succeeds. When it does not, the test says what to install and has nothing to show; on the build machine, which installs it, that
    /// is a failure.
    /// </summary>
    public static async Task<bool> IsThereAsync(string package, string program, params string[] check)
    {
        if (File.Exists(program) && (await RunAsync(program, check)).ExitCode == 0)
        {
            return true;
        }

        var advice = $"Nothing was tested: install it with 'apt-get install --no-install-recommends {package}'.";
        Assert.True(Environment.GetEnvironmentVariable("CI") is null or "", advice);
        TestContext.Current.TestOutputHelper?.WriteLine(advice);
        return false;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // These would take the place of the certificate authority that the test names, and of the loopback address.
        foreach (var name in new[] { "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy" })
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
            return (process.ExitCode, await output, await error);
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
