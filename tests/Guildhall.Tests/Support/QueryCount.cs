using System.Diagnostics;
using Npgsql;

namespace Guildhall.Tests.Support;

/// <summary>
/// Counts the commands that reach one database on behalf of one call, by the driver's own trace: EF Core's and raw ones alike.
/// A request over HTTP carries the trace with it; a job that runs meanwhile has a trace of its own and isn't counted.
/// </summary>
static class QueryCount
{
    const string CallsName = "Guildhall.Tests.QueryCount";

    static readonly ActivitySource Calls = new(CallsName);

    /// <summary>The fewest commands of five tries: a first one also fills caches.</summary>
    public static async Task<int> Of(DatabaseFixture database, Func<Task> act)
    {
        var fewest = int.MaxValue;
        for (var tries = 0; tries < 5; tries++) fewest = Math.Min(fewest, await Once(database, act));
        // A trace that got lost on the way would let every bound pass.
        return fewest > 0 ? fewest : throw new InvalidOperationException("Not one command was seen: the call's trace doesn't reach the database.");
    }

    static async Task<int> Once(DatabaseFixture database, Func<Task> act)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var count = 0;
        ActivityTraceId counted = default;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or CallsName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Other test classes run meanwhile, each on its own database.
            ActivityStopped = activity =>
            {
                if (activity.TraceId == counted && activity.TagObjects.Any(tag => tag.Value as string == name)) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var around = Activity.Current;
        Activity.Current = null;
        try
        {
            using var call = Calls.StartActivity("Call")!;
            counted = call.TraceId;
            await act();
        }
        finally
        {
            Activity.Current = around;
        }
        return count;
    }
}
