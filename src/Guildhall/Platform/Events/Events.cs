using System.Text.Json;
using Guildhall.Platform.Database;

namespace Guildhall.Platform.Events;

/// <summary>Where use cases say what happened. It is stored by the same save as what it tells of, and delivered after that (decision 0022).</summary>
public sealed class Events(GuildhallDb db, TimeProvider clock)
{
    public void Publish<TEvent>(TEvent happened) where TEvent : IEvent =>
        db.Add(new PublishedEvent(clock.GetUtcNow(), TEvent.TypeName, JsonSerializer.Serialize(happened, JsonColumns.Options)));
}
