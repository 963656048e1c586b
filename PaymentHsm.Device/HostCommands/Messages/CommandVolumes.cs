namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>J4: host command volumes (HOST-COMMANDS 3.7). Without data.</summary>
internal readonly record struct CommandVolumesRequest : IHostRequest<CommandVolumesAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("J4");

    /// <inheritdoc/>
    public int Length => 0;

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
    }

    /// <inheritdoc/>
    public CommandVolumesAnswer DecodeAnswer(ref FieldReader reader) => CommandVolumesAnswer.Decode(ref reader);
}

/// <summary>J5.</summary>
/// <param name="Period">Unit and time.</param>
/// <param name="Seconds">Seconds measured.</param>
/// <param name="Volumes">By command, as the unit lists them; no count is sent, the list runs to the end.</param>
internal sealed record CommandVolumesAnswer(CollectionPeriod Period, long Seconds, IReadOnlyList<CommandVolume> Volumes) : IHostAnswer
{
    /// <summary>Most records an answer should carry: clients read it with one receive of 4096 bytes.</summary>
    public const int MaxVolumes = 287;

    /// <inheritdoc/>
    public int Length => CollectionPeriod.Length + CollectionPeriod.CountDigits + (Volumes.Count * CommandVolume.Length);

    /// <summary>Reads the data.</summary>
    public static CommandVolumesAnswer Decode(ref FieldReader reader)
    {
        var period = CollectionPeriod.Decode(ref reader);
        var seconds = reader.Number(CollectionPeriod.CountDigits, "seconds measured");
        var volumes = new List<CommandVolume>(reader.LengthBeforeTrailer / CommandVolume.Length);
        while (reader.LengthBeforeTrailer > 0)
        {
            var code = reader.Code("command code");
            volumes.Add(new CommandVolume(code, reader.Number(CommandVolume.CountDigits, "count")));
        }

        return new CommandVolumesAnswer(period, seconds, volumes);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        Period.Encode(ref writer);
        writer.Number(Seconds, CollectionPeriod.CountDigits);
        foreach (var (command, count) in Volumes)
        {
            writer.Code(command);
            writer.Number(count, CommandVolume.CountDigits);
        }
    }
}

/// <summary>How often a command was served.</summary>
/// <param name="Command">Its code; codes unknown to us occur.</param>
/// <param name="Count">Times, up to twelve digits.</param>
internal readonly record struct CommandVolume(CommandCode Command, long Count)
{
    /// <summary>Digits of the count.</summary>
    public const int CountDigits = 12;

    /// <summary>Bytes of a record.</summary>
    public const int Length = CommandCode.Length + CountDigits;
}
