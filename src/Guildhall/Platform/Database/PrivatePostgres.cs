using System.Diagnostics;
using Npgsql;

namespace Guildhall.Platform.Database;

/// <summary>A PostgreSQL of our own under the data folder: created, started, supervised, and stopped when its last user is gone.</summary>
sealed class PrivatePostgres : IAsyncDisposable
{
    static readonly TimeSpan RestartInterval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan KilledServerInterval = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan KilledServerPatience = TimeSpan.FromSeconds(30);

    readonly DataFolder folder;
    readonly PostgresPrograms programs;
    readonly ILogger log;
    readonly FileLock inUse;
    readonly CancellationTokenSource stopping = new();
    Task supervision = Task.CompletedTask;

    PrivatePostgres(DataFolder folder, PostgresPrograms programs, FileLock inUse, ILogger log) =>
        (this.folder, this.programs, this.inUse, this.log) = (folder, programs, inUse, log);

    public string Folder => folder.Path;

    public string MailFolder => folder.Mail;

    public string ConnectionString => Connect(PostgresSettings.Role, PostgresSettings.Database).ConnectionString;

    public static async Task<PrivatePostgres> StartAsync(DataFolder folder, ILogger log, CancellationToken stop)
    {
        var postgres = new PrivatePostgres(folder, PostgresPrograms.Find(folder.ClusterVersion), await FileLock.SharedAsync(folder.InUseLock, stop), log);
        try
        {
            postgres.StartWatchdog();
            await postgres.EnsureRunningAsync(stop);
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
        postgres.supervision = postgres.SuperviseAsync(postgres.stopping.Token);
        return postgres;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        inUse.Dispose();
        await StopIfUnusedAsync();
        stopping.Dispose();
    }

    async Task EnsureRunningAsync(CancellationToken stop)
    {
        using var starting = await FileLock.ExclusiveAsync(folder.StartingLock, stop);
        if (!Directory.Exists(folder.Cluster))
            await CreateClusterAsync(stop);
        if (await AnswersAsync(stop))
            return;
        await WriteSettingsAsync(stop);

        var patience = Stopwatch.StartNew();
        while (await StartServerAsync(stop) is { } complaint)
        {
            // A server killed a moment ago is still in the process table, or its backends are about to notice.
            var leaving = complaint.Contains("another postmaster", StringComparison.Ordinal) || complaint.Contains("shared memory block", StringComparison.Ordinal);
            if (!leaving || patience.Elapsed > KilledServerPatience)
                throw new DatabaseUnavailableException($"PostgreSQL did not start: {Reason(complaint)}. Its logs are {folder.StartLog} and {folder.Cluster}/log.");
            await Task.Delay(KilledServerInterval, stop);
        }
    }

    async Task CreateClusterAsync(CancellationToken stop)
    {
        // Made aside and renamed when complete, so that a kill in the middle leaves nothing that looks like a cluster.
        await PostgresAccount.RunOrRefuseAsync("rm", ["-rf", folder.UnfinishedCluster], stop);
        await PostgresAccount.RunOrRefuseAsync(programs["initdb"],
            ["--pgdata", folder.UnfinishedCluster, "--username", PostgresSettings.Superuser, "--auth", "peer", "--encoding", "UTF8", "--locale", "C.UTF-8"], stop);
        // The product connects without superuser's rights: nothing may work here that a given database would refuse.
        await PostgresAccount.RunOrRefuseAsync(programs["postgres"], ["--single", "-D", folder.UnfinishedCluster, "postgres"], stop,
            $"CREATE ROLE {PostgresSettings.Role} LOGIN\nCREATE DATABASE {PostgresSettings.Database} OWNER {PostgresSettings.Role}\n");
        await PostgresAccount.RunOrRefuseAsync("mv", [folder.UnfinishedCluster, folder.Cluster], stop);
    }

    async Task WriteSettingsAsync(CancellationToken stop)
    {
        foreach (var (file, text) in PostgresSettings.Files(folder))
            await PostgresAccount.RunOrRefuseAsync("tee", [Path.Combine(folder.Cluster, file)], stop, text);
    }

    /// <returns>What the server wrote when it would not start.</returns>
    async Task<string?> StartServerAsync(CancellationToken stop)
    {
        await PostgresAccount.RunOrRefuseAsync("truncate", ["--size=0", folder.StartLog], stop);

        // Recovery after a crash in the middle of an import can take minutes; a server that gives up ends the wait at once.
        var (started, _) = await PostgresAccount.RunAsync(programs["pg_ctl"],
            ["start", "--wait", "--timeout=3600", "--silent", "--pgdata", folder.Cluster, "--log", folder.StartLog], stop);
        return started ? null : await File.ReadAllTextAsync(folder.StartLog, stop);
    }

    /// <summary>Whether a server is there, ours or left over; waits while one is starting or stopping.</summary>
    async Task<bool> AnswersAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connect(PostgresSettings.Role, PostgresSettings.Database, pooling: false).ConnectionString);
                await connection.OpenAsync(stop);
                return true;
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(50, stop);
            }
            catch (PostgresException refused)
            {
                throw new DatabaseUnavailableException($"The PostgreSQL in {folder.Path} refused the connection: {refused.MessageText}.", refused);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }
    }

    /// <summary>Holds one idle connection and starts the server again whenever that breaks.</summary>
    async Task SuperviseAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await EnsureRunningAsync(stop);
                await using var connection = new NpgsqlConnection(Connect(PostgresSettings.Role, PostgresSettings.Database, pooling: false).ConnectionString);
                await connection.OpenAsync(stop);
                await connection.WaitAsync(stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
            }
            catch (NpgsqlException lost)
            {
                log.LogWarning("The private PostgreSQL is gone ({Reason}). Starting it again.", lost.Message);
                await Task.Delay(KilledServerInterval, CancellationToken.None);
            }
            catch (DatabaseUnavailableException refused)
            {
                log.LogError("{Reason} The next attempt is in {Seconds} s.", refused.Message, RestartInterval.TotalSeconds);
                await Task.Delay(RestartInterval, CancellationToken.None);
            }
            // Whatever it was, a server that nobody watches stays down.
            catch (Exception failure)
            {
                log.LogError(failure, "The private PostgreSQL could not be watched. The next attempt is in {Seconds} s.", RestartInterval.TotalSeconds);
                await Task.Delay(RestartInterval, CancellationToken.None);
            }
        }
    }

    /// <summary>Starts the process that outlives us: when our lock falls, however we end, it stops the server if nobody else uses it.</summary>
    void StartWatchdog()
    {
        // Ctrl+C and service managers signal the whole group; this process has to be the last one.
        // One is enough for all: another that still holds its lock after some seconds isn't one that is just ending.
        const string script = """trap '' HUP INT TERM; exec flock --wait 5 "$0" flock --exclusive "$1" "$2" stop --silent --mode fast --pgdata "$3" </dev/null >/dev/null 2>&1""";
        using var watchdog = Process.Start(PostgresAccount.StartInfo("/bin/sh", "-c", script, folder.WatchLock, folder.InUseLock, programs["pg_ctl"], folder.Cluster));
    }

    async Task StopIfUnusedAsync()
    {
        while (true)
        {
            if (FileLock.TryExclusive(folder.InUseLock) is { } last)
            {
                using (last)
                    await PostgresAccount.RunAsync(programs["pg_ctl"], ["stop", "--silent", "--mode", "fast", "--pgdata", folder.Cluster], CancellationToken.None);
                return;
            }
            if (FileLock.TryShared(folder.InUseLock) is { } others)
            {
                others.Dispose();
                return;
            }
            // Only a watchdog that is stopping the server holds the lock alone.
            await Task.Delay(20);
        }
    }

    static string Reason(string complaint) => complaint.Split('\n').LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal))?.Split("FATAL:")[1].Trim() ?? "it gave no reason";

    NpgsqlConnectionStringBuilder Connect(string role, string database, bool pooling = true) => new()
    {
        Host = folder.Private,
        Username = role,
        Database = database,
        Pooling = pooling,
        MaxPoolSize = 80,
        ApplicationName = "guildhall",
    };
}
