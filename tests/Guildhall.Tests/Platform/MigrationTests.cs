using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Tests.Platform;

public class MigrationTests(DatabaseFixture database, TestPostgres postgres) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public void Tell_of_every_change_to_the_model()
    {
        using var db = database.NewDb();

        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task Are_applied_once_by_nodes_that_start_at_the_same_time()
    {
        await using var db = database.NewDb();
        var empty = await postgres.CreateEmptyDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(empty);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunningDatabase.MigrateAsync(source, TestContext.Current.CancellationToken)));

        await postgres.DropDatabaseAsync(empty);
        applied.SelectMany(migrations => migrations).ShouldBe(db.Database.GetMigrations());
    }
}
