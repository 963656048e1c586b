namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>The entries that a device still holds: at most <see cref="Capacity"/>, the oldest go first (<c>WrapsWhenFull</c>). Not thread-safe: the device's lock guards it.</summary>
internal sealed class AuditLog(IEnumerable<AuditEntry> entries)
{
    /// <summary>Most entries held.</summary>
    public const int Capacity = 10_000;

    private readonly List<AuditEntry> _entries = [.. entries.TakeLast(Capacity)];

    /// <summary>Entries held.</summary>
    public int Count => _entries.Count;

    /// <summary>True once an entry was lost to a newer one.</summary>
    public bool Overflow => _entries.Count > 0 && _entries[0].Id > 1;

    /// <summary>Adds entries in rising order of id.</summary>
    public void Add(IEnumerable<AuditEntry> entries)
    {
        _entries.AddRange(entries);
        if (_entries.Count > Capacity)
        {
            _entries.RemoveRange(0, _entries.Count - Capacity);
        }
    }

    /// <summary>The entry with that id; null when it was never written or is overwritten.</summary>
    public AuditEntry? Find(long id)
    {
        var index = _entries.Count == 0 ? -1 : id - _entries[0].Id;
        return index >= 0 && index < _entries.Count ? _entries[(int)index] : null;
    }

    /// <summary>Entries above <paramref name="after"/>, ascending.</summary>
    public IReadOnlyList<AuditEntry> Above(long after)
    {
        var first = _entries.FindIndex(e => e.Id > after);
        return first < 0 ? [] : _entries.GetRange(first, _entries.Count - first);
    }
}
