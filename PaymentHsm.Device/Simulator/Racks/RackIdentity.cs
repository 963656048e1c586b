namespace PaymentHsm.Device.Simulator.Racks;

/// <summary>What never changes about a rack's equipment.</summary>
/// <param name="Name">Rack name.</param>
/// <param name="SwitchPort">HTTPS port of the top-of-rack switch's Redfish service.</param>
/// <param name="PduPort">HTTPS port of the power distribution's Redfish service.</param>
/// <param name="SwitchUuid">UUID of the switch's service.</param>
/// <param name="PduUuid">UUID of the power distribution's service.</param>
/// <param name="Password">Password of <see cref="Monitor"/>.</param>
internal sealed record RackIdentity(string Name, int SwitchPort, int PduPort, Guid SwitchUuid, Guid PduUuid, string Password)
{
    /// <summary>The account that may read the rack's equipment. It is no device's: credentials of a device never go to another host.</summary>
    public const string Monitor = "rack-monitor";
}

/// <summary>What changes about a rack: its two feeds and its switch.</summary>
internal sealed record RackState(bool FeedA = true, bool FeedB = true, bool SwitchUp = true);
