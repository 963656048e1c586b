namespace PaymentHsm.Domain.Lifecycle;

/// <summary>ARM ids of subnets. Only the form is known here: the subnet itself is the customer's.</summary>
internal static class SubnetId
{
    /// <summary>What one looks like, for messages.</summary>
    public const string Example = "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{network}/subnets/{subnet}";

    private const int MaxLength = 512;

    public static bool IsWellFormed(string text) =>
        text.Length <= MaxLength
        && text.Split('/') is ["", var s, var subscription, var g, var group, var p, var provider, var v, var network, var n, var subnet]
        && Same(s, "subscriptions") && Guid.TryParseExact(subscription, "D", out _) && Same(g, "resourceGroups") && Same(p, "providers")
        && Same(provider, "Microsoft.Network") && Same(v, "virtualNetworks") && Same(n, "subnets")
        && IsName(group) && IsName(network) && IsName(subnet);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string text) => text.Length is >= 1 and <= 90 && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '(' or ')');
}
