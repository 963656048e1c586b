using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Enrolment;

/// <summary>How a device's out-of-band controller is reached, and as whom.</summary>
/// <param name="Url">Origin of the Redfish service; https only.</param>
/// <param name="Trust">Roots that may vouch for it.</param>
/// <param name="Monitor">ReadOnly account.</param>
/// <param name="Operator">Account that may restart gracefully.</param>
/// <param name="Reclaim">Account that may reclaim, nothing else; used only inside an approved force-delete.</param>
/// <param name="Administrator">With the credential as delivered, to which each release returns; a renewed one is in the vault. Disabled on the device while a customer holds it (R31).</param>
internal sealed record OobEndpoint(
    Uri Url,
    TrustAnchors Trust,
    AccountCredential Monitor,
    AccountCredential Operator,
    AccountCredential Reclaim,
    AccountCredential Administrator);

/// <summary>The top-of-rack switch's own Redfish service.</summary>
/// <param name="Name">The name staff know it by.</param>
/// <param name="Url">Origin of its service; https only.</param>
/// <param name="Trust">Roots that may vouch for it.</param>
/// <param name="Account">Account for it; null when it answers without one. A device's account is never used here: credentials do not go to another host.</param>
internal sealed record RackSwitch(string Name, Uri Url, TrustAnchors Trust, AccountCredential? Account);

/// <summary>Everything the site's records say of one device, credentials included; it never leaves the device layer.</summary>
internal sealed record DeviceEntry(EnrolledDevice Device, OobEndpoint Oob, EnrolledHostPort Host, RackSwitch? Switch);
