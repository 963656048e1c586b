namespace PaymentHsm.Device.Simulator.Listening;

/// <summary>How an endpoint treats those who connect.</summary>
internal enum GateState
{
    /// <summary>Accepts.</summary>
    Open,

    /// <summary>Nobody listens: a connect is refused at once.</summary>
    Refusing,

    /// <summary>Packets vanish: a connect hangs.</summary>
    Swallowing,
}

/// <summary>The gate of one listening endpoint. Closing it also cuts every connection that is open.</summary>
internal sealed class Gate(int port, Action accepted)
{
    private TaskCompletionSource _changed = NewSignal();
    private volatile int _state;

    /// <summary>The port.</summary>
    public int Port { get; } = port;

    /// <summary>What holds at present.</summary>
    public GateState State => (GateState)_state;

    /// <summary>Ends with the next change.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Counts a connection.</summary>
    public void Accepted() => accepted();

    /// <summary>Opens or closes it.</summary>
    public void Set(GateState state)
    {
        if (Interlocked.Exchange(ref _state, (int)state) != (int)state)
        {
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
