using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class KnownIssuesTests
{
    [Theory]
    [InlineData("1.7a", "Fan too fast in the log", "fan-too-fast")]
    [InlineData("1.8a", "Fan too fast in the log", null)]
    [InlineData("1.9a", "shared memory errors after the reboot", "shared-memory")]
    [InlineData("2.0c", "the old TLS certificate is still there", "certificates-survive")]
    [InlineData("2.1a", "the old TLS certificate is still there", null)]
    [InlineData(null, "fans at full speed", "fan-too-fast")]
    [InlineData("1.7a", "fantastic, nothing wrong", null)]
    public void R57_Match_NeedsTheSymptomAndTheFirmware(string? firmware, string text, string? issue) =>
        Assert.Equal(issue, KnownIssues.Match(firmware, text).SingleOrDefault()?.Issue.Id);
}
