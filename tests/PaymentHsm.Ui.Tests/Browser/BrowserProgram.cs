using System.Diagnostics;

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>Finds a Chromium of this machine, or installs one, so that a fresh machine needs nothing but the SDK.</summary>
internal static class BrowserProgram
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome"];

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        @"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Path of a browser; null when Playwright's own was installed and is to be used.</summary>
    /// <exception cref="InvalidOperationException">There is none and none could be installed.</exception>
    public static string? FindOrInstall()
    {
        if (Find() is { } found)
        {
            return found;
        }

        if (Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0)
        {
            return null;
        }

        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            Run("apt-get", "-o DPkg::Lock::Timeout=500 update -qq");
            Run("apt-get", "-o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends chromium");
        }

        return Find() ?? throw new InvalidOperationException(
            "The browser tests need Chromium, Chrome or Edge. None is on this machine and none could be installed. Install one (Debian: apt-get install chromium) and run again.");
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .Concat(Places)
            .FirstOrDefault(File.Exists);

    private static void Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false });
        process?.WaitForExit();
    }
}
