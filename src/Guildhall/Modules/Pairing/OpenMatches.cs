using Guildhall.Matching;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// A stored run opened for reading and for what-if questions. A run never changes once stored, so the last few stay open in memory;
/// any node opens any run from its stored input, and the matcher gives every node the same answers.
/// </summary>
sealed class OpenMatches(IServiceScopeFactory scopes) : IDisposable
{
    // A run of 832 × 75 holds some 2 MB of scores and reasons, one of 10,000 × 1,000 some 100 MB: a handful is what one node can afford.
    const int RunsKept = 6;

    readonly MemoryCache open = new(new MemoryCacheOptions { SizeLimit = RunsKept });

    /// <summary>The run's result and the match it came from, or null when there is no such run.</summary>
    public async Task<OpenMatch?> Open(Guid runId, CancellationToken stop)
    {
        if (open.TryGetValue(runId, out OpenMatch? match)) return match;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var stored = await db.Set<CompletedRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == runId, stop);
        if (stored is null) return null;

        match = new OpenMatch(stored.ReadInput(), stored.ReadResult());
        return open.Set(runId, match, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });
    }

    public void Dispose() => open.Dispose();
}

/// <summary>A run's input and result, and the prepared match behind them, made when the first what-if question is asked.</summary>
sealed class OpenMatch(MatchInput input, MatchRun run)
{
    readonly Lazy<PreparedMatch> prepared = new(() => Matcher.Prepare(input, CancellationToken.None).Required);
    readonly Lock asking = new();
    RunInsights? insights;

    public MatchInput Input => input;

    public MatchRun Run => run;

    public PreparedMatch Prepared => prepared.Value;

    public RunInsights Insights(CancellationToken stop)
    {
        lock (asking) return insights ??= RunInsights.Of(Prepared, run, stop);
    }
}
