using System.Text;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Writes docs/lifecycle.md from the tables, so that page, diagram and code cannot differ.</summary>
public static class LifecycleDiagram
{
    /// <summary>The whole page, with <c>\n</c> line ends.</summary>
    public static string Page(LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var page = new StringBuilder();
        page.Append("# Lifecycle\n\n");
        page.Append("Made from the tables in `PaymentHsm.Domain/Lifecycle`; a test compares them. Do not edit by hand.\n");
        page.Append("States with a time are passing: the system acts next, and at the end of that time it acts by itself. In all others a person acts next.\n\n");
        page.Append("## Device\n\n");
        Diagram(page, HsmLifecycle.Table, options.DeadlineOf);
        page.Append("\nD30 (tamper or identity mismatch) starts from every state but Destroyed and is left out of the picture: what the operator could still use goes to Quarantined; every other device keeps its state and is put on hold.\n\n");
        Rows(page, HsmLifecycle.Table);
        page.Append("\n## Customer's resource\n\n");
        Diagram(page, ResourceLifecycle.Table, options.DeadlineOf);
        page.Append('\n');
        Rows(page, ResourceLifecycle.Table);
        return page.ToString();
    }

    private static void Diagram<TState, TEvent>(StringBuilder page, TransitionTable<TState, TEvent> table, Func<TState, TimeSpan?> deadline)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        page.Append("```mermaid\nstateDiagram-v2\n");
        foreach (var state in Enum.GetValues<TState>())
        {
            page.Append("    ").Append(state).Append(" : ").Append(state);
            page.Append(deadline(state) is { } limit ? $" (within {Words(limit)})" : "").Append('\n');
        }

        foreach (var row in table.Rows.Where(r => r.Id != "D30"))
        {
            page.Append("    ").Append(Node(row.From)).Append(" --> ").Append(Node(row.To)).Append(" : ").Append(row.Id).Append(' ').Append(row.Trigger).Append('\n');
        }

        foreach (var end in Enum.GetValues<TState>().Where(s => table.EventsIn(s).Count == 0))
        {
            page.Append("    ").Append(end).Append(" --> [*]\n");
        }

        page.Append("```\n");
    }

    private static void Rows<TState, TEvent>(StringBuilder page, TransitionTable<TState, TEvent> table)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        page.Append("| Row | From | Event | To | Who | Guard | Evidence |\n|---|---|---|---|---|---|---|\n");
        foreach (var row in table.Rows)
        {
            page.Append("| ").Append(row.Id).Append(" | ").Append(Name(row.From)).Append(" | ").Append(row.Trigger).Append(" | ").Append(Name(row.To))
                .Append(" | ").Append(row.Actor).Append(" | ").Append(row.Guard).Append(" | ").Append(row.Evidence).Append(" |\n");
        }
    }

    private static string Node<TState>(TState? state)
        where TState : struct, Enum => state?.ToString() ?? "[*]";

    private static string Name<TState>(TState? state)
        where TState : struct, Enum => state?.ToString() ?? "(none)";

    private static string Words(TimeSpan limit) =>
        limit.TotalDays >= 1 ? $"{limit.TotalDays:0.#} d" : limit.TotalHours >= 1 ? $"{limit.TotalHours:0.#} h" : $"{limit.TotalMinutes:0.#} min";
}
