namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>The messages that a device can say: those used of the standard Base registry, and all of our own (OOB-PROFILE 2 and 7). Texts are ours.</summary>
internal static class Messages
{
    /// <summary>Registry and version of the standard messages.</summary>
    public const string Base = "Base.1.19";

    /// <summary>Registry and version of our own.</summary>
    public const string Own = "PaymentHsm.1.0";

    private static readonly Dictionary<string, Message> BaseByKey = new Message[]
    {
        new("NoValidSession", "Critical", "There is no valid session for this request.", 0, "Log in and send the request again."),
        new("ResourceAtUriUnauthorized", "Critical", "Access to the resource at %1 was refused: %2.", 2, "Check the credentials."),
        new("InsufficientPrivilege", "Critical", "The account lacks a privilege that this needs.", 0, "Use an account with the privilege."),
        new("ResourceMissingAtURI", "Critical", "There is no resource at %1.", 1, "Check the URI."),
        new("OperationNotAllowed", "Critical", "The HTTP method is not allowed on this resource.", 0, "See the Allow header."),
        new("ActionParameterMissing", "Critical", "Action %1 needs the parameter %2.", 2, "Send the parameter."),
        new("ActionParameterValueNotInList", "Warning", "The value %1 of parameter %2 in action %3 is not one of the allowed values.", 3, "Choose an allowed value."),
        new("ActionParameterValueFormatError", "Warning", "The value %1 of parameter %2 in action %3 has the wrong format.", 3, "Correct the value."),
        new("ActionNotSupported", "Critical", "The action %1 is not supported now.", 1, "Check the state of the resource."),
        new("MalformedJSON", "Critical", "The request body is not valid JSON.", 0, "Correct the body."),
        new("UnrecognizedRequestBody", "Warning", "The request body is not of a kind that this resource takes.", 0, "Send a JSON object as application/json."),
        new("PropertyMissing", "Warning", "The property %1 is required.", 1, "Send the property."),
        new("PropertyNotWritable", "Warning", "The property %1 cannot be written.", 1, "Leave it out."),
        new("PropertyUnknown", "Warning", "The property %1 is not known here.", 1, "Leave it out."),
        new("PropertyValueTypeError", "Warning", "The value %1 of property %2 has the wrong type.", 2, "Correct the value."),
        new("PropertyValueNotInList", "Warning", "The value %1 of property %2 is not one of the allowed values.", 2, "Choose an allowed value."),
        new("ResourceAlreadyExists", "Critical", "There is a resource of type %1 with property %2 of value %3 already.", 3, "Choose another value."),
        new("ResourceCannotBeDeleted", "Critical", "The resource cannot be deleted.", 0),
        new("ResourceInUse", "Warning", "The resource is in use or in transition.", 0, "Wait for the running task."),
        new("PreconditionFailed", "Critical", "The ETag given is not the resource's.", 0, "Read the resource again."),
        new("QueryParameterUnsupported", "Warning", "The query parameter %1 is not supported.", 1, "Leave it out."),
        new("QueryParameterValueTypeError", "Warning", "The value %1 of query parameter %2 has the wrong type.", 2, "Correct the value."),
        new("HeaderInvalid", "Critical", "The header %1 is not acceptable.", 1, "Correct the header."),
        new("InternalError", "Critical", "The service failed.", 0, "Try again."),
        new("ServiceTemporarilyUnavailable", "Critical", "The service is busy; try again in %1 seconds.", 1, "Wait."),
    }.ToDictionary(m => m.Key);

    private static readonly Dictionary<string, Message> OwnByKey = new Message[]
    {
        new("RestartRequested", "OK", "Restart %1 was requested by %2.", 2),
        new("RestartStarted", "Warning", "The HSM goes down; boot %1 ends.", 1),
        new("RestartCompleted", "OK", "The HSM is up; boot %1, cause %2.", 2),
        new("RestartFailed", "Critical", "Restart %1 did not happen.", 1, "Have the device power-cycled on site."),
        new("ReclaimAccepted", "Warning", "Reclaim %1 of allocation %2 was accepted under approval %3.", 3),
        new("ReleaseIssued", "Warning", "Release of allocation %1 was issued by operation %2.", 2),
        new("CustomerContentErased", "Warning", "Customer content of allocation %1 was erased by operation %2.", 2),
        new("ReclaimCompleted", "OK", "Reclaim %1 ended; allocation %2 is released.", 2),
        new("ReclaimFailed", "Critical", "Reclaim %1 of allocation %2 failed in phase %3.", 3, "Follow the runbook for failed hardware."),
        new("DeviceReleased", "OK", "The customer released allocation %1.", 1),
        new("DeviceHandedOver", "OK", "The device was handed over to allocation %1.", 1),
        new("DeviceCommissioned", "OK", "The device of allocation %1 was commissioned.", 1),
        new("AdminAccessDisabled", "OK", "Administrator access was disabled.", 0),
        new("AdminAccessEnabled", "OK", "Administrator access was enabled.", 0),
        new("TamperDetected", "Critical", "Tamper was detected: %1.", 1, "Treat the device as an incident; only a person on site clears the latch."),
        new("TamperCleared", "OK", "The tamper latch was cleared on site.", 0),
        new("LinkDown", "Warning", "Port %1 lost its link.", 1),
        new("LinkUp", "OK", "Port %1 has a link.", 1),
        new("LicenceSet", "OK", "The licence is %1 calls per second and %2 local master keys.", 2),
        new("CertificatesRemoved", "OK", "%1 certificates were removed.", 1),
        new("FirmwareUpdated", "OK", "The base firmware is %1.", 1),
        new("FirmwareUpdateFailed", "Critical", "Update %1 failed; the base firmware is still %2.", 2, "Install the image again."),
        new("OperationIdConflict", "Critical", "Operation %1 is known with other parameters.", 1, "Look the operation up."),
        new("AllocationMismatch", "Critical", "The device does not belong to allocation %1.", 1, "Read the device again; do not repeat."),
        new("AlreadyReleased", "Warning", "The device is released already.", 0, "Read the device again."),
        new("DeviceInCustomerCustody", "Critical", "The device is in the custody of allocation %1.", 1, "Wait for the release."),
    }.ToDictionary(m => m.Key);

    /// <summary>Our own messages, for the registry file.</summary>
    public static IEnumerable<Message> All => OwnByKey.Values;

    /// <summary>One of our own.</summary>
    public static Message OfDevice(string key) => OwnByKey[key];

    /// <summary>An error answer of the standard registry.</summary>
    public static Answer Error(int status, string key, params string[] args) => new(status, BaseByKey[key].Envelope(Base, args));

    /// <summary>An error answer of either registry.</summary>
    public static Answer Error(int status, string registry, string key, string[] args) =>
        new(status, (registry == Own ? OwnByKey : BaseByKey)[key].Envelope(registry, args));
}
