using System.Globalization;
using System.Text;

namespace PaymentHsm.Device.HostCommands;

/// <summary>Writes the fields of one message from left to right into a span of exactly the message's length. A value that does not fit its field is a bug of the caller.</summary>
/// <param name="destination">Where the message goes.</param>
internal ref struct FieldWriter(Span<byte> destination)
{
    private Span<byte> _rest = destination;

    /// <summary>Bytes not written yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Writes bytes as they are.</summary>
    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value) => Bytes([value]);

    /// <summary>N: decimal, leading zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or too long for the field.</exception>
    public void Number(long value, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var field = _rest[..width];
        for (var i = width - 1; i >= 0; i--)
        {
            (value, var digit) = Math.DivRem(value, 10);
            field[i] = (byte)('0' + digit);
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
        _rest = _rest[width..];
    }

    /// <summary>A flag: <c>0</c> or <c>1</c>.</summary>
    public void Flag(bool value) => Byte(value ? (byte)'1' : (byte)'0');

    /// <summary>H: upper-case hexadecimal, leading zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Too long for the field.</exception>
    public void Hexadecimal(ulong value, int width)
    {
        var field = _rest[..width];
        for (var i = width - 1; i >= 0; i--)
        {
            field[i] = "0123456789ABCDEF"u8[(int)(value & 0xF)];
            value >>= 4;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0UL);
        _rest = _rest[width..];
    }

    /// <summary>A: ASCII of fixed width.</summary>
    /// <exception cref="ArgumentException">Not exactly <paramref name="width"/> characters, or not ASCII.</exception>
    public void Text(string value, int width)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length != width || !Ascii.IsValid(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A field of {width} ASCII characters was given {value.Length}."), nameof(value));
        }

        Encoding.ASCII.GetBytes(value, _rest);
        _rest = _rest[width..];
    }

    /// <summary>One ASCII character.</summary>
    public void Character(char value) => Byte(checked((byte)value));

    /// <summary>A command code.</summary>
    public void Code(CommandCode code) => Bytes([code.First, code.Second]);

    /// <summary>An error code.</summary>
    public void Error(ErrorCode code) => Bytes([code.First, code.Second]);

    /// <summary>YYMMDDhhmmss in UTC; the fraction of the second is dropped.</summary>
    public void DateAndTime(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        Number(utc.Year % 100, 2);
        Number(utc.Month, 2);
        Number(utc.Day, 2);
        Number(utc.Hour, 2);
        Number(utc.Minute, 2);
        Number(utc.Second, 2);
    }
}
