namespace PaymentHsm.Device.Simulator.Parts;

/// <summary>A process that simulates a part of a fleet. Disposing it ends it.</summary>
public interface IFleetPartProcess : IAsyncDisposable
{
    /// <summary>Its own control API.</summary>
    Uri ControlUrl { get; }

    /// <summary>Completes when the process has ended.</summary>
    Task Ended { get; }
}
