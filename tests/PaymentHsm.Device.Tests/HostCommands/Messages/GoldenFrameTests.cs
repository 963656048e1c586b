using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Tests.HostCommands.Messages;

/// <summary>Every message against the hex frames of HOST-COMMANDS 3, taken by hand: a shared codec would hide twin mistakes.</summary>
public sealed class GoldenFrameTests
{
    private static readonly CollectionPeriod Period = new("S0420000017A", Utc(2026, 11, 1, 8, 0, 0), Utc(2026, 11, 23, 17, 5, 0), Utc(2026, 11, 23, 17, 5, 0));

    [Fact]
    public void Diagnostics()
    {
        Request<DiagnosticsRequest, DiagnosticsAnswer>(default, "0006484541444e43");
        Answer(default(DiagnosticsRequest), new DiagnosticsAnswer("5D67270000000000", "1500-0023"),
            "0021484541444e44303035443637323730303030303030303030313530302d30303233");
    }

    [Fact]
    public void Diagnostics_WithTrailer_TrailerIsNoField()
    {
        byte[] trailer = [0x19, .. "TRACE-1"u8];
        Assert.Equal(Wire.Hex("000e484541444e431954524143452d31"), Wire.Request<DiagnosticsRequest, DiagnosticsAnswer>(default, trailer));
        var frame = Wire.Hex("0029484541444e44303035443637323730303030303030303030313530302d303032331954524143452d31");
        var answer = new DiagnosticsAnswer("5D67270000000000", "1500-0023");
        Assert.Equal(frame, Wire.Answer<DiagnosticsRequest, DiagnosticsAnswer>(answer, trailer));
        Assert.Equal(answer, Wire.ReadAnswer<DiagnosticsRequest, DiagnosticsAnswer>(default, frame).Value);
    }

    [Fact]
    public void Status_NarrowAndWide()
    {
        Request<StatusRequest, StatusAnswer>(default, "0008484541444e4f3030");
        Answer(default(StatusRequest), new StatusAnswer(3, 1, 64, "1500-0023", IsWide: false), "001a484541444e50303033313634313530302d303032333030303030");
        Answer(default(StatusRequest), new StatusAnswer(3, 1, 64, "1500-0023", IsWide: true), "001c484541444e503030333130303634313530302d303032333030303030");
    }

    [Fact]
    public void Compliance()
    {
        Request<ComplianceRequest, ComplianceAnswer>(default, "0008484541444e4f3031");
        Answer(default(ComplianceRequest), new ComplianceAnswer(PciCompliance.Compliant), "0013484541444e5030303130303030303030303030");
    }

    [Fact]
    public void Echo()
    {
        var request = new EchoRequest("ping"u8.ToArray());
        Request<EchoRequest, EchoAnswer>(request, "000e4845414442323030303470696e67");
        var frame = Wire.Hex("000c484541444233303070696e67");
        Assert.Equal(frame, Wire.Answer<EchoRequest, EchoAnswer>(new EchoAnswer("ping"u8.ToArray())));
        Assert.Equal("ping"u8, Wire.ReadAnswer<EchoRequest, EchoAnswer>(request, frame).Value!.Data.Span);
    }

    [Fact]
    public void RandomValue()
    {
        var request = new RandomValueRequest(8);
        Request<RandomValueRequest, RandomValueAnswer>(request, "0009484541444e30303038");
        var frame = Wire.Hex("0010484541444e3130308f00a1ff197c1415");
        byte[] value = [0x8F, 0x00, 0xA1, 0xFF, 0x19, 0x7C, 0x14, 0x15];
        Assert.Equal(frame, Wire.Answer<RandomValueRequest, RandomValueAnswer>(new RandomValueAnswer(value)));
        Assert.Equal(value, Wire.ReadAnswer<RandomValueRequest, RandomValueAnswer>(request, frame).Value!.Value.ToArray());
    }

