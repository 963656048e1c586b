using FsCheck.Xunit;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Tests.HostCommands.Messages;

/// <summary>Every message, with any valid fields and any trailer, comes back from the wire as it was.</summary>
public sealed class RoundTripTests
{
    [Property]
    public void Answers(int seed)
    {
        var any = new ArbitraryMessages(seed);
        Answer(default(DiagnosticsRequest), any.Diagnostics(), any);
        Answer(default(StatusRequest), any.Status(), any);
        Answer(default(ComplianceRequest), any.Compliance(), any);
        var network = any.NetworkInformationRequest();
        Answer(network, any.NetworkInformation(network.Statistics), any);
        Answer(default(LoadingRequest), any.Loading(), any);
        Answer(default(CommandVolumesRequest), any.Volumes(), any);
        Answer(default(ResetUtilisationRequest), new ResetUtilisationAnswer(), any);
        Answer(default(HealthCountsRequest), any.HealthCounts(), any);
        Answer(default(ResetHealthCountsRequest), new ResetHealthCountsAnswer(), any);
        Answer(default(InstantHealthRequest), any.InstantHealth(), any);
        Answer(default(RetrieveAuditRecordRequest), any.AuditRecord(), any);
        Answer(any.DeleteAuditRecordsRequest(), any.DeleteAuditRecords(), any);
    }

    [Property]
    public void BinaryAnswers_KeepTheTrailersMark(int seed)
    {
        var any = new ArbitraryMessages(seed);
        var echo = any.Echo();
        var echoed = Wire.ReadAnswer<EchoRequest, EchoAnswer>(echo, Wire.Answer<EchoRequest, EchoAnswer>(new EchoAnswer(echo.Data), any.Trailer()));
        Assert.Equal(echo.Data.ToArray(), echoed.Value!.Data.ToArray());
        var random = any.RandomValue();
        var value = any.Bytes(random.Count);
        var answer = Wire.ReadAnswer<RandomValueRequest, RandomValueAnswer>(random, Wire.Answer<RandomValueRequest, RandomValueAnswer>(new RandomValueAnswer(value), any.Trailer()));
        Assert.Equal(value, answer.Value!.Value.ToArray());
    }

    [Property]
    public void Requests(int seed)
    {
        var any = new ArbitraryMessages(seed);
        var echo = any.Echo();
        Assert.Equal(echo.Data.ToArray(), Request<EchoRequest, EchoAnswer>(echo, EchoRequest.Decode, any).Data.ToArray());
        var random = any.RandomValue();
        Assert.Equal(random, Request<RandomValueRequest, RandomValueAnswer>(random, RandomValueRequest.Decode, any));
        var network = any.NetworkInformationRequest();
        Assert.Equal(network, Request<NetworkInformationRequest, NetworkInformationAnswer>(network, NetworkInformationRequest.Decode, any));
        var delete = any.DeleteAuditRecordsRequest();
        Assert.Equal(delete, Request<DeleteAuditRecordsRequest, DeleteAuditRecordsAnswer>(delete, DeleteAuditRecordsRequest.Decode, any));
    }

    private static void Answer<TRequest, TAnswer>(TRequest request, TAnswer answer, ArbitraryMessages any)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var read = Wire.ReadAnswer<TRequest, TAnswer>(request, Wire.Answer<TRequest, TAnswer>(answer, any.Trailer()));
        Assert.Equivalent(answer, read.Value, strict: true);
        Assert.Equal(Wire.Answer<TRequest, TAnswer>(answer), Wire.Answer<TRequest, TAnswer>(read.Value!));
    }

    private delegate TRequest Decoder<TRequest>(ref FieldReader reader);

    private static TRequest Request<TRequest, TAnswer>(TRequest request, Decoder<TRequest> decode, ArbitraryMessages any)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var trailer = any.Trailer();
        var reader = new FieldReader(Wire.Body(Wire.Request<TRequest, TAnswer>(request, trailer)).AsSpan(Wire.Header.Length + CommandCode.Length));
        var read = decode(ref reader);
        var suffix = RequestSuffix.Read(ref reader);
        Assert.Equal(trailer, suffix.Trailer.ToArray());
        Assert.Null(suffix.Lmk);
        return read;
    }
}
