using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// The HSM audit log of one simulated unit, as Q2 and Q6 see it. It is the customer's log, not the out-of-band controller's. Bounded: the oldest record
/// makes room. Safe from any thread; a record is handed out once, whoever asks.
/// </summary>
/// <param name="random">Source of the MAC keys.</param>
internal sealed class HostAuditLog(RandomSource random)
{
    /// <summary>Records kept.</summary>
    public const int Capacity = 2000;

    private readonly Lock _gate = new();
    private readonly List<AuditRecord> _records = [];
    private uint _counter;
    private long _changes;

    /// <summary>Records held.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Rises with every change.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Counter and records, oldest first, to be stored: each as the digits of its wire form.</summary>
    public (uint Counter, IReadOnlyList<string> Records) Save()
    {
        lock (_gate)
        {
            return (_counter, [.. _records.Select(ToText)]);
        }
    }

    /// <summary>Goes on from what was stored.</summary>
    /// <exception cref="HostProtocolException">A record cannot be read.</exception>
    public void Restore(uint counter, IEnumerable<string> records)
    {
        lock (_gate)
        {
            _counter = counter;
            _records.Clear();
            _records.AddRange(records.Select(FromText));
        }
    }

    /// <summary>Adds a record.</summary>
    public void Add(AuditKind kind, CommandCode action, ErrorCode result, DateTimeOffset now)
    {
        Span<byte> key = stackalloc byte[16];
        random(key);
        lock (_gate)
        {
            if (_records.Count == Capacity)
            {
                _records.RemoveAt(0);
            }

            _changes++;
            var unsigned = new AuditRecord(unchecked(++_counter), now, action, (ushort)((int)kind << 14), result, 0, BinaryPrimitives.ReadUInt128BigEndian(key));
            _records.Add(unsigned with { Mac = MacOf(unsigned, key) });
        }
    }

    /// <summary>Takes the oldest record that was not retrieved and marks it. Refusals: 35 empty, 36 all retrieved.</summary>
    public (ErrorCode Error, AuditRecord? Record) TakeNext()
    {
        lock (_gate)
        {
            if (_records.Count == 0)
            {
                return (ErrorCode.NoAuditRecords, null);
            }

            var index = _records.FindIndex(record => !record.IsRetrieved);
            if (index < 0)
            {
                return (ErrorCode.NothingMatches, null);
            }

            var taken = _records[index] with { Mask = (ushort)(_records[index].Mask | AuditRecord.RetrievedFlag) };
            _records[index] = taken;
            _changes++;
            return (ErrorCode.Success, taken);
        }
    }

    /// <summary>Deletes retrieved or archived records. Refusals: 35 empty, 36 none matches.</summary>
    public (ErrorCode Error, int Deleted) Delete(bool archived)
    {
        lock (_gate)
        {
            if (_records.Count == 0)
            {
                return (ErrorCode.NoAuditRecords, 0);
            }

            var deleted = _records.RemoveAll(record => archived ? record.IsArchived : record.IsRetrieved);
            _changes++;
            return (deleted == 0 ? ErrorCode.NothingMatches : ErrorCode.Success, deleted);
        }
    }

    /// <summary>Erasure of the unit: records and counter go.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
            _counter = 0;
            _changes++;
        }
    }

    private static string ToText(AuditRecord record)
    {
        Span<byte> text = stackalloc byte[AuditRecord.Length];
        var writer = new FieldWriter(text);
        record.Encode(ref writer);
        return Encoding.ASCII.GetString(text);
    }

    private static AuditRecord FromText(string text)
    {
        var reader = new FieldReader(Encoding.ASCII.GetBytes(text));
        return AuditRecord.Decode(ref reader);
    }

    // The unit's own MAC algorithm is not documented; ours is HMAC-SHA-256 cut to the field, over the record without flags and MAC.
    private static ulong MacOf(AuditRecord record, ReadOnlySpan<byte> key)
    {
        Span<byte> text = stackalloc byte[AuditRecord.Length];
        var writer = new FieldWriter(text);
        record.Encode(ref writer);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text[..32], mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac);
    }
}
