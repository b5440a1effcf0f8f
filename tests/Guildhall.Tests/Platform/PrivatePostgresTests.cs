using System.Diagnostics;
using Guildhall.Platform.Database;
using Npgsql;

namespace Guildhall.Tests.Platform;

public class PrivatePostgresTests(OwnDataFolder folder) : IClassFixture<OwnDataFolder>
{
    [Fact]
    public async Task Starts_cold_and_again_on_the_same_data()
    {
        using var own = new OwnDataFolder();
        await using (var first = await own.OpenAsync(DatabaseUse.Serving))
            await OwnDataFolder.WriteAsync(first.Source, "kept");
        own.Postmaster.ShouldBeNull();

        await using var second = await own.OpenAsync(DatabaseUse.Serving);

        (await OwnDataFolder.HoldsAsync(second.Source, "kept")).ShouldBeTrue();
    }

    [Fact]
    public async Task Gives_the_product_no_more_rights_than_a_given_database_would()
    {
        await using var database = await folder.OpenAsync();

        await using var command = database.Source.CreateCommand("SELECT rolname || ' ' || rolsuper FROM pg_roles WHERE rolname = current_user");

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("guildhall false");
    }

    [Fact]
    public async Task Tells_a_second_application_that_the_data_folder_is_taken()
    {
        await using var first = await folder.OpenAsync(DatabaseUse.Serving);

        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(() => folder.OpenAsync(DatabaseUse.Serving));

        refusal.Message.ShouldBe($"Guildhall is already running with the data folder {folder.Path}. Stop it first, or set GUILDHALL_DATA to another folder.");
        await OwnDataFolder.WriteAsync(first.Source, "untouched");
    }

    [Fact]
    public async Task Serves_commands_beside_the_application_until_the_last_one_is_done()
    {
        var application = await folder.OpenAsync(DatabaseUse.Serving);
        var command = await folder.OpenAsync(DatabaseUse.Command);

        await application.DisposeAsync();
        await OwnDataFolder.WriteAsync(command.Source, "after the application");
        await command.DisposeAsync();

        folder.Postmaster.ShouldBeNull();
    }

    [Fact]
    public async Task Starts_again_when_PostgreSQL_is_killed()
    {
        await using var database = await folder.OpenAsync(DatabaseUse.Serving);
        await OwnDataFolder.WriteAsync(database.Source, "before the kill of PostgreSQL");
        var killed = folder.Postmaster!.Value;

        Process.GetProcessById(killed).Kill();
        await folder.WaitUntilAsync(postmaster => postmaster != killed);

        (await OnceReadyAsync(() => OwnDataFolder.HoldsAsync(database.Source, "before the kill of PostgreSQL"))).ShouldBeTrue();
    }

    [Fact]
    public async Task Goes_on_watching_PostgreSQL_after_a_failure_that_nobody_foresaw()
    {
        await using var database = await folder.OpenAsync(DatabaseUse.Serving);
        await OwnDataFolder.WriteAsync(database.Source, "before the lock was lost");
        var killed = folder.Postmaster!.Value;
        var starting = Path.Combine(folder.Path, "postgres", "starting.lock");

        File.Move(starting, starting + ".aside");
        Process.GetProcessById(killed).Kill();
        // By now it has found the server gone and failed to take the lock.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        File.Move(starting + ".aside", starting);
        await folder.WaitUntilAsync(postmaster => postmaster is not null && postmaster != killed);

        (await OnceReadyAsync(() => OwnDataFolder.HoldsAsync(database.Source, "before the lock was lost"))).ShouldBeTrue();
    }

    [Fact]
    public async Task Stops_with_the_application()
    {
        using var application = await ServingProcess.StartAsync(folder.Path);

        await application.StopAsync();

        folder.Postmaster.ShouldBeNull();
    }

