using Microsoft.AspNetCore.Components;

namespace PaymentHsm.Portal.Notifications;

/// <summary>How many notices the viewer has not read, live, on every page.</summary>
public partial class NoticeBell
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private UnreadNotices _unread = new(0, 0);
    private Task _loop = Task.CompletedTask;

    [Inject]
    public required INoticeList Notices { get; init; }

    [Inject]
    public required ILogger<NoticeBell> Logger { get; init; }

    private string Words => _unread switch
    {
        { Total: 0 } => "Notifications, none unread",
        { Critical: 0 } => $"Notifications, {_unread.Total} unread",
        _ => $"Notifications, {_unread.Total} unread, {_unread.Critical} critical",
    };

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Ready && Viewer is not null)
        {
            _loop = FollowAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task StopAsync() => _loop;

    private async Task FollowAsync()
    {
        while (!Closed.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in Notices.FollowAsync(Viewer!, Closed))
                {
                    _unread = await Notices.UnreadAsync(Viewer!, Closed);
                    await InvokeAsync(StateHasChanged);
                }
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.BellBroken(broken);
            }

            await Task.Delay(Retry, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
