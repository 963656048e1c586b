namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>States of a unit's services in JL; values outside the enumeration are kept as read.</summary>
/// <param name="Console">Console.</param>
/// <param name="Manager">payShield Manager.</param>
/// <param name="Host1">First host port.</param>
/// <param name="Host2">Second host port.</param>
internal sealed record ServiceStates(ServiceState Console, ServiceState Manager, ServiceState Host1, ServiceState Host2)
{
    /// <summary>Bytes of the block, two reserved ones included (async and FICON links of older units).</summary>
    public const int Length = 6;

    /// <summary>Reads the block.</summary>
    public static ServiceStates Decode(ref FieldReader reader)
    {
        var states = new ServiceStates(State(ref reader, "console"), State(ref reader, "manager"), State(ref reader, "host 1"), State(ref reader, "host 2"));
        reader.Number(2, "reserved");
        return states;
    }

    /// <summary>Writes the block.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number((int)Console, 1);
        writer.Number((int)Manager, 1);
        writer.Number((int)Host1, 1);
        writer.Number((int)Host2, 1);
        writer.Number(0, 2);
    }

    private static ServiceState State(ref FieldReader reader, string field) => (ServiceState)reader.SmallNumber(1, field);
}

/// <summary>State of a service.</summary>
internal enum ServiceState
{
    /// <summary>Not known to the unit.</summary>
    Unknown = 0,

    /// <summary>Running.</summary>
    Running = 1,

    /// <summary>Not running.</summary>
    NotRunning = 2,

    /// <summary>A host port that is not configured; a console or manager that was disabled in the manager.</summary>
    NotConfigured = 3,
}
