using System.Buffers;
using FsCheck.Xunit;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands.Messages;

/// <summary>Whatever bytes arrive, a decoder gives a message or its own protocol exception, and makes nothing much larger than the bytes.</summary>
public sealed class HostileBytesTests
{
    [Property(MaxTest = 500)]
    public void Answers_ArbitraryBytes(byte[] bytes)
    {
        foreach (var code in (string[])["ND", "NP", "B3", "N1", "NJ", "J3", "J5", "J7", "J9", "JJ", "JL", "Q3", "Q7"])
        {
            ReadAll([.. System.Text.Encoding.ASCII.GetBytes(code + "00"), .. bytes]);
        }
    }

    [Property(MaxTest = 500)]
    public void Answers_SpoiltInOnePlaceOrCut(int seed)
    {
        var any = new ArbitraryMessages(seed);
        foreach (var good in Samples(any))
        {
            var after = Wire.Body(good).AsSpan(Wire.Header.Length).ToArray();
            ReadAll(after[..any.Up(after.Length)]);
            after[any.Up(after.Length - 1)] = (byte)any.Up(byte.MaxValue);
            ReadAll(after);
        }
    }

    [Property(MaxTest = 500)]
    public void Requests_ArbitraryBytes_NeverBreakTheUnit(byte[] bytes)
    {
        var processor = Processor();
        foreach (var code in (string[])["NC", "NO", "B2", "N0", "NI", "J2", "J4", "J6", "J8", "JI", "JK", "Q2", "Q6", "XX", ""])
        {
            var output = new ArrayBufferWriter<byte>();
            byte[] body = [.. Wire.Header, .. System.Text.Encoding.ASCII.GetBytes(code), .. bytes];
            if (processor.Process(body, new HostPortBehaviour(), output))
            {
                var answer = Wire.Body(output.WrittenSpan.ToArray());
                Assert.Equal(Wire.Header, answer.Take(Wire.Header.Length));
                Assert.InRange(answer.Length, Wire.Header.Length + 4, 4096);
            }
        }
    }

    [Fact]
    public void AnnouncedCounts_AreNotBelieved()
    {
        byte[] huge = [.. "NJ009999"u8];
        var request = new NetworkInformationRequest('1', Statistics: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<HostProtocolException>(() => HostAnswerReader.Read<NetworkInformationRequest, NetworkInformationAnswer>(request, huge));

        // 9999 records would take 240 kB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static HostCommandProcessor Processor()
    {
        var side = new TestHostSide();
        return new HostCommandProcessor(
            new HostPortContext(side, new HostCounters(side.CountingSince, 60), new HostAuditLog(_ => { }), new NoNetwork(), 64, span => span.Clear()), Wire.Header.Length);
    }

    private static IEnumerable<byte[]> Samples(ArbitraryMessages any)
    {
        yield return Wire.Answer<DiagnosticsRequest, DiagnosticsAnswer>(any.Diagnostics());
        yield return Wire.Answer<StatusRequest, StatusAnswer>(any.Status());
        yield return Wire.Answer<NetworkInformationRequest, NetworkInformationAnswer>(any.NetworkInformation(statistics: true));
        yield return Wire.Answer<LoadingRequest, LoadingAnswer>(any.Loading());
        yield return Wire.Answer<CommandVolumesRequest, CommandVolumesAnswer>(any.Volumes());
        yield return Wire.Answer<HealthCountsRequest, HealthCountsAnswer>(any.HealthCounts());
        yield return Wire.Answer<InstantHealthRequest, InstantHealthAnswer>(any.InstantHealth());
        yield return Wire.Answer<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(any.AuditRecord());
        yield return Wire.Answer<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(any.DeleteAuditRecords());
    }

    private static void ReadAll(byte[] afterHeader)
    {
        Read<DiagnosticsRequest, DiagnosticsAnswer>(default, afterHeader);
        Read<StatusRequest, StatusAnswer>(default, afterHeader);
        Read<ComplianceRequest, ComplianceAnswer>(default, afterHeader);
        Read<EchoRequest, EchoAnswer>(new EchoRequest(new byte[4]), afterHeader);
        Read<RandomValueRequest, RandomValueAnswer>(new RandomValueRequest(8), afterHeader);
        Read<NetworkInformationRequest, NetworkInformationAnswer>(new NetworkInformationRequest('1', true), afterHeader);
        Read<LoadingRequest, LoadingAnswer>(default, afterHeader);
        Read<CommandVolumesRequest, CommandVolumesAnswer>(default, afterHeader);
        Read<ResetUtilisationRequest, ResetUtilisationAnswer>(default, afterHeader);
        Read<HealthCountsRequest, HealthCountsAnswer>(default, afterHeader);
        Read<ResetHealthCountsRequest, ResetHealthCountsAnswer>(default, afterHeader);
        Read<InstantHealthRequest, InstantHealthAnswer>(default, afterHeader);
        Read<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(default, afterHeader);
        Read<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(default, afterHeader);
    }

    private static void Read<TRequest, TAnswer>(TRequest request, byte[] afterHeader)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        try
        {
            HostAnswer<TAnswer> answer = HostAnswerReader.Read<TRequest, TAnswer>(request, afterHeader);
            Assert.True(answer.IsDone == (answer.Value is not null));
        }
        catch (HostProtocolException broken)
        {
            Assert.Equal(LinkFault.Protocol, broken.Fault);
        }
    }

    private sealed class NoNetwork : IHostNetwork
    {
        public IReadOnlyList<NetworkConnection> Connections() => [];

        public NetworkStatistics Statistics() => new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
