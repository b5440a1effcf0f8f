namespace Guildhall.Platform.Events;

/// <summary>
/// Something that happened in a module, told to whoever wants to know. A public record of ids, enums, numbers and times, and of no text: whoever needs a name asks for it, so that
/// whatever was erased meanwhile is not told. Members are added with a default and never renamed or taken away: events of the version before are still on their way.
/// </summary>
public interface IEvent
{
    /// <summary>Stored with each one, such as "pairing.pair-accepted". It stays when the record is renamed.</summary>
    static abstract string TypeName { get; }
}

/// <summary>
/// What a module does when an event has happened. It runs after the commit of what published the event, at least once, in a transaction of its own: changes to the scope's database are saved with the
/// note that the event was handled, so they are made once. Whatever else it does must be safe to repeat. It begins no transaction. Events come in no particular order.
/// </summary>
interface IHandle<in TEvent> where TEvent : IEvent
{
    Task Handle(TEvent happened, CancellationToken stop);
}
