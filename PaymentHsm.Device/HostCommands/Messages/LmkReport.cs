namespace PaymentHsm.Device.HostCommands.Messages;

/// <summary>One loaded LMK in JL.</summary>
/// <param name="Id">Identifier, 00 to 99.</param>
/// <param name="Authorised">True when the unit is authorised under it.</param>
/// <param name="Activities">Authorised activities.</param>
/// <param name="Scheme"><c>V</c> variant, <c>K</c> key block.</param>
/// <param name="Algorithm"><c>0</c> 3DES two keys, <c>1</c> 3DES three keys, <c>2</c> AES-256.</param>
/// <param name="Status"><c>L</c> live, <c>T</c> test.</param>
/// <param name="Comment">Free text of any length.</param>
internal sealed record LmkReport(int Id, bool Authorised, int Activities, char Scheme, char Algorithm, char Status, string Comment)
{
    private const byte RecordEnd = 0x14;
    private const byte ListEnd = 0x15;

    /// <summary>Bytes of this record, end mark included.</summary>
    public int Length => 8 + Comment.Length + 1;

    /// <summary>Reads one record. The end mark may be missing after the last one.</summary>
    public static LmkReport Decode(ref FieldReader reader)
    {
        var id = reader.SmallNumber(2, "LMK identifier");
        var authorised = reader.Flag("LMK authorised");
        var activities = reader.SmallNumber(2, "authorised activities");
        var scheme = reader.Character("LMK scheme");
        var algorithm = reader.Character("LMK algorithm");
        var status = reader.Character("LMK status");
        var comment = FieldReader.Printable(reader.Until([RecordEnd, ListEnd], "LMK comment"), "LMK comment");
        reader.TryByte(RecordEnd);
        return new LmkReport(id, authorised, activities, scheme, algorithm, status, comment);
    }

    /// <summary>Writes one record.</summary>
    public void Encode(ref FieldWriter writer)
    {
        writer.Number(Id, 2);
        writer.Flag(Authorised);
        writer.Number(Activities, 2);
        writer.Character(Scheme);
        writer.Character(Algorithm);
        writer.Character(Status);
        writer.Text(Comment, Comment.Length);
        writer.Byte(RecordEnd);
    }
}
