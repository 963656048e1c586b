using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Holds one approval request; a test pushes its changes.</summary>
internal sealed class TestApprovalDesk : IApprovalDesk
{
    private readonly Channel<ApprovalRequest> _changes = Channel.CreateUnbounded<ApprovalRequest>();

    public ApprovalRequest? Request { get; set; }

    public IReadOnlyList<BindingChange> Changes { get; set; } = [];

    public List<(string By, Signature Signature)> Signed { get; } = [];

    /// <summary>What the desk says to a signature; null takes it.</summary>
    public Refusal? Refusal { get; set; }

    public void Push(ApprovalRequest request) => _changes.Writer.TryWrite(Request = request);

    public Task<Outcome<ApprovalRequest>> DecideAsync(Actor actor, string id, Signature signature, CancellationToken cancellationToken)
    {
        Signed.Add((actor.Id, signature));
        return Task.FromResult<Outcome<ApprovalRequest>>(Refusal is null ? Request! : Refusal);
    }

    public Task<Outcome<ApprovalRequest>> WithdrawAsync(Actor actor, string id, CancellationToken cancellationToken) => Task.FromResult<Outcome<ApprovalRequest>>(Request!);

    public Task<Outcome<ApprovalRequest>> RevokeAsync(Actor actor, string id, string? reason, CancellationToken cancellationToken) => Task.FromResult<Outcome<ApprovalRequest>>(Request!);

    public Task<ApprovalRequest?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Request?.Id == id ? Request : null);

    public Task<ApprovalPage> PageAsync(ApprovalFilter filter, CancellationToken cancellationToken) => Task.FromResult(Request is null ? new ApprovalPage(0, []) : new ApprovalPage(1, [Request]));

    public Task<IReadOnlyList<ApprovalRequest>> WaitingForAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ApprovalRequest>>(Request is { State: ApprovalState.Submitted } request && ApprovalPolicy.Closed(request, actor) is null ? [request] : []);

    public Task<ApprovalCheck?> CheckAsync(string id, CancellationToken cancellationToken) => Task.FromResult<ApprovalCheck?>(new ApprovalCheck(PaymentHsm.Tests.TestTiles.Now, Changes));

    public ApprovalOptions OptionsOf(string action) => new();

    public Task<IReadOnlyList<string>> CouldSignAsync(ApprovalRequest request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(["engineer2", "engineer3"]);

    public async IAsyncEnumerable<ApprovalRequest> FollowAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    public async IAsyncEnumerable<ApprovalRequest> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield break;
    }
}
