using System.Collections.Concurrent;
using System.Security.Cryptography;
using PaymentHsm.Device.Simulator.Listening;

namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>
/// Hands out free loopback ports, below the range from which systems take the ports of outgoing connections: a port chosen today must still be
/// free when the simulator comes back tomorrow. Only when that range is full are higher ones taken. Each port is held (<see cref="HeldPorts"/>) until its
/// listener takes it or the start lets it go.
/// </summary>
/// <param name="taken">Ports that it does not hand out.</param>
/// <param name="hold">False when other processes will listen: a held port takes a file handle, and this one has not enough for a fleet that is spread over many.</param>
internal sealed class PortBook(IEnumerable<int> taken, bool hold = true)
{
    private const int Lowest = 10_000;
    private const int Highest = 32_000;
    private const int Top = 64_000;

    /// <summary>Ports handed out in this process, by any book: a fleet that stops for a moment finds its own again.</summary>
    private static readonly ConcurrentDictionary<int, bool> HandedOut = [];

    private readonly HashSet<int> _taken = [.. taken];
    private int _next = RandomNumberGenerator.GetInt32(Lowest, Highest);
    private int _tried;

    /// <summary>The next free port.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public int Take()
    {
        while (_tried++ < Top - Lowest)
        {
            // Round the low range once, then on upwards.
            _next = _tried == Highest - Lowest ? Highest : _next + 1;
            if (_tried < Highest - Lowest && _next >= Highest)
            {
                _next = Lowest;
            }

            if (_taken.Add(_next) && !HandedOut.ContainsKey(_next) && HeldPorts.TryHold(_next) && HandedOut.TryAdd(_next, true))
            {
                if (!hold)
                {
                    HeldPorts.LetGo([_next]);
                }

                return _next;
            }
        }

        throw new InvalidOperationException("There are not enough free ports on this machine for a fleet of that size.");
    }
}
