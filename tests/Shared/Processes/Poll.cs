namespace PaymentHsm.Tests.Processes;

/// <summary>Waits for a condition at a program that a test cannot be called back by. The limit is generous: it only says when to give up, on a machine that others use too.</summary>
internal static class Poll
{
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> condition, CancellationToken stop, TimeSpan? limit = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(limit ?? TimeSpan.FromMinutes(5));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            try
            {
                await timer.WaitForNextTickAsync(enough.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new TimeoutException($"The condition did not come true. Last seen: {value}");
            }
        }
    }
}
