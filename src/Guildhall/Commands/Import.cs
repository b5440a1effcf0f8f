using System.CommandLine;
using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Commands;

/// <summary>Brings a marketplace's file in: 0 when its rows were taken, 1 when the file was refused and nothing changed.</summary>
static class Import
{
    internal static Command Build()
    {
        var kind = new Argument<string>("kind") { Description = "What the file holds: sellers, listings, days or events" };
        kind.AcceptOnlyFromAmong([.. ImportKind.All.Select(known => known.Name)]);
        var file = new Argument<string>("file") { Description = "CSV or newline-delimited JSON, plain or gzip" };
        var mapping = new Option<string?>("--mapping") { Description = "A saved mapping’s name, or a JSON file with one; without it the columns are guessed", HelpName = "name|file" };
        var skip = new Option<bool>("--skip-bad-rows") { Description = "Take the good rows and leave the bad ones out" };
        var rejects = new Option<string?>("--rejects") { Description = "Where to write the rejected rows", HelpName = "file" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and change nothing" };
        var command = new Command("import", "Bring in sellers and their figures") { kind, file, mapping, skip, rejects, dryRun };
        command.SetAction(async (parsed, stop) =>
        {
            await using var product = await ProductScope.OpenAsync(stop);
            return await Run(product, new Request(
                ImportKind.Named(parsed.GetRequiredValue(kind))!, parsed.GetRequiredValue(file), parsed.GetValue(mapping), parsed.GetValue(skip), parsed.GetValue(rejects), parsed.GetValue(dryRun)), stop);
        });
        return command;
    }

    const int ProblemsSaid = 10;

    sealed record Request(ImportKind Kind, string File, string? Mapping, bool SkipBadRows, string? Rejects, bool IsDryRun);

    static async Task<int> Run(ProductScope product, Request request, CancellationToken stop)
    {
        var db = product.Get<GuildhallDb>();
        if (!(await FindMapping(db, request, stop)).Succeeded(out var mapping, out var refusal)) return ProductScope.Refused(refusal);

        if (!Opened(request.Rejects).Succeeded(out var rejects, out refusal)) return ProductScope.Refused(refusal);
        await using var written = rejects.File;

        var currency = await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop);
        var input = new ImportLocalFile.Input(request.Kind, request.File, mapping.Value, request.SkipBadRows, request.IsDryRun, currency);
        var result = await product.Get<ImportLocalFile>().Run(input, Progress(), stop);
        if (!Console.IsErrorRedirected) Console.Error.Write('\r');
        if (!result.Succeeded(out var outcome, out refusal)) return ProductScope.Refused(refusal);

        if (written is not null) await WriteRejects(product, outcome.Id, written, stop);
        await SayRejects(product, outcome.Id, request.Rejects, stop);
        if (outcome.Refusal is { } bad) return ProductScope.Refused(bad);
        Console.WriteLine(Summary(outcome.Done!));
        return 0;
    }

    /// <summary>A mapping by its name or from a file; an empty choice when it is to be guessed.</summary>
    static async Task<Result<Chosen>> FindMapping(GuildhallDb db, Request request, CancellationToken stop)
    {
        if (request.Mapping is not { } given) return new Chosen(null);
        var saved = await db.Set<SavedMapping>().Where(mapping => mapping.Kind == request.Kind.Name && mapping.Name == given).Select(mapping => mapping.Mapping).SingleOrDefaultAsync(stop);
        if (saved is null && File.Exists(given)) saved = await File.ReadAllTextAsync(given, stop);
        if (saved is null) return Refusal.Invalid("no_such_mapping", $"There is no mapping and no file called “{given}”. Nothing was imported. Save one on the import page, or give a file.");
        return ColumnMapping.Written(saved, given).Succeeded(out var mapping, out var unfit) ? new Chosen(mapping) : unfit;
    }

    sealed record Chosen(ColumnMapping? Value);

    static Action<long>? Progress() => Console.IsErrorRedirected ? null : rows => Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{rows:N0} rows read"));

    /// <summary>The file for rejected rows, opened before anything takes effect. What it holds stays until there is something to put in its place.</summary>
    static Result<Output> Opened(string? path)
    {
        try
        {
            return new Output(path is null ? null : new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return Refusal.Invalid("rejects_not_writable", $"Rejected rows can’t be written to {path}: {closed.Message} Nothing was imported. Give --rejects another file.");
        }
    }

    sealed record Output(FileStream? File);

    static async Task WriteRejects(ProductScope product, Guid import, FileStream file, CancellationToken stop)
    {
        if (file.CanSeek) file.SetLength(0);
        await product.Get<RejectedRows>().Write(import, file, stop);
    }

    /// <summary>The first problems, as refusals are said: enough to see what is wrong with a file.</summary>
    static async Task SayRejects(ProductScope product, Guid import, string? path, CancellationToken stop)
    {
        var problems = await product.Get<RejectedRows>().Of(import, ProblemsSaid, stop).ToListAsync(stop);
        if (problems.Count == 0) return;
        foreach (var problem in problems)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Line {problem.Line}{(problem.Column is { } column ? $", {Printable(column)}" : "")}: {RejectReasons.Of(problem)} ({problem.Code})"));
        var more = await product.Get<RejectedRows>().Count(import, stop) - problems.Count;
        var said = more switch { 0 => "", 1 => "1 more problem was found. ", _ => string.Create(CultureInfo.InvariantCulture, $"{more:N0} more problems were found. ") };
        if (path is not null) Console.Error.WriteLine($"{said}{path} holds every rejected row.");
        else if (more > 0) Console.Error.WriteLine($"{said}Give --rejects FILE as well to have all of them in a file.");
    }

    // A file's header goes to a terminal here.
    static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '�' : letter));

    static string Summary(Modules.Sellers.Import done)
    {
        var parts = new List<string> { $"{done.RowsInserted:N0} new", $"{done.RowsUpdated:N0} changed", $"{done.RowsUnchanged:N0} unchanged" };
        if (done.RowsAside > 0) parts.Add($"{done.RowsAside:N0} kept aside until their seller arrives");
        if (done.RowsAttached > 0) parts.Add($"{done.RowsAttached:N0} kept aside earlier now attached");
        if (done.RowsRepeated > 0) parts.Add($"{done.RowsRepeated:N0} repeated");
        if (done.RowsRejected > 0) parts.Add($"{done.RowsRejected:N0} rejected");
        return string.Create(CultureInfo.InvariantCulture, $"{done.RowsRead:N0} {(done.RowsRead == 1 ? "row" : "rows")} of {done.Kind}{(done.IsDryRun ? " checked, none imported" : "")}: {string.Join(", ", parts)}");
    }
}
