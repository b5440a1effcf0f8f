namespace Guildhall.Platform.Jobs;

/// <summary>
/// Something that every node looks for again and again while it runs: what others left in the database for whoever comes first. When it fails it looks again.
/// Work by the clock is a <see cref="Job"/> instead.
/// </summary>
/// <param name="lookEvery">Counted from the end of the look before.</param>
/// <param name="failed">What to say of a look that failed, such as "Mails could not be looked for".</param>
/// <param name="signal">Wakes it at once on the node that left the work.</param>
abstract class Worker(TimeSpan lookEvery, string failed, ILogger log, Signal? signal = null) : BackgroundService
{
    readonly Signal signal = signal ?? new Signal();

    protected abstract Task Look(CancellationToken stop);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception failure)
            {
                // Whatever a shutdown brings with it, such as a connection closed in the middle, is none: and an exception that leaves here is reported as a crash.
                if (stoppingToken.IsCancellationRequested) return;
                log.LogError(failure, "{Failed}; that is tried again in {Seconds} s", failed, lookEvery.TotalSeconds);
            }

            await signal.Wait(lookEvery, stoppingToken);
        }
    }
}
