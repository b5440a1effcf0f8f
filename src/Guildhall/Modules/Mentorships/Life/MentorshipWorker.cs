namespace Guildhall.Modules.Mentorships;

/// <summary>Looks every few minutes, on every node, for trials and mentorships whose days are over. Whichever node comes first sees to them.</summary>
sealed class MentorshipWorker(IServiceScopeFactory scopes, ILogger<MentorshipWorker> log) : BackgroundService
{
    static readonly TimeSpan lookEvery = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(lookEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    var changed = EndOverdue.AtOnce;
                    while (changed == EndOverdue.AtOnce)
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        changed = await scope.ServiceProvider.GetRequiredService<EndOverdue>().Run(stoppingToken);
                    }
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogError(failure, "Trials and mentorships whose days are over could not be looked for; that is tried again in {Seconds} s", lookEvery.TotalSeconds);
                }
            }
        }
        // Whatever a shutdown brings with it: an exception that leaves here is reported as a crash.
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
