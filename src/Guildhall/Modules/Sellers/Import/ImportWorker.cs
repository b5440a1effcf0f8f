using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sellers;

/// <summary>Wakes the worker that does the long steps of imports.</summary>
sealed class ImportSignal : Signal;

/// <summary>
/// Does the long steps of imports in the background, on whichever node comes first. Also finishes what a node or a command that died had begun:
/// an uploaded file at any step, a file of the command once its rows are all staged.
/// </summary>
sealed class ImportWorker(IServiceScopeFactory scopes, ImportSignal signal, ILogger<ImportWorker> log) : Worker(ImportWorker.LookEvery, "Imports could not be looked for", log, signal)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row after which an import is given up: a database that restarts is back by then.</summary>
    public const int MostFailures = 5;

    readonly Dictionary<Guid, int> failures = [];

    protected override Task Look(CancellationToken stop) => RunOnce(stop);

    /// <summary>Takes every import that waits for a machine, one after another.</summary>
    public async Task RunOnce(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var run = scope.ServiceProvider.GetRequiredService<RunImport>();
        var waiting = await db.Set<Import>()
            .Where(import => import.State == ImportState.Switching || (import.State == ImportState.Staging && import.IsStored))
            .OrderBy(import => import.CreatedAt).Select(import => import.Id).ToListAsync(stop);
        foreach (var id in waiting)
        {
            try
            {
                if (failures.GetValueOrDefault(id) < MostFailures) await run.Run(id, null, null, stop);
                else await run.GiveUp(id, stop);
                failures.Remove(id);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // One import that can't go on must not hold up those behind it.
                failures[id] = failures.GetValueOrDefault(id) + 1;
                log.LogError(failure, "Import {Import} could not go on, {Failures} times in a row; it is looked at again in {Seconds} s", id, failures[id], LookEvery.TotalSeconds);
            }
        }
        await scope.ServiceProvider.GetRequiredService<SweepImports>().Run(stop);
        await Tell(stop);
    }

    /// <summary>In a scope of its own: what a listener left half done must not stand in the way of the next round.</summary>
    async Task Tell(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<TellOfDays>().Run(stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(failure, "Who asks which days an import wrote could not be told; that is tried again in {Seconds} s", LookEvery.TotalSeconds);
        }
    }
}
