using System.Collections.Frozen;
using PaymentHsm.Device.HostCommands;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>The commands that the simulated unit knows.</summary>
internal static class HostCommandTable
{
    private static readonly FrozenDictionary<CommandCode, HostCommand> Commands = new HostCommand[]
    {
        new("B2", StatusCommands.Echo),
        new("J2", UtilisationCommands.Loading),
        new("J4", UtilisationCommands.Volumes),
        new("J6", UtilisationCommands.Reset, IsAudited: true),
        new("J8", UtilisationCommands.HealthCounts),
        new("JI", UtilisationCommands.ResetHealthCounts, IsAudited: true),
        new("JK", UtilisationCommands.Health),
        new("N0", StatusCommands.RandomValue),
        new("NC", StatusCommands.Diagnose),
        new("NI", StatusCommands.NetworkInformation),
        new("NO", StatusCommands.Status),
        new("Q2", AuditCommands.Retrieve),
        new("Q6", AuditCommands.Delete, IsAudited: true),
    }.ToFrozenDictionary(command => CommandCode.Parse(command.Name));

    /// <summary>The command, or null when it is unknown.</summary>
    public static HostCommand? Find(CommandCode code) => Commands.GetValueOrDefault(code);
}

/// <summary>Serves one command: answers and returns 00, or returns the code to refuse with.</summary>
/// <exception cref="HostProtocolException">The request is malformed; it carries the code to refuse with.</exception>
internal delegate ErrorCode HostCommandHandler(HostPortContext context, scoped ref HostExchange exchange);

/// <summary>A command of the simulated unit.</summary>
/// <param name="Name">Its code.</param>
/// <param name="Serve">What it does.</param>
/// <param name="IsAudited">True when it leaves an audit record. Which commands do is configurable on a real unit; here those that erase something.</param>
internal sealed record HostCommand(string Name, HostCommandHandler Serve, bool IsAudited = false);
