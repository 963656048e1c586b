namespace PaymentHsm.Device.HostCommands;

/// <summary>What may follow a request's data: an LMK selector (<c>%</c> and two digits), then a trailer. The device's side.</summary>
internal readonly ref struct RequestSuffix
{
    private RequestSuffix(int? lmk, ReadOnlySpan<byte> trailer)
    {
        Lmk = lmk;
        Trailer = trailer;
    }

    /// <summary>LMK identifier, or null when none was selected.</summary>
    public int? Lmk { get; }

    /// <summary>Trailer with its mark, to be echoed; empty when there is none.</summary>
    public ReadOnlySpan<byte> Trailer { get; }

    /// <summary>Reads to the end of the request.</summary>
    /// <param name="reader">Positioned after the data.</param>
    /// <param name="ignoreJunk">True for a device that overlooks bytes after the last field (BAD-INPUTS A16).</param>
    /// <exception cref="HostProtocolException">13 for a bad selector, 15 for anything else.</exception>
    public static RequestSuffix Read(scoped ref FieldReader reader, bool ignoreJunk = false)
    {
        int? lmk = null;
        if (reader.TryByte((byte)'%'))
        {
            var digits = reader.Bytes(2, "LMK identifier");
            lmk = char.IsAsciiDigit((char)digits[0]) && char.IsAsciiDigit((char)digits[1])
                ? ((digits[0] - '0') * 10) + (digits[1] - '0')
                : throw new HostProtocolException("The LMK identifier is not decimal.", ErrorCode.BadLmk);
        }

        if (ignoreJunk)
        {
            reader.Bytes(reader.LengthBeforeTrailer, "ignored bytes");
        }

        var trailer = reader.Rest;
        if (!trailer.IsEmpty && !IsTrailer(trailer))
        {
            throw new HostProtocolException("Bytes follow the last field of the request, or its trailer is too long.");
        }

        return new RequestSuffix(lmk, trailer);
    }

    /// <summary>The trailer to echo with a refusal, found without knowing the fields; empty when there is none worth echoing.</summary>
    public static ReadOnlySpan<byte> FindTrailer(ReadOnlySpan<byte> data)
    {
        var mark = data.IndexOf(FieldReader.TrailerMark);
        return mark >= 0 && IsTrailer(data[mark..]) ? data[mark..] : default;
    }

    private static bool IsTrailer(ReadOnlySpan<byte> bytes) => bytes[0] == FieldReader.TrailerMark && bytes.Length <= 1 + HostFrame.MaxTrailer;
}
