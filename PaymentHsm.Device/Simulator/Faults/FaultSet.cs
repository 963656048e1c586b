namespace PaymentHsm.Device.Simulator.Faults;

/// <summary>The faults injected into one device at present. Kept in memory: a simulator that comes back is sound.</summary>
internal sealed class FaultSet(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, DateTimeOffset Since, int Left)> _faults = [];

    /// <summary>Raised after every change, outside of the lock.</summary>
    public event Action? Changed;

    /// <summary>All faults, in the order in which they came, each with the number of requests that it will still meet.</summary>
    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults.Select(f => f.Fault.Count > 0 ? f.Fault with { Count = f.Left } : f.Fault)];
            }
        }
    }

    /// <summary>Injects a fault.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add((fault, time.GetUtcNow(), fault.Count));
        }

        Changed?.Invoke();
    }

    /// <summary>Lifts every fault.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }

        Changed?.Invoke();
    }

    /// <summary>A standing fault of that kind is in force.</summary>
    public bool Holds(FaultKind kind)
    {
        lock (_lock)
        {
            return _faults.Count > 0 && _faults.Exists(f => f.Fault.Kind == kind);
        }
    }

    /// <summary>Since when a standing fault of that kind holds; null when it does not.</summary>
    public DateTimeOffset? HeldSince(FaultKind kind)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(f => f.Fault.Kind == kind);
            return index < 0 ? null : _faults[index].Since;
        }
    }

    /// <summary>Takes what meets a request, and spends it: a fault with a count of one meets one request.</summary>
    public IReadOnlyList<Fault> Take(string method, string path)
    {
        lock (_lock)
        {
            if (_faults.Count == 0)
            {
                return [];
            }

            var met = new List<Fault>();
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, since, left) = _faults[i];
                if (fault.IsStanding || !(fault.Match?.Meets(method, path) ?? true))
                {
                    continue;
                }

                met.Add(fault);
                _faults[i] = (fault, since, left - 1);
            }

            _faults.RemoveAll(f => f.Fault.Count > 0 && f.Left <= 0);
            return met;
        }
    }
}
