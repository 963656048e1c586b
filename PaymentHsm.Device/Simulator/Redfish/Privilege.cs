namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>What a route asks of its caller (OOB-PROFILE 3).</summary>
internal enum Privilege
{
    /// <summary>Nothing: public.</summary>
    None,

    /// <summary>Any account.</summary>
    Login,

    /// <summary>Operator or Administrator.</summary>
    Restart,

    /// <summary>Administrator.</summary>
    Administer,

    /// <summary>The account with the OEM privilege PaymentHsmReclaim, and no other.</summary>
    Reclaim,
}

/// <summary>Roles and what they hold.</summary>
internal static class Roles
{
    public const string ReadOnly = "ReadOnly";
    public const string Operator = "Operator";
    public const string Administrator = "Administrator";
    public const string Reclaim = "PaymentHsmReclaim";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } = [ReadOnly, Operator, Administrator, Reclaim];

    /// <summary>The standard privileges of a role.</summary>
    public static IReadOnlyList<string> Assigned(string role) => role switch
    {
        Administrator => ["Login", "ConfigureManager", "ConfigureUsers", "ConfigureComponents", "ConfigureSelf"],
        Operator => ["Login", "ConfigureComponents", "ConfigureSelf"],
        Reclaim => ["Login"],
        _ => ["Login", "ConfigureSelf"],
    };

    /// <summary>May the role do it?</summary>
    public static bool Allows(string role, Privilege privilege) => privilege switch
    {
        Privilege.Restart => role is Operator or Administrator,
        Privilege.Administer => role == Administrator,
        Privilege.Reclaim => role == Reclaim,
        _ => true,
    };
}
