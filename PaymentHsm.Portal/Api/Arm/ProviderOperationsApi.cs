using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>What the provider can do, in the words that permissions use.</summary>
internal static class ProviderOperationsApi
{
    private static readonly ArmList<OperationView> Operations = new(
        [
            Of("read", "Read payment HSM", "Shows payment HSMs and lists them."),
            Of("write", "Create or update payment HSM", "Allocates a payment HSM or changes its tags or performance level."),
            Of("delete", "Delete payment HSM", "Takes back a payment HSM that the customer has released."),
        ],
        null);

    public static void MapProviderOperations(this RouteGroupBuilder api) => api.MapGet(ArmPaths.Operations, () => ArmJson.Answer(Operations));

    private static OperationView Of(string action, string operation, string description) =>
        new($"{ResourceId.Type}/{action}", false, "user,system", new OperationDisplay("Payment HSM Portal", "Payment HSM", operation, description));

    private sealed record OperationView(string Name, bool IsDataAction, string Origin, OperationDisplay Display);

    private sealed record OperationDisplay(string Provider, string Resource, string Operation, string Description);
}
