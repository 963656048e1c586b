using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Simulator.Canaries;

namespace PaymentHsm.Domain.Canaries;

internal static class UsesLogging
{
    public static LogLevel Level(ILogger? log) => log is null ? LogLevel.None : LogLevel.Trace;
}

internal static class UsesDevice
{
    public static bool Is(object value) => value is SimulatorCanary;
}

internal static class UsesClock
{
    public static readonly Func<DateTimeOffset> InALambda = () => DateTimeOffset.UtcNow;
}

internal static class UsesGuid
{
    public static Guid New() => Guid.NewGuid();
}

internal static class UsesRandom
{
    public static int Roll() => Random.Shared.Next(6);
}

internal static class UsesSystemTime
{
    public static TimeProvider Clock() => TimeProvider.System;
}

internal static class UsesFile
{
    public static async Task<string> InAStateMachineAsync() => await File.ReadAllTextAsync("x", CancellationToken.None).ConfigureAwait(false);
}
