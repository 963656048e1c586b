namespace PaymentHsm.Device.Tests.Simulator.Support;

/// <summary>Waits for conditions that come true by themselves, without a fixed pause.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Asks until there is an answer.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if (await ask() is { } answer)
            {
                return answer;
            }
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new TimeoutException();
    }

    /// <summary>Asks until it is true.</summary>
    public static Task TrueAsync(Func<Task<bool>> ask) => GetAsync(async () => await ask() ? "yes" : null);
}
