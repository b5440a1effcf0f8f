using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>The importer's decisions on the way of an uploaded file: this is the mapping, take the rows, or leave it.</summary>
sealed class DecideImport(GuildhallDb db, NpgsqlDataSource database, ImportSignal signal, TimeProvider clock)
{
    public sealed record MappingInput(Guid Id, MappingChoice Choice, string? SaveAs);

    /// <summary>Confirms the mapping, keeps it under a name if one is given, and lets the check begin.</summary>
    public async Task<Result<Import>> Check(MappingInput input, CancellationToken stop)
    {
        if (await Find(input.Id, stop) is not { } import) return Refusal.NotFound("import");
        if (import.State != ImportState.Received) return Import.AlreadyDecided;
        if (!input.Choice.ToMapping().Succeeded(out var mapping, out var unfit)) return unfit;
        if (!ImportFile.Inspect(() => new StoredFile(database, import.Id, import.Bytes), import.Bytes).Succeeded(out var file, out unfit)) return unfit;
        if (mapping.Check(import.Rows, file.Preview.Headers) is { } gap) return gap;
        if (input.SaveAs?.Trim().Length > SavedMapping.LongestName) return Refusal.Invalid("name_too_long", $"Enter a name of up to {SavedMapping.LongestName} characters. Nothing was imported.", "saveAs");
        var currency = await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop);
        if (import.StartCheck(mapping, currency) is { } refusal) return refusal;
        if (!string.IsNullOrWhiteSpace(input.SaveAs)) await Save(import.Kind, input.SaveAs.Trim(), mapping, stop);
        try
        {
            return await Go(import, stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("mapping_just_kept", $"Somebody kept a mapping named “{input.SaveAs!.Trim()}” a moment ago. Nothing was imported. Choose another name, or check again to put yours in its place.") with { Field = "saveAs" };
        }
    }

    /// <summary>Takes the good rows; with bad ones among them, only if they are to be left out.</summary>
    public async Task<Result<Import>> Take(Guid id, bool skipBadRows, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return Refusal.NotFound("import");
        return import.StartSwitch(skipBadRows) is { } refusal ? refusal : await Go(import, stop);
    }

    /// <summary>Goes back to the columns: what was read by them is thrown away, the file stays.</summary>
    public async Task<Result<Import>> Reopen(Guid id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return Refusal.NotFound("import");
        if (import.Reopen() is { } refusal) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await RunImport.DropStaged(connection, id, stop);
        await connection.Execute("DELETE FROM sellers.import_reject WHERE import_id = $1", stop, id);
        if (await Save(import, stop) is { } changed) return changed;
        await transaction.CommitAsync(stop);
        return import;
    }

    /// <summary>Leaves the file: nothing of it was imported, and its bytes go.</summary>
    public async Task<Result<Import>> Leave(Guid id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return Refusal.NotFound("import");
        if (!import.Waits) return Import.AlreadyDecided;
        (import.State, import.RefusalCode, import.RefusalMessage, import.FinishedAt) =
            (ImportState.Refused, "left_out", "The file was left out by the importer. Nothing was imported.", clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await RunImport.ThrowAway((NpgsqlConnection)db.Database.GetDbConnection(), id, stop);
        var saved = await Save(import, stop);
        if (saved is null) await transaction.CommitAsync(stop);
        return saved is null ? import : saved;
    }

    async Task<Result<Import>> Go(Import import, CancellationToken stop)
    {
        if (await Save(import, stop) is { } refusal) return refusal;
        signal.Wake();
        return import;
    }

    /// <summary>Of two clicks on two pages, the second finds the row changed and is told.</summary>
    async Task<Refusal?> Save(Import import, CancellationToken stop)
    {
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Entry(import).State = EntityState.Detached;
            return Import.AlreadyDecided;
        }
    }

    async Task Save(string kind, string name, ColumnMapping mapping, CancellationToken stop)
    {
        var saved = await db.Set<SavedMapping>().FindAsync([kind, name], stop);
        if (saved is null) db.Add(saved = new SavedMapping { Kind = kind, Name = name, Mapping = "" });
        (saved.Mapping, saved.SavedAt) = (mapping.ToJson(), clock.GetUtcNow());
    }

    Task<Import?> Find(Guid id, CancellationToken stop) => db.Set<Import>().SingleOrDefaultAsync(import => import.Id == id && import.IsStored, stop);
}
