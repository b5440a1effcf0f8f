using System.Text.Json;
using Guildhall.Platform.Privacy;

namespace Guildhall.Platform.Events;

/// <summary>One handler of one type of event.</summary>
/// <param name="Name">Stable, such as "notices.pair-accepted": events that wait for it are stored under it.</param>
sealed record Subscription(string Name, string Type, Func<IServiceProvider, string, CancellationToken, Task> Handle);

static class EventSetup
{
    public static void AddEvents(this IServiceCollection services) => services
        .AddScoped<Events>().AddScoped<GivenUpEvents>().AddScoped<IKeepForAWhile, KeepEvents>().AddHostedService<EventWorker>();

    /// <summary>Declares what a module does about an event, its own or another's: <c>services.Handles&lt;PairAccepted, WhenPairAccepted&gt;("notices.pair-accepted")</c>.</summary>
    /// <param name="name">Of the handler, with its module in front. It stays, and no two have the same.</param>
    public static IServiceCollection Handles<TEvent, THandler>(this IServiceCollection services, string name) where TEvent : IEvent where THandler : class, IHandle<TEvent> => services
        .AddScoped<THandler>()
        .AddSingleton(new Subscription(name, TEvent.TypeName, (scope, payload, stop) =>
            scope.GetRequiredService<THandler>().Handle(JsonSerializer.Deserialize<TEvent>(payload, JsonColumns.Options)!, stop)));
}
