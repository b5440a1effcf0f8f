using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Events;

/// <summary>
/// Brings events to their handlers, on every node, a second after the commit at most. One delivery a handler, so that one which fails holds up no other; each in a transaction that holds the delivery's row, so that
/// no other node has it meanwhile, and that of a node which died is free at once. What this version has no handler for is left to a node that has.
/// </summary>
sealed class EventWorker(IServiceScopeFactory scopes, IDbContextFactory<GuildhallDb> databases, IEnumerable<Subscription> subscriptions, TimeProvider clock, ILogger<EventWorker> log)
    : Worker(TimeSpan.FromSeconds(1), "Events could not be looked for", log)
{
    /// <summary>A handler that takes longer has failed: it holds a transaction open, and those behind it up.</summary>
    static readonly TimeSpan handlerPatience = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, Subscription> known = subscriptions.ToDictionary(subscription => subscription.Name, StringComparer.Ordinal);

    string[] Names => [.. known.Keys];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Register(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>From now on every event of these types, whoever publishes it, is delivered to these handlers.</summary>
    public async Task Register(CancellationToken stop)
    {
        if (known.Count == 0) return;
        string[] types = [.. known.Values.Select(subscription => subscription.Type)];
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Database.ExecuteSqlAsync($"INSERT INTO platform.event_handler (name, type) SELECT * FROM unnest({Names}, {types}) ON CONFLICT DO NOTHING", stop);
    }

    protected override Task Look(CancellationToken stop) => known.Count == 0 ? Task.CompletedTask : DeliverDue(stop);

    /// <summary>Delivers whatever is due, one after another.</summary>
    public async Task DeliverDue(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (due, failure) = await DeliverOne(stop);
            if (due is null) return;
            if (failure is not null) await Note(due, failure, stop);
        }
    }

    async Task<(Due?, Exception?)> DeliverOne(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var found = await db.Database.SqlQuery<Due>($"""
            SELECT delivery.event_id AS "EventId", delivery.handler AS "Handler", delivery.tries AS "Tries", event.payload AS "Payload"
            FROM platform.event_delivery delivery JOIN platform.event ON event.id = delivery.event_id
            WHERE delivery.next_try_at <= {now} AND delivery.handler = ANY ({Names})
            ORDER BY delivery.next_try_at, delivery.event_id LIMIT 1 FOR UPDATE OF delivery SKIP LOCKED
            """).ToListAsync(stop);
        if (found is not [var due]) return default;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(handlerPatience);
            await known[due.Handler].Handle(scope.ServiceProvider, due.Payload, patience.Token);
            await db.SaveChangesAsync(stop);
            await db.Database.ExecuteSqlAsync($"DELETE FROM platform.event_delivery WHERE event_id = {due.EventId} AND handler = {due.Handler}", stop);
            await transaction.CommitAsync(stop);
            return (due, null);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            return (due, failure);
        }
    }

    /// <summary>After its transaction is gone, and with it whatever the handler did. Another node may have tried again by now: the number of tries tells.</summary>
    async Task Note(Due due, Exception failure, CancellationToken stop)
    {
        var tries = due.Tries + 1;
        var givesUp = tries >= EventDelivery.MostTries;
        DateTimeOffset? next = givesUp ? null : clock.GetUtcNow() + Backoff.After(tries, Random.Shared.NextDouble());
        var kind = failure.GetType().Name;
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Database.ExecuteSqlAsync($"UPDATE platform.event_delivery SET tries = {tries}, next_try_at = {next}, last_failure = {kind} WHERE event_id = {due.EventId} AND handler = {due.Handler} AND tries = {due.Tries}", stop);
        if (givesUp) log.LogError(failure, "{Handler} failed with event {Event} {Tries} times and is given up. 'guildhall events --again' tries it again", due.Handler, due.EventId, tries);
        else log.LogWarning(failure, "{Handler} failed with event {Event}, try {Try}; it is tried again", due.Handler, due.EventId, tries);
    }

    sealed record Due(Guid EventId, string Handler, int Tries, string Payload);
}
