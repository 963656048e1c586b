using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>The performance licence: pushed over the out-of-band controller without an interruption, in every custody (R15, R16, R43).</summary>
internal static class Licence
{
    /// <summary>Installs a performance licence; it brings the whole base set. The same operation id causes nothing twice.</summary>
    public static Verdict Set(Change change, Guid operation, int callsPerSecond, int lmks, string user)
    {
        var fingerprint = $"{callsPerSecond}/{lmks}";
        if (KnownOperation.Of(change, operation, OperationAction.SetLicence, fingerprint) is { } known)
        {
            return known;
        }

        var state = change.State;
        if (!state.Serving || state.Commission is CommissionState.Reclaiming or CommissionState.Releasing)
        {
            return Verdict.Busy;
        }

        change.State = state with { CallsPerSecond = callsPerSecond, LicensedLmks = lmks, Features = [.. BaseLicence.Features] };
        change.Write("LicenceSet", [KnownOperation.Text(callsPerSecond), KnownOperation.Text(lmks)], user, operation);
        return KnownOperation.Succeed(change, operation, OperationAction.SetLicence, fingerprint, "LicenceSet", user);
    }

    /// <summary>A feature, or every one, falls out of the licence, as after custom firmware or a wrong licence file.</summary>
    public static Verdict Lose(Change change, string? feature)
    {
        if (feature is not null && !change.State.Features.Contains(feature))
        {
            return new Verdict.Refused(404, "", "", $"The licence has no feature '{feature}'; it has {string.Join(", ", change.State.Features)}.");
        }

        change.State = change.State with { Features = feature is null ? [] : change.State.Features.Remove(feature) };
        return new Verdict.Accepted(null, null);
    }
}
