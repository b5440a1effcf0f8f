using System.Globalization;

namespace Guildhall.Platform.Jobs;

/// <summary>
/// Work by the clock: at each time one node of all does it, and when that node dies over it another begins anew. So a job is safe to repeat. What waits for a signal is a <see cref="Worker"/>.
/// </summary>
/// <param name="Name">Stable, such as "expire-pairs": the schedule is stored under it.</param>
sealed record Job(string Name, Schedule Schedule, Func<IServiceProvider, CancellationToken, Task> Run)
{
    public static Job Of<TUseCase>(string name, Schedule schedule, Func<TUseCase, CancellationToken, Task> run) where TUseCase : notnull =>
        new(name, schedule, (scope, stop) => run(scope.GetRequiredService<TUseCase>(), stop));
}

/// <summary>When a job runs. Times that passed while no node was up are made up for by one run soon after a start.</summary>
/// <param name="Interval">From one time to the next; null where <paramref name="Cron"/> says when.</param>
sealed record Schedule(TimeSpan? Interval, string? Cron, TimeZoneInfo Zone)
{
    public static readonly Schedule EveryMinute = Every(TimeSpan.FromMinutes(1));

    public static Schedule Every(TimeSpan interval) => new(interval, null, TimeZoneInfo.Utc);

    /// <summary>Once a day, when the clocks of a zone show this time.</summary>
    public static Schedule Daily(int hour, int minute, TimeZoneInfo zone) => new(null, string.Create(CultureInfo.InvariantCulture, $"0 {minute} {hour} * * ?"), zone);

    /// <summary>The same for the same times: a stored schedule with another one is an earlier version's.</summary>
    public override string ToString() => Interval is { } interval ? $"every {interval.ToString("c", CultureInfo.InvariantCulture)}" : $"{Cron} {Zone.Id}";
}
