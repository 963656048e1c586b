namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>The sockets of one unit: plain and TLS connections share them.</summary>
/// <param name="capacity">How many there are.</param>
internal sealed class ConnectionSlots(int capacity)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _freed;
    private int _taken;

    /// <summary>Sockets in use.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a socket if one is free.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_taken == capacity)
            {
                return false;
            }

            _taken++;
            return true;
        }
    }

    /// <summary>Gives a socket back.</summary>
    public void Return()
    {
        TaskCompletionSource? freed;
        lock (_gate)
        {
            _taken--;
            (freed, _freed) = (_freed, null);
        }

        freed?.SetResult();
    }

    /// <summary>Completes when a socket is free; another taker may be faster.</summary>
    public Task FreeAsync()
    {
        lock (_gate)
        {
            return _taken < capacity ? Task.CompletedTask : (_freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
