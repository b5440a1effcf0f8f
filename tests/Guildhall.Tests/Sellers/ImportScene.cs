using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Sellers;

/// <summary>A database, the import as the command calls it, and files made on the spot.</summary>
sealed class ImportScene(DatabaseFixture database) : IDisposable
{
    readonly ServiceProvider services = database.BuildServices();
    readonly string folder = Directory.CreateTempSubdirectory("guildhall-import-").FullName;

    public IServiceProvider Services => services;

    public string File(string name, string text) => File(name, new UTF8Encoding(false).GetBytes(text));

    public string File(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public async Task<ImportLocalFile.Outcome> Import(ImportKind kind, string path, bool skipBadRows = false, bool isDryRun = false, ColumnMapping? mapping = null, string? currency = "BRL", CancellationToken? stop = null)
    {
        await using var scope = services.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<ImportLocalFile>();
        var result = await import.Run(new(kind, path, mapping, skipBadRows, isDryRun, currency), null, stop ?? TestContext.Current.CancellationToken);
        return result.Succeeded(out var outcome, out var refusal) ? outcome : new(Guid.Empty, null, refusal);
    }

    public Task<ImportLocalFile.Outcome> ImportText(ImportKind kind, string text, bool skipBadRows = false) => Import(kind, File(Guid.NewGuid().ToString("N"), text), skipBadRows);

    public async Task GivenSellers(params string[] ids)
    {
        var outcome = await ImportText(ImportKind.Sellers, "seller_id\n" + string.Join('\n', ids) + "\n");
        outcome.Refusal.ShouldBeNull();
    }

    public async Task<List<ImportReject>> Rejects(Guid importId)
    {
        await using var db = database.NewDb();
        return await db.Set<ImportReject>().Where(reject => reject.ImportId == importId).OrderBy(reject => reject.Line).ThenBy(reject => reject.Number).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Everything that an import could change, as one value.</summary>
    public Task<string> Everything() => database.ScalarAsync<string>("""
        SELECT coalesce(md5(string_agg(row, E'\n' ORDER BY row)), 'nothing') FROM (
            SELECT 'seller ' || to_jsonb(s)::text AS row FROM sellers.seller s
            UNION ALL SELECT 'listing ' || to_jsonb(l)::text FROM sellers.listing l
            UNION ALL SELECT 'event ' || to_jsonb(e)::text FROM sellers.event e
            UNION ALL SELECT 'day ' || to_jsonb(d)::text FROM sellers.seller_day d
            UNION ALL SELECT 'aside ' || to_jsonb(a)::text FROM sellers.seller_day_aside a
            UNION ALL SELECT 'aside ' || to_jsonb(a)::text FROM sellers.listing_aside a
            UNION ALL SELECT 'aside ' || to_jsonb(a)::text FROM sellers.event_aside a) rows
        """);

    public void Dispose()
    {
        services.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
