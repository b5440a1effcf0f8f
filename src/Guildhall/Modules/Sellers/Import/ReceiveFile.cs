using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Takes in an uploaded file: keeps its bytes, looks at its beginning and guesses which column is which.</summary>
sealed class ReceiveFile(GuildhallDb db, NpgsqlDataSource database, TimeProvider clock)
{
    public sealed record Input(string Kind, string? FileName, Stream Bytes, Guid? CreatedBy);

    public async Task<Result<Guid>> Run(Input input, CancellationToken stop)
    {
        if (ImportKind.Named(input.Kind) is not { } kind) return Refusal.Invalid("unknown_kind", "Choose what the file holds: sellers, listings, days or events. Nothing was imported.", "kind");
        var import = new Import
        {
            Kind = kind.Name,
            FileName = Import.Label(input.FileName),
            State = ImportState.Received,
            IsStored = true,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = input.CreatedBy,
        };
        db.Add(import);
        await db.SaveChangesAsync(stop);
        var isKept = false;
        try
        {
            if (!(await Keep(import, input.Bytes, stop)).Succeeded(out var length, out var refusal)) return refusal;
            if (!ImportFile.Inspect(() => new StoredFile(database, import.Id, length), length).Succeeded(out var file, out refusal)) return refusal;
            (import.Bytes, import.Mapping) = (length, ColumnMapping.Guess(kind, file.Preview).ToJson());
            await db.SaveChangesAsync(stop);
            isKept = true;
            return import.Id;
        }
        finally
        {
            // Also when the sender hangs up in the middle, which cancels the request; a killed process leaves it to the sweep.
            if (!isKept) await db.Set<Import>().Where(unkept => unkept.Id == import.Id).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    /// <summary>Stores a megabyte at a time, so that memory holds one of them however large the file is.</summary>
    async Task<Result<long>> Keep(Import import, Stream bytes, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var chunk = new byte[ImportChunk.Size];
        long length = 0;
        for (var number = 0; ; number++)
        {
            var read = await bytes.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, stop);
            if (read == 0) return length;
            length += read;
            if (length > ImportFile.LargestBytes) return ImportRefusals.TooLarge(ImportFile.LargestBytes >> 30);
            await connection.Execute("INSERT INTO sellers.import_chunk (import_id, number, bytes) VALUES ($1, $2, $3)", stop, import.Id, number, chunk[..read]);
            if (read < chunk.Length) return length;
        }
    }
}
