using PaymentHsm.Device.Simulator.Racks;
using PaymentHsm.Device.Simulator.Store;
using PaymentHsm.Device.Transport;

namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>
/// A fleet too large for the file handles of one process: this one keeps the book, the certificates and the control API, and others of the same program
/// simulate a part each. To outsiders it looks like one.
/// </summary>
/// <param name="options">Settings of the whole fleet.</param>
/// <param name="environment">Name of the hosting environment; in Production it refuses to start.</param>
/// <param name="processes">Over how many processes; fewer when the fleet is too small.</param>
/// <param name="start">Starts the process of a part, its control API at the address given, and returns it once it is up.</param>
public sealed class SplitFleet(SimulatorOptions options, string environment, int processes, Func<FleetPart, Uri, CancellationToken, Task<IFleetPartProcess>> start) : IAsyncDisposable
{
    private readonly List<IFleetPartProcess> _parts = [];
    private FileStream? _claim;
    private ControlFront? _front;

    /// <summary>How many processes such a fleet takes on this machine; one means that no split is needed.</summary>
    public static int ProcessesFor(int devices) => FleetHandles.ProcessesFor(devices, FileHandles.Limit());

    /// <summary>Where the control API listens, its port known once started.</summary>
    public Uri ControlUrl { get; private set => field = value; } = options.ControlUrl;

    /// <summary>Ends when a part ended by itself: the fleet is not whole any more.</summary>
    public Task PartLost => Task.WhenAny(_parts.Select(p => p.Ended));

    /// <summary>Starts every part.</summary>
    /// <exception cref="InvalidOperationException">As for a whole fleet; or a part did not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        FleetRules.Judge(options, environment, devices: 0);
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(options.DataDirectory), "simulator")).FullName;
        _claim = FleetRules.Claim(Path.Combine(folder, "lock"));
        var book = FleetBook.Open(folder, options.Devices, TimeProvider.System.GetUtcNow(), hold: false);
        MakeSharedCertificates(folder);

        var parts = FleetPart.Divide(options.Devices, processes);

        // From one book of ports: the parts, each by itself, would find the same ones free.
        var ports = new PortBook(book.Ports, hold: false);
        var fronts = parts.Select(part => (Part: part, Url: new UriBuilder("http", "127.0.0.1", ports.Take()).Uri)).ToList();
        var starting = fronts.ConvertAll(p => start(p.Part, p.Url, cancellationToken));
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            _parts.AddRange(starting.Where(s => s.IsCompletedSuccessfully).Select(s => s.Result));
        }

        var port = options.ControlUrl.Port == 0 ? new PortBook(book.Ports).Take() : options.ControlUrl.Port;
        _front = await ControlFront.StartAsync(port, book, [.. parts.Zip(_parts, (part, process) => (part, process.ControlUrl))], cancellationToken);
        ControlUrl = new UriBuilder(options.ControlUrl) { Host = "127.0.0.1", Port = port }.Uri;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _front, null) is { } front)
        {
            await front.DisposeAsync();
        }

        await Task.WhenAll(_parts.Select(p => p.DisposeAsync().AsTask()));
        _claim?.Dispose();
        _claim = null;
    }

    /// <summary>Once, before the parts could each make their own.</summary>
    private static void MakeSharedCertificates(string folder)
    {
        using var certificates = new SimulatorCertificates(folder, TimeProvider.System);
        certificates.MakeHostClient();
        certificates.HostPorts().Dispose();
    }
}
