using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>
/// One change of one device in the making: the next state and the audit entries that go with it. The rules work on it and touch nothing else;
/// the device then writes and publishes it as one.
/// </summary>
internal sealed class Change(DeviceIdentity device, DeviceState state, DateTimeOffset at, TimeSpan restartTime)
{
    private readonly List<AuditEntry> _entries = [];

    public DeviceIdentity Device { get; } = device;

    /// <summary>The state so far.</summary>
    public DeviceState State { get; set; } = state;

    /// <summary>When the change happens: for something due, its due time, even if it is noticed later.</summary>
    public DateTimeOffset At { get; set; } = at;

    /// <summary>How long a whole restart takes.</summary>
    public TimeSpan RestartTime { get; } = restartTime;

    /// <summary>Entries written so far.</summary>
    public IReadOnlyList<AuditEntry> Entries => _entries;

    /// <summary>Writes an audit entry with the boot counter and allocation of this moment.</summary>
    public void Write(string key, string[] args, string? user = null, Guid? operation = null, string origin = "/redfish/v1/Systems/hsm", string? allocation = null)
    {
        var id = State.NextEntry;
        _entries.Add(new AuditEntry(
            id, At, EventId(Device.Serial, id), key, [.. args], user, operation, allocation ?? State.Allocation, State.BootId, origin));
        State = State with { NextEntry = id + 1 };
    }

    /// <summary>Moves the commission state.</summary>
    public void Commission(CommissionState next) => State = State with { Commission = next, CommissionChanged = At };

    /// <summary>Puts things on the agenda, kept in order of time.</summary>
    public void Plan(params AgendaItem[] items) =>
        State = State with { Agenda = [.. State.Agenda.Concat(items).OrderBy(i => i.At)] };

    /// <summary>A time counted in restarts from now.</summary>
    public DateTimeOffset In(double restarts) => At + (RestartTime * restarts);

    /// <summary>Opens a task and gives its id.</summary>
    public string OpenTask(string name, Guid? operation, string? phase)
    {
        var id = State.NextTask.ToString(System.Globalization.CultureInfo.InvariantCulture);
        State = State with
        {
            NextTask = State.NextTask + 1,
            Tasks = State.Tasks.Add(new TaskRecord(id, name, "Running", "OK", At, null, 0, operation, phase, null, [])),
        };
        return id;
    }

    /// <summary>Changes a task; a task already gone by age is left gone.</summary>
    public void UpdateTask(string? id, Func<TaskRecord, TaskRecord> update) =>
        State = State with { Tasks = [.. State.Tasks.Select(t => t.Id == id ? update(t) : t)] };

    /// <summary>Changes an operation record.</summary>
    public void UpdateOperation(Guid? id, Func<OperationRecord, OperationRecord> update) =>
        State = State with { Operations = [.. State.Operations.Select(o => o.Id == id ? update(o) : o)] };

    /// <summary>Ends an operation and its task together.</summary>
    public void End(AgendaItem item, bool good, string key, params string[] args)
    {
        UpdateTask(item.TaskId, t => t with
        {
            State = good ? "Completed" : "Exception",
            Status = good ? "OK" : "Critical",
            End = At,
            Percent = good ? 100 : t.Percent,
            Phase = t.Phase is null ? null : good ? "Done" : "Failed",
            ResultKey = key,
            ResultArgs = [.. args],
        });
        UpdateOperation(item.Operation, o => o with { State = good ? OperationState.Succeeded : OperationState.Failed, CompletedAt = At, ResultKey = key });
    }

    /// <summary>Same serial and id, same event id: a device that is asked twice tells the same.</summary>
    private static Guid EventId(string serial, long id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(serial + "#" + id.ToString(System.Globalization.CultureInfo.InvariantCulture)), hash);
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0fff) | 0x4000));
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
