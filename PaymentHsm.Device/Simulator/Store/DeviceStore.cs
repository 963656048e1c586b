using System.Text.Json;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Simulator.Store;

/// <summary>
/// Keeps devices on disk: the state as one small file that is replaced, the audit log as lines that are appended. The entries go first and the
/// state commits them: entries that the state does not know of belong to a change that never happened, and are dropped at load.
/// </summary>
internal sealed class DeviceStore(string folder)
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(folder, "devices")).FullName;
    private readonly Dictionary<string, int> _lines = [];
    private readonly Lock _lock = new();

    /// <summary>The stored state; null for a device that never changed since delivery.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public DeviceState? LoadState(string serial)
    {
        var path = StateFile(serial);
        return File.Exists(path)
            ? JsonSerializer.Deserialize<DeviceState>(File.ReadAllBytes(path), SimulatorFiles.Json) ?? throw new InvalidDataException($"{path} is empty.")
            : null;
    }

    /// <summary>Stored entries below <paramref name="nextEntry"/>; null when none were ever stored.</summary>
    public IReadOnlyList<AuditEntry>? LoadEntries(string serial, long nextEntry)
    {
        var path = LogFile(serial);
        if (!File.Exists(path) || !File.Exists(StateFile(serial)))
        {
            return null;
        }

        var entries = new List<AuditEntry>();
        foreach (var line in File.ReadLines(path))
        {
            // A line that was cut off by the end of the process is above the mark by construction.
            if (!line.EndsWith('}') || JsonSerializer.Deserialize<AuditEntry>(line, SimulatorFiles.Json) is not { } entry || entry.Id >= nextEntry)
            {
                break;
            }

            entries.Add(entry);
        }

        Rewrite(path, serial, entries.TakeLast(AuditLog.Capacity));
        return entries;
    }

    /// <summary>Stores a change. When it returns, the change survives the death of the process.</summary>
    /// <param name="serial">The device.</param>
    /// <param name="state">State after the change.</param>
    /// <param name="all">All entries held, the new ones included.</param>
    /// <param name="added">The new entries.</param>
    public void Save(string serial, DeviceState state, IReadOnlyList<AuditEntry> all, IReadOnlyList<AuditEntry> added)
    {
        if (!Known(serial, out var lines) || lines + added.Count > AuditLog.Capacity * 2)
        {
            Rewrite(LogFile(serial), serial, all);
        }
        else if (added.Count > 0)
        {
            using var file = SimulatorFiles.Open(LogFile(serial), FileMode.Append);
            file.Write(Lines(added));
            Count(serial, lines + added.Count);
        }

        SimulatorFiles.WriteWhole(StateFile(serial), JsonSerializer.SerializeToUtf8Bytes(state, SimulatorFiles.Json));
    }

    /// <summary>What the host port remembers; null when nothing was ever stored, or when the file is damaged: its loss is bearable, a device that does not start is not.</summary>
    public HostMemoryState? LoadHost(string serial)
    {
        var path = HostFile(serial);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<HostMemoryState>(File.ReadAllBytes(path), SimulatorFiles.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Stores what the host port remembers.</summary>
    public void SaveHost(string serial, HostMemoryState state) =>
        SimulatorFiles.WriteWhole(HostFile(serial), JsonSerializer.SerializeToUtf8Bytes(state, SimulatorFiles.Json));

    private static byte[] Lines(IEnumerable<AuditEntry> entries)
    {
        using var buffer = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(buffer, entry, SimulatorFiles.Json);
            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }

    private void Rewrite(string path, string serial, IEnumerable<AuditEntry> entries)
    {
        var kept = entries.ToList();
        SimulatorFiles.WriteWhole(path, Lines(kept));
        Count(serial, kept.Count);
    }

    private bool Known(string serial, out int lines)
    {
        lock (_lock)
        {
            return _lines.TryGetValue(serial, out lines);
        }
    }

    private void Count(string serial, int lines)
    {
        lock (_lock)
        {
            _lines[serial] = lines;
        }
    }

    private string StateFile(string serial) => Path.Combine(_folder, serial + ".json");

    private string HostFile(string serial) => Path.Combine(_folder, serial + ".host.json");

    private string LogFile(string serial) => Path.Combine(_folder, serial + ".audit.jsonl");
}
