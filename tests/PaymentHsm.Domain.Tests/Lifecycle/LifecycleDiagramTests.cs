using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class LifecycleDiagramTests
{
    /// <summary>Set this variable to 1 to write the page afresh after a change of the tables.</summary>
    private const string WriteIt = "PAYMENTHSM_WRITE_DOCS";

    [Fact]
    public void Page_DocsLifecycle_IsWhatTheTablesSay()
    {
        var path = Path.Combine(Root(), "docs", "lifecycle.md");
        var made = LifecycleDiagram.Page(LifecycleOptions.Default);
        if (Environment.GetEnvironmentVariable(WriteIt) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, made);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == made, $"docs/lifecycle.md differs from the tables. Run the test once with {WriteIt}=1 and commit the page.");
    }

    [Fact]
    public void Page_EveryRowOfBothTables_IsOnIt()
    {
        var page = LifecycleDiagram.Page(LifecycleOptions.Default);

        Assert.All(HsmLifecycle.Table.Rows, r => Assert.Contains($"| {r.Id} | {r.From?.ToString() ?? "(none)"} | {r.Trigger} |", page));
        Assert.All(ResourceLifecycle.Table.Rows, r => Assert.Contains($"| {r.Id} | {r.From?.ToString() ?? "(none)"} | {r.Trigger} |", page));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PaymentHsm.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The solution's folder was not found.");
    }
}
