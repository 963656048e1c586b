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

    /// <summary>Our OEM object of a system.</summary>
    public static JsonView Oem(JsonView system) => system.At("Oem", "PaymentHsm");

    // By exact name only: Enum.TryParse alone would take "3" and "released" as well.
    private static T Member<T>(string? text)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<T>(text!) : default;
}
