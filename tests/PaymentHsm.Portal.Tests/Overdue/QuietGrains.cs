using System.Reflection;
using PaymentHsm.Portal.Grains;

namespace PaymentHsm.Portal.Tests.Overdue;

/// <summary>Gives grains that do nothing: for tests in which it matters only what is stored.</summary>
public class QuietGrains : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.ReturnType == typeof(Task) ? Task.CompletedTask : Create<IHsmGrain, QuietGrains>();
}
