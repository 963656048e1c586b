using PaymentHsm.Device.Simulator.Faults;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>One Redfish service, as the HTTP pipeline needs it: a device's controller, a rack's switch or a rack's power distribution.</summary>
internal interface IRedfishSide
{
    /// <summary>Sessions of this service.</summary>
    Sessions Sessions { get; }

    /// <summary>Faults injected into it; null where none can be.</summary>
    FaultSet? Faults { get; }

    /// <summary>Judges a user name and password; null for anything but an enabled account's own.</summary>
    Caller? LogIn(string userName, string password);

    /// <summary>What can be done at a path.</summary>
    (IReadOnlyList<string> Allow, Privilege Privilege, Func<RedfishRequest, Answer>? Handle, IReadOnlyList<string> Args)? Route(string method, string path);

    /// <summary>The stream of events; null where there is none.</summary>
    EventStreams? Events { get; }
}
