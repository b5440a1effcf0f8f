using System.Text;
using Guildhall.Platform;
using Guildhall.Platform.Mail;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Turns the rows of a file into staging rows. A staging row has the line it came from, whose it is, and the mapped columns only: what a file
/// doesn't carry stays as it was.
/// </summary>
sealed class RowConversion
{
    /// <summary>A row of more is a row of another file: further cells would say nothing new.</summary>
    public const int MostProblems = 8;

    const int MostValues = 200;

    readonly ImportKind kind;
    readonly ColumnMapping mapping;
    readonly Currency? currency;
    readonly DateOnly lastDay;
    readonly (ImportColumn Column, string Header, int Index)[] cells;
    readonly int sellerIndex;
    readonly SellerIds sellers;
    readonly DayMarks marks = new();
    readonly List<byte[]> values = [];
    readonly List<RowProblem> problems = [];

    public RowConversion(ImportKind kind, ColumnMapping mapping, Currency? currency, IReadOnlyList<string> headers, SellerIds sellers, DateOnly lastDay)
    {
        (this.kind, this.mapping, this.currency, this.sellers, this.lastDay) = (kind, mapping, currency, sellers, lastDay);
        var at = headers.Select((header, index) => (header, index)).ToDictionary(entry => entry.header, entry => entry.index);
        cells = [.. Mapped(kind, mapping).Select(column => (column, mapping.Columns[column.Name], at[mapping.Columns[column.Name]]))];
        sellerIndex = kind.BelongsToSellers ? at[mapping.Columns["seller_id"]] : -1;
    }

    /// <summary>Whether some seller-day came twice. Found on the way, by a bit a day; which rows they are is asked of the database, as duplicates are rare.</summary>
    public bool HasRepeatedDays { get; private set; }

    /// <summary>The columns that a mapping fills, but the seller, whose id is looked up.</summary>
    public static IEnumerable<ImportColumn> Mapped(ImportKind kind, ColumnMapping mapping) =>
        kind.Columns.Where(column => mapping.Columns.ContainsKey(column.Name) && !(kind.BelongsToSellers && column.Name == "seller_id"));

    /// <summary>Adds the current row to <paramref name="rows"/>, or says why it can't be.</summary>
    /// <returns>What is wrong with the row, to be read before the next one; empty when it was added.</returns>
    public IReadOnlyList<RowProblem> Convert(RowSource source, CopyRows rows)
    {
        problems.Clear();
        if (source.Problem is { } unread)
        {
            problems.Add(unread);
            return problems;
        }
        var before = rows.Place;
        if (kind == ImportKind.Listings)
        {
            // A product that several sellers offer is a listing of each.
            var owners = CellText.Trimmed(source.Cell(sellerIndex));
            foreach (var part in owners.Split((byte)';'))
            {
                if (problems.Count == 0) Add(source, CellText.Trimmed(owners[part]), rows);
            }
        }
        else
        {
            Add(source, kind.BelongsToSellers ? CellText.Trimmed(source.Cell(sellerIndex)) : default, rows);
        }
        if (problems.Count > 0) rows.TakeBack(before);
        return problems;
    }

    void Add(RowSource source, ReadOnlySpan<byte> owner, CopyRows rows)
    {
        rows.BeginRow(cells.Length + (kind.BelongsToSellers ? 3 : 2));
        rows.Int64(source.Line);
        if (kind.BelongsToSellers) WriteSeller(owner, rows);
        else rows.Uuid(Guid.CreateVersion7());
        for (var index = 0; index < cells.Length && problems.Count < MostProblems; index++)
        {
            var (column, header, at) = cells[index];
            var cell = CellText.Trimmed(source.Cell(at));
            var code = cell.IsEmpty ? WriteUnknown(column, rows) : Write(column, cell, rows);
            if (code is not null) problems.Add(new(code, header, Shown(cell)));
        }
        if (problems.Count == 0 && kind == ImportKind.Days) HasRepeatedDays |= !marks.Mark(seller.Number, day);
    }

    SellerIds.Entry seller;
    DateOnly day;

