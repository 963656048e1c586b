using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Faults;
using PaymentHsm.Device.Simulator.Redfish.Resources;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>The out-of-band controller of one device: a Redfish service over the device's one truth.</summary>
internal sealed class DeviceSide : RedfishSide<DeviceSide>
{
    private readonly bool _conformance;

    public DeviceSide(SimulatedHsm hsm, TimeProvider time, bool conformance)
        : base(DeviceRoutes.Table, time)
    {
        (Hsm, _conformance) = (hsm, conformance);
        Events = new EventStreams(time);
        hsm.Noticed += OnNotice;
    }

    /// <summary>The device.</summary>
    public SimulatedHsm Hsm { get; }

    public override FaultSet Faults => Hsm.Faults;

    public override EventStreams Events { get; }

    /// <inheritdoc/>
    public override Caller? LogIn(string userName, string password)
    {
        var state = Hsm.State;
        var account = state.Accounts.FirstOrDefault(a => a.UserName == userName);
        return account is not null && IsEnabled(state, account)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(account.Password), Encoding.UTF8.GetBytes(password))
            ? new Caller(account.UserName, account.RoleId, null)
            : null;
    }

    /// <summary>An administrator is shut out while a customer has the device, whatever the account says; the validators' mode lifts that.</summary>
    public bool IsEnabled(DeviceState state, Account account) =>
        account.Enabled && (account.RoleId != Roles.Administrator || state.AdminEnabled || _conformance);

    private void OnNotice(DeviceNotice notice)
    {
        switch (notice)
        {
            case DeviceNotice.Gone:
                Sessions.EndAll();
                Events.CloseAll();
                return;
            case DeviceNotice.Entry { Value.Key: "AdminAccessDisabled" } when !_conformance:
                foreach (var account in Hsm.State.Accounts.Where(a => a.RoleId == Roles.Administrator))
                {
                    Sessions.EndAll(account.UserName);
                }

                break;
        }

        Events.Publish(notice);
    }
}
