using Guildhall.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>
/// Runs the product's jobs by a clock that is moved. What came due while the clock was not looked at is made up for by one run, as the product's scheduler does after a pause (decision 0023): here it is away for most of every hour.
/// </summary>
sealed class JobsInTime(IServiceProvider services, TimeProvider clock, IEnumerable<Job> jobs)
{
    readonly Dictionary<Job, DateTimeOffset> next = jobs.ToDictionary(job => job, _ => clock.GetUtcNow());

    /// <summary>How often each one ran.</summary>
    public Dictionary<string, int> Runs { get; } = [];

    public async Task RunDue(CancellationToken stop)
    {
        foreach (var job in next.Keys.ToList())
        {
            if (next[job] > clock.GetUtcNow()) continue;
            await using var scope = services.CreateAsyncScope();
            await job.Run(scope.ServiceProvider, stop);
            Runs[job.Name] = Runs.GetValueOrDefault(job.Name) + 1;
            next[job] = job.Schedule.Interval is { } interval ? clock.GetUtcNow() + interval
                : new CronExpression(job.Schedule.Cron!, job.Schedule.Zone).GetNextValidTimeAfter(clock.GetUtcNow())!.Value;
        }
    }
}
