using System.Buffers;
using PaymentHsm.Device.HostCommands;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>One request on its way to an answer. Borrows the request's memory; lives for one call.</summary>
/// <param name="header">Header, to be echoed.</param>
/// <param name="answerCode">Response code.</param>
/// <param name="data">Everything after the command code.</param>
/// <param name="output">Where the answer goes.</param>
/// <param name="overlooksJunk">True when bytes after the last field are overlooked.</param>
internal ref struct HostExchange(ReadOnlySpan<byte> header, CommandCode answerCode, ReadOnlySpan<byte> data, IBufferWriter<byte> output, bool overlooksJunk)
{
    private readonly ReadOnlySpan<byte> _header = header;
    private readonly ReadOnlySpan<byte> _data = data;
    private ReadOnlySpan<byte> _trailer;

    /// <summary>The request's fields.</summary>
    public FieldReader Data = new(data);

    /// <summary>Ends the reading of the request: LMK selector, trailer, nothing else.</summary>
    /// <exception cref="HostProtocolException">13 for an LMK that is not loaded, 15 for junk.</exception>
    public void EndOfRequest(IHostSide side)
    {
        var suffix = RequestSuffix.Read(ref Data, overlooksJunk);
        if (suffix.Lmk is { } lmk && !side.Lmks.Any(loaded => loaded.Id == lmk))
        {
            throw new HostProtocolException("The selected LMK is not loaded.", ErrorCode.BadLmk);
        }

        _trailer = suffix.Trailer;
    }

    /// <summary>Writes the answer.</summary>
    public readonly ErrorCode Answer<TAnswer>(TAnswer answer)
        where TAnswer : IHostAnswer
    {
        HostFrame.WriteAnswer(output, _header, answerCode, answer, _trailer);
        return ErrorCode.Success;
    }

    /// <summary>Writes a refusal. The documents disagree about the trailer of a refusal; it is echoed.</summary>
    public readonly void Refuse(ErrorCode error) =>
        HostFrame.WriteRefusal(output, _header, answerCode, error, _trailer.IsEmpty ? RequestSuffix.FindTrailer(_data) : _trailer);
}
