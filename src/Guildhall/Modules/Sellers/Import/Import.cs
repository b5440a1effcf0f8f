using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sellers;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>The file is here; the importer looks at the mapping.</summary>
    Received,
    Staging,
    /// <summary>Every row was checked; the importer decides.</summary>
    Checked,
    Switching,
    Done,
    Refused,
}

/// <summary>One file on its way in, from its arrival to the day its rows took effect, or didn't.</summary>
sealed class Import
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Kind { get; init; }

    /// <summary>The name the sender gave the file: a label, never a path.</summary>
    public required string FileName { get; init; }
    public ImportState State { get; set; }

    /// <summary>Its bytes are kept here, so that any node can go on with it. A file that the command reads stays where it is.</summary>
    public bool IsStored { get; init; }
    public long Bytes { get; set; }

    /// <summary>SHA-256 of a file that isn't stored: the command goes on with an unfinished import only of the same bytes.</summary>
    public byte[]? Fingerprint { get; init; }
    public string Mapping { get; set; } = "{}";
    /// <summary>The currency its money is read in: the marketplace's when the check began.</summary>
    public string? CurrencyCode { get; set; }
    public bool SkipBadRows { get; set; }
    public bool IsDryRun { get; init; }

    public long RowsRead { get; set; }
    public long RowsStaged { get; set; }
    public long RowsRejected { get; set; }

    /// <summary>Rows that repeat an earlier one word for word, as event feeds do.</summary>
    public long RowsRepeated { get; set; }

    // The checkpoint: committed with the rows before it.
    public long NextByte { get; set; }
    public long NextLine { get; set; } = 1;
    public bool IsRead { get; set; }
    public bool HasRepeatedDays { get; set; }

    public long RowsInserted { get; set; }
    public long RowsUpdated { get; set; }
    public long RowsUnchanged { get; set; }

    /// <summary>Rows of sellers not named yet: kept, and attached when the seller arrives.</summary>
    public long RowsAside { get; set; }

    /// <summary>Rows kept aside earlier that this import's sellers brought in.</summary>
    public long RowsAttached { get; set; }

    public string? RefusalCode { get; set; }
    public string? RefusalMessage { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public Guid? CreatedBy { get; init; }

    public const int LongestFileName = 120;

    public Currency? Currency => CurrencyCode is null ? null : Platform.Currency.Find(CurrencyCode);

    public ImportKind Rows => ImportKind.Named(Kind)!;

    public bool IsOver => State is ImportState.Done or ImportState.Refused;

    /// <summary>Someone has to do something before it goes on.</summary>
    public bool Waits => State is ImportState.Received or ImportState.Checked;

    /// <summary>A name that is safe to show and to keep: the last part of a path, without what can't be seen.</summary>
    public static string Label(string? fileName)
    {
        var last = (fileName ?? "").Split('/', '\\')[^1];
        var clean = new string([.. last.Where(letter => !char.IsControl(letter) && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.Format)]).Trim();
        if (clean.Length > LongestFileName) clean = clean[..LongestFileName];
        return clean.Length == 0 ? "file" : clean;
    }

    public Refusal? StartCheck(ColumnMapping mapping, string? currencyCode)
    {
        if (State != ImportState.Received) return AlreadyDecided;
        if (currencyCode is null && mapping.FillsMoney(Rows)) return ImportRefusals.NoCurrency;
        (Mapping, CurrencyCode, State) = (mapping.ToJson(), currencyCode, ImportState.Staging);
        return null;
    }

    public Refusal? Reopen()
    {
        if (State != ImportState.Checked) return AlreadyDecided;
        State = ImportState.Received;
        (RowsRead, RowsStaged, RowsRejected, RowsRepeated, RowsAside) = (0, 0, 0, 0, 0);
        (NextByte, NextLine, IsRead, HasRepeatedDays) = (0, 1, false, false);
        return null;
    }

    public Refusal? StartSwitch(bool skipBadRows)
    {
        if (State != ImportState.Checked) return AlreadyDecided;
        if (RowsRejected > 0 && !skipBadRows) return ImportRefusals.BadRows(RowsRejected, RowsRead);
        (SkipBadRows, State) = (skipBadRows, ImportState.Switching);
        return null;
    }

    public static Refusal AlreadyDecided => Refusal.Conflict("import_moved_on", "This import has moved on since the page was opened. Nothing was changed by this click. Open it again.");

    public sealed class Table : IEntityTypeConfiguration<Import>
    {
        public void Configure(EntityTypeBuilder<Import> table)
        {
            table.ToTable("import", SellersTables.Schema);
            table.Property(import => import.FileName).HasMaxLength(LongestFileName);
            table.Property(import => import.Mapping).HasColumnType("jsonb");
            table.Property(import => import.State).HasConversion<string>();
            table.HasIndex(import => import.State);
            table.Property<uint>("xmin").IsRowVersion();
            table.Property(import => import.CurrencyCode).HasMaxLength(3);
            table.Ignore(import => import.Rows);
            table.Ignore(import => import.Currency);
            table.Mentions(import => import.FileName, import => import.RefusalMessage).NotPersonal(import => import.Kind, import => import.Fingerprint, import => import.Mapping, import => import.CurrencyCode, import => import.RefusalCode);
        }
    }
}
