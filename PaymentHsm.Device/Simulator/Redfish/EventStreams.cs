using System.Threading.Channels;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>The open event streams of one controller. A listener that does not keep up loses the oldest events: the log is the truth.</summary>
internal sealed class EventStreams(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Listener> _listeners = [];
    private int _next;

    /// <summary>Ids of the open streams: each is an event destination.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock)
            {
                return [.. _listeners.Keys];
            }
        }
    }

    /// <summary>Clock of the heartbeat.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Opens a stream; disposing it closes it.</summary>
    public Listener Open()
    {
        lock (_lock)
        {
            var id = (++_next).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return _listeners[id] = new Listener(this, id);
        }
    }

    /// <summary>Sends to every stream.</summary>
    public void Publish(DeviceNotice notice)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.Values)
            {
                listener.Channel.Writer.TryWrite(notice);
            }
        }
    }

    /// <summary>Ends every stream.</summary>
    public void CloseAll()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.Values)
            {
                listener.Channel.Writer.TryComplete();
            }
        }
    }

    /// <summary>One open stream.</summary>
    internal sealed class Listener(EventStreams streams, string id) : IDisposable
    {
        /// <summary>Id of the event destination.</summary>
        public string Id { get; } = id;

        /// <summary>What is to be sent.</summary>
        public Channel<DeviceNotice> Channel { get; } = System.Threading.Channels.Channel.CreateBounded<DeviceNotice>(
            new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Dispose()
        {
            lock (streams._lock)
            {
                streams._listeners.Remove(Id);
            }
        }
    }
}
