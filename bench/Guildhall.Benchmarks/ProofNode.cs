using System.Globalization;
using System.Net.Mail;
using Guildhall.Commands;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>`prove node`: one node of the product, with three more jobs that write down what they do, or with the product’s alone. `prove nodes` and `prove digests` start some, and kill them.</summary>
static class ProofNode
{
    public static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan longTakes = TimeSpan.FromSeconds(3);

    public const string Tables = """
        CREATE SCHEMA proof;
        CREATE TABLE proof.tick (node text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE TABLE proof.due (id int PRIMARY KEY);
        CREATE TABLE proof.effect (id int NOT NULL);
        CREATE TABLE proof.long_run (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), node text NOT NULL, began_at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz);
        """;

    public static int Run(string[] args)
    {
        var options = new Options(args);
        var name = options.Get("name", "node");
        // The product reads no other clock. Under libfaketime, which sets the machine’s, nodes logged timeouts of the database and started very slowly.
        var clock = new WrongClock(TimeSpan.FromMinutes(int.Parse(options.Get("minutes-ahead", "0"), CultureInfo.InvariantCulture)));
        using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("GUILDHALL_DATABASE")!);
        var app = Serve.CreateApp(source, options.Get("urls", "http://127.0.0.1:0"), adjust: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            if (options.Get("smtp-port", "") is { Length: > 0 } port)
                services.AddSingleton(new MailSettings { Server = new SmtpServer("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), null, null, UsesTls: false), From = new MailAddress("mentoring@feira.example") });
            if (options.Has("alone")) foreach (var job in Jobs(name)) services.AddSingleton<IHostedService>(provider => new Alone(job, provider));
            else Scheduler.Add(services, [.. ModuleList.All.SelectMany(module => module.Jobs), .. options.Has("product-only") ? [] : Jobs(name)], clock);
        });
        app.Run();
        return 0;
    }

    static IEnumerable<Job> Jobs(string node) =>
    [
        // Not safe to repeat, on purpose: each time that it runs is seen.
        Job.Of<NpgsqlDataSource>("prove-tick", Schedule.Every(TickEvery), (database, stop) => Do(database, "INSERT INTO proof.tick (node) VALUES ($1)", node, stop)),
        // As the product's jobs do it: what is due is taken and done in one transaction, which lasts long enough to be killed in.
        Job.Of<NpgsqlDataSource>("prove-effect", Schedule.Every(TickEvery), async (database, stop) =>
        {
            while (await Do(database, """
                WITH next AS (DELETE FROM proof.due WHERE id = (SELECT id FROM proof.due ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id)
                INSERT INTO proof.effect SELECT id FROM next, pg_sleep(0.03) WHERE $1 <> ''
                """, node, stop) > 0)
            {
            }
        }),
        Job.Of<NpgsqlDataSource>("prove-long", Schedule.Every(TimeSpan.FromSeconds(1)), async (database, stop) =>
        {
            await Do(database, "INSERT INTO proof.long_run (node) VALUES ($1)", node, stop);
            await Task.Delay(longTakes, stop);
            await Do(database, "UPDATE proof.long_run SET ended_at = clock_timestamp() WHERE node = $1 AND ended_at IS NULL", node, stop);
        }),
    ];

    static async Task<int> Do(NpgsqlDataSource database, string sql, string node, CancellationToken stop)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(node);
        return await command.ExecuteNonQueryAsync(stop);
    }

    sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    /// <summary>The fault that the control has: every node runs every job, as if there were no others.</summary>
    sealed class Alone(Job job, IServiceProvider services) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(job.Schedule.Interval!.Value);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await job.Run(services, stoppingToken);
        }
    }
}
