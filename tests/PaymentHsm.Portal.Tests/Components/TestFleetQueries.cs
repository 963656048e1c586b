using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Fleet;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Answers what a test put in, and remembers what it was asked.</summary>
internal sealed class TestFleetQueries : IFleetQueries
{
    private readonly List<FleetFilter> _asked = [];

    public IReadOnlyList<FleetFilter> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public FleetPage Page { get; set; } = new(0, []);

    public DeviceDetail? Device { get; set; }

    public Task<FleetPage> PageAsync(FleetFilter filter, CancellationToken cancellationToken)
    {
        lock (_asked)
        {
            _asked.Add(filter);
        }

        return Task.FromResult(Page);
    }

    public Task<DeviceDetail?> DeviceAsync(HsmSerial serial, Actor viewer, CancellationToken cancellationToken) =>
        Task.FromResult(Device?.Tile.Serial == serial ? Device : null);

    public Task<IReadOnlyList<StampCapacity>> CapacityAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StampCapacity>>([]);

    public Task<IReadOnlyList<SearchHit>> SearchAsync(string text, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SearchHit>>([]);
}
