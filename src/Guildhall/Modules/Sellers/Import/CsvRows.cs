using CsvHelper;

namespace Guildhall.Modules.Sellers;

/// <summary>Rows of a CSV file. A row is ragged unless it has as many cells as the header.</summary>
sealed class CsvRows : RowSource
{
    readonly CsvReader reader;
    readonly long byteOffset, lineOffset;
    long malformedAt = -1;

    CsvRows(Stream stream, char separator, IReadOnlyList<string>? headers, long fromByte, long fromLine)
    {
        (byteOffset, lineOffset) = (fromByte, fromLine - 1);
        reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = headers is null,
            TrackLineNumbers = true,
            MaxRecordSize = ImportFile.LongestLine,
            OnMalformedRecord = record => malformedAt = record.LineNumber,
        });
        Headers = headers ?? ReadHeader();
    }

    public static CsvRows FromStart(Stream stream, char separator) => new(stream, separator, null, 0, 1);

    /// <summary>Goes on where an earlier reading stopped: <paramref name="stream"/> stands at the start of a row.</summary>
    public static CsvRows From(Stream stream, char separator, IReadOnlyList<string> headers, long fromByte, long fromLine) =>
        new(stream, separator, headers, fromByte, fromLine);

    public override IReadOnlyList<string> Headers { get; }
    public override long Line => reader.LineNumber + lineOffset;
    public override long ByteOffset => reader.ByteOffset + byteOffset;

    public override RowProblem? Problem =>
        malformedAt == reader.LineNumber ? new RowProblem("quotes_unbalanced")
        : reader.FieldCount != Headers.Count ? new RowProblem("ragged_row")
        : null;

    public override bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException)
        {
            // The only rule of ours that throws is the longest record.
            throw new UnreadableFileException(ImportRefusals.LineTooLong(Line));
        }
    }

    public override ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    public override void Dispose() => reader.Dispose();

    string[] ReadHeader()
    {
        try
        {
            reader.ReadHeader();
            return [.. reader.Headers.Select(header => header.Trim())];
        }
        catch (CsvFormatException)
        {
            throw new UnreadableFileException(ImportRefusals.LineTooLong(1));
        }
    }
}
