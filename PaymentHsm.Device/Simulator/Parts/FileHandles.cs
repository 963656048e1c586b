using System.Globalization;

namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>How many file handles a process may have, and how many a fleet takes.</summary>
internal static class FileHandles
{
    /// <summary>For the program's own files and the control API.</summary>
    private const int Base = 400;

    /// <summary>Listening sockets of a device: Redfish, host commands over TCP, TLS and UDP, management; and its share of the rack's two.</summary>
    private const double Listening = 5.3;

    /// <summary>With a poller and a host connected to it.</summary>
    private const double Connected = 7;

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

    /// <summary>What so many devices take before anybody connects.</summary>
    public static int NeededBy(int devices) => (int)Math.Ceiling(devices * Listening) + Base;

    /// <summary>The most devices that can listen.</summary>
    public static int MostDevices(int limit) => Math.Max(0, (int)((limit - Base) / Listening));

    /// <summary>Over how many processes so many devices have to be spread.</summary>
    public static int ProcessesFor(int devices, int? limit) =>
        limit is { } most && most > Base ? Math.Max(1, (int)Math.Ceiling(devices * Connected / (most - Base))) : 1;
}
