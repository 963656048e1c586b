using System.Text.Json;
using PaymentHsm.Domain.Approvals;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One approval request. It is never deleted; what it binds is JSON because it is only ever read and compared as a whole.</summary>
internal sealed class ApprovalRow
{
    public long Id { get; set; }
    public required string Action { get; set; }
    public required string Serial { get; set; }
    public required string Ticket { get; set; }
    public required string RequestedBy { get; set; }
    public required string Excluded { get; set; }
    public required string Binding { get; set; }
    public required string Digest { get; set; }
    public ApprovalState State { get; set; }
    public DateTimeOffset? SubmittedAt { get; set; }
    public DateTimeOffset? ApproveBefore { get; set; }
    public DateTimeOffset? ArmAfter { get; set; }
    public DateTimeOffset? ExecuteBefore { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBecause { get; set; }
    public long Version { get; set; }

    public List<ApprovalDecisionRow> Decisions { get; } = [];

    public static ApprovalRow Of(ApprovalRequest request)
    {
        var row = new ApprovalRow
        {
            Action = request.Binding.Action,
            Serial = request.Binding.Serial.ToString(),
            Ticket = request.Binding.Ticket,
            RequestedBy = request.RequestedBy,
            Excluded = JsonSerializer.Serialize(request.Excluded, StoredJson.Options),
            Binding = JsonSerializer.Serialize(request.Binding, StoredJson.Options),
            Digest = request.Digest,
        };
        row.Take(request);
        return row;
    }

    /// <summary>Takes over everything that can change; signatures are only ever added.</summary>
    public void Take(ApprovalRequest request)
    {
        State = request.State;
        SubmittedAt = request.SubmittedAt;
        ApproveBefore = request.ApproveBefore;
        ArmAfter = request.ArmAfter;
        ExecuteBefore = request.ExecuteBefore;
        EndedAt = request.EndedAt;
        EndedBecause = request.EndedBecause;
        Version = request.Version;
        Decisions.AddRange(request.Decisions.Skip(Decisions.Count).Select(ApprovalDecisionRow.Of));
    }

    public ApprovalRequest ToRequest() => new(
        ApprovalNumber.Of(Id),
        RequestedBy,
        JsonSerializer.Deserialize<IReadOnlyList<string>>(Excluded, StoredJson.Options) ?? [],
        JsonSerializer.Deserialize<ApprovalBinding>(Binding, StoredJson.Options) ?? throw new InvalidOperationException($"{ApprovalNumber.Of(Id)} binds nothing."),
        Digest,
        State,
        [.. Decisions.OrderBy(d => d.Id).Select(d => d.ToDecision())],
        ApproveBefore,
        ExecuteBefore,
        EndedAt,
        EndedBecause,
        Version,
        SubmittedAt,
        ArmAfter);
}
