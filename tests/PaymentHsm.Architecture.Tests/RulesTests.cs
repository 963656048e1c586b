using System.Reflection;
using PaymentHsm.Architecture.Tests.Reading;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Architecture.Tests;

public sealed class RulesTests
{
    private static readonly Assembly[] Product = [typeof(HsmSerial).Assembly, Assembly.Load("PaymentHsm.Device"), Assembly.Load("PaymentHsm.Portal")];

    private static readonly Lazy<IReadOnlyList<TypeUse>> ProductUses = new(() => [.. Product.SelectMany(AssemblyUses.Read)]);

    private static readonly Lazy<IReadOnlyList<TypeUse>> CanaryUses = new(() => AssemblyUses.Read(typeof(RulesTests).Assembly));

    public static TheoryData<string> Names() => [.. Rules.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Product_Rule_Holds(string name)
    {
        var rule = Rules.All.Single(r => r.Name == name);

        string[] broken = [.. ProductUses.Value.Where(u => rule.Breaks(u)).Select(u => u.ToString()).Distinct().Order()];

        Assert.True(broken.Length == 0, $"{name}:\n{string.Join('\n', broken)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Canaries_Rule_CatchesEachOfThem(string name)
    {
        var rule = Rules.All.Single(r => r.Name == name);
        var caught = CanaryUses.Value.Where(u => rule.Breaks(u)).Select(u => u.From.ToString()).ToHashSet();

        Assert.NotEmpty(rule.Canaries);
        Assert.All(rule.Canaries, canary => Assert.Contains(canary.FullName!, caught));
    }

    [Fact]
    public void Reader_Product_SeesCodeSignaturesAndLambdas()
    {
        var domain = ProductUses.Value.Where(u => u.From.Assembly == "PaymentHsm.Domain").ToList();

        Assert.Contains(domain, u => u is { From.Name: "AuditChain", Target.Name: "SHA256", Member: "HashData" }); // in code
        Assert.Contains(domain, u => u is { From.Name: "HsmTile", Target.Name: "Location" }); // in a signature
        Assert.Contains(domain, u => u is { From.Name: "HealthRules", Target.Name: "SampleJudgement" }); // in a lambda or a method
        Assert.True(domain.Select(u => u.From).Distinct().Count() > 50);
    }

    [Fact]
    public void DomainProject_ReferencesNothing()
    {
        var references = typeof(HsmSerial).Assembly.GetReferencedAssemblies();

        Assert.All(references, r => Assert.True(Framework.IsCore(r.Name!), r.Name));
        Assert.Contains(typeof(RulesTests).Assembly.GetReferencedAssemblies(), r => !Framework.IsCore(r.Name!)); // the check can fail
    }
}