    [Fact]
    public async Task Stops_when_the_application_is_killed_and_keeps_what_was_written()
    {
        using var application = await ServingProcess.StartAsync(folder.Path);
        await WriteBesideAsync("before the kill of the application");

        await application.KillAsync();
        await folder.WaitUntilAsync(postmaster => postmaster is null);
        await using var next = await folder.OpenAsync(DatabaseUse.Serving);

        (await OwnDataFolder.HoldsAsync(next.Source, "before the kill of the application")).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopts_a_server_whose_application_and_watchdogs_were_killed()
    {
        using var application = await ServingProcess.StartAsync(folder.Path);
        await WriteBesideAsync("before the kill of all but PostgreSQL");
        var leftOver = folder.Postmaster;
        await KillWatchdogsAsync();
        await application.KillAsync();

        await using (var next = await folder.OpenAsync(DatabaseUse.Serving))
        {
            folder.Postmaster.ShouldBe(leftOver);
            (await OwnDataFolder.HoldsAsync(next.Source, "before the kill of all but PostgreSQL")).ShouldBeTrue();
        }

        folder.Postmaster.ShouldBeNull();
    }

    [Fact]
    public async Task Begins_anew_when_the_first_start_was_killed_before_the_cluster_was_complete()
    {
        using var own = new OwnDataFolder();
        var data = await DataFolder.OpenAsync(own.Path, TestContext.Current.CancellationToken);
        await PostgresAccount.MakeFolderAsync(data.UnfinishedCluster, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data.UnfinishedCluster, "PG_VERSION"), "15", TestContext.Current.CancellationToken);

        await using var database = await own.OpenAsync();

        await OwnDataFolder.WriteAsync(database.Source, "works");
    }

    [Fact]
    public async Task Runs_as_an_ordinary_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The other tests ran as an ordinary user already.");
        Assert.SkipUnless(await CanReadAsync("nobody", ServingProcess.Program), "The account nobody can't read this build.");
        using var own = new OwnDataFolder();
        File.SetUnixFileMode(own.Path, (UnixFileMode)0b111_111_111);

        using var application = await ServingProcess.StartAsync(own.Path, account: "nobody");

        using var postmaster = Process.GetProcessById(own.Postmaster!.Value);
        (await File.ReadAllLinesAsync($"/proc/{postmaster.Id}/status", TestContext.Current.CancellationToken)).ShouldContain(line => line.StartsWith("Uid:\t65534", StringComparison.Ordinal));
        await application.KillAsync();
        await own.WaitUntilAsync(postmaster => postmaster is null);
    }

    [Fact]
    public async Task Tells_root_that_the_data_folder_cannot_be_entered()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root hands PostgreSQL to another account.");
        using var own = new OwnDataFolder();
        File.SetUnixFileMode(own.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var inside = Path.Combine(own.Path, "data");

        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(() => OwnDataFolder.OpenAsync(inside));

        refusal.Message.ShouldBe($"PostgreSQL runs as the account postgres, which can’t enter {inside}. Set GUILDHALL_DATA to a folder that every account can enter, such as /var/lib/guildhall.");
    }

    [Fact]
    public async Task Tells_that_the_folder_is_too_deep_for_a_socket()
    {
        using var own = new OwnDataFolder();
        var deep = Path.Combine(own.Path, new string('d', 80));

        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(() => OwnDataFolder.OpenAsync(deep));

        refusal.Message.ShouldContain("bytes too long for PostgreSQL’s socket");
    }

    [Fact]
    public async Task Tells_which_PostgreSQL_made_the_data()
    {
        using var own = new OwnDataFolder();
        var data = await DataFolder.OpenAsync(own.Path, TestContext.Current.CancellationToken);
        await PostgresAccount.MakeFolderAsync(data.Cluster, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data.Cluster, "PG_VERSION"), "11\n", TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(() => own.OpenAsync());

        refusal.Message.ShouldBe("The data folder was made by PostgreSQL 11, which is not installed. Install it with: apt-get install postgresql-11");
    }

    async Task WriteBesideAsync(string word)
    {
        await using var command = await folder.OpenAsync(DatabaseUse.Command);
        await OwnDataFolder.WriteAsync(command.Source, word);
    }

    static IEnumerable<Process> ProcessesWith(string name, string argument) =>
        Process.GetProcessesByName(name).Where(process => Arguments(process.Id).Contains(argument));

    static string[] Arguments(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return [];
        }
    }

    /// <summary>A watchdog is a shell for a moment before it is the process that waits, so the first one is waited for.</summary>
    async Task KillWatchdogsAsync()
    {
        var killed = 0;
        while (killed == 0 || ProcessesWith("flock", folder.Lock).Any())
        {
            foreach (var watchdog in ProcessesWith("flock", folder.Lock))
            {
                watchdog.Kill();
                await watchdog.WaitForExitAsync(TestContext.Current.CancellationToken);
                killed++;
            }
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    static async Task<bool> CanReadAsync(string account, string path)
    {
        using var test = Process.Start(new ProcessStartInfo("test", ["-r", path]) { UserName = account, WorkingDirectory = "/" })!;
        await test.WaitForExitAsync(TestContext.Current.CancellationToken);
        return test.ExitCode == 0;
    }

    static async Task<T> OnceReadyAsync<T>(Func<Task<T>> attempt)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }
}
