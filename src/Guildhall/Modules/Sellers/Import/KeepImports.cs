using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>Removes the cells of rows that were rejected long ago. The file itself is gone as soon as its rows took effect; counts and reasons stay.</summary>
sealed class KeepImports(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("import-rows", "Cells of rejected rows of imported files", "So that whoever sent a file can put its bad rows right.", 3);

    public Task<int> Remove(DateTimeOffset before, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        UPDATE sellers.import_reject reject SET value = NULL FROM sellers.import i WHERE i.id = reject.import_id AND i.finished_at < {before} AND reject.value IS NOT NULL
        """, stop);
}
