namespace PaymentHsm.Domain.Lifecycle;

/// <summary>A device checked against the base image (R34, R42, R43).</summary>
/// <param name="FirmwareApproved">Firmware is on the approved list (R37).</param>
/// <param name="LicencesComplete">The base licence set is there (R43).</param>
/// <param name="SelfTestPassed">The device's own diagnostics passed.</param>
public sealed record BaselineCheck(bool FirmwareApproved, bool LicencesComplete, bool SelfTestPassed)
{
    /// <summary>The checks that failed, in words; empty when the device is on baseline.</summary>
    public IReadOnlyList<string> Misses =>
    [
        .. FirmwareApproved ? [] : new[] { "firmware not on the approved list" },
        .. LicencesComplete ? [] : new[] { "licence set incomplete" },
        .. SelfTestPassed ? [] : new[] { "self-test not passed" },
    ];
}
