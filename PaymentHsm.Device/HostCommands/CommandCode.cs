namespace PaymentHsm.Device.HostCommands;

/// <summary>The two bytes that name a host command or its answer.</summary>
/// <param name="First">First character; the answer keeps it.</param>
/// <param name="Second">Second character; the answer's is the next code point.</param>
internal readonly record struct CommandCode(byte First, byte Second)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 2;

    /// <summary>True when both bytes are visible ASCII. Anything else cannot be answered to.</summary>
    public bool IsPrintable => First is > 0x20 and < 0x7F && Second is > 0x20 and < 0x7F;

    /// <summary>Reads the first two bytes of <paramref name="bytes"/>.</summary>
    public static CommandCode Read(ReadOnlySpan<byte> bytes) => new(bytes[0], bytes[1]);

    /// <summary>Makes a code from two ASCII characters.</summary>
    /// <exception cref="FormatException">Not two visible ASCII characters.</exception>
    public static CommandCode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == Length && char.IsAscii(text[0]) && char.IsAscii(text[1]))
        {
            var code = new CommandCode((byte)text[0], (byte)text[1]);
            if (code.IsPrintable)
            {
                return code;
            }
        }

        throw new FormatException("A command code is two visible ASCII characters.");
    }

    /// <summary>The code of the answer: second character plus one by code point (<c>9</c> gives <c>:</c>). False where there is no next byte.</summary>
    public bool TryGetAnswer(out CommandCode answer)
    {
        answer = new CommandCode(First, unchecked((byte)(Second + 1)));
        return Second != byte.MaxValue;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(2, this, static (text, code) =>
    {
        text[0] = (char)code.First;
        text[1] = (char)code.Second;
    });
}
