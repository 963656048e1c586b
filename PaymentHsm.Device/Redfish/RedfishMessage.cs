namespace PaymentHsm.Device.Redfish;

/// <summary>Message ids of the form <c>Registry.Major.Minor.Key</c>. Versions differ between peers, so only registry and key count (OOB-PROFILE 2).</summary>
internal static class RedfishMessage
{
    /// <summary><c>Registry.Key</c> of an error envelope's first message, or of its code; null when there is none.</summary>
    public static string? Of(JsonView body) => IdOf(body) is { } id ? Words.Short($"{RegistryOf(id)}.{KeyOf(id)}") : null;

    /// <summary>The key alone; null when the body is no error envelope.</summary>
    public static string? KeyOf(JsonView body) => IdOf(body) is { } id ? Words.Short(KeyOf(id)) : null;

    /// <summary>The last part of a message id.</summary>
    public static string KeyOf(string id) => id[(id.LastIndexOf('.') + 1)..];

    private static string? IdOf(JsonView body)
    {
        var error = body.At("error");
        return error.At("@Message.ExtendedInfo").Items.Select(info => info.At("MessageId").Text).FirstOrDefault(text => text is not null) ?? error.At("code").Text;
    }

    private static string RegistryOf(string id) => id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? id[..dot] : id;
}
