namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// Unique message headers: a number in base 36, right-aligned, zeros before it. Even a one-byte header gives 36.
/// </summary>
internal sealed class HeaderSequence
{
    private const int Base = 36;
    private const int MostDigits = 10;

    private readonly int _digits;
    private long _next;

    /// <summary>Headers of <paramref name="length"/> bytes.</summary>
    public HeaderSequence(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, byte.MaxValue);
        Length = length;
        _digits = Math.Min(length, MostDigits);
        Count = 1;
        for (var i = 0; i < _digits; i++)
        {
            Count *= Base;
        }
    }

    /// <summary>Header length in bytes.</summary>
    public int Length { get; }

    /// <summary>How many headers there are.</summary>
    public long Count { get; }

    /// <summary>The next number; begins anew after <see cref="Count"/>.</summary>
    public long Next()
    {
        var number = _next;
        _next = (_next + 1) % Count;
        return number;
    }

    /// <summary>Writes the header of a number.</summary>
    public void Write(long number, Span<byte> header)
    {
        header[..Length].Fill((byte)'0');
        for (var i = Length - 1; number > 0; i--)
        {
            (number, var digit) = Math.DivRem(number, Base);
            header[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8[(int)digit];
        }
    }

    /// <summary>The number of a header; false when it cannot be one of ours.</summary>
    public bool TryRead(ReadOnlySpan<byte> header, out long number)
    {
        number = 0;
        if (header[..^_digits].ContainsAnyExcept((byte)'0'))
        {
            return false;
        }

        foreach (var digit in header[^_digits..])
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'A' and <= (byte)'Z' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            number = (number * Base) + value;
        }

        return true;
    }
}
