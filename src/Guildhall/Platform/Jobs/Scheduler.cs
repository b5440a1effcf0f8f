using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Quartz;

namespace Guildhall.Platform.Jobs;

/// <summary>Stores the jobs of this version in the schedule that all nodes share, and takes part in it until the product stops (decision 0023). Each look also sets the clock.</summary>
sealed class Scheduler(ISchedulerFactory schedulers, IEnumerable<Job> jobs, DatabaseClock clock, IDbContextFactory<GuildhallDb> databases, ILogger<Scheduler> log)
    : Worker(TimeSpan.FromMinutes(1), "The schedule could not be looked after", log)
{
    IScheduler? scheduler;

    protected override async Task Look(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await clock.Set(db, stop);
        if (scheduler is not null) return;
        var built = await schedulers.GetScheduler(stop);
        await StoreSchedule(built, db, stop);
        await built.Start(stop);
        scheduler = built;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (scheduler is not null) await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    /// <summary>
    /// A trigger is named by its times and belongs to a group of that name, of which a node serves its own alone. So no node runs what only another version has, or runs a job at other times; and a trigger that is there is left
    /// as it is: one that is stored anew begins anew, and nodes that start would make the others fire again.
    /// </summary>
    async Task StoreSchedule(IScheduler scheduler, GuildhallDb db, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit("schedule", stop);
        foreach (var job in jobs)
        {
            var trigger = TriggerOf(job);
            if (await scheduler.Exists(trigger.Key, stop)) continue;
            await scheduler.UnscheduleJobs(GroupMatcher<TriggerKey>.GroupEquals(job.Name), stop);
            await scheduler.AddJob(JobBuilder.Create<RunJob>().WithIdentity(job.Name).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, stop);
            await scheduler.ScheduleJob(trigger, cancellationToken: stop);
        }
    }

    ITrigger TriggerOf(Job job)
    {
        var trigger = TriggerBuilder.Create(clock).ForJob(job.Name).WithIdentity(job.Schedule.ToString(), job.Name).WithExecutionGroup(GroupOf(job)).StartAt(clock.GetUtcNow());
        return (job.Schedule.Interval is { } interval
            ? trigger.WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
            : trigger.WithSchedule(CronScheduleBuilder.Create(job.Schedule.Cron!).InTimeZone(job.Schedule.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))).Build();
    }

    static string GroupOf(Job job) => $"{job.Name} {job.Schedule}";

    /// <summary>What the product needs to run jobs, besides the jobs. A host that doesn't ask for it runs none.</summary>
    /// <param name="own">The clock of this node, which is set by the database's.</param>
    public static void Add(IServiceCollection services, IReadOnlyCollection<Job> jobs, TimeProvider own)
    {
        var clock = new DatabaseClock(own);
        services.AddSingleton(clock);
        foreach (var job in jobs) services.AddSingleton(job);
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.ServeExecutionGroups([.. jobs.Select(GroupOf)]);
            quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.ShutdownJobInterruption) = ("guildhall", ShutdownJobInterruption.Always));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                // A time that is missed by more than the threshold is made up for by one run, whatever was missed after it; those missed by less would each run late.
                store.ConfigureStore(options => (options.TablePrefix, options.MisfireThreshold, options.UseBackgroundThreads) = ($"{JobTables.Schema}.", TimeSpan.FromSeconds(5), true));
                // What a node that died was running begins anew within 20 s, and no pause of a node shorter than 10 s is taken for its death.
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
            });
        });
        services.AddHostedService<Scheduler>();
    }
}
