using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace Guildhall.Tests.Support;

/// <summary>The PostgreSQL of one test run: the one in GUILDHALL_TEST_DATABASE, whose role may create databases, or a private one in a temporary folder.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    readonly Lazy<Task<Server>> server = new(StartAsync);

    /// <summary>Clones the migrated template. The pool is small, because the classes of a run share the server's connections, and those who race for one wait for it as long as a busy machine takes.</summary>
    public async Task<string> CreateDatabaseAsync() => await CreateDatabaseAsync((await server.Value).Template);

    public Task<string> CreateEmptyDatabaseAsync() => CreateDatabaseAsync("template0");

    /// <summary>A copy of a database of this server that nobody is connected to.</summary>
    public Task<string> CloneDatabaseAsync(string connectionString) => CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    async Task<string> CreateDatabaseAsync(string template)
    {
        var (_, connect, _, _) = await server.Value;
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync(connect, $"CREATE DATABASE {name} TEMPLATE {template}");
        return new NpgsqlConnectionStringBuilder(connect) { Database = name, Pooling = true, MaxPoolSize = 10, Timeout = 60 }.ConnectionString;
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        var (_, connect, _, _) = await server.Value;
        await DropAsync(connect, new NpgsqlConnectionStringBuilder(connectionString).Database!);
    }

    public async ValueTask DisposeAsync()
    {
        if (!server.IsValueCreated)
            return;
        var (database, connect, template, folder) = await server.Value;
        await DropAsync(connect, template);
        await database.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    static async Task<Server> StartAsync()
    {
        var given = Environment.GetEnvironmentVariable("GUILDHALL_TEST_DATABASE");
        var folder = string.IsNullOrEmpty(given) ? FolderInMemory.Create("guildhall-test-") : null;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATABASE"] = given, ["GUILDHALL_DATA"] = folder })
            .Build();
        var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, CancellationToken.None);

        var connect = new NpgsqlConnectionStringBuilder(folder is null ? given : database.Source.ConnectionString) { Pooling = false };
        if (folder is not null)
        {
            // Nothing here outlives the run, so nothing has to reach the disk, and little has to be kept for a recovery.
            var superuser = new NpgsqlConnectionStringBuilder(connect.ConnectionString) { Username = "postgres" }.ConnectionString;
            await ExecuteAsync(superuser, "ALTER SYSTEM SET fsync = off");
            await ExecuteAsync(superuser, "ALTER SYSTEM SET full_page_writes = off");
            await ExecuteAsync(superuser, "ALTER SYSTEM SET max_wal_size = '256MB'");
            await ExecuteAsync(superuser, "SELECT pg_reload_conf()");
            await ExecuteAsync(superuser, "ALTER ROLE guildhall CREATEDB");
        }

        var template = $"template_{Guid.NewGuid():N}";
        await ExecuteAsync(connect.ConnectionString, $"CREATE DATABASE {template}");
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connect.ConnectionString) { Database = template });
        await RunningDatabase.MigrateAsync(source, CancellationToken.None);
        return new Server(database, connect.ConnectionString, template, folder);
    }

    // Not WITH (FORCE): that is refused to an ordinary role while autovacuum looks at the database, which the plain form sends away.
    static async Task DropAsync(string connect, string database)
    {
        await ExecuteAsync(connect, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND usename = current_user");
        await ExecuteAsync(connect, $"DROP DATABASE {database}");
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    sealed record Server(RunningDatabase Database, string Connect, string Template, string? Folder);
}
