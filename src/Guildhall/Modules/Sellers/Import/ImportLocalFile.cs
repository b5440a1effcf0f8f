using System.Security.Cryptography;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Imports a file of this machine in one go. An import of the same bytes that was interrupted is gone on with, so the cure for an interruption
/// is to give the same command again.
/// </summary>
sealed class ImportLocalFile(GuildhallDb db, RunImport run, TimeProvider clock)
{
    /// <param name="Mapping">Which column is which; <c>null</c> takes the guess.</param>
    public sealed record Input(ImportKind Kind, string Path, ColumnMapping? Mapping, bool SkipBadRows, bool IsDryRun, string? CurrencyCode);

    /// <summary>How an import ended: taken, or refused with its record to look rejected rows up in.</summary>
    public sealed record Outcome(Guid Id, Import? Done, Refusal? Refusal);

    public async Task<Result<Outcome>> Run(Input input, Action<long>? progress, CancellationToken stop)
    {
        if (!File.Exists(input.Path)) return ImportRefusals.FileGone;
        Func<Stream> open = () => new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var length = new FileInfo(input.Path).Length;
        if (!ImportFile.Inspect(open, length).Succeeded(out var file, out var refusal)) return refusal;
        var mapping = input.Mapping ?? ColumnMapping.Guess(input.Kind, file.Preview);
        if (mapping.Check(input.Kind, file.Preview.Headers) is { } unfit) return file.HeaderInDoubt(input.Kind) is { } doubt ? unfit with { Message = $"{unfit.Message} {doubt}" } : unfit;

        var id = await Unfinished(input, mapping, open, length, stop);
        var result = await run.Run(id, open, progress, stop);
        return result.Succeeded(out var done, out refusal) ? new Outcome(id, done, null) : new Outcome(id, null, refusal);
    }

    async Task<Guid> Unfinished(Input input, ColumnMapping mapping, Func<Stream> open, long length, CancellationToken stop)
    {
        byte[] fingerprint;
        await using (var bytes = open()) fingerprint = await SHA256.HashDataAsync(bytes, stop);
        var candidates = await db.Set<Import>().AsNoTracking()
            .Where(import => !import.IsStored && import.Kind == input.Kind.Name && import.Fingerprint == fingerprint && import.SkipBadRows == input.SkipBadRows
                && import.IsDryRun == input.IsDryRun && import.CurrencyCode == input.CurrencyCode
                && (import.State == ImportState.Staging || import.State == ImportState.Switching))
            .OrderBy(import => import.CreatedAt).ToListAsync(stop);
        if (candidates.FirstOrDefault(import => ColumnMapping.FromJson(import.Mapping)!.MeansTheSameAs(mapping)) is { } unfinished) return unfinished.Id;

        var import = new Import
        {
            Kind = input.Kind.Name,
            FileName = Import.Label(Path.GetFileName(input.Path)),
            State = ImportState.Staging,
            Bytes = length,
            Fingerprint = fingerprint,
            Mapping = mapping.ToJson(),
            CurrencyCode = input.CurrencyCode,
            SkipBadRows = input.SkipBadRows,
            IsDryRun = input.IsDryRun,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(import);
        await db.SaveChangesAsync(stop);
        return import.Id;
    }
}
