using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tests.Settings;

public sealed class SettingsReaderTests
{
    private static PortalSettings Read(string environment, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
        return SettingsReader.Read(configuration, new TestEnvironment(environment));
    }

    private static IReadOnlyList<string> Problems(string environment, params (string Key, string Value)[] values) =>
        Assert.Throws<SettingsException>(() => Read(environment, values)).Problems;

    private static (string, string)[] Good => [("PaymentHsm:Simulator:Enabled", "true"), ("PaymentHsm:Identity:Provider", "Development")];

    [Fact]
    public void Read_Development_GivesDefaults()
    {
        var settings = Read("Development", Good);
        Assert.Equal((24, TimeSpan.FromSeconds(10)), (settings.Simulator.Devices, settings.Polling.Interval));
    }

    [Fact]
    public void Read_SeveralThingsWrong_ListsThemAllWithTheirKeys()
    {
        var problems = Problems(
            "Development", [.. Good, ("PaymentHsm:Polling:Interval", "often"), ("PaymentHsm:Simulator:Devices", "many"), ("PaymentHsm:Poling:Interval", "00:00:01")]);
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, p => p.StartsWith("PaymentHsm:Polling:Interval: 'often'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("PaymentHsm:Simulator:Devices: 'many'", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("PaymentHsm:Poling: there is no such setting", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OutOfRange_SaysSo()
    {
        var problems = Problems("Development", [.. Good, ("PaymentHsm:Simulator:Devices", "0"), ("PaymentHsm:Polling:Interval", "00:00:00"), ("PaymentHsm:Polling:Connections", "9")]);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Read_Production_RefusesSimulatorAndDevelopmentSignIn()
    {
        var problems = Problems("Production", Good);
        Assert.Contains(problems, p => p.StartsWith("PaymentHsm:Simulator:Enabled", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("PaymentHsm:Identity:Provider", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://127.0.0.1:5080;https://portal.example.org")]
    public void Read_DevelopmentSignInOffLoopback_IsRefused(string urls) =>
        Assert.Contains(Problems("Development", [.. Good, ("urls", urls)]), p => p.StartsWith("urls:", StringComparison.Ordinal));

    [Fact]
    public void Read_EntraWithoutItsSection_ListsEachMissingKey() =>
        Assert.Equal(3, Problems("Production", ("PaymentHsm:Fleet:Source", "https://enrolment.example.org")).Count(p => p.StartsWith("AzureAd:", StringComparison.Ordinal)));

    [Fact]
    public void Read_NoSimulatorAndNoSource_IsRefused() =>
        Assert.Contains(Problems("Development", ("PaymentHsm:Identity:Provider", "Development")), p => p.StartsWith("PaymentHsm:Fleet:Source", StringComparison.Ordinal));

    private sealed class TestEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
