using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Guildhall.Platform.Database;

/// <summary>What a process opens the database for. One application serves from a data folder; commands may work beside it.</summary>
enum DatabaseUse { Serving, Command }

/// <summary>The PostgreSQL that this process works on: the one in GUILDHALL_DATABASE, or a private one under GUILDHALL_DATA.</summary>
sealed class RunningDatabase : IAsyncDisposable
{
    const long MigrationLock = 0x4755494C44; // "GUILD"

    readonly PrivatePostgres? postgres;
    readonly FileLock? serving;

    RunningDatabase(NpgsqlDataSource source, PrivatePostgres? postgres, FileLock? serving) =>
        (Source, this.postgres, this.serving) = (source, postgres, serving);

    public NpgsqlDataSource Source { get; }

    /// <summary>Where mails land while no mail server is set; a given database brings no folder with it.</summary>
    public string? MailFolder => postgres?.MailFolder;

    string Name => postgres is null ? "database in GUILDHALL_DATABASE" : $"private PostgreSQL in {postgres.Folder}";

    /// <exception cref="DatabaseUnavailableException">There is none to work on, and the message says what to do.</exception>
    public static async Task<RunningDatabase> OpenAsync(IConfiguration configuration, DatabaseUse use, ILoggerFactory logs, CancellationToken stop)
    {
        var database = configuration["GUILDHALL_DATABASE"] is { Length: > 0 } given
            ? new RunningDatabase(Parse(given), null, null)
            : await StartPrivateAsync(configuration["GUILDHALL_DATA"], use, logs.CreateLogger<PrivatePostgres>(), stop);
        try
        {
            await database.CheckAsync(stop);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the tables to this version, once, however many nodes ask at the same time.</summary>
    /// <returns>The migrations that this call applied.</returns>
    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken stop) => MigrateAsync(Source, stop);

    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        // A lock of the transaction rather than of the session, because a pooler may lend a session to somebody else in between.
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = MigrationLock } } };
        await take.ExecuteNonQueryAsync(stop);

        await using var db = GuildhallDb.Over(source);
        var pending = await db.Database.GetPendingMigrationsAsync(stop);
        if (pending.Any()) await db.Database.MigrateAsync(stop);
        return [.. pending];
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
        serving?.Dispose();
    }

    static async Task<RunningDatabase> StartPrivateAsync(string? path, DatabaseUse use, ILogger log, CancellationToken stop)
    {
        var folder = await DataFolder.OpenAsync(path is "" ? null : path, stop);
        FileLock? claim = null;
        if (use is DatabaseUse.Serving)
        {
            claim = FileLock.TryExclusive(folder.ServingLock)
                ?? throw new DatabaseUnavailableException($"Guildhall is already running with the data folder {folder.Path}. Stop it first, or set GUILDHALL_DATA to another folder.");
        }
        try
        {
            var server = await PrivatePostgres.StartAsync(folder, log, stop);
            return new RunningDatabase(NpgsqlDataSource.Create(server.ConnectionString), server, claim);
        }
        catch
        {
            claim?.Dispose();
            throw;
        }
    }

    static NpgsqlDataSource Parse(string connectionString)
    {
        try
        {
            return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString));
        }
        catch (ArgumentException unreadable)
        {
            throw new DatabaseUnavailableException("GUILDHALL_DATABASE can’t be read. Write it as Host=db.example;Database=guildhall;Username=guildhall;Password=…", unreadable);
        }
    }

    async Task CheckAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(stop);
            if (connection.PostgreSqlVersion.Major < PostgresPrograms.OldestVersion)
                throw new DatabaseUnavailableException($"The {Name} runs PostgreSQL {connection.PostgreSqlVersion}. Guildhall needs {PostgresPrograms.OldestVersion} or later.");
        }
        catch (NpgsqlException unreachable)
        {
            throw new DatabaseUnavailableException($"The {Name} does not answer: {unreachable.Message}", unreachable);
        }
    }
}
