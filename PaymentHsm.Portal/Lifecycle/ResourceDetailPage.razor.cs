using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Components;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Timeline;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>One resource, live: its state, the work that is done on it, and who does what.</summary>
public partial class ResourceDetailPage
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(3);

    private static readonly (string What, string Operator, string Customer, string Thales, string Rule)[] Duties =
    [
        ("Power, temperature, fans, tamper, links, upstream network", "monitors and repairs", "is told what concerns it", "", "R45"),
        ("Configuration, LMKs, keys, backups", "has no access", "does it", "helps with payShield Manager, cards and TMD", "R25"),
        ("Error and audit logs, SNMP", "does not read them", "monitors them", "", "R28"),
        ("Firmware of an allocated device", "does not patch it", "patches it", "provides it, licences by serial", "R40"),
        ("Restart", "out of band, or by hand at the rack, on a ticket", "asks for it, decides to wait or to create a new one", "", "R60"),
        ("Performance level", "pushes the licence", "changes the SKU", "", "R16"),
        ("Release and deletion", "checks the release, verifies the erasure", "releases, then deletes", "", "R69"),
        ("High availability", "keeps two stamps apart", "balances the load; devices do not synchronise", "", "R21"),
    ];

    private CustomerResource? _resource;
    private Operation? _work;
    private string? _advice;
    private bool _gone;
    private TimelineSubject _subject = new(Operations: []);
    private ResourceId? _id;
    private ResourceId? _following;
    private Guid? _workFollowed;
    private Task _loop = Task.CompletedTask;
    private Task _workLoop = Task.CompletedTask;

    [Inject]
    public required IResourceDesk Desk { get; init; }

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Inject]
    public required ILogger<ResourceDetailPage> Logger { get; init; }

    [Parameter]
    public required string Id { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!ResourceLinks.TryParse(Id, out _id))
        {
            Navigation.NotFound();
            return;
        }

        if (_resource?.Id == _id)
        {
            return;
        }

        try
        {
            _resource = await Desk.FindAsync(_id, Closed);
            _gone = _resource is null;
            await ReadAroundAsync();
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!Ready || _id is null)
        {
            return;
        }

        if (_following != _id && _resource is not null)
        {
            _following = _id;
            _loop = FollowAsync(_id);
        }

        if (_resource?.Operation is { } work && _workFollowed != work)
        {
            _workFollowed = work;
            _workLoop = FollowWorkAsync(work);
        }
    }

    /// <inheritdoc/>
    protected override Task StopAsync() => Task.WhenAll(_loop, _workLoop);

    private async Task ReadAroundAsync()
    {
        _work = _resource?.Operation is { } work ? await Operations.FindAsync(work, Closed) : null;
        Guid[] operations = _work is null ? [] : [_work.Id];
        if (!operations.SequenceEqual(_subject.Operations!))
        {
            // The same instance as long as nothing changed: the card reads again only for another one.
            _subject = new TimelineSubject(Operations: operations);
        }

        _advice = _resource is { } resource && resource.State == ResourceState.Succeeded
            ? Placement.Advice(resource, (await Desk.PageAsync(new ResourceFilter(resource.Id.Subscription, Take: 500), Closed)).Rows)
            : null;
    }

    private Task FollowAsync(ResourceId id) => LoopAsync(
        async () =>
        {
            await foreach (var now in Desk.FollowAsync(id, Closed))
            {
                await InvokeAsync(async () =>
                {
                    (_resource, _gone) = now is { IsGone: false } ? (now, false) : (null, true);
                    await ReadAroundAsync();
                    StateHasChanged();
                });
            }
        },
        () => _following == id);

    private Task FollowWorkAsync(Guid work) => LoopAsync(
        async () =>
        {
            await foreach (var now in Operations.FollowAsync(work, Closed))
            {
                await InvokeAsync(() =>
                {
                    _work = now;
                    StateHasChanged();
                });
            }
        },
        () => _workFollowed == work);

    private async Task LoopAsync(Func<Task> follow, Func<bool> wanted)
    {
        while (!Closed.IsCancellationRequested && wanted())
        {
            try
            {
                await follow();
                return;
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.OperationFeedBroken(broken);
            }

            await Task.Delay(Retry, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Addresses(NetworkProfile network) => network.Addresses.Count == 0 ? "dynamic" : string.Join(", ", network.Addresses);
}
