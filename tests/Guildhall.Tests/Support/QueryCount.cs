using System.Diagnostics;
using Npgsql;

namespace Guildhall.Tests.Support;

/// <summary>Counts the commands that reach one database, by the driver's own trace: EF Core's and raw ones alike.</summary>
static class QueryCount
{
    /// <summary>The fewest commands of five tries: background work on the same database can only add some.</summary>
    public static async Task<int> Of(DatabaseFixture database, Func<Task> act)
    {
        var fewest = int.MaxValue;
        for (var tries = 0; tries < 5; tries++) fewest = Math.Min(fewest, await Once(database, act));
        return fewest;
    }

    static async Task<int> Once(DatabaseFixture database, Func<Task> act)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var count = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Other test classes run meanwhile, each on its own database.
            ActivityStopped = activity =>
            {
                if (activity.TagObjects.Any(tag => tag.Value as string == name)) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await act();
        return count;
    }
}
