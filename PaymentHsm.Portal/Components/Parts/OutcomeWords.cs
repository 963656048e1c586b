using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>How operations are spoken of: outcomes say what was proved, never "success" or "failed".</summary>
public static class OutcomeWords
{
    public static string Word(this OperationOutcome outcome) => outcome.Spaced();

    /// <summary>Colour class.</summary>
    public static string Css(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Verified or OperationOutcome.ErasedAndProven => "ok",
        OperationOutcome.NotDelivered or OperationOutcome.NotObserved => "warning",
        OperationOutcome.Cancelled => "unknown",
        _ => "critical",
    };

    /// <summary>Id of the shape in the sprite.</summary>
    public static string Shape(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Verified or OperationOutcome.ErasedAndProven => "ok",
        OperationOutcome.NotDelivered => "notdelivered",
        OperationOutcome.NotObserved => "notobserved",
        OperationOutcome.Contradictory => "contradictory",
        OperationOutcome.NotErased => "critical",
        OperationOutcome.Cancelled => "close",
        _ => "ban",
    };

    /// <summary>The line under which the evidence is read.</summary>
    public static string Headline(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Verified => "Verified. Independent signs agree that it happened.",
        OperationOutcome.NotDelivered => "Not delivered. The request never reached the device.",
        OperationOutcome.NotObserved => "Not observed. The request may have arrived; no sufficient sign followed.",
        OperationOutcome.Contradictory => "Contradictory. The signs disagree.",
        OperationOutcome.Refused => "Refused. A rule or the device said no.",
        OperationOutcome.ErasedAndProven => "Erased and proven. The device was read back without customer content.",
        OperationOutcome.NotErased => "Not erased. The device keeps customer content and is held.",
        _ => "Cancelled. Nothing was sent to the device.",
    };

    /// <summary>What a person does next after an operation of that kind.</summary>
    public static string Next(this OperationOutcome outcome, OperationKind kind) => (kind, outcome) switch
    {
        (OperationKind.HardReboot, OperationOutcome.NotObserved) => "propose a force delete on the ticket. This is not proof that it did not boot.",
        (OperationKind.HardReboot, OperationOutcome.Refused) => "read the reason; nobody went to the rack.",
        (OperationKind.HardReboot, OperationOutcome.Cancelled) => "ask again on the ticket if it is still wanted.",
        (OperationKind.ReclaimAgain, OperationOutcome.NotErased) => "keep the device in quarantine; ask again when the cause is gone, or order its destruction.",
        (OperationKind.ReclaimAgain, OperationOutcome.ErasedAndProven) => "close the ticket. Where the device went stands above.",
        (OperationKind.Destruction, OperationOutcome.Verified) => "tell the customer; the certificate and its bundle are the proof.",
        _ => outcome.Next(),
    };

    /// <summary>What a person does next.</summary>
    public static string Next(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Verified => "ask the customer to confirm service, then close the ticket.",
        OperationOutcome.NotDelivered => "check the OOB path. No restart was caused, so sending again is safe.",
        OperationOutcome.NotObserved => "propose a hard reboot on the ticket. This is not proof that it did not restart.",
        OperationOutcome.Contradictory => "an engineer reviews the evidence before anything else is sent.",
        OperationOutcome.Refused => "read the reason; ask again when it no longer stands.",
        OperationOutcome.ErasedAndProven => "tell the customer, then close the ticket. Where the device went stands above.",
        OperationOutcome.NotErased => "keep the device in quarantine; an engineer decides.",
        _ => "ask again on the ticket if it is still wanted.",
    };

    public static string Word(this OperationState state) => state switch
    {
        OperationState.AwaitingConfirmation => "Awaiting confirmation",
        _ => state.ToString(),
    };

    /// <summary>Shape of a step's state.</summary>
    public static string Shape(this StepState state) => state switch
    {
        StepState.Done => "ok",
        StepState.Running => "progress",
        StepState.NotDone => "notobserved",
        _ => "todo",
    };

    /// <summary>Colour class of a step's state.</summary>
    public static string Css(this StepState state) => state switch
    {
        StepState.Done => "ok",
        StepState.Running => "progress",
        StepState.NotDone => "warning",
        _ => "dim",
    };

    /// <summary>Word of a step's state, for those who do not see the shape.</summary>
    public static string Word(this StepState state) => state switch
    {
        StepState.Pending => "To do",
        StepState.NotDone => "Ended without it",
        _ => state.ToString(),
    };
}
