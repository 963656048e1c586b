using PaymentHsm.Device.Transport;

namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>How many file handles a fleet takes.</summary>
internal static class FleetHandles
{
    /// <summary>Listening sockets of a device: Redfish, host commands over TCP, TLS and UDP, management; and its share of the rack's two.</summary>
    private const double Listening = 5.3;

    /// <summary>With a portal that polls it over the usual four connections, and a host connected to it.</summary>
    private const double Connected = 10.5;

    /// <summary>What so many devices take before anybody connects.</summary>
    public static int NeededBy(int devices) => (int)Math.Ceiling(devices * Listening) + FileHandles.OfTheProgram;

    /// <summary>The most devices that can listen.</summary>
    public static int MostDevices(int limit) => Math.Max(0, (int)((limit - FileHandles.OfTheProgram) / Listening));

    /// <summary>Over how many processes so many devices have to be spread.</summary>
    public static int ProcessesFor(int devices, int? limit) =>
        limit is { } most && most > FileHandles.OfTheProgram ? Math.Max(1, (int)Math.Ceiling(devices * Connected / (most - FileHandles.OfTheProgram))) : 1;
}
