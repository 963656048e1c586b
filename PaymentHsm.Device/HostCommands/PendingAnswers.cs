using System.Buffers;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// The requests of one connection that are on the wire, by header. Whoever takes an entry out completes it, so it is completed once. A header whose waiter
/// gave up stays taken until its late answer comes or the connection ends: no later request can be given that answer.
/// </summary>
/// <param name="headers">The headers.</param>
internal sealed class PendingAnswers(HeaderSequence headers)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, PendingAnswer?> _byHeader = [];
    private readonly Queue<(long Header, long Ticket, long Deadline)> _deadlines = new();
    private readonly Stack<PendingAnswer> _free = new();
    private long _tickets;

    /// <summary>Adds a request; null when every header is taken.</summary>
    public PendingAnswer? TryAdd(long deadline)
    {
        lock (_gate)
        {
            if (_byHeader.Count >= headers.Count)
            {
                return null;
            }

            var header = headers.Next();
            while (_byHeader.ContainsKey(header))
            {
                header = headers.Next();
            }

            DropAnswered();
            var pending = _free.TryPop(out var used) ? used : new PendingAnswer(this);
            (pending.Header, pending.Ticket) = (header, ++_tickets);
            _byHeader.Add(header, pending);
            _deadlines.Enqueue((header, pending.Ticket, deadline));
            return pending;
        }
    }

    /// <summary>Hands an answer to its waiter. False when nobody waits for it: late, doubled, or not ours.</summary>
    public bool TryComplete(long header, in ReadOnlySequence<byte> afterHeader)
    {
        PendingAnswer? pending;
        lock (_gate)
        {
            _byHeader.Remove(header, out pending);
        }

        pending?.Complete(afterHeader);
        return pending is not null;
    }

    /// <summary>Takes out and reuses a request that was not sent after all.</summary>
    public void Withdraw(PendingAnswer pending)
    {
        lock (_gate)
        {
            _byHeader.Remove(pending.Header);
            _free.Push(pending);
        }
    }

    /// <summary>Gives up on one request, if its answer is still awaited.</summary>
    public void Abandon(PendingAnswer pending, Exception failure)
    {
        lock (_gate)
        {
            if (!_byHeader.TryGetValue(pending.Header, out var waiting) || waiting != pending)
            {
                return;
            }

            _byHeader[pending.Header] = null;
        }

        pending.Fail(failure);
    }

    /// <summary>Gives up on all requests that are late at <paramref name="now"/>.</summary>
    /// <returns>The next deadline, or null when nobody waits.</returns>
    public long? AbandonLate(long now, Func<Exception> failure)
    {
        while (true)
        {
            PendingAnswer late;
            lock (_gate)
            {
                DropAnswered();
                if (!_deadlines.TryPeek(out var first))
                {
                    return null;
                }

                if (first.Deadline > now)
                {
                    return first.Deadline;
                }

                _deadlines.Dequeue();
                late = _byHeader[first.Header]!;
                _byHeader[first.Header] = null;
            }

            late.Fail(failure());
        }
    }

    /// <summary>Gives up on everything.</summary>
    public void AbandonAll(Func<Exception> failure)
    {
        PendingAnswer[] waiting;
        lock (_gate)
        {
            waiting = [.. _byHeader.Values.OfType<PendingAnswer>()];
            _byHeader.Clear();
            _deadlines.Clear();
        }

        foreach (var pending in waiting)
        {
            pending.Fail(failure());
        }
    }

    /// <summary>Takes a completed entry back for reuse.</summary>
    public void Return(PendingAnswer pending)
    {
        pending.Release();
        lock (_gate)
        {
            _free.Push(pending);
        }
    }

    // Deadlines are in the order of sending, so what was answered leaves from the front.
    private void DropAnswered()
    {
        while (_deadlines.TryPeek(out var first) && !(_byHeader.GetValueOrDefault(first.Header) is { } waiting && waiting.Ticket == first.Ticket))
        {
            _deadlines.Dequeue();
        }
    }
}
