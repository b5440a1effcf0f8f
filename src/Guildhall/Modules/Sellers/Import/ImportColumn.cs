namespace Guildhall.Modules.Sellers;

/// <summary>How the text of a cell is read, and what it becomes in the database.</summary>
enum CellType { Text, List, Zone, Email, Whole, Number, Money, Day, Flag }

/// <summary>One column that a kind of file may carry: the name people write, what it holds, and how else marketplaces call it.</summary>
/// <param name="Name">Our name for it, in files, in the guide and (for money with its unit) in the database.</param>
/// <param name="Unit">What one of it is; empty for text.</param>
/// <param name="AlsoCalled">Header names that mean the same, most telling first.</param>
sealed record ImportColumn(string Name, CellType Type, string Unit, string Meaning, params string[] AlsoCalled)
{
    /// <summary>What it holds, in the two or three words of a menu.</summary>
    public string Words { get; init; } = $"{char.ToUpperInvariant(Name[0])}{Name[1..].Replace('_', ' ')}";

    /// <summary>The words, with the name beside them where it is another.</summary>
    public string Label => Words.Equals(Name, StringComparison.OrdinalIgnoreCase) ? Words : $"{Words} ({Name})";

    /// <summary>Every file of the kind has it and every row fills it; all other cells may be empty, which means not known.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Part of what makes a row unique within its file.</summary>
    public bool IsKey { get; init; }

    /// <summary>A path from wide to narrow, or a list of them: kept with / between its parts, however it was written.</summary>
    public bool IsPath { get; init; }

    public double Lowest { get; init; }
    public double Highest { get; init; } = 1_000_000_000;
    public int LongestText { get; init; } = 500;

    /// <summary>The database column, where it isn't the name itself.</summary>
    public string? StoredAs { get; init; }

    /// <summary>A cell as it may be written, in the file that shows how.</summary>
    public string Example => Type switch
    {
        CellType.Text => "example " + Name.Replace('_', ' '),
        CellType.List => "example one; example two",
        CellType.Zone => "America/Sao_Paulo",
        CellType.Email => "owner@example.com",
        CellType.Whole => "3",
        CellType.Number => "4.5",
        CellType.Money => "120.50",
        CellType.Day => "2018-06-01",
        CellType.Flag => "1",
        _ => throw new InvalidOperationException($"No example is known for {Type}."),
    };

    public string DatabaseName => StoredAs ?? (Type == CellType.Money ? Name + "_minor_units" : Name);

    public string DatabaseType => Type switch
    {
        CellType.Text or CellType.Zone or CellType.Email => "text",
        CellType.List => "text[]",
        CellType.Whole => "integer",
        CellType.Number => "double precision",
        CellType.Money => "bigint",
        CellType.Day => "date",
        CellType.Flag => "boolean",
        _ => throw new InvalidOperationException($"No database type is known for {Type}."),
    };
}
