namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>NI: network information (HOST-COMMANDS 3.4).</summary>
/// <param name="Interface"><c>1</c> or <c>2</c> host port, <c>M</c> management, <c>H</c> host on older units.</param>
/// <param name="Statistics">True to get the counters too.</param>
internal readonly record struct NetworkInformationRequest(char Interface, bool Statistics) : IHostRequest<NetworkInformationAnswer>
{
    /// <inheritdoc/>
    public static CommandCode Code { get; } = CommandCode.Parse("NI");

    /// <inheritdoc/>
    public int Length => 2;

    /// <summary>Reads the data.</summary>
    /// <exception cref="HostProtocolException">81 for the interface, 82 for the flag, 15 when they are missing.</exception>
    public static NetworkInformationRequest Decode(ref FieldReader reader)
    {
        var port = (char)reader.Bytes(1, "interface")[0];
        if (port is not ('1' or '2' or 'M' or 'H'))
        {
            throw new HostProtocolException("There is no such interface.", ErrorCode.BadInterface);
        }

        var flag = reader.Bytes(1, "statistics flag")[0];
        return flag is (byte)'0' or (byte)'1'
            ? new NetworkInformationRequest(port, flag == '1')
            : throw new HostProtocolException("The statistics flag is neither 0 nor 1.", ErrorCode.BadStatisticsFlag);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Character(Interface);
        writer.Flag(Statistics);
    }

    /// <inheritdoc/>
    public NetworkInformationAnswer DecodeAnswer(ref FieldReader reader) => NetworkInformationAnswer.Decode(ref reader, Statistics);
}

/// <summary>NJ.</summary>
/// <param name="Connections">Open connections of the interface.</param>
/// <param name="Statistics">Counters of the interface, when they were asked for.</param>
internal sealed record NetworkInformationAnswer(IReadOnlyList<NetworkConnection> Connections, NetworkStatistics? Statistics) : IHostAnswer
{
    /// <summary>Most records an answer should carry: clients read it with one receive of 4096 bytes.</summary>
    public const int MaxConnections = 152;

    private const int CountDigits = 4;

    /// <inheritdoc/>
    public int Length => CountDigits + (Connections.Count * NetworkConnection.Length) + (Statistics is null ? 0 : NetworkStatistics.Length);

    /// <summary>Reads the data.</summary>
    public static NetworkInformationAnswer Decode(ref FieldReader reader, bool withStatistics)
    {
        var count = reader.SmallNumber(CountDigits, "number of records");

        // Checked before the list is made: a count is only believed as far as there are bytes.
        if (reader.Rest.Length < count * NetworkConnection.Length)
        {
            throw new HostProtocolException("Fewer records than announced.");
        }

        var connections = new NetworkConnection[count];
        for (var i = 0; i < count; i++)
        {
            connections[i] = NetworkConnection.Decode(ref reader);
        }

        return new NetworkInformationAnswer(connections, withStatistics ? NetworkStatistics.Decode(ref reader) : null);
    }

    /// <inheritdoc/>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(Connections.Count, CountDigits);
        foreach (var connection in Connections)
        {
            connection.Encode(ref writer);
        }

        Statistics?.Encode(ref writer);
    }
}
