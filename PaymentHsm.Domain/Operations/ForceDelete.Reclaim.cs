using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <content>The Reclaim itself, by OOB-PROFILE section 9: read first, send once, look up what is not known, follow, read back.</content>
public static partial class ForceDelete
{
    /// <summary>Steps 1 and 2: the device was read, and its records were asked for this operation, before anything is sent.</summary>
    /// <param name="operation">As stored.</param>
    /// <param name="read">Fresh commission facts.</param>
    /// <param name="record">The device's record of this operation; null: it never accepted it.</param>
    /// <param name="lastEntry">Highest service audit entry now; null when it could not be read.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Operation CheckedFirst(Operation operation, CommissionReading read, DeviceOperation? record, long? lastEntry, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(read);
        var progress = Progress(operation);
        var marked = Remember(operation, p => p with { LastEntry = p.LastEntry ?? lastEntry });
        if (record is not null)
        {
            return Followed(marked, record, options, now);
        }

        if (read.State == CommissionState.Released)
        {
            return ToReadBack(marked.With(marked.Step(ReclaimStep).Note(new Evidence("before", "the device is released already; nothing is sent", read.At))), now);
        }

        if (read.Allocation != progress.AllocationId)
        {
            return Failed(marked, $"The device holds {read.Allocation ?? "no allocation"}, not {(progress.AllocationId.Length == 0 ? "one that the store knows" : progress.AllocationId)}. Nothing was sent: a late Reclaim must not erase another customer.", now);
        }

