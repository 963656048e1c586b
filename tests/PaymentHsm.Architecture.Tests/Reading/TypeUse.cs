namespace PaymentHsm.Architecture.Tests.Reading;

/// <summary>A type as metadata names it. Nested and compiler-made types count as the outermost type that holds them.</summary>
/// <param name="Assembly">Simple name of the assembly that defines it.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name, without generic arity.</param>
public sealed record TypeName(string Assembly, string Namespace, string Name)
{
    /// <summary>True when the type is in that namespace or below it.</summary>
    public bool IsIn(string space) => Namespace == space || Namespace.StartsWith(space + ".", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}

/// <summary>One type names another: in its bases, attributes, members' signatures or code.</summary>
/// <param name="From">The user.</param>
/// <param name="IsComponent">True when the user is a Blazor component.</param>
/// <param name="Target">What it uses.</param>
/// <param name="Member">The member it uses, as metadata names it (<c>get_UtcNow</c>); null for the type alone.</param>
public sealed record TypeUse(TypeName From, bool IsComponent, TypeName Target, string? Member)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From} uses {Target}{(Member is null ? "" : "." + Member)}";
}