    void WriteSeller(ReadOnlySpan<byte> cell, CopyRows rows)
    {
        var code = cell.IsEmpty ? "empty_key" : CellText.Text(cell, kind.Columns[0].LongestText);
        if (code is not null)
        {
            problems.Add(new(code, mapping.Columns["seller_id"], Shown(cell)));
            return;
        }
        seller = sellers.Find(cell);
        if (seller.Id is { } id)
        {
            rows.Uuid(id);
            rows.Null();
        }
        else
        {
            rows.Null();
            rows.Text(cell);
        }
    }

    static string? WriteUnknown(ImportColumn column, CopyRows rows)
    {
        if (column.IsNeeded) return "empty_key";
        rows.Null();
        return null;
    }

    string? Write(ImportColumn column, ReadOnlySpan<byte> cell, CopyRows rows)
    {
        switch (column.Type)
        {
            case CellType.Whole:
                if (!CellText.TryWhole(cell, out var whole)) return CellText.LooksNotFinite(cell) ? "not_finite" : "not_a_whole_number";
                if (OutOfRange(column, whole) is { } range) return range;
                rows.Int32((int)whole);
                return null;
            case CellType.Number:
                if (CellText.LooksNotFinite(cell)) return "not_finite";
                if (!CellText.TryNumber(cell, mapping.DecimalComma, out var number)) return "not_a_number";
                if (!double.IsFinite(number)) return "not_finite";
                if (OutOfRange(column, number) is { } outside) return outside;
                rows.Double(number);
                return null;
            case CellType.Money:
                if (CellText.Money(cell, currency!.Decimals, mapping.DecimalComma, out var minorUnits) is { } code) return code;
                rows.Int64(minorUnits);
                return null;
            case CellType.Day:
                if (!CellText.TryDay(cell, mapping.DayFormat, out var date)) return "no_such_day";
                if (!CellText.IsPlausible(date)) return "implausible_day";
                if (date > lastDay && column.Name is ("day" or "happened_on" or "signed_up_on" or "listed_on")) return "day_ahead";
                if (column.IsKey) day = date;
                rows.Day(date);
                return null;
            case CellType.Flag:
                if (CellText.Flag(cell) is not { } flag) return "not_yes_or_no";
                rows.Boolean(flag);
                return null;
            case CellType.Zone:
                if (CellText.Text(cell, column.LongestText) is { } unfit) return unfit;
                if (!TimeZones.Has(Encoding.UTF8.GetString(cell))) return "unknown_zone";
                rows.Text(cell);
                return null;
            case CellType.Email:
                if (CellText.Text(cell, column.LongestText) is { } garbled) return garbled;
                if (!EmailAddress.IsReachable(Encoding.UTF8.GetString(cell))) return "not_an_address";
                rows.Text(cell);
                return null;
            case CellType.List:
                return WriteList(column, cell, rows);
            default:
                if (CellText.Text(cell, column.LongestText) is { } wrong) return wrong;
                var text = column.IsPath ? CellText.Path(cell) : cell;
                if (text.IsEmpty) return WriteUnknown(column, rows);
                rows.Text(text);
                return null;
        }
    }

    string? WriteList(ImportColumn column, ReadOnlySpan<byte> cell, CopyRows rows)
    {
        values.Clear();
        foreach (var part in cell.SplitAny(";|"u8))
        {
            var value = CellText.Trimmed(cell[part]);
            if (column.IsPath) value = CellText.Path(value);
            if (value.IsEmpty) continue;
            if (CellText.Text(value, column.LongestText) is { } code) return code;
            if (values.Count == MostValues) return "too_many_values";
            values.Add(value.ToArray());
        }
        rows.Texts(values);
        return null;
    }

    static string? OutOfRange(ImportColumn column, double value) =>
        value < 0 && column.Lowest >= 0 ? "negative"
        : value > column.Highest && column.Type == CellType.Whole ? "too_large"
        : value < column.Lowest || value > column.Highest ? "out_of_range"
        : null;

    static string Shown(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, 200)]).Replace('\0', '�');
}
