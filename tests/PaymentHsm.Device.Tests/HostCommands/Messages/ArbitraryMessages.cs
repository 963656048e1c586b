using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Tests.HostCommands.Messages;

/// <summary>Messages with arbitrary, valid fields from a seed.</summary>
internal sealed class ArbitraryMessages(int seed)
{
    private readonly Random _random = new(seed);

    public StatusAnswer Status()
    {
        var wide = Flag();
        return new StatusAnswer(Up(9), Up(9), Up(wide ? 9999 : 99), Text(9), wide);
    }

    public ComplianceAnswer Compliance() => new((PciCompliance)Up(9), Text(Up(20)));

    public DiagnosticsAnswer Diagnostics() => new(Text(16), Text(9));

    public EchoRequest Echo() => new(Bytes(Up(300)));

    public RandomValueRequest RandomValue() => new(1 + Up(255));

    public NetworkInformationRequest NetworkInformationRequest() => new("12MH"[Up(3)], Flag());

    public NetworkInformationAnswer NetworkInformation(bool statistics) => new(
        Many(() => new NetworkConnection(Up(9), (ushort)Up(ushort.MaxValue), Word(), (ushort)Up(ushort.MaxValue), Up(9), Word())),
        statistics ? new NetworkStatistics(Long(), Long(), Word(), Word(), Word(), Word(), Word(), Word(), Word(), Word(), Word()) : null);

    public LoadingAnswer Loading() => new(Period(), Count(), Many(() => new LoadRange(Up(999), Up(999), Count())));

    public CommandVolumesAnswer Volumes() => new(Period(), Count(), Many(() => new CommandVolume(Code(), _random.NextInt64(1_000_000_000_000))));

    public HealthCountsAnswer HealthCounts() => new(Period(), Count(), Count(), Up(9_999_999), Up(99_999), Up(99_999_999));

    public InstantHealthAnswer InstantHealth()
    {
        var tamper = (TamperWord)Up(9);
        return new InstantHealthAnswer(
            Text(12),
            Moment(),
            new ServiceStates((ServiceState)Up(9), (ServiceState)Up(9), (ServiceState)Up(9), (ServiceState)Up(9)),
            tamper,
            tamper == TamperWord.Tampered ? new TamperEvent(Up(99), Moment()) : null,
            Up(99),
            Up(99),
            Many(() => new LmkReport(Up(99), Flag(), Up(99), Text(1)[0], Text(1)[0], Text(1)[0], Text(Up(40)))),
            Flag(),
            Flag());
    }

    public RetrieveAuditRecordAnswer AuditRecord() => new(new AuditRecord(
        Word(), Moment(), Code(), (ushort)Up(ushort.MaxValue), ErrorCode.Read([(byte)(0x21 + Up(93)), (byte)(0x21 + Up(93))]), Long(), new UInt128(Long(), Long())));

    public DeleteAuditRecordsRequest DeleteAuditRecordsRequest() => new(Flag());

    public DeleteAuditRecordsAnswer DeleteAuditRecords() => new(Up(9999));

    public byte[] Trailer() => Flag() ? [] : [FieldReader.TrailerMark, .. System.Text.Encoding.ASCII.GetBytes(Text(Up(32)))];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public int Up(int inclusive) => _random.Next(inclusive + 1);

    private CollectionPeriod Period() => new(Text(12), Moment(), Moment(), Moment());

    private bool Flag() => Up(1) == 1;

    private uint Word() => (uint)_random.NextInt64(1L << 32);

    private ulong Long() => (ulong)_random.NextInt64() << 1 | (uint)Up(1);

    private long Count() => _random.NextInt64(10_000_000_000);

    private DateTimeOffset Moment() => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(_random.NextInt64(99L * 365 * 86400));

    private CommandCode Code() => new((byte)(0x21 + Up(93)), (byte)(0x21 + Up(93)));

    private string Text(int length) => string.Create(length, _random, static (text, random) =>
    {
        foreach (ref var character in text)
        {
            character = (char)random.Next(0x20, 0x7F);
        }
    });

    private List<T> Many<T>(Func<T> make) => [.. Enumerable.Range(0, Up(12)).Select(_ => make())];
}
