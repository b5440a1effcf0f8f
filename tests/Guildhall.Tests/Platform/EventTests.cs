using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Events;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guildhall.Tests.Platform;

/// <summary>What one part of the product tells the others: after the commit, at least once, to each by itself, and what a handler writes once.</summary>
public sealed class EventTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reach_every_handler_after_the_commit_and_none_after_a_rollback()
    {
        await using var node = await Node.Given(database, "one", "two");

        await node.Publish("kept");
        await node.Publish("taken back", commit: false);
        await node.Deliver();
        await node.Deliver();

        (await Written()).ShouldBe("one kept, two kept");
        (await Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task Are_not_seen_before_the_commit()
    {
        await using var node = await Node.Given(database, "one");
        await using var scope = node.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        scope.ServiceProvider.GetRequiredService<Events>().Publish(new NoteWritten(await Note("later")));
        await db.SaveChangesAsync(Stop);

        await node.Deliver();
        var before = await Written();
        await transaction.CommitAsync(Stop);
        await node.Deliver();

        before.ShouldBe("");
        (await Written()).ShouldBe("one later");
    }

    [Fact]
    public async Task Reach_the_other_handlers_when_one_fails_which_is_tried_again_later_each_time()
    {
        await using var node = await Node.Given(database, "fails", "works");

        await node.Publish("first");
        await node.Deliver();
        await node.Publish("second");
        await node.Deliver();
        var early = (await Written(), node.Tried("fails"));
        node.Advance(TimeSpan.FromMinutes(2));
        await node.Deliver();
        var later = node.Tried("fails");
        node.Mends("fails");
        node.Advance(TimeSpan.FromMinutes(5));
        await node.Deliver();

        early.ShouldBe(("works first, works second", 2));
        later.ShouldBe(4);
        (await Written()).ShouldBe("fails first, fails second, works first, works second");
        (await Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task Leave_nothing_behind_of_a_handler_that_failed_after_it_wrote()
    {
        await using var node = await Node.Given(database, "fails-late");

        await node.Publish("half");
        await node.Deliver();

        node.Tried("fails-late").ShouldBe(1);
        (await Written()).ShouldBe("");
        (await database.ScalarAsync<string>("SELECT last_failure FROM platform.event_delivery")).ShouldBe("InvalidOperationException");
    }

    [Fact]
    public async Task Are_given_up_after_about_three_days_in_sight_of_the_command_and_tried_again_when_it_says_so()
    {
        await using var node = await Node.Given(database, "fails");
        await node.Publish("stubborn");
        for (var round = 0; round < 30; round++)
        {
            await node.Deliver();
            node.Advance(TimeSpan.FromHours(8));
        }

        var stuck = (await node.Ask<GivenUpEvents, List<StuckEvents>>(events => events.List(Stop))).Single();
        var tries = node.Tried("fails");
        node.Mends("fails");
        await node.Deliver();
        var givenUp = await Written();
        (await node.Ask<GivenUpEvents, int>(events => events.TryAgain(Stop))).ShouldBe(1);
        await node.Deliver();

        tries.ShouldBe(EventDelivery.MostTries);
        (stuck.Handler, stuck.GivenUp, stuck.Failing, stuck.LastFailure).ShouldBe(("fails", 1, 0, "InvalidOperationException"));
        givenUp.ShouldBe("");
        (await Written()).ShouldBe("fails stubborn");
    }

    [Fact]
    public async Task Are_handled_once_however_many_nodes_deliver()
    {
        await using var node = await Node.Given(database, "one");
        await using var second = Node.Another(database, "one");
        await using var third = Node.Another(database, "one");
        for (var n = 0; n < 100; n++) await node.Publish("same");

        await Task.WhenAll(((Node[])[node, second, third]).Select(each => Task.Run(each.Deliver, Stop)));

        (await database.ScalarAsync<long>("SELECT count(*) FROM test_note_read")).ShouldBe(100);
        (await Waiting()).ShouldBe(0);
        ((int[])[node.Tried("one"), second.Tried("one"), third.Tried("one")]).Count(handled => handled > 0).ShouldBeGreaterThan(1, "one node did it all");
    }

    [Fact]
    public async Task Of_a_node_that_died_over_a_handler_are_free_at_once_and_nothing_of_its_work_is_there()
    {
        await using var node = await Node.Given(database, "hangs");
        await using var other = Node.Another(database, "hangs");
        other.Mends("hangs");
        await node.Publish("orphan");
        var dying = Task.Run(node.Deliver, Stop);
        await node.Reached("hangs");

        await other.Deliver();
        var held = await Written();
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'");
        await other.Deliver();
        node.Mends("hangs");
        await dying;

        held.ShouldBe("");
        (await Written()).ShouldBe("hangs orphan");
        (await Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task Wait_for_a_node_that_has_their_handler_also_when_an_older_one_published_them()
    {
        await using var older = await Node.Given(database, "known");
        await using var newer = Node.Another(database, "known", "new");
        await newer.Worker.Register(Stop);

        await older.Publish("in between");
        await older.Deliver();
        await older.Deliver();
        var before = (await Written(), await Waiting());
        await newer.Deliver();

        before.ShouldBe(("known in between", 1));
        (await Written()).ShouldBe("known in between, new in between");
    }

    [Fact]
    public async Task Are_kept_for_a_while_and_longer_where_a_handler_still_waits_for_them()
    {
        await using var node = await Node.Given(database, "works", "fails");
        await node.Publish("old");
        await node.Deliver();
        var keeper = async () => await node.Ask<IEnumerable<Guildhall.Platform.Privacy.IKeepForAWhile>, int>(all => all.OfType<KeepEvents>().Single().Remove(DateTimeOffset.UtcNow.AddYears(1), Stop));

        var early = await keeper();
        node.Mends("fails");
        node.Advance(TimeSpan.FromMinutes(5));
        await node.Deliver();

        (early, await keeper()).ShouldBe((0, 1));
        (await database.ScalarAsync<long>("SELECT count(*) FROM platform.event")).ShouldBe(0);
    }

    Task<string> Written() => database.ScalarAsync<string>("SELECT coalesce(string_agg(handler || ' ' || note.words, ', ' ORDER BY handler, note.words), '') FROM test_note_read read JOIN test_note note ON note.id = read.note_id");

    Task<long> Waiting() => database.ScalarAsync<long>("SELECT count(*) FROM platform.event_delivery");

    Task<Guid> Note(string words) => database.ScalarAsync<Guid>($"INSERT INTO test_note (id, words) VALUES (gen_random_uuid(), '{words}') RETURNING id");

    sealed record NoteWritten(Guid NoteId) : IEvent
    {
        public static string TypeName => "tests.note-written";
    }

    /// <summary>A node whose handlers each write down which notes they read, and fail or hang where their name says so.</summary>
    sealed class Node : IAsyncDisposable
    {
        readonly DatabaseFixture database;
        readonly MovableClock clock = new();
        readonly Dictionary<string, int> tried = [];
        readonly Dictionary<string, TaskCompletionSource> reached = [], mended = [];

        Node(DatabaseFixture database, string[] handlers)
        {
            this.database = database;
            foreach (var name in handlers) (tried[name], reached[name], mended[name]) = (0, new(), new());
            Services = database.BuildServices(services =>
            {
                services.RemoveAll<Subscription>();
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
                foreach (var name in handlers) services.AddSingleton(new Subscription(name, NoteWritten.TypeName, (scope, payload, stop) => Handle(name, scope, payload, stop)));
            });
            Worker = ActivatorUtilities.CreateInstance<EventWorker>(Services);
        }

        public ServiceProvider Services { get; }
        public EventWorker Worker { get; }

        public static async Task<Node> Given(DatabaseFixture database, params string[] handlers)
        {
            await database.ExecuteAsync("""
                DELETE FROM platform.event; DELETE FROM platform.event_handler;
                DROP TABLE IF EXISTS test_note, test_note_read;
                CREATE TABLE test_note (id uuid PRIMARY KEY, words text NOT NULL);
                CREATE TABLE test_note_read (handler text NOT NULL, note_id uuid NOT NULL)
                """);
            var node = new Node(database, handlers);
            await node.Worker.Register(Stop);
            return node;
        }

        /// <summary>On the same database, by a clock of its own.</summary>
        public static Node Another(DatabaseFixture database, params string[] handlers) => new(database, handlers);

        public int Tried(string handler) => tried[handler];

        /// <summary>From now on it doesn't fail, or hang, any more.</summary>
        public void Mends(string handler) => mended[handler].TrySetResult();

        public Task Reached(string handler) => reached[handler].Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        public void Advance(TimeSpan by) => clock.Advance(by);

        public Task Deliver() => Worker.DeliverDue(Stop);

        public async Task Publish(string words, bool commit = true)
        {
            var note = await database.ScalarAsync<Guid>($"INSERT INTO test_note (id, words) VALUES (gen_random_uuid(), '{words}') RETURNING id");
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            scope.ServiceProvider.GetRequiredService<Events>().Publish(new NoteWritten(note));
            await db.SaveChangesAsync(Stop);
            if (commit) await transaction.CommitAsync(Stop);
        }

        public async Task<TAnswer> Ask<TUseCase, TAnswer>(Func<TUseCase, Task<TAnswer>> call) where TUseCase : notnull
        {
            await using var scope = Services.CreateAsyncScope();
            return await call(scope.ServiceProvider.GetRequiredService<TUseCase>());
        }

        async Task Handle(string name, IServiceProvider scope, string payload, CancellationToken stop)
        {
            tried[name]++;
            var isMended = mended[name].Task.IsCompleted;
            if (name == "fails" && !isMended) throw new InvalidOperationException("words that somebody wrote");
            var db = scope.GetRequiredService<GuildhallDb>();
            var note = System.Text.Json.JsonSerializer.Deserialize<NoteWritten>(payload, JsonColumns.Options)!.NoteId;
            await db.Database.ExecuteSqlAsync($"INSERT INTO test_note_read VALUES ({name}, {note})", stop);
            reached[name].TrySetResult();
            if (name == "hangs") await mended[name].Task.WaitAsync(stop);
            if (name == "fails-late" && !isMended) throw new InvalidOperationException("words that somebody wrote");
        }

        public async ValueTask DisposeAsync()
        {
            Worker.Dispose();
            await Services.DisposeAsync();
        }
    }
}
