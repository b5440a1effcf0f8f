using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Tests.Sellers;

/// <summary>The work between the importer's decisions, done by whichever node comes first.</summary>
public sealed class ImportWorkerTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_an_import_once_when_two_nodes_come_at_once()
    {
        await using var one = database.BuildServices();
        await using var two = database.BuildServices();
        for (var round = 0; round < 10; round++)
        {
            var id = await Uploaded(one, $"seller_id\n{string.Concat(Enumerable.Range(0, 500).Select(row => $"twice{round}-{row}\n"))}");
            await Decide(one, decide => decide.Check(new(id, Choice, null), Stop));
            await Task.WhenAll(Worker(one).RunOnce(Stop), Worker(two).RunOnce(Stop));
            await Decide(one, decide => decide.Take(id, false, Stop));

            await Task.WhenAll(Worker(one).RunOnce(Stop), Worker(two).RunOnce(Stop));

            (await Shown(id)).ShouldBe("Done 500 read 500 new 0 changed 0 unchanged");
        }
    }

    [Fact]
    public async Task Goes_on_at_start_with_an_import_that_was_decided_when_the_node_died()
    {
        Guid id;
        await using (var died = database.BuildServices())
        {
            id = await Uploaded(died, "seller_id\nafter-restart\n");
            await Decide(died, decide => decide.Check(new(id, Choice, null), Stop));
            await Worker(died).RunOnce(Stop);
            await Decide(died, decide => decide.Take(id, false, Stop));
        }
        (await Shown(id)).ShouldStartWith("Switching");

        await using var restarted = database.BuildServices();
        var worker = Worker(restarted);
        await worker.StartAsync(Stop);
        for (var tries = 0; tries < 400 && !(await Shown(id)).StartsWith("Done", StringComparison.Ordinal); tries++) await Task.Delay(50, Stop);
        await worker.StopAsync(Stop);

        (await Shown(id)).ShouldBe("Done 1 read 1 new 0 changed 0 unchanged");
        worker.ExecuteTask!.IsFaulted.ShouldBeFalse();
    }

    [Fact]
    public async Task Reads_the_file_again_when_a_crash_of_the_database_emptied_what_was_checked()
    {
        await using var services = database.BuildServices();
        var id = await Uploaded(services, "seller_id\nemptied\n\"torn\nemptied too\n");
        await Decide(services, decide => decide.Check(new(id, Choice, null), Stop));
        await Worker(services).RunOnce(Stop);
        (await Shown(id)).ShouldStartWith("Checked");
        await database.ExecuteAsync($"TRUNCATE sellers.import_{id:N}");
        await Decide(services, decide => decide.Take(id, true, Stop));

        await Worker(services).RunOnce(Stop);

        (await Shown(id)).ShouldBe("Done 2 read 1 new 0 changed 0 unchanged");
    }

    [Fact]
    public async Task Leaves_an_emptied_file_of_the_command_to_the_command()
    {
        using var scene = new ImportScene(database);
        var file = scene.File("sellers.csv", "seller_id\nof the command\n");
        var id = await GivenCommandStoppedBeforeTheSwitch(scene, file);
        await database.ExecuteAsync($"TRUNCATE sellers.import_{id:N}");

        await Worker(scene.Services).RunOnce(Stop);
        (await Shown(id)).ShouldStartWith("Staging");
        var again = await scene.Import(ImportKind.Sellers, file);

        again.Id.ShouldBe(id);
        (await Shown(id)).ShouldBe("Done 1 read 1 new 0 changed 0 unchanged");
    }

    [Fact]
    public async Task Lets_no_import_that_cannot_go_on_hold_up_the_next()
    {
        await using var services = database.BuildServices();
        var broken = await Uploaded(services, "seller_id\nbroken\n");
        var next = await Uploaded(services, "seller_id\nnext\n");
        foreach (var id in (Guid[])[broken, next]) await Decide(services, decide => decide.Check(new(id, Choice, null), Stop));
        await Worker(services).RunOnce(Stop);
        foreach (var id in (Guid[])[broken, next]) await Decide(services, decide => decide.Take(id, false, Stop));
        await database.ExecuteAsync($"DROP TABLE sellers.import_{broken:N}");

        await Worker(services).RunOnce(Stop);

        (await Shown(broken)).ShouldStartWith("Switching");
        (await Shown(next)).ShouldStartWith("Done");
        await database.ExecuteAsync($"DELETE FROM sellers.import WHERE id = '{broken}'");
    }

    [Fact]
    public async Task Gives_an_import_up_that_fails_again_and_again_and_says_so()
    {
        await using var services = database.BuildServices();
        var id = await Uploaded(services, "seller_id\nhopeless\n");
        await Decide(services, decide => decide.Check(new(id, Choice, null), Stop));
        var worker = Worker(services);
        await worker.RunOnce(Stop);
        await Decide(services, decide => decide.Take(id, false, Stop));
        await database.ExecuteAsync($"DROP TABLE sellers.import_{id:N}");

        for (var tries = 0; tries < ImportWorker.MostFailures; tries++) await worker.RunOnce(Stop);
        (await Shown(id)).ShouldStartWith("Switching");
        await worker.RunOnce(Stop);

        (await Shown(id)).ShouldStartWith("Refused");
        (await database.ScalarAsync<string>($"SELECT refusal_message FROM sellers.import WHERE id = '{id}'")).ShouldBe(
            "The product failed at this file again and again. Nothing was imported. Upload it once more; if that ends here too, tell whoever runs Guildhall: the log holds the error.");
        (await database.ScalarAsync<long>($"SELECT count(*) FROM sellers.import_chunk WHERE import_id = '{id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Makes_a_month_once_when_two_imports_first_need_it_at_once()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers("months");
        var files = Enumerable.Range(0, 4).Select(file => scene.File($"{file}.csv",
            "seller_id,day,orders\n" + string.Concat(Enumerable.Range(0, 36).Select(month => $"months,{2001 + month / 12}-{month % 12 + 1:00}-{file + 1:00},1\n")))).ToList();

        var outcomes = await Task.WhenAll(files.Select(file => scene.Import(ImportKind.Days, file)));

        outcomes.Sum(outcome => outcome.Done!.RowsInserted).ShouldBe(4 * 36);
    }

    [Fact]
    public async Task Takes_away_a_file_that_nobody_decided_about_for_a_week()
    {
        var clock = new MovableClock();
        await using var services = database.BuildServices(replace => replace.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        var received = await Uploaded(services, "seller_id\nreceived\n");
        var checkedFile = await Uploaded(services, "seller_id\nchecked\n");
        await Decide(services, decide => decide.Check(new(checkedFile, Choice, null), Stop));
        await Worker(services).RunOnce(Stop);
        clock.Advance(TimeSpan.FromDays(6.9));
        await Worker(services).RunOnce(Stop);
        (await Shown(received)).ShouldStartWith("Received");
        (await Shown(checkedFile)).ShouldStartWith("Checked");

        clock.Advance(TimeSpan.FromDays(0.2));
        await Worker(services).RunOnce(Stop);

        foreach (var id in (Guid[])[received, checkedFile])
        {
            (await Shown(id)).ShouldStartWith("Refused");
            (await database.ScalarAsync<string>($"SELECT refusal_message FROM sellers.import WHERE id = '{id}'")).ShouldBe("Nobody decided about this file for 7 days, so it was taken away. Nothing was imported. Send it again.");
            (await database.ScalarAsync<long>($"SELECT count(*) FROM sellers.import_chunk WHERE import_id = '{id}'")).ShouldBe(0);
            (await database.ScalarAsync<bool>($"SELECT to_regclass('sellers.import_{id:N}') IS NULL")).ShouldBeTrue();
        }
    }

    /// <summary>Another import that is taking effect holds the command up, and the command is stopped while it waits.</summary>
    async Task<Guid> GivenCommandStoppedBeforeTheSwitch(ImportScene scene, string file)
    {
        await using var other = await database.Source.OpenConnectionAsync(Stop);
        await using var switching = await other.BeginTransactionAsync(Stop);
        await other.Execute("SELECT pg_advisory_xact_lock($1)", Stop, SwitchIn.SwitchLock);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var command = scene.Import(ImportKind.Sellers, file, stop: stopped.Token);
        const string Waiting = "SELECT count(*) FROM sellers.import WHERE state = 'Switching' AND NOT is_stored";
        for (var tries = 0; tries < 400 && await database.ScalarAsync<long>(Waiting) == 0; tries++) await Task.Delay(50, Stop);
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(command);
        return await database.ScalarAsync<Guid>("SELECT id FROM sellers.import WHERE state = 'Switching' AND NOT is_stored");
    }

    static MappingChoice Choice => new(new Dictionary<string, string> { ["seller_id"] = "seller_id" }, false, "yyyy-MM-dd");

    static ImportWorker Worker(IServiceProvider services) => ActivatorUtilities.CreateInstance<ImportWorker>(services);

    static async Task<Guid> Uploaded(IServiceProvider services, string text)
    {
        await using var scope = services.CreateAsyncScope();
        var received = await scope.ServiceProvider.GetRequiredService<ReceiveFile>().Run(new("sellers", "sellers.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), null), Stop);
        return received.Value;
    }

    static async Task Decide(IServiceProvider services, Func<DecideImport, Task<Result<Import>>> decide)
    {
        await using var scope = services.CreateAsyncScope();
        (await decide(scope.ServiceProvider.GetRequiredService<DecideImport>())).Refusal.ShouldBeNull();
    }

    Task<string> Shown(Guid id) => database.ScalarAsync<string>(
        $"SELECT state || ' ' || rows_read || ' read ' || rows_inserted || ' new ' || rows_updated || ' changed ' || rows_unchanged || ' unchanged' FROM sellers.import WHERE id = '{id}'");
}
