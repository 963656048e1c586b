using System.Collections.Frozen;

namespace PaymentHsm.Device.HostCommands;

/// <summary>The one table of error codes in words (HOST-COMMANDS 2), with the meanings that single commands give to a code.</summary>
internal static class ErrorCodes
{
    private static readonly FrozenDictionary<ErrorCode, Named> General = Table(
        ("00", "success"),
        ("01", "verification failed, or parity warning on import"),
        ("02", "key length does not suit the algorithm"),
        ("03", "bad number of components"),
        ("04", "bad key type code"),
        ("05", "bad key length flag"),
        ("10", "source key parity error"),
        ("11", "destination key parity error, or key all zero"),
        ("12", "user storage unavailable"),
        ("13", "bad LMK identifier"),
        ("14", "PIN under LMK pair 02-03 is invalid"),
        ("15", "bad input: format, characters, or too little data"),
        ("16", "console or printer not ready"),
        ("17", "not authorised, or forbidden by the security settings"),
        ("18", "print format not loaded"),
        ("19", "bad Diebold table"),
        ("20", "PIN block holds bad values"),
        ("21", "bad index, or overflow"),
        ("22", "bad account number"),
        ("23", "bad PIN block format code"),
        ("24", "PIN is not 4 to 12 digits long"),
        ("25", "decimalisation table error"),
        ("26", "bad key scheme"),
        ("27", "incompatible key length"),
        ("28", "bad key type"),
        ("29", "key function not permitted"),
        ("30", "bad reference number"),
        ("31", "too few solicitation entries"),
        ("32", "AES not licensed"),
        ("33", "key change storage corrupt"),
        ("35", "no audit records"),
        ("36", "no record left, or none matches"),
        ("37", "bad audit mode"),
        ("39", "fraud detection"),
        ("40", "bad firmware checksum"),
        ("41", "internal hardware or software error"),
        ("42", "DES failure"),
        ("43", "RSA key generation failure"),
        ("46", "bad tag for an encrypted PIN"),
        ("47", "algorithm not licensed"),
        ("49", "private key error"),
        ("51", "bad message header"),
        ("52", "bad number of commands"),
        ("65", "transaction key scheme is None"),
        ("67", "command not licensed"),
        ("68", "command disabled"),
        ("69", "PIN block format disabled"),
        ("74", "bad digest info syntax"),
        ("75", "single-length key poses as a longer one"),
        ("76", "RSA public key or data length error"),
        ("77", "clear data block error"),
        ("78", "private key length error"),
        ("79", "hash object identifier error"),
        ("80", "data length error"),
        ("81", "bad certificate header"),
        ("82", "bad check value length"),
        ("83", "key block format error"),
        ("84", "key block check value error"),
        ("85", "bad OAEP mask generation function"),
        ("86", "bad OAEP mask generation hash"),
        ("87", "OAEP parameter error"),
        ("90", "data parity error in the request"),
        ("91", "longitudinal redundancy check mismatch"),
        ("92", "count is wrong"),
        ("A1", "LMK schemes do not fit"),
        ("A2", "LMK identifiers do not fit"),
        ("A3", "key-block LMK identifiers do not fit"),
        ("A4", "key block authentication failed"),
        ("A5", "bad key block key length"),
        ("A6", "bad key block key usage"),
        ("A7", "bad key block algorithm"),
        ("A8", "bad key block mode of use"),
        ("A9", "bad key block version number"),
        ("AA", "bad key block export field"),
        ("AB", "bad count of optional blocks"),
        ("AC", "optional header block error"),
        ("AD", "key status block error"),
        ("AE", "start date-time error"),
        ("AF", "end date-time error"),
        ("B0", "bad encryption mode"),
        ("B1", "bad authentication mode"),
        ("B2", "other key block error"),
        ("B3", "optional block count error"),
        ("B4", "optional block data error"),
        ("B5", "components do not fit together"),
        ("B6", "key status blocks do not fit together"),
        ("B7", "bad change field"),
        ("B8", "bad old value"),
        ("B9", "bad new value"),
        ("BA", "no key status block"),
        ("BB", "bad wrapping key"),
        ("BC", "repeated optional block"),
        ("BD", "key types do not fit together"),
        ("BE", "bad header identifier"),
        ("D2", "bad curve"),
        ("D3", "bad key encoding"),
        ("E0", "bad command version"),
        ("ZZ", "packet could not be parsed"));

    private static readonly FrozenDictionary<(CommandCode, ErrorCode), Named> Special = SpecialTable(
        ("N0", "01", "length is not within 001 to 256"),
        ("NC", "13", "LMK error"),
        ("NI", "01", "network statistics could not be gathered"),
        ("NI", "81", "bad interface"),
        ("NI", "82", "bad statistics flag"),
        ("B2", "80", "fewer bytes than the length field announces"),
        ("Q2", "36", "all audit records were retrieved"),
        ("Q6", "17", "audit.host is not authorised"),
        ("Q6", "36", "no audit record matches"));

    /// <summary>The code and its meaning for <paramref name="command"/> in words; a code outside the table is named as such.</summary>
    public static Named Describe(CommandCode command, ErrorCode code) =>
        Special.TryGetValue((command, code), out var special) ? special
        : General.TryGetValue(code, out var general) ? general
        : new Named(code.ToString(), "error code not in the table");

    private static FrozenDictionary<ErrorCode, Named> Table(params ReadOnlySpan<(string Code, string Meaning)> rows)
    {
        var table = new Dictionary<ErrorCode, Named>();
        foreach (var (code, meaning) in rows)
        {
            table.Add(Parse(code), new Named(code, meaning));
        }

        return table.ToFrozenDictionary();
    }

    private static FrozenDictionary<(CommandCode, ErrorCode), Named> SpecialTable(params ReadOnlySpan<(string Command, string Code, string Meaning)> rows)
    {
        var table = new Dictionary<(CommandCode, ErrorCode), Named>();
        foreach (var (command, code, meaning) in rows)
        {
            table.Add((CommandCode.Parse(command), Parse(code)), new Named(code, meaning));
        }

        return table.ToFrozenDictionary();
    }

    private static ErrorCode Parse(string text) => new((byte)text[0], (byte)text[1]);

    /// <summary>A code and its meaning, as made once.</summary>
    internal sealed record Named(string Code, string Meaning);
}
