namespace PaymentHsm.Device.HostCommands;

/// <summary>A host command's request: fields only; header, code and trailer belong to <see cref="HostFrame"/>.</summary>
/// <typeparam name="TAnswer">What the device answers when the error code is 00.</typeparam>
internal interface IHostRequest<TAnswer>
    where TAnswer : IHostAnswer
{
    /// <summary>The command's code, for example <c>NC</c>.</summary>
    static abstract CommandCode Code { get; }

    /// <summary>Exact length of the data in bytes.</summary>
    int Length { get; }

    /// <summary>Writes the data, exactly <see cref="Length"/> bytes.</summary>
    void Encode(ref FieldWriter writer);

    /// <summary>
    /// Reads the answer's data and leaves the trailer. It is the request that reads it, because some answers do not say their own shape
    /// (length of B3 and N1, mode of NP, statistics of NJ).
    /// </summary>
    /// <exception cref="HostProtocolException">The answer breaks the format.</exception>
    TAnswer DecodeAnswer(ref FieldReader reader);
}

/// <summary>A successful answer's data.</summary>
internal interface IHostAnswer
{
    /// <summary>Exact length of the data in bytes.</summary>
    int Length { get; }

    /// <summary>Writes the data, exactly <see cref="Length"/> bytes.</summary>
    void Encode(ref FieldWriter writer);
}
