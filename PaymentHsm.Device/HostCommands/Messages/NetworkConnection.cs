namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>One connection as NJ lists it.</summary>
/// <param name="Protocol">0 = TCP, 1 = UDP (the opposite of NO).</param>
/// <param name="LocalPort">Port on the unit.</param>
/// <param name="RemoteAddress">IPv4 address of the host, most significant octet first.</param>
/// <param name="RemotePort">Port of the host.</param>
/// <param name="State">0 = established, 1 = closed, the rest reserved.</param>
/// <param name="Seconds">Duration; the number base is not documented, hexadecimal seconds here.</param>
internal readonly record struct NetworkConnection(int Protocol, ushort LocalPort, uint RemoteAddress, ushort RemotePort, int State, uint Seconds)
{
    /// <summary>Bytes of a record.</summary>
    public const int Length = 26;

    /// <summary>Reads one record.</summary>
    public static NetworkConnection Decode(ref FieldReader reader)
    {
        var protocol = reader.SmallNumber(1, "protocol");
        var localPort = (ushort)reader.Hexadecimal(4, "local port");
        var address = (uint)reader.Hexadecimal(8, "remote address");
        var remotePort = (ushort)reader.Hexadecimal(4, "remote port");
        var state = reader.SmallNumber(1, "state");
        return new NetworkConnection(protocol, localPort, address, remotePort, state, (uint)reader.Hexadecimal(8, "duration"));
    }

    /// <summary>Writes one record.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(Protocol, 1);
        writer.Hexadecimal(LocalPort, 4);
        writer.Hexadecimal(RemoteAddress, 8);
        writer.Hexadecimal(RemotePort, 4);
        writer.Number(State, 1);
        writer.Hexadecimal(Seconds, 8);
    }
}
