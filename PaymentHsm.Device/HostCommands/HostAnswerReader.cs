using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Reads an answer's body after the header: code, error code, data, optional trailer.</summary>
internal static class HostAnswerReader
{
    /// <summary>Reads the answer to <paramref name="request"/>. A refusal is a value; what follows its error code is not looked at.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="afterHeader">The body without its header.</param>
    /// <exception cref="HostProtocolException">Not an answer to this command, or its fields break the format.</exception>
    public static HostAnswer<TAnswer> Read<TRequest, TAnswer>(in TRequest request, ReadOnlySpan<byte> afterHeader)
        where TRequest : IHostRequest<TAnswer>
        where TAnswer : IHostAnswer
    {
        var reader = new FieldReader(afterHeader);
        var code = CommandCode.Read(reader.Bytes(CommandCode.Length, "response code"));
        if (!TRequest.Code.TryGetAnswer(out var expected) || code != expected)
        {
            throw new HostProtocolException("The response code does not belong to the command.");
        }

        var error = ErrorCode.Read(reader.Bytes(ErrorCode.Length, "error code"));
        if (!error.IsPrintable)
        {
            throw new HostProtocolException("The error code is not printable.");
        }

        var named = ErrorCodes.Describe(TRequest.Code, error);
        if (error != ErrorCode.Success)
        {
            return new HostAnswer<TAnswer>(named.Code, named.Meaning, default);
        }

        var answer = request.DecodeAnswer(ref reader);
        return reader.Rest.IsEmpty || reader.Rest[0] == FieldReader.TrailerMark
            ? new HostAnswer<TAnswer>(named.Code, named.Meaning, answer)
            : throw new HostProtocolException("Bytes follow the last field of the answer.");
    }
}
