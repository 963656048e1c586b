using PaymentHsm.Architecture.Tests.Reading;

namespace PaymentHsm.Architecture.Tests;

/// <summary>The arrows between the parts of the product, and what may not be used at all.</summary>
public static class Rules
{
    private const string InDomain = "PaymentHsm.Domain";
    private const string InDevice = "PaymentHsm.Device";
    private const string InSimulator = "PaymentHsm.Device.Simulator";
    private const string InPortal = "PaymentHsm.Portal";
    private const string InPersistence = "PaymentHsm.Portal.Persistence";
    private const string InGrains = "PaymentHsm.Portal.Grains";
    private const string InComponents = "PaymentHsm.Portal.Components";
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";

    private static readonly string[] Drivers = ["PaymentHsm.Device.Redfish", "PaymentHsm.Device.HostCommands", "PaymentHsm.Device.Transport"];

    /// <summary>Where the portal may name device types: its table of contents (Program and the host it calls), the registrations and the verbs.</summary>
    private static bool Composes(TypeName type) =>
        type.Name is "Program" or "PortalHost" || type.Name.EndsWith("Registration", StringComparison.Ordinal) || type.Name.EndsWith("Verb", StringComparison.Ordinal) || type.IsIn("PaymentHsm.Portal.Verbs");

    private static bool IsClock(TypeUse use) => (use.Target.Namespace, use.Target.Name, use.Member) is
        ("System", "DateTime", "get_UtcNow" or "get_Now" or "get_Today") or ("System", "DateTimeOffset", "get_UtcNow" or "get_Now");

    private static bool IsChance(TypeUse use) =>
        (use.Target.Namespace, use.Target.Name, use.Member) is ("System", "Guid", "NewGuid" or "CreateVersion7") or ("System", "TimeProvider", "get_System") or ("System", "Environment", "get_TickCount" or "get_TickCount64")
        || use.Target is { Namespace: "System", Name: "Random" } or { Namespace: "System.Security.Cryptography", Name: "RandomNumberGenerator" } or { Namespace: "System.Diagnostics", Name: "Stopwatch" };

    private static bool IsInputOutput(TypeName type) =>
        type is { Namespace: "System.IO", Name: "File" or "Directory" or "FileStream" or "FileInfo" or "DirectoryInfo" } or { Namespace: "System", Name: "Console" or "Environment" }
        || type.IsIn("System.Net") || type is { Namespace: "System.Diagnostics", Name: "Process" };

    /// <summary>All rules.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new(
            "Domain uses the base class library only",
            u => u.From.IsIn(InDomain) && u.Target.Assembly != u.From.Assembly && !u.Target.IsIn(InDomain) && !Framework.IsCore(u.Target.Assembly),
            typeof(PaymentHsm.Domain.Canaries.UsesLogging)),
        new(
            "Domain knows neither Device nor Portal",
            u => u.From.IsIn(InDomain) && (u.Target.IsIn(InDevice) || u.Target.IsIn(InPortal)),
            typeof(PaymentHsm.Domain.Canaries.UsesDevice)),
        new(
            "Domain has no clock of its own",
            u => u.From.IsIn(InDomain) && IsClock(u),
            typeof(PaymentHsm.Domain.Canaries.UsesClock)),
        new(
            "Domain has neither chance nor ambient time",
            u => u.From.IsIn(InDomain) && IsChance(u),
            typeof(PaymentHsm.Domain.Canaries.UsesGuid), typeof(PaymentHsm.Domain.Canaries.UsesRandom), typeof(PaymentHsm.Domain.Canaries.UsesSystemTime)),
        new(
            "Domain does no input or output",

            // The compiler writes the thread's id into every iterator; that is no input.
            u => u.From.IsIn(InDomain) && IsInputOutput(u.Target) && u.Member != "get_CurrentManagedThreadId",
            typeof(PaymentHsm.Domain.Canaries.UsesFile)),
        new(
            "Device uses Domain, the shared frameworks and the resilience packages only",
            u => u.From.IsIn(InDevice) && u.Target.Assembly != u.From.Assembly && !u.Target.IsIn(InDomain) && !Framework.IsShared(u.Target.Assembly)
                && !u.Target.Assembly.StartsWith("Polly", StringComparison.Ordinal) && !u.Target.Assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal),
            typeof(PaymentHsm.Device.Canaries.UsesEntityFramework)),
        new(
            "Device does not know Portal",
            u => u.From.IsIn(InDevice) && u.Target.IsIn(InPortal),
            typeof(PaymentHsm.Device.Canaries.UsesPortal)),
        new(
            "Drivers never use the simulator",
            u => Drivers.Any(u.From.IsIn) && u.Target.IsIn(InSimulator),
            typeof(PaymentHsm.Device.Redfish.Canaries.UsesSimulator), typeof(PaymentHsm.Device.HostCommands.Canaries.UsesSimulator), typeof(PaymentHsm.Device.Transport.Canaries.UsesSimulator)),
        new(
            "Components use queries, commands and Domain; never EF, Persistence, Device or grains",
            u => (u.IsComponent || u.From.IsIn(InComponents))
                && (u.Target.IsIn(EntityFramework) || u.Target.IsIn(InPersistence) || u.Target.IsIn(InDevice) || u.Target.IsIn(InGrains) || u.Target.IsIn("Orleans")),
            typeof(PaymentHsm.Portal.Components.Canaries.UsesPersistence), typeof(PaymentHsm.Portal.Fleet.Canaries.PageUsesGrain), typeof(PaymentHsm.Portal.Fleet.Canaries.PageUsesDevice), typeof(PaymentHsm.Portal.Fleet.Canaries.PageUsesEntityFramework)),
        new(
            "Device types are named only where the portal is composed",
            u => u.From.IsIn(InPortal) && !Composes(u.From) && u.Target.IsIn(InDevice),
            typeof(PaymentHsm.Portal.Api.Canaries.UsesDevice)),
        new(
            "Grains use Domain and its ports; never EF, Persistence or Device",
            u => u.From.IsIn(InGrains) && !Composes(u.From) && (u.Target.IsIn(EntityFramework) || u.Target.IsIn(InPersistence) || u.Target.IsIn(InDevice)),
            typeof(PaymentHsm.Portal.Grains.Canaries.UsesEntityFramework), typeof(PaymentHsm.Portal.Grains.Canaries.UsesPersistence)),
        new(
            "Persistence knows Domain and EF; no other part of the portal, no user interface, no grains",
            u => u.From.IsIn(InPersistence) && !Composes(u.From)
                && ((u.Target.IsIn(InPortal) && !u.Target.IsIn(InPersistence)) || u.Target.IsIn(InDevice) || u.Target.IsIn("Orleans") || u.Target.IsIn("MudBlazor") || u.Target.IsIn("Microsoft.AspNetCore")),
            typeof(PaymentHsm.Portal.Persistence.Canaries.UsesGrain), typeof(PaymentHsm.Portal.Persistence.Canaries.UsesWeb)),
        new(
            "Nobody asks the ambient clock",
            IsClock,
            typeof(PaymentHsm.Portal.Live.Canaries.UsesClock)),
        new(
            "Nobody sleeps on a thread",
            u => u.Target is { Namespace: "System.Threading", Name: "Thread" } && u.Member == "Sleep",
            typeof(PaymentHsm.Portal.Live.Canaries.Sleeps)),
    ];
}
