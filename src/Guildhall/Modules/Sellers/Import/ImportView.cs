using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>An import in the list.</summary>
public sealed record ImportRow(Guid Id, string FileName, string Kind, ImportState State, bool IsDryRun, long RowsRead, long RowsTaken, long RowsRejected, DateTimeOffset CreatedAt);

/// <summary>A page of the list of imports.</summary>
public sealed record ImportsView(IReadOnlyList<ImportRow> Imports, int Number, bool HasMore);

/// <summary>One import as its page shows it.</summary>
/// <param name="Columns">The file's columns with what each becomes; empty once the mapping is decided.</param>
/// <param name="Needed">What every row has to have, and no column of the file is known to hold.</param>
/// <param name="HeaderInDoubt">What to look at when the first row may not hold names; null when it does.</param>
public sealed record ShownImport(
    Guid Id, string FileName, string Kind, string RowNoun, ImportState State, bool IsDryRun,
    long RowsRead, long RowsGood, long RowsRejected, long RowsInserted, long RowsUpdated, long RowsUnchanged, long RowsAside, long RowsAttached, string? RefusalMessage,
    IReadOnlyList<MappingTable.MappedColumn> Columns, IReadOnlyList<Choice> Targets, string DayFormat, bool DecimalComma, bool LacksCurrency, SavedMappings Saved, IReadOnlyList<ProblemTable.RowProblem> Problems, bool HasMoreProblems, IReadOnlyList<Choice> Needed, string? HeaderInDoubt)
{
    public string Href => $"/settings/import/{Id}";
    public bool IsWorking => State is ImportState.Staging or ImportState.Switching;
}

/// <summary>The mappings kept for this kind of file, and the one the page shows.</summary>
/// <param name="Missing">The columns it reads that this file doesn't have.</param>
public sealed record SavedMappings(IReadOnlyList<Choice> Choices, string? Chosen, IReadOnlyList<string> Missing);

/// <summary>Imports as pages show them: a page of them in a list, one with everything it has to say.</summary>
sealed class ImportView(GuildhallDb db, NpgsqlDataSource database, RejectedRows rejects)
{
    const int PageSize = 50;
    const int ProblemsShown = 20;
    const int ExamplesShown = 3;

    /// <summary>The zone that times are shown in: the marketplace's, as everywhere in the product.</summary>
    public async Task<TimeZoneInfo> Zone(CancellationToken stop) =>
        TimeZones.Find(await db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop) ?? "") ?? TimeZoneInfo.Utc;

    /// <summary>Gives a small file the moment that its rows take, so that the page that follows shows what came of it.</summary>
    public async Task Settle(Guid id, CancellationToken stop)
    {
        for (var until = Environment.TickCount64 + 1000; Environment.TickCount64 < until; await Task.Delay(50, stop))
            if (!await db.Set<Import>().AnyAsync(import => import.Id == id && (import.State == ImportState.Staging || import.State == ImportState.Switching), stop)) return;
    }

    /// <summary>All imports, newest first, a page at a time.</summary>
    public async Task<ImportsView> Page(int number, CancellationToken stop)
    {
        number = Math.Clamp(number, 1, int.MaxValue / PageSize);
        var imports = await db.Set<Import>().OrderByDescending(import => import.CreatedAt).ThenByDescending(import => import.Id).Skip((number - 1) * PageSize).Take(PageSize + 1)
            .Select(import => new ImportRow(import.Id, import.FileName, import.Kind, import.State, import.IsDryRun, import.RowsRead, import.IsDryRun ? 0 : import.RowsInserted + import.RowsUpdated, import.RowsRejected, import.CreatedAt))
            .ToListAsync(stop);
        return new ImportsView([.. imports.Take(PageSize)], number, imports.Count > PageSize);
    }

    /// <param name="savedName">The kept mapping to show in place of the guess.</param>
    /// <param name="choice">What the importer chose in a form that was refused; shown as it was.</param>
    public async Task<ShownImport?> Of(Guid id, CancellationToken stop, string? savedName = null, MappingChoice? choice = null)
    {
        var import = await db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id, stop);
        if (import is null) return null;
        var file = import.State == ImportState.Received && ImportFile.Inspect(() => new StoredFile(database, id, import.Bytes), import.Bytes).Succeeded(out var inspected, out _) ? inspected : null;
        var preview = file?.Preview;
        var kept = preview is null ? [] : await db.Set<SavedMapping>().AsNoTracking().Where(mapping => mapping.Kind == import.Kind).OrderBy(mapping => mapping.Name).ToListAsync(stop);
        var chosen = kept.FirstOrDefault(mapping => mapping.Name == savedName);
        var mapping = ColumnMapping.FromJson(chosen?.Mapping ?? import.Mapping)!;
        var missing = chosen is null ? [] : mapping.Columns.Values.Except(preview!.Headers).ToList();
        choice ??= MappingChoice.Of(chosen is null ? mapping : mapping.For(preview!.Headers));
        var fillsMoney = choice.Targets.Values.Any(name => import.Rows.Column(name)?.Type == CellType.Money);
        var lacksCurrency = import.RefusalCode == ImportRefusals.NoCurrency.Code || (import.State == ImportState.Received && fillsMoney && !await db.Set<Marketplace>().AnyAsync(stop));
        var problems = import.RowsRejected == 0 ? [] : await rejects.Of(id, ProblemsShown + 1, stop).ToListAsync(stop);
        return new(
            import.Id, import.FileName, import.Kind, import.Rows.RowNoun, import.State, import.IsDryRun,
            import.RowsRead, import.RowsStaged, import.RowsRejected, import.RowsInserted, import.RowsUpdated, import.RowsUnchanged, import.RowsAside, import.RowsAttached, import.RefusalMessage,
            [.. (preview?.Headers ?? []).Select(header => new MappingTable.MappedColumn(header, MappingChoice.Field(header), [.. preview!.Values(header).Where(value => value.Length > 0).Distinct().Take(ExamplesShown)], choice.Targets.GetValueOrDefault(header)))],
            [.. import.Rows.Columns.Select(column => new Choice(column.Name, column.Label, column.Meaning))],
            choice.DayFormat, choice.DecimalComma, lacksCurrency, new([.. kept.Select(mapping => new Choice(mapping.Name, mapping.Name))], chosen?.Name, missing),
            [.. problems.Take(ProblemsShown).Select(problem => new ProblemTable.RowProblem(problem.Line, problem.Column ?? "", problem.Value ?? "", RejectReasons.Of(problem)))],
            problems.Count > ProblemsShown, [.. preview is null ? [] : import.Rows.Columns.Where(column => column.IsNeeded && !choice.Targets.Values.Contains(column.Name)).Select(column => new Choice(column.Name, column.Name, column.Meaning))], file?.HeaderInDoubt(import.Rows));
    }
}