        return Remember(marked, p => p with { Checked = true, NotBefore = null })
            .With(marked.Step(ReclaimStep).Note(new Evidence("before", $"{read.State}, allocation {read.Allocation}; the device knows no Reclaim {operation.Id}", read.At)));
    }

    /// <summary>The device could not be read before sending: nothing was sent, so it may be tried until the deadline.</summary>
    public static Operation CheckFailed(Operation operation, LinkFault fault, string message, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return fault == LinkFault.WrongDevice ? Failed(operation, $"Another device answered: {message} Nothing was sent.", now)
            : IsOver(operation, now) ? Failed(operation, Lost(operation, message), now)
            : Waiting(operation, options.SendAgainAfter, now).With(Seen(operation.Step(ReclaimStep), "cannot be read", message, now));
    }

    /// <summary>No right to send could be minted: a rule stands against it.</summary>
    public static Operation NotAllowed(Operation operation, Refusal why, DateTimeOffset now) => Failed(operation, $"Not sent: {why}", now);

    /// <summary>Step 3: stored before each request.</summary>
    public static Operation SendIntended(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var sends = Progress(operation).Sends + 1;
        return Remember(operation, p => p with { Phase = ReclaimPhase.Sending, Sends = sends, AbsentSince = null, LookUps = 0, NotBefore = null })
            .With(operation.Step(ReclaimStep).Note(new Evidence("request", $"Reclaim {operation.Id}, send {sends}", now)));
    }

    /// <summary>Step 4: what is known after a request.</summary>
    public static Operation Sent(Operation operation, ReclaimSent sent, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(options);
        var noted = operation.With(operation.Step(ReclaimStep).Note(new Evidence("answer", $"{sent.Delivery}: {sent.Answer}", sent.At)));
        return sent.Delivery switch
        {
            ReclaimDelivery.Accepted => Remember(noted, p => p with { Phase = ReclaimPhase.Accepted, NotBefore = now + options.FollowEvery }),
            ReclaimDelivery.Unknown => Remember(noted, p => p with { Phase = ReclaimPhase.Unknown, NotBefore = now + options.LookUpEvery }),

            // Nothing left the portal, or the device says that it was busy or is released already: read it again before anything else.
            ReclaimDelivery.NotSent => Again(noted, sent.Answer, options, now),
            ReclaimDelivery.Refused when sent.RefusalKey is "AlreadyReleased" or "ResourceInUse" => Again(noted, sent.Answer, options, now),
            _ => Failed(noted, $"The device refused the Reclaim: {sent.Answer}", now),
        };
    }

    /// <summary>Step 6: a request whose fate is not known was looked up.</summary>
    /// <param name="operation">As stored.</param>
    /// <param name="record">The device's record; null: the device itself says that it never accepted that id.</param>
    /// <param name="read">Commission facts, read after the record.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Operation LookedUp(Operation operation, DeviceOperation? record, CommissionReading read, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(options);
        if (record is not null)
        {
            return Followed(operation.With(Seen(operation.Step(ReclaimStep), "look-up", "the device's record holds the request", now)), record, options, now);
        }

        var progress = Progress(operation);
        if (read.State == CommissionState.Released)
        {
            return ToReadBack(operation, now);
        }

        if (IsOver(operation, now))
        {
            return Failed(operation, Lost(operation, "The device never said that it accepted the request."), now);
        }

        if (read.Allocation != progress.AllocationId || read.State is CommissionState.Reclaiming or CommissionState.Releasing)
        {
            // Something is happening that the record does not explain: look on, send nothing.
            return LookOn(Remember(operation, p => p with { AbsentSince = null }).With(Seen(operation.Step(ReclaimStep), "look-up", $"no record, but the device is {read.State}, allocation {read.Allocation ?? "none"}", now)), options, now);
        }

        if (progress.AbsentSince is not { } since)
        {
            return Remember(operation, p => p with { AbsentSince = now, NotBefore = now + options.AbsenceMargin })
                .With(Seen(operation.Step(ReclaimStep), "look-up", "the device never accepted this request; asking once more", now));
        }

        if (now - since < options.AbsenceMargin)
        {
            return Remember(operation, p => p with { NotBefore = since + options.AbsenceMargin });
        }

        // Twice a clean no with nothing changed: the same id may go out again.
        return progress.Sends <= options.Resends
            ? Remember(operation, p => p with { Phase = ReclaimPhase.Planned, Checked = true, AbsentSince = null, NotBefore = null }).With(Seen(operation.Step(ReclaimStep), "look-up", "twice no trace; the same request goes out again", now))
            : LookOn(operation.With(Seen(operation.Step(ReclaimStep), "look-up", $"{progress.Sends} sends left no trace; a person has to look", now)), options, now);
    }

    /// <summary>A look-up, or a read of the running Reclaim, could not be made.</summary>
    public static Operation ReadFailed(Operation operation, string message, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var step = Progress(operation).Phase == ReclaimPhase.ReadingBack ? ReadBackStep : ReclaimStep;
        return IsOver(operation, now)
            ? Failed(operation, Lost(operation, message), now)
            : LookOn(Remember(operation, p => p with { AbsentSince = null }).With(Seen(operation.Step(step), "cannot be read", message, now)), options, now);
    }

    /// <summary>Step 5: the device's own record of the Reclaim was read; null: the record is gone, which settles nothing.</summary>
    public static Operation Followed(Operation operation, DeviceOperation? record, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (record is null)
        {
            return LookOn(Remember(operation, p => p with { Phase = ReclaimPhase.Unknown }).With(Seen(operation.Step(ReclaimStep), "record", "the device no longer knows the Reclaim", now)), options, now);
        }

        var progress = Progress(operation);
        if (record.Action != "Reclaim" || (record.Allocation is { } allocation && allocation != progress.AllocationId))
        {
            return Failed(operation, $"The device knows {operation.Id} as {record.Action} of {record.Allocation ?? "no allocation"}, not as this Reclaim.", now);
        }

        switch (record.State)
        {
            case DeviceOperationState.Succeeded:
                return ToReadBack(operation.With(Seen(operation.Step(ReclaimStep), "record", $"Succeeded, {record.ResultKey}; not a proof yet", now)), now);
            case DeviceOperationState.Failed:
                return Failed(operation, $"The device could not erase: {record.ResultKey ?? "no reason given"}{(record.Phase is null ? "" : $", in phase {record.Phase}")}.", now);
            case DeviceOperationState.Accepted or DeviceOperationState.Running when !IsOver(operation, now):
                return Remember(operation, p => p with { Phase = record.State == DeviceOperationState.Running ? ReclaimPhase.Running : ReclaimPhase.Accepted, NotBefore = now + options.FollowEvery })
                    .With(Seen(operation.Step(ReclaimStep), "record", $"{record.State}{(record.Phase is null ? "" : $", {record.Phase}")}", now));
            default:
                return IsOver(operation, now)
                    ? Failed(operation, Lost(operation, $"The Reclaim was {record.State} to the end."), now)
                    : Waiting(operation, options.FollowEvery, now).With(Seen(operation.Step(ReclaimStep), "record", $"{record.State}", now));
        }
    }

    /// <summary>Step 7: the device was read again. Only what it shows counts, not its acknowledgement.</summary>
    /// <param name="operation">As stored.</param>
    /// <param name="read">Fresh commission facts.</param>
    /// <param name="log">Service audit entries since the mark.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Operation ReadBackDone(Operation operation, CommissionReading read, ServiceAuditPage log, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(options);
        var ours = read.LastEraseOperation == operation.Id;

        // Nothing of ours did it. Before a force delete only the customer can have; before a Reclaim again also an earlier Reclaim that was given up, if the device says that it is verified.
        var byCustomer = !ours && (Progress(operation).Sends == 0 || (IsAgain(operation) && read.LastEraseVerified == true));
        var entry = log.Entries.FirstOrDefault(e => e.Key == "CustomerContentErased" && e.Operation == operation.Id);
        List<string> misses =
        [
            .. read.State == CommissionState.Released ? [] : new[] { $"the device says {read.State}" },
            .. read.Allocation is null ? [] : new[] { $"it still holds {read.Allocation}" },
            .. read.CustomerContentPresent == false ? [] : new[] { "it does not say that customer content is gone" },
            .. ours || byCustomer ? [] : new[] { $"its last erasure is {read.LastEraseOperation?.ToString() ?? "not told"}, not this one" },
            .. read.LastEraseVerified == true || byCustomer ? [] : new[] { "its last erasure is not verified" },
            .. entry is not null || log.HasGap || byCustomer ? [] : new[] { "its log holds no erasure with this id" },
        ];
        var facts = new Evidence("fresh read", $"{read.State}, allocation {read.Allocation ?? "none"}, customer content {(read.CustomerContentPresent == false ? "gone" : "present or not told")}, last erase {(ours ? "ours" : read.LastEraseOperation?.ToString() ?? "none told")}, {(read.LastEraseVerified == true ? "verified" : "not verified")}", read.At);
        var logged = new Evidence(
            "audit log",
            entry is not null ? $"entry {entry.Id}: CustomerContentErased" : log.HasGap ? "older entries were overwritten (gap); the last erasure speaks for it" : byCustomer ? $"no Reclaim of this operation was needed: {(IsAgain(operation) ? "the device was released already" : "the customer had released the device")}" : "no erasure with this id",
            now);
        if (misses.Count == 0)
        {
            return Remember(operation, p => p with { Phase = ReclaimPhase.Erased, NotBefore = null })
                .With(operation.Step(ReadBackStep).End(StepState.Done, now, facts, logged))
                .With(operation.Step(VerifyStep).Start(now));
        }

        // A read just after the end may still be old; the deadline decides.
        return IsOver(operation, now) || read.State is CommissionState.EraseFailed or CommissionState.InCustody or CommissionState.Commissioned
            ? Failed(operation.With(operation.Step(ReadBackStep).Note(facts, logged)), $"Not proven: {string.Join("; ", misses)}.", now)
            : Waiting(operation, options.FollowEvery, now).With(Seen(operation.Step(ReadBackStep), "not yet", string.Join("; ", misses), now));
    }
}
