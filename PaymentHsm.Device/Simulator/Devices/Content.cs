using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>What a device shall still hold after a release, against the rule: each part is null for "nothing".</summary>
/// <param name="Lmks">Local master keys.</param>
/// <param name="Certificates">Certificates.</param>
/// <param name="LogEntries">Entries of the device's own logs.</param>
/// <param name="Configuration">True: the configuration is not the factory's.</param>
internal sealed record Residue(int? Lmks, int? Certificates, long? LogEntries, bool? Configuration);

/// <summary>What a customer leaves in a device, and how it goes away (R77, R78).</summary>
internal static class Content
{
    /// <summary>From this release on a device forgets its TLS certificates when it is released (R57).</summary>
    public const string ForgetsCertificatesFrom = "2.1a";

    private const int CertificatesOfACustomer = 2;
    private const int EntriesOfACommissioning = 3;

    /// <summary>The customer sets the device up: keys, certificates, configuration, log entries.</summary>
    public static void Fill(Change change) => change.State = change.State with
    {
        CustomerContent = true,
        Lmks = change.State.LicensedLmks,
        Certificates = change.State.Certificates + CertificatesOfACustomer,
        LogEntries = change.State.LogEntries + EntriesOfACommissioning,
        FactoryConfiguration = false,
    };

    /// <summary>Something happened that the device's own logs tell, while a customer has it.</summary>
    public static void Log(Change change)
    {
        if (change.State.Allocation is not null)
        {
            change.State = change.State with { LogEntries = change.State.LogEntries + 1 };
        }
    }

    /// <summary>The device's own error and audit logs go.</summary>
    public static void EraseLogs(Change change) => change.State = change.State with { LogEntries = 0, LogErasures = change.State.LogErasures + 1 };

    /// <summary>A release: everything goes; certificates only on firmware that is not too old for it. A residue asked for is left behind.</summary>
    public static void Release(Change change)
    {
        EraseLogs(change);
        change.State = change.State with
        {
            CustomerContent = false,
            Lmks = 0,
            Certificates = FirmwareRelease.IsOlder(change.State.Base, ForgetsCertificatesFrom) ? change.State.Certificates : 0,
            FactoryConfiguration = true,
        };
        if (change.State.Residue is { } residue)
        {
            Put(change, residue);
        }
    }

    /// <summary>Leaves a residue: at once on a released device, otherwise at its next release.</summary>
    public static void Leave(Change change, Residue residue)
    {
        if (change.State.Commission == CommissionState.Released)
        {
            Put(change, residue);
        }
        else
        {
            change.State = change.State with { Residue = residue };
        }
    }

    /// <summary>Removes what certificates a release left behind. The same operation id causes nothing twice.</summary>
    public static Verdict RemoveCertificates(Change change, Guid operation, string user)
    {
        if (KnownOperation.Of(change, operation, OperationAction.RemoveCertificates, "") is { } known)
        {
            return known;
        }

        if (change.State.Commission != CommissionState.Released)
        {
            return Verdict.Refuse(403, "DeviceInCustomerCustody", change.State.Allocation ?? "");
        }

        if (!change.State.Serving)
        {
            return Verdict.Busy;
        }

        var removed = KnownOperation.Text(change.State.Certificates);
        change.State = change.State with { Certificates = 0 };
        change.Write("CertificatesRemoved", [removed], user, operation);
        return KnownOperation.Succeed(change, operation, OperationAction.RemoveCertificates, "", "CertificatesRemoved", user);
    }

    private static void Put(Change change, Residue residue) => change.State = change.State with
    {
        Residue = null,
        Lmks = residue.Lmks ?? change.State.Lmks,
        Certificates = residue.Certificates ?? change.State.Certificates,
        LogEntries = residue.LogEntries ?? change.State.LogEntries,
        FactoryConfiguration = residue.Configuration is { } left ? !left : change.State.FactoryConfiguration,
    };
}
