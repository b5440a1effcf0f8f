using System.Collections.Concurrent;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Guildhall.Tests.Platform;

/// <summary>What is done by the clock: once at each time by one node of all, again elsewhere when that node died over it, and once for all times that were missed.</summary>
public sealed class JobTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static readonly TimeSpan soon = TimeSpan.FromSeconds(60);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_once_at_each_time_however_many_nodes_have_them()
    {
        await using var scene = await Scene.Given(database);
        var started = DateTimeOffset.UtcNow;
        foreach (var node in (string[])["a", "b", "c"]) await scene.Starts(node, scene.Job("tick", Schedule.Every(TimeSpan.FromSeconds(1))));
        await scene.Runs("tick", scene.Ran("tick").Count + 8);

        // A late time is caught up with, so two runs may stand close together; more runs than there were times can't be.
        var seconds = scene.Ran("tick").Select(run => (run.At - started).TotalSeconds).Order().ToList();
        var tooMany = seconds.Where((at, before) => before + 1 > Math.Floor(at) + 1);
        tooMany.ShouldBeEmpty(string.Join(", ", seconds));
    }

    [Fact]
    public async Task Run_again_elsewhere_when_their_node_died_over_them()
    {
        await using var scene = await Scene.Given(database);
        var dying = await scene.Starts("a", scene.Job("long", Schedule.Every(TimeSpan.FromHours(5)), hangs: true));
        await scene.Runs("long", 1);
        await scene.Starts("b", scene.Job("long", Schedule.Every(TimeSpan.FromHours(5))));

        var died = TimeProvider.System.GetTimestamp();
        await dying.Die();
        await scene.Runs("long", 2, TimeSpan.FromSeconds(60));

        TimeProvider.System.GetElapsedTime(died).TotalSeconds.ShouldBeLessThan(60);
        scene.Ran("long").Select(run => run.Node).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Run_once_soon_for_all_the_times_that_nobody_was_there()
    {
        await using var scene = await Scene.Given(database);
        var first = await scene.Starts("a", scene.Job("minutely", Schedule.EveryMinute), scene.Job("daily", Schedule.Daily(0, 0, TimeZoneInfo.Utc)));
        await scene.Runs("minutely", 1);
        await first.DisposeAsync();
        await database.ExecuteAsync("UPDATE quartz.triggers SET next_fire_time = next_fire_time - 10 * 24 * 3600 * 10000000::bigint");

        await scene.Starts("b", scene.Job("minutely", Schedule.EveryMinute), scene.Job("daily", Schedule.Daily(0, 0, TimeZoneInfo.Utc)));
        await scene.Runs("daily", 1);
        await scene.Runs("minutely", 2);
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);

        scene.Ran("daily").Count.ShouldBe(1);
        scene.Ran("minutely").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Run_at_the_times_of_this_version_and_not_at_those_of_an_earlier_one()
    {
        await using var scene = await Scene.Given(database);
        var before = await scene.Starts("older", scene.Job("tick", Schedule.Every(TimeSpan.FromSeconds(1))), scene.Job("gone", Schedule.Every(TimeSpan.FromSeconds(1))));
        await scene.Runs("tick", 1);
        await before.DisposeAsync();
        scene.Forget();

        await scene.Starts("newer", scene.Job("tick", Schedule.Every(TimeSpan.FromHours(1))), scene.Job("other", Schedule.Every(TimeSpan.FromSeconds(1))));
        await scene.Runs("other", 3);

        scene.Ran("tick").Count.ShouldBe(1);
        scene.Ran("gone").ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_at_their_next_time_after_they_failed()
    {
        await using var scene = await Scene.Given(database);
        await scene.Starts("a", scene.Job("fails", Schedule.Every(TimeSpan.FromSeconds(1)), fails: true));

        await scene.Runs("fails", 3);
    }

    [Fact]
    public async Task Of_the_product_have_names_of_their_own_and_find_their_use_cases()
    {
        await using var services = database.BuildServices();
        var jobs = ModuleList.All.SelectMany(module => module.Jobs).ToList();

        foreach (var job in jobs)
        {
            await using var scope = services.CreateAsyncScope();
            await job.Run(scope.ServiceProvider, Stop);
        }

        jobs.Count.ShouldBeGreaterThan(4);
        jobs.Select(job => job.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task Go_by_the_clock_of_the_database_whatever_that_of_their_node_shows()
    {
        var wrong = new MovableClock();
        wrong.Advance(TimeSpan.FromMinutes(5));
        var clock = new DatabaseClock(wrong);
        await using var db = database.NewDb();

        // The first question takes as long as everything needs to be ready for it.
        await clock.Set(db, Stop);
        await clock.Set(db, Stop);

        (clock.GetUtcNow() - DateTimeOffset.UtcNow).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (wrong.GetUtcNow() - DateTimeOffset.UtcNow).Duration().ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
    }

    sealed record JobRun(string Job, string Node, DateTimeOffset At);

    /// <summary>An empty schedule, nodes that run it, and what ran.</summary>
    sealed class Scene : IAsyncDisposable
    {
        readonly DatabaseFixture database;
        readonly List<Node> nodes = [];
        readonly ConcurrentQueue<JobRun> runs = [];

        Scene(DatabaseFixture database) => this.database = database;

        public static async Task<Scene> Given(DatabaseFixture database)
        {
            await database.ExecuteAsync("DELETE FROM quartz.fired_triggers; DELETE FROM quartz.scheduler_state; DELETE FROM quartz.triggers; DELETE FROM quartz.job_details");
            return new Scene(database);
        }

        public Job Job(string name, Schedule schedule, bool hangs = false, bool fails = false) => new(name, schedule, async (scope, _) =>
        {
            runs.Enqueue(new(name, scope.GetRequiredService<NodeName>().Name, DateTimeOffset.UtcNow));
            if (fails) throw new InvalidOperationException("on purpose");
            if (hangs) await Task.Delay(Timeout.Infinite, Stop);
        });

        public async Task<Node> Starts(string name, params Job[] jobs)
        {
            var node = new Node(database, name, jobs);
            nodes.Add(node);
            await node.Start();
            return node;
        }

        public List<JobRun> Ran(string job) => [.. runs.Where(run => run.Job == job)];

        public void Forget() => runs.Clear();

        public async Task Runs(string job, int times, TimeSpan? within = null)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (Ran(job).Count < times)
            {
                TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(within ?? soon, $"{job} ran {Ran(job).Count} times");
                await Task.Delay(50, Stop);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    sealed record NodeName(string Name);

    sealed class Node(DatabaseFixture database, string name, Job[] jobs) : IAsyncDisposable
    {
        readonly string application = $"node {name} {Guid.NewGuid():N}";
        NpgsqlDataSource source = null!;
        ServiceProvider services = null!;
        bool isGone;

        public async Task Start()
        {
            source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = application, MaxPoolSize = 5 });
            var collection = new ServiceCollection();
            collection.AddLogging();
            collection.AddPlatform(source, []);
            collection.RemoveAll<IHostedService>();
            collection.AddSingleton(new NodeName(name));
            Scheduler.Add(collection, jobs, TimeProvider.System);
            services = collection.BuildServiceProvider(validateScopes: true);
            await Hosted.StartAsync(Stop);
        }

        Scheduler Hosted => services.GetServices<IHostedService>().OfType<Scheduler>().Single();

        /// <summary>Never reaches the database again, as a node that was killed.</summary>
        public async Task Die()
        {
            isGone = true;
            await source.DisposeAsync();
            await database.ExecuteAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = '{application}'");
        }

        public async ValueTask DisposeAsync()
        {
            if (isGone) return;
            isGone = true;
            await Hosted.StopAsync(CancellationToken.None);
            await services.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}