    [Fact]
    public void NetworkInformation_WithStatistics()
    {
        var request = new NetworkInformationRequest('1', Statistics: true);
        Request<NetworkInformationRequest, NetworkInformationAnswer>(request, "0008484541444e493131");
        const string Frame = """
            00c2484541444e4a30303030303330303544433041313430303035433234343030303030303933303030394334304131
            343030303643334245303030303030303130303035444330413134303030373832333531303030303130303030303030
            303030303037354243443135303030303030303033414445363842313030303138373638303030313837434330303030
            303032443030303030303433303030303030303030303030303030323030303030303030303030303030303130303030
            30303033
            """;
        var answer = Wire.ReadAnswer<NetworkInformationRequest, NetworkInformationAnswer>(request, Wire.Hex(Frame)).Value!;
        Assert.Equal(
            [new NetworkConnection(0, 0x05DC, 0x0A140005, 0xC244, 0, 0x930), new(0, 0x09C4, 0x0A140006, 0xC3BE, 0, 0x10), new(0, 0x05DC, 0x0A140007, 0x8235, 1, 0x1000)],
            answer.Connections);
        Assert.Equal(new NetworkStatistics(0x75BCD15, 0x3ADE68B1, 0x18768, 0x187CC, 0x2D, 0x43, 0, 2, 0, 1, 3), answer.Statistics);
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<NetworkInformationRequest, NetworkInformationAnswer>(answer));
    }

    [Fact]
    public void NetworkInformation_WithoutStatistics()
    {
        var request = new NetworkInformationRequest('1', Statistics: false);
        Request<NetworkInformationRequest, NetworkInformationAnswer>(request, "0008484541444e493130");
        const string Frame = """
            005a484541444e4a30303030303330303544433041313430303035433234343030303030303933303030394334304131
            3430303036433342453030303030303031303030354443304131343030303738323335313030303031303030
            """;
        var answer = Wire.ReadAnswer<NetworkInformationRequest, NetworkInformationAnswer>(request, Wire.Hex(Frame)).Value!;
        Assert.Equal(3, answer.Connections.Count);
        Assert.Null(answer.Statistics);
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<NetworkInformationRequest, NetworkInformationAnswer>(answer));
    }

    [Fact]
    public void Loading()
    {
        Request<LoadingRequest, LoadingAnswer>(default, "0006484541444a32");
        const string Frame = """
            00ec484541444a3330305330343230303030303137413236313130313038303030303236313132333137303530303236
            3131323331373035303030303031393333353030303030303130303030303032373030303b3031303032303030303030
            30343030303b303230303330303030303030303930303b303330303430303030303030303231303b3034303035303030
            30303030303038303b303530303630303030303030303032353b303630303730303030303030303030393b3037303038
            30303030303030303030313b303830303930303030303030303030303b303930313030303030303030303030303b
            """;
        var answer = Wire.ReadAnswer<LoadingRequest, LoadingAnswer>(default, Wire.Hex(Frame)).Value!;
        Assert.Equal(Period, answer.Period);
        Assert.Equal(1933500, answer.Seconds);
        Assert.Equal(10, answer.Ranges.Count);
        Assert.Equal(new LoadRange(0, 10, 27000), answer.Ranges[0]);
        Assert.Equal(new LoadRange(90, 100, 0), answer.Ranges[^1]);
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<LoadingRequest, LoadingAnswer>(answer));
    }

    [Fact]
    public void CommandVolumes()
    {
        Request<CommandVolumesRequest, CommandVolumesAnswer>(default, "0006484541444a34");
        const string Frame = """
            0096484541444a3530305330343230303030303137413236313130313038303030303236313132333137303530303236
            313132333137303530303030303139333335303041303030303030303030303031324232303030303030303836343030
            43413030303030313233343536374a4b3030303030303033323232354e433030303030303030303433314e4f30303030
            3030303332323235
            """;
        var answer = Wire.ReadAnswer<CommandVolumesRequest, CommandVolumesAnswer>(default, Wire.Hex(Frame)).Value!;
        Assert.Equal(Period, answer.Period);
        Assert.Equal(1933500, answer.Seconds);
        Assert.Equal(
            ["A0 12", "B2 86400", "CA 1234567", "JK 32225", "NC 431", "NO 32225"],
            answer.Volumes.Select(volume => $"{volume.Command} {volume.Count}"));
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<CommandVolumesRequest, CommandVolumesAnswer>(answer));
    }

    [Fact]
    public void Resets()
    {
        Request<ResetUtilisationRequest, ResetUtilisationAnswer>(default, "0006484541444a36");
        Answer(default(ResetUtilisationRequest), new ResetUtilisationAnswer(), "0008484541444a373030");
        Request<ResetHealthCountsRequest, ResetHealthCountsAnswer>(default, "0006484541444a49");
        Answer(default(ResetHealthCountsRequest), new ResetHealthCountsAnswer(), "0008484541444a4a3030");
    }

    [Fact]
    public void HealthCounts()
    {
        Request<HealthCountsRequest, HealthCountsAnswer>(default, "0006484541444a38");
        Answer(default(HealthCountsRequest), new HealthCountsAnswer(Period, Reboots: 7, Tampers: 0, PinFailuresPerMinute: 2, PinFailuresPerHour: 1, PinAttacks: 0), """
            0060484541444a3930305330343230303030303137413236313130313038303030303236313132333137303530303236
            313132333137303530303030303030303030303730303030303030303030303030303030323030303031303030303030
            3030
            """);
    }

    [Fact]
    public void InstantHealth_TwoLmks()
    {
        Request<InstantHealthRequest, InstantHealthAnswer>(default, "0006484541444a4b");
        const string Frame = """
            005c484541444a4c30305330343230303030303137413236313132333137303530303131313330303130323031303030
            303130324b324c436f6e746f736f206c69766514303130303056305442656e63682074657374204c4d4b14153030
            """;
        var answer = Wire.ReadAnswer<InstantHealthRequest, InstantHealthAnswer>(default, Wire.Hex(Frame)).Value!;
        Assert.Equal(("S0420000017A", Period.Current, TamperWord.None, 1, 0), (answer.Serial, answer.Current, answer.Tamper, answer.TestLmks, answer.OldLmks));
        Assert.Equal(new ServiceStates(ServiceState.Running, ServiceState.Running, ServiceState.Running, ServiceState.NotConfigured), answer.Services);
        Assert.Null(answer.TamperEvent);
        Assert.Equal([new LmkReport(0, true, 2, 'K', '2', 'L', "Contoso live"), new LmkReport(1, false, 0, 'V', '0', 'T', "Bench test LMK")], answer.Lmks);
        Assert.False(answer.FraudDetectionExceeded || answer.PinAttacksExceeded);
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<InstantHealthRequest, InstantHealthAnswer>(answer));
    }

    [Fact]
    public void InstantHealth_Tampered()
    {
        const string Frame = """
            003e484541444a4c30305330343230303030303137413236313132333137303530303131313330303230373236313132
            32303331343135303030303030153031
            """;
        var answer = Wire.ReadAnswer<InstantHealthRequest, InstantHealthAnswer>(default, Wire.Hex(Frame)).Value!;
        Assert.Equal(new TamperEvent(7, Utc(2026, 11, 22, 3, 14, 15)), answer.TamperEvent);
        Assert.Empty(answer.Lmks);
        Assert.True(answer.PinAttacksExceeded);
        Assert.Equal(Wire.Hex(Frame), Wire.Answer<InstantHealthRequest, InstantHealthAnswer>(answer));
    }

    [Fact]
    public void RetrieveAuditRecord()
    {
        Request<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(default, "0006484541445132");
        var record = new AuditRecord(
            0x8F, Utc(2026, 11, 23, 17, 4, 55), CommandCode.Parse("ON"), 0xD000, new ErrorCode((byte)'0', (byte)'0'), 0xA1B2C3D4E5F60718, new UInt128(0x0F1E2D3C4B5A6978, 0x8796A5B4C3D2E1F0));
        Answer(default(RetrieveAuditRecordRequest), new RetrieveAuditRecordAnswer(record), """
            005848454144513330303030303030303846313730343535323331313236344634454430303033303330413142324333
            443445354636303731383046314532443343344235413639373838373936413542344333443245314630
            """);
        Assert.Equal((AuditKind.UserAction, false, true), (record.Kind, record.IsArchived, record.IsRetrieved));
    }

    [Theory]
    [InlineData("000000901704562311263838F000303011223344556677880F1E2D3C4B5A69788796A5B4C3D2E1F0", AuditKind.UserAction, "88", true, "00")]
    [InlineData("0000009117045723112642439000303199AABBCCDDEEFF000F1E2D3C4B5A69788796A5B4C3D2E1F0", AuditKind.Fraud, "BC", false, "01")]
    [InlineData("000000921704582311264A4B1000303001020304050607080F1E2D3C4B5A69788796A5B4C3D2E1F0", AuditKind.Host, "JK", false, "00")]
    [InlineData("0000009317045923112632315000303008070605040302010F1E2D3C4B5A69788796A5B4C3D2E1F0", AuditKind.Console, "21", false, "00")]
    public void AuditRecord_KindsAndFlags(string digits, object kind, string action, bool archived, string result)
    {
        var reader = new FieldReader(System.Text.Encoding.ASCII.GetBytes(digits));
        var record = AuditRecord.Decode(ref reader);
        Assert.Equal(((AuditKind)kind, action, archived, true, result), (record.Kind, record.Action.ToString(), record.IsArchived, record.IsRetrieved, record.Result.ToString()));
        var again = new byte[AuditRecord.Length];
        var writer = new FieldWriter(again);
        record.Encode(ref writer);
        Assert.Equal(digits, System.Text.Encoding.ASCII.GetString(again));
    }

    [Fact]
    public void DeleteAuditRecords()
    {
        Request<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(new DeleteAuditRecordsRequest(ArchivedOnly: false), "000748454144513630");
        Answer(new DeleteAuditRecordsRequest(ArchivedOnly: false), new DeleteAuditRecordsAnswer(3), "000c484541445137303030303033");
    }

    [Fact]
    public void Refusals_AreValuesWithTheirMeaning()
    {
        var nothingLeft = Wire.ReadAnswer<RetrieveAuditRecordRequest, RetrieveAuditRecordAnswer>(default, Wire.Hex("00084845414451333336"));
        Assert.Equal(("36", "all audit records were retrieved", false), (nothingLeft.ErrorCode, nothingLeft.Meaning, nothingLeft.IsDone));
        var notAuthorised = Wire.ReadAnswer<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(default, Wire.Hex("00084845414451373137"));
        Assert.Equal(("17", "audit.host is not authorised"), (notAuthorised.ErrorCode, notAuthorised.Meaning));
    }

    private static void Request<TRequest, TAnswer>(TRequest request, string hex)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer =>
        Assert.Equal(Wire.Hex(hex), Wire.Request<TRequest, TAnswer>(request));

    private static void Answer<TRequest, TAnswer>(TRequest request, TAnswer answer, string hex)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        Assert.Equal(Wire.Hex(hex), Wire.Answer<TRequest, TAnswer>(answer));
        Assert.Equal(answer, Wire.ReadAnswer<TRequest, TAnswer>(request, Wire.Hex(hex)).Value);
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute, int second) => new(year, month, day, hour, minute, second, TimeSpan.Zero);
}
