using System.Diagnostics;
using Quartz;

namespace Guildhall.Platform.Jobs;

/// <summary>Runs the job whose time has come, in a scope of its own. One that fails is logged and runs again at its next time. The name of this class is stored with every job.</summary>
[DisallowConcurrentExecution]
sealed class RunJob(IServiceProvider scope, IEnumerable<Job> jobs, ILogger<RunJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = jobs.Single(job => job.Name == context.JobDetail.Key.Name);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await job.Run(scope, cancellationToken);
            log.LogDebug("{Job} took {Milliseconds} ms", job.Name, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        // Asked to stop, it is handed to another node, or to this one when it is back.
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.LogError(failure, "{Job} failed; it runs again at its next time ({Schedule})", job.Name, job.Schedule);
        }
    }
}
