using System.Text;
using CsvHelper;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Receiving;

/// <summary>Reads a file of arrivals: UTF-8 with or without a byte order mark, comma or semicolon, a header with the known columns in any order.</summary>
internal static class IntakeCsv
{
    public const int MostBytes = 1024 * 1024;
    public const int MostRows = 2000;

    /// <summary>An empty file to fill in, with one example.</summary>
    public static string Template { get; } = string.Join(',', IntakeRules.Columns) + "\r\n"
        + "A4665270001A,MAN-2026-118,SEAL-55120,9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08,Ada Lovelace,eastus,stamp1,R12,U21,PDU-A/07,PDU-B/07,oob-r12/07,sw-r12/21,sw-r12/22,sw-r12/23\r\n";

    /// <summary>The rows, or what is wrong with the file as a whole.</summary>
    public static (IReadOnlyList<IntakeRow> Rows, IReadOnlyList<RowFault> Faults) Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes)
        {
            return Wrong(1, $"The file has {file.Length} bytes; {MostBytes} is the most.");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Span).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Wrong(1, "The file is not UTF-8. Save it as 'CSV UTF-8'.");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Wrong(1, "The file is empty.");
        }

        return ReadRows(text);
    }

    private static (IReadOnlyList<IntakeRow> Rows, IReadOnlyList<RowFault> Faults) ReadRows(string text)
    {
        var header = text.AsSpan()[..(text.IndexOf('\n', StringComparison.Ordinal) is var end && end >= 0 ? end : text.Length)];
        var options = CsvReaderOptions.Default with
        {
            // The header is read as a row like the others: what is wrong with it is said in the same way.
            HasHeader = false,
            Separator = header.Count(';') > header.Count(',') ? ';' : ',',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = 64 * 1024,
        };
        using var csv = CsvReader.FromText(text, options);
        try
        {
            return csv.Read() ? Rows(csv) : Wrong(1, "The file is empty.");
        }
        catch (CsvFormatException e)
        {
            return Wrong(Math.Max(1, (int)e.LineNumber), "The row cannot be read: a quote is where none may be, or the row is too long.");
        }
    }

    private static (IReadOnlyList<IntakeRow> Rows, IReadOnlyList<RowFault> Faults) Rows(CsvReader csv)
    {
        var names = Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim().ToLowerInvariant()).ToList();
        List<RowFault> faults =
        [
            .. IntakeRules.Columns.Where(c => !names.Contains(c)).Select(c => new RowFault(1, c, "The column is missing.")),
            .. names.Where(n => !IntakeRules.Columns.Contains(n)).Distinct().Select(n => new RowFault(1, n, "There is no such column.")),
            .. names.Where(IntakeRules.Columns.Contains).GroupBy(n => n).Where(g => g.Count() > 1).Select(g => new RowFault(1, g.Key, "The column is there twice.")),
        ];
        if (faults.Count > 0)
        {
            return ([], faults);
        }

        List<IntakeRow> rows = [];
        while (csv.Read())
        {
            var number = (int)csv.LineNumber;
            if (rows.Count == MostRows)
            {
                return Wrong(number, $"The file has more than {MostRows} devices.");
            }

            if (csv.FieldCount != names.Count)
            {
                faults.Add(new RowFault(number, "", $"The row has {csv.FieldCount} fields; the header has {names.Count}."));
                continue;
            }

            string Field(string column) => csv.GetString(names.IndexOf(column));
            rows.Add(new IntakeRow(
                number,
                new ArrivalForm(Field("serial"), Field("manifest"), Field("seal"), Field("photo_sha256"), Field("second_person")),
                new RackingForm(
                    Field("region"), Field("stamp"), Field("rack"), Field("slot"), Field("feed_a"), Field("feed_b"), Field("oob_port"), Field("host1_port"), Field("host2_port"), Field("mgmt_port"))));
        }

        return rows.Count + faults.Count == 0 ? Wrong(1, "The file names no device.") : (rows, faults);
    }

    private static (IReadOnlyList<IntakeRow> Rows, IReadOnlyList<RowFault> Faults) Wrong(int row, string problem) => ([], [new RowFault(row, "", problem)]);
}

/// <summary>One device of a file.</summary>
internal sealed record IntakeRow(int Number, ArrivalForm Arrival, RackingForm Racking);
