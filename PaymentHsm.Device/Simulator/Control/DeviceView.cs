using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Racks;

namespace PaymentHsm.Device.Simulator.Control;

/// <summary>A device as the control API shows it: this is also what a portal enrols from.</summary>
internal static class DeviceView
{
    public static object Of(SimulatedHsm device, SimulatedRack rack, string caFile)
    {
        var (identity, state) = (device.Identity, device.State);

        object Account(string name)
        {
            var account = state.Accounts.First(a => a.UserName == name);
            return new { account.UserName, account.Password };
        }

        return new
        {
            identity.Serial,
            identity.Region,
            identity.Stamp,
            identity.Rack,
            identity.Slot,
            DeviceIdentity.Model,
            Firmware = state.Base,
            identity.ServiceUuid,
            identity.HostPort,
            identity.HostTlsPort,
            HostUdpPort = identity.HostPort,
            identity.ManagementPort,
            OobUrl = $"https://127.0.0.1:{identity.OobPort}",
            CaFile = caFile,
            HostClientFile = Path.Combine(Path.GetDirectoryName(caFile)!, "certificates", "host-client.pem"),
            Accounts = new Dictionary<string, object>
            {
                ["monitor"] = Account("oob-monitor"),
                ["operator"] = Account("oob-operator"),
                ["reclaim"] = Account("oob-reclaim"),

                // The password now, and the one that each release brings back.
                ["admin"] = new { UserName = "oob-admin", state.Accounts.First(a => a.UserName == "oob-admin").Password, DeliveredPassword = identity.Passwords["oob-admin"] },
            },
            Feeds = new Dictionary<string, bool> { ["A"] = rack.State.FeedA, ["B"] = rack.State.FeedB },
            Switch = new { Name = $"tor-{rack.Identity.Name}", Url = $"https://127.0.0.1:{rack.Identity.SwitchPort}", Up = rack.State.SwitchUp, UserName = RackIdentity.Monitor, rack.Identity.Password },
            Pdu = new { Url = $"https://127.0.0.1:{rack.Identity.PduPort}", UserName = RackIdentity.Monitor, rack.Identity.Password },
            State = state.Commission,
            Allocation = state.Allocation,
            state.BootId,
            Tampered = state.Tamper is not null,
            state.HardLocked,
            Licence = new { state.CallsPerSecond, LmkCount = state.LicensedLmks, state.Features },
            Content = new { state.Lmks, state.Certificates, LogEntries = state.LogEntries + device.Host.Audit.Count, state.FactoryConfiguration },
            FanTooFast = state.FanTooFastSince is not null,
        };
    }
}
