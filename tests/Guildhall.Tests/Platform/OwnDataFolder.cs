using System.Globalization;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Guildhall.Tests.Platform;

/// <summary>A data folder for a test or a class, and what the test wants to know about the PostgreSQL in it.</summary>
public sealed class OwnDataFolder : IDisposable
{
    public string Path { get; } = FolderInMemory.Create("guildhall-data-");

    public string Lock => System.IO.Path.Combine(Path, "postgres", "in-use.lock");

    public int? Postmaster
    {
        get
        {
            try
            {
                // PostgreSQL makes the file before it writes to it.
                return int.TryParse(File.ReadLines(System.IO.Path.Combine(Path, "postgres", "cluster", "postmaster.pid")).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    internal static async Task<RunningDatabase> OpenAsync(string? data, DatabaseUse use = DatabaseUse.Command, string? given = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data, ["GUILDHALL_DATABASE"] = given })
            .Build();
        return await RunningDatabase.OpenAsync(configuration, use, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
    }

    internal Task<RunningDatabase> OpenAsync(DatabaseUse use = DatabaseUse.Command) => OpenAsync(Path, use);

    public static async Task WriteAsync(NpgsqlDataSource source, string word)
    {
        await using var create = source.CreateCommand("CREATE TABLE IF NOT EXISTS words (word text)");
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var insert = source.CreateCommand("INSERT INTO words VALUES ($1)");
        insert.Parameters.Add(new() { Value = word });
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<bool> HoldsAsync(NpgsqlDataSource source, string word)
    {
        await using var count = source.CreateCommand("SELECT count(*) = 1 FROM words WHERE word = $1");
        count.Parameters.Add(new() { Value = word });
        return (bool)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task WaitUntilAsync(Func<int?, bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!reached(Postmaster))
            await Task.Delay(20, patience.Token);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
