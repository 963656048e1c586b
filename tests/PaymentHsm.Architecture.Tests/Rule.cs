using PaymentHsm.Architecture.Tests.Reading;

namespace PaymentHsm.Architecture.Tests;

/// <summary>One arrow of the house, or one banned symbol.</summary>
/// <param name="Name">The rule in a sentence.</param>
/// <param name="Breaks">True when a use breaks it.</param>
/// <param name="Canaries">Types of this test assembly that break it on purpose; each must be caught, or the rule watches nothing.</param>
public sealed record Rule(string Name, Predicate<TypeUse> Breaks, params Type[] Canaries)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
