using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>The OEM part of a system (OOB-PROFILE 5). What is missing or not understood is unknown, so that custody rules fail closed.</summary>
internal static class CommissionPart
{
    /// <summary>Commission facts; null for a peer without our extension.</summary>
    public static CommissionReading? Of(JsonView system, DateTimeOffset at)
    {
        var oem = Oem(system);
        return oem.IsObject
            ? new CommissionReading(
                at,
                Member<CommissionState>(oem.At("CommissionState").Text),
                oem.At("AllocationId").Text,
                Member<AdminAccess>(oem.At("AdminAccess").Text),
                oem.At("CustomerContentPresent").Flag,
                oem.At("LastErase", "OperationId").Id,
                oem.At("LastErase", "Verified").Flag)
            : null;
    }

    /// <summary>Our OEM object of a system; not there for a peer without our extension.</summary>
    public static JsonView Oem(JsonView system) => system.At("Oem", "PaymentHsm");

    /// <summary>Our OEM object of a system.</summary>
    /// <exception cref="RedfishException">The peer has none, so <paramref name="what"/> cannot be had from it.</exception>
    public static JsonView Needed(JsonView system, string what) => Oem(system) is { IsObject: true } oem ? oem : throw Lacking(what);

    /// <summary>Where one of our OEM actions is sent to.</summary>
    /// <exception cref="RedfishException">The peer does not offer it.</exception>
    public static string ActionTarget(JsonView system, string action)
    {
        Needed(system, action);
        return system.At("Actions").At("Oem", "#PaymentHsm." + action, "target").Text ?? throw new RedfishException(LinkFault.Unsupported, $"The controller offers no {action}.");
    }

    /// <summary>True when the controller's word for the commission state is one of the known ones; its own "Unknown" is.</summary>
    public static bool HasKnownState(JsonView system) => Enum.GetNames<CommissionState>().Contains(Oem(system).At("CommissionState").Text, StringComparer.Ordinal);

    private static RedfishException Lacking(string what) =>
        new(LinkFault.Unsupported, $"The controller has no payment HSM extension, so it has no {what}; health and a restart are all that it offers.");

    // By exact name only: Enum.TryParse alone would take "3" and "released" as well.
    private static T Member<T>(string? text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<T>(text!) : default;
}
