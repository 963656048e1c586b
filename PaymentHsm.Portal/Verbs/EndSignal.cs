using System.Runtime.InteropServices;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Ctrl+C or SIGTERM, noticed from the start on.</summary>
internal sealed class EndSignal : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public EndSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    }

    /// <summary>Cancelled by the signal.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Completes with the signal.</summary>
    public Task Signalled => _signalled.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _ended.Dispose();
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        _ended.Cancel();
        _signalled.TrySetResult();
    }
}
