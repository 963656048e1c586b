using System.Globalization;

namespace PaymentHsm.Device.Transport;

/// <summary>How many files and sockets this process may have open.</summary>
internal static class FileHandles
{
    /// <summary>For the program's own files and whoever asks it.</summary>
    public const int OfTheProgram = 400;

    /// <summary>The most that this process may have; null where the system does not say. The runtime has raised the soft limit to the hard one.</summary>
    public static int? Limit()
    {
        try
        {
            var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
            var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words is [_, _, _, var soft, ..] && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
