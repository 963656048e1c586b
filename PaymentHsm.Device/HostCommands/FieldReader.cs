using System.Text;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// Reads the fields of one message from left to right. Never reads past the end; every complaint is a <see cref="HostProtocolException"/> that
/// names the field. It borrows the frame's memory, so it and its spans must not outlive the frame.
/// </summary>
/// <param name="data">What follows the command code of a request or the error code of an answer.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> data)
{
    /// <summary>Starts the trailer.</summary>
    public const byte TrailerMark = 0x19;

    private ReadOnlySpan<byte> _rest = data;

    /// <summary>All that is not read yet, trailer included.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Bytes left before the trailer; only for messages without binary fields.</summary>
    public readonly int LengthBeforeTrailer => _rest.IndexOf(TrailerMark) is var mark and >= 0 ? mark : _rest.Length;

    /// <summary>Takes <paramref name="count"/> bytes as they are.</summary>
    public ReadOnlySpan<byte> Bytes(int count, string field)
    {
        if (_rest.Length < count)
        {
            throw new HostProtocolException($"The message ends inside '{field}'.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Takes the bytes before the first of <paramref name="marks"/>, which stays.</summary>
    public ReadOnlySpan<byte> Until(ReadOnlySpan<byte> marks, string field) =>
        _rest.IndexOfAny(marks) is var end and >= 0 ? Bytes(end, field) : throw new HostProtocolException($"'{field}' has no end mark.");

    /// <summary>Takes one byte if it is <paramref name="expected"/>.</summary>
    public bool TryByte(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>N: an unsigned decimal number of fixed width.</summary>
    public long Number(int width, string field)
    {
        var value = 0L;
        foreach (var digit in Bytes(width, field))
        {
            value = char.IsAsciiDigit((char)digit) ? (value * 10) + (digit - '0') : throw new HostProtocolException($"'{field}' is not decimal.");
        }

        return value;
    }

    /// <summary>A decimal number of at most nine digits.</summary>
    public int SmallNumber(int width, string field) => (int)Number(width, field);

    /// <summary>A flag: <c>0</c> or <c>1</c>.</summary>
    public bool Flag(string field) => Number(1, field) switch
    {
        0 => false,
        1 => true,
        _ => throw new HostProtocolException($"'{field}' is neither 0 nor 1."),
    };

    /// <summary>H: upper-case hexadecimal digits, at most sixteen.</summary>
    public ulong Hexadecimal(int width, string field)
    {
        var value = 0UL;
        foreach (var digit in Bytes(width, field))
        {
            value = (value << 4) | digit switch
            {
                >= (byte)'0' and <= (byte)'9' => (ulong)(digit - '0'),
                >= (byte)'A' and <= (byte)'F' => (ulong)(digit - 'A' + 10),
                _ => throw new HostProtocolException($"'{field}' is not upper-case hexadecimal."),
            };
        }

        return value;
    }

    /// <summary>A: printable ASCII of fixed width.</summary>
    public string Text(int width, string field) => Printable(Bytes(width, field), field);

    /// <summary>One printable ASCII character.</summary>
    public char Character(string field) => Text(1, field)[0];

    /// <summary>A: a command code inside a message.</summary>
    public CommandCode Code(string field) =>
        CommandCode.Read(Bytes(CommandCode.Length, field)) is { IsPrintable: true } code ? code : throw new HostProtocolException($"'{field}' is not printable.");

    /// <summary>Twelve digits, YYMMDDhhmmss, on the device's clock.</summary>
    public DateTimeOffset DateAndTime(string field)
    {
        var year = SmallNumber(2, field);
        var month = SmallNumber(2, field);
        var day = SmallNumber(2, field);
        return Moment(year, month, day, SmallNumber(2, field), SmallNumber(2, field), SmallNumber(2, field), field);
    }

    /// <summary>Checks and puts together a moment of this century.</summary>
    public static DateTimeOffset Moment(int year, int month, int day, int hour, int minute, int second, string field)
    {
        var valid = month is >= 1 and <= 12 && day >= 1 && year <= 99 && day <= DateTime.DaysInMonth(2000 + year, month)
            && hour < 24 && minute < 60 && second < 60;
        return valid
            ? new DateTimeOffset(2000 + year, month, day, hour, minute, second, TimeSpan.Zero)
            : throw new HostProtocolException($"'{field}' is no date and time.");
    }

    /// <summary>Text of bytes that must be printable ASCII.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes, string field) =>
        bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) ? throw new HostProtocolException($"'{field}' is not printable.") : Encoding.ASCII.GetString(bytes);
}
