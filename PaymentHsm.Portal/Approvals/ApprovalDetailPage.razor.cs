using System.Text;
using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Approvals;

/// <summary>One approval request with everything that is signed, the signatures so far and, at the end, the signature of the viewer. It needs no other page.</summary>
public partial class ApprovalDetailPage
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(3);

    /// <summary>Bound parameters that have a place of their own on the page.</summary>
    private static readonly HashSet<string> Placed =
    [
        "customer", "reason", "ladder", "documentId", "documentName", "documentSender", "documentReceivedAt", "documentChannel", "documentVerification", "knownIssues", "lastAnswer", "scope", "operationId",
    ];

    private ApprovalRequest? _request;
    private ApprovalCheck? _check;
    private IReadOnlyList<string> _could = [];
    private Refusal? _refusal;
    private DateTimeOffset? _signedInAt;
    private string? _serial;
    private string? _comment;
    private string? _revokeReason;
    private bool _busy;
    private Task _loop = Task.CompletedTask;
    private string? _following;

    [Inject]
    public required IApprovalDesk Desk { get; init; }

    [Inject]
    public required IForceDeleteDesk Deletes { get; init; }

    [Parameter]
    public required string Id { get; set; }

    private string Canonical => Encoding.UTF8.GetString(_request!.Binding.Canonical());

    private string DriftValue => _check is null ? "unknown" : _check.Changes.Count == 0 ? "none" : "changed";

    /// <summary>Impact lines: a heading before the colon, words after it. The first one is the headline.</summary>
    private IEnumerable<string> Headline => (Lines.FirstOrDefault().Words ?? "").TrimEnd('.').Split(". ").Select(s => $"{s}.");

    private IEnumerable<(string Heading, string Words)> Lines => _request!.Binding.ImpactPreview.Split('\n').Select(l => l.Split(": ", 2)).Select(p => p.Length == 2 ? (p[0], p[1]) : ("Impact", p[0]));

    private IEnumerable<(string Heading, string Words, string Shape, string Css)> Impact => Lines.Skip(1).Select(l => l.Heading switch
    {
        "Lost" => (l.Heading, l.Words, "critical", "critical"),
        "Other HSMs" => (l.Heading, l.Words, "warning", "warning"),
        "Resource" => (l.Heading, l.Words, "resource", "ink2"),
        _ => (l.Heading, l.Words, "unknown", "unknown"),
    });

    private IEnumerable<(string Rung, string Outcome)> Ladder => (Parameter("ladder") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(": ", 2)).Select(p => p.Length == 2 ? (p[0], p[1]) : ("Ladder", p[0]));

    private IReadOnlyList<(string Name, string Value)> Others =>
        [.. _request!.Binding.Parameters.Where(p => !Placed.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))];

    private string ActionWords => _request!.Binding.Action == "ForceDelete"
        ? $"ForceDelete: bypass the release check, then Reclaim (scope {Parameter("scope")}), operation {Parameter("operationId")}"
        : $"{_request.Act()}, operation {Parameter("operationId")}";

    /// <summary>A cancellation ends a destruction and harms nothing.</summary>
    private bool CallsOff => _request!.Binding.Action == Destruction.CancelAction;

    /// <summary>It is used by its own operation as soon as it is armed; nobody carries it out by hand.</summary>
    private bool IsAgain => _request!.Binding.Action == ReclaimAuthority.AgainAction;

    /// <summary>What is signed, in words: the act, the device it is done to, and what follows the last signature.</summary>
    private (string Verb, string Device, string Then) Words => _request!.Binding.Action switch
    {
        ReclaimAuthority.Action => ("erase irrevocably", "device to be erased", "Nothing is sent by it. The act itself is a separate one, by somebody who did not sign."),
        ReclaimAuthority.AgainAction => ("erase irrevocably", "device to be erased", "The portal reads once more what was signed, and sends one Reclaim. Any difference voids it."),
        Destruction.CancelAction => ("call the destruction off", "device that is kept", "The portal ends the destruction at once, if the unit is still in the rack; the unit stays in quarantine."),
        _ => ("destroy irrevocably", "device to be destroyed", "The portal opens the work order at once; two people at the rack carry it out."),
    };

    private Refusal? ClosedToMe => ApprovalPolicy.Closed(_request!, Viewer!);

    private bool SerialMatches => string.Equals(_serial?.Trim(), _request!.Binding.Serial.ToString(), StringComparison.Ordinal);

    private string SerialWords
    {
        get
        {
            var (typed, wanted) = (_serial?.Trim() ?? "", _request!.Binding.Serial.ToString());
            return typed.Length == 0 ? "paste and scan are allowed"
                : wanted.StartsWith(typed, StringComparison.Ordinal) ? $"{typed.Length} of {wanted.Length} characters, all right so far"
                : "does not match";
        }
    }

    private string AgainAddress => Query.Address("/signin/again", ("returnUrl", $"/approvals/{_request!.Id}"));

    private bool MayWithdraw => _request!.State == ApprovalState.Submitted && Viewer?.Id == _request.RequestedBy;

    private bool MayRevoke => _request!.State is ApprovalState.Submitted or ApprovalState.Approved or ApprovalState.Armed
        && Viewer is { } viewer && (viewer.Role == Role.Engineering || viewer.Id == _request.RequestedBy);

    private string ClosedPanelWords => _request!.State switch
    {
        ApprovalState.Approved => $"It arms by itself at {Ages.Moment(_request.ArmAfter!.Value, Clock.GetUtcNow())}, if nothing has changed by then.",
        ApprovalState.Consumed => "It was used once, for what was signed.",
        _ => "It has ended and is kept as it is. Nothing can be signed here any more.",
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (SignedIn is not null)
        {
            _signedInAt = (await SignedIn).User.SignedInAt();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (string.Equals(_request?.Id, Id, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        (_check, _refusal, _serial, _comment, _revokeReason) = (null, null, null, null, null);
        await LoadAsync();
        if (_request is null && !Closed.IsCancellationRequested)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (Ready && _request is not null && _following != _request.Id)
        {
            _following = _request.Id;
            _loop = Task.WhenAll(FollowAsync(_request.Id), CheckAsync(_request.Id));
        }
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        await base.StopAsync();
        await _loop;
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed) => _request is not null && changed.Any(t => t.Serial == _request.Binding.Serial);

    private string? Parameter(string name) => _request!.Binding.Parameters.GetValueOrDefault(name);

    private int Missing(ApprovalOptions options) => Math.Max(0, options.Needed - _request!.Decisions.Count(d => d.Kind == DecisionKind.Approve));

    private bool IsFresh(ApprovalOptions options) => _signedInAt is { } at && Clock.GetUtcNow() - at < options.StepUpAge;

    private string? WhyNot(ApprovalOptions options) =>
        !SerialMatches ? "Opens when the serial is complete."
        : string.IsNullOrWhiteSpace(_comment) ? "Opens when the comment says why."
        : !IsFresh(options) ? "Opens after a fresh sign-in."
        : null;

    private string AtOnce(ApprovalOptions options) => Missing(options) > 1 ? $"{Missing(options) - 1} more must sign; nothing happens before."
        : options.CoolingOff > TimeSpan.Zero ? $"Yours is the last signature: it cools off for {ApprovalWords.Length(options.CoolingOff)}, then it is armed."
        : "Yours is the last signature: the approval is armed at once.";

    private async Task LoadAsync()
    {
        try
        {
            _request = await Desk.FindAsync(Id, Closed);
            _could = _request is { State: ApprovalState.Submitted } ? await Desk.CouldSignAsync(_request, Closed) : [];
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task FollowAsync(string id)
    {
        while (!Closed.IsCancellationRequested && _following == id)
        {
            try
            {
                await foreach (var request in Desk.FollowAsync(id, Closed))
                {
                    await InvokeAsync(() => TakeAsync(request));
                }

                return;
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.ApprovalFeedBroken(broken);
            }

            await Task.Delay(Retry, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the device once and says whether what is signed still holds. It may take seconds, so the page is there before.</summary>
    private async Task CheckAsync(string id)
    {
        try
        {
            var check = await Desk.CheckAsync(id, Closed);
            await InvokeAsync(() =>
            {
                _check = check;
                StateHasChanged();
            });
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task TakeAsync(ApprovalRequest request)
    {
        // A slow follower must not bring back what a command's answer has already replaced.
        if (request.Id == _request?.Id && request.Version >= _request.Version)
        {
            _request = request;
            _could = request.State == ApprovalState.Submitted ? await Desk.CouldSignAsync(request, Closed) : [];
            StateHasChanged();
        }
    }

    private Task SignAsync(DecisionKind kind) => ActAsync(viewer => Desk.DecideAsync(viewer, _request!.Id, new Signature(kind, _request.Digest, _serial, _comment, _signedInAt), Closed));

    private Task WithdrawAsync() => ActAsync(viewer => Desk.WithdrawAsync(viewer, _request!.Id, Closed));

    private Task RevokeAsync() => ActAsync(viewer => Desk.RevokeAsync(viewer, _request!.Id, _revokeReason, Closed));

    private Task ExecuteAsync() => ActAsync(async viewer =>
    {
        if (ApprovalBook.Operation(_request!) is not { } operation)
        {
            return ApprovalBook.NoSuch(_request!.Id);
        }

        switch (await Deletes.ExecuteAsync(viewer, operation, Closed))
        {
            case Outcome<Operation>.Refused(var why):
                return why;
            default:
                Navigation.NavigateTo($"/operations/{operation}");
                return _request!;
        }
    });

    private async Task ActAsync(Func<Actor, Task<Outcome<ApprovalRequest>>> act)
    {
        // The digest that is signed is the one on this page; a page that is stale is refused by it.
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        _busy = true;
        try
        {
            switch (await act(viewer))
            {
                case Outcome<ApprovalRequest>.Done done:
                    _refusal = null;
                    _serial = null;
                    await TakeAsync(done.Value);
                    break;
                case Outcome<ApprovalRequest>.Refused refused:
                    _refusal = refused.Why;
                    await LoadAsync();
                    break;
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
        finally
        {
            _busy = false;
        }
    }
}
