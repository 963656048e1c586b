using Microsoft.Extensions.Hosting;
using PaymentHsm.Device.Transport;

namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>What has to hold before a fleet starts, whole or in parts.</summary>
internal static class FleetRules
{
    /// <summary>Judges settings and machine.</summary>
    /// <param name="devices">Devices of this very process.</param>
    /// <exception cref="InvalidOperationException">The message says what to do.</exception>
    public static void Judge(SimulatorOptions options, string environment, int devices)
    {
        if (string.Equals(environment, Environments.Production, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException("The simulated fleet does not start in the Production environment. Set PaymentHsm:Simulator:Enabled to false and enrol real devices.");
        }

        if (!options.ControlUrl.IsLoopback || options.ControlUrl.Scheme != Uri.UriSchemeHttp)
        {
            throw new InvalidOperationException($"The simulator's control API listens on loopback only, by plain HTTP; '{options.ControlUrl}' is something else.");
        }

        if (FileHandles.Limit() is { } limit && FleetHandles.NeededBy(devices) > limit)
        {
            throw new InvalidOperationException(
                $"{devices} simulated devices take about {FleetHandles.NeededBy(devices)} file handles, and this process may have {limit}. Raise the limit (ulimit -n), "
                + $"take at most {FleetHandles.MostDevices(limit)} devices, or run the fleet by itself with the verb 'simulate', which spreads it over several processes.");
        }
    }

    /// <summary>Takes a folder for this process; the system gives it back when the process ends, however it ends.</summary>
    /// <exception cref="InvalidOperationException">Another process has it.</exception>
    public static FileStream Claim(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem)
        {
            throw new InvalidOperationException($"Another process simulates a fleet from '{Path.GetDirectoryName(path)}'.", problem);
        }
    }
}
