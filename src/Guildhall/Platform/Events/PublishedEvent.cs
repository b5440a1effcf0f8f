using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform.Events;

/// <summary>An event as it is stored. Its deliveries, one to each handler that any node has registered, the database adds with it (<see cref="EventSql"/>).</summary>
sealed class PublishedEvent
{
    public const int TypeLimit = 80;

    PublishedEvent() { }

    public PublishedEvent(DateTimeOffset now, string type, string payload) => (Id, Type, Payload, PublishedAt) = (Guid.CreateVersion7(now), type, payload, now);

    public Guid Id { get; private set; }
    public string Type { get; private set; } = "";
    public string Payload { get; private set; } = "";
    public DateTimeOffset PublishedAt { get; private set; }

    public static void Map(EntityTypeBuilder<PublishedEvent> happened)
    {
        happened.ToTable("event", "platform");
        happened.Property(e => e.Type).HasMaxLength(TypeLimit);
        happened.Property(e => e.Payload).HasColumnType("jsonb");
        happened.HasIndex(e => e.PublishedAt);
        happened.NotPersonal(e => e.Type, e => e.Payload);
    }
}

/// <summary>A handler that a node has registered. One that no version has any more is taken out by a migration, with its deliveries.</summary>
sealed record RegisteredHandler(string Name, string Type)
{
    public static void Map(EntityTypeBuilder<RegisteredHandler> handler)
    {
        handler.ToTable("event_handler", "platform").HasKey(h => h.Name);
        handler.Property(h => h.Name).HasMaxLength(PublishedEvent.TypeLimit);
        handler.Property(h => h.Type).HasMaxLength(PublishedEvent.TypeLimit);
        handler.HasIndex(h => h.Type);
        handler.NotPersonal(h => h.Name, h => h.Type);
    }
}

/// <summary>An event that a handler has not handled yet. The row leaves in the transaction of what the handler does.</summary>
sealed class EventDelivery
{
    /// <summary>With the waits between them, about three days, as a mail has.</summary>
    public const int MostTries = 20;

    public const int FailureLimit = 200;

    EventDelivery() { }

    public Guid EventId { get; private set; }
    public string Handler { get; private set; } = "";
    public int Tries { get; private set; }

    /// <summary>Null once it was given up.</summary>
    public DateTimeOffset? NextTryAt { get; private set; }

    /// <summary>The kind of what went wrong the last time. Never its words, which may quote what somebody wrote.</summary>
    public string? LastFailure { get; private set; }

    public static void Map(EntityTypeBuilder<EventDelivery> delivery)
    {
        delivery.ToTable("event_delivery", "platform").HasKey(d => new { d.EventId, d.Handler });
        delivery.HasOne<PublishedEvent>().WithMany().HasForeignKey(d => d.EventId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasOne<RegisteredHandler>().WithMany().HasForeignKey(d => d.Handler).OnDelete(DeleteBehavior.Cascade);
        delivery.Property(d => d.Handler).HasMaxLength(PublishedEvent.TypeLimit);
        delivery.Property(d => d.LastFailure).HasMaxLength(FailureLimit);
        delivery.HasIndex(d => new { d.NextTryAt, d.EventId });
        delivery.NotPersonal(d => d.Handler, d => d.LastFailure);
    }
}

/// <summary>What the model can't say of events: that each is delivered to every handler of its type.</summary>
static class EventSql
{
    // By the database and not by the node that publishes: while nodes of two versions run, what the older ones publish reaches the handlers that only the newer ones have.
    // Due since ever, so that no node whose clock is behind waits, and what failed before stands behind what is new.
    public const string Deliveries = """
        CREATE FUNCTION platform.deliver_event() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO platform.event_delivery (event_id, handler, tries, next_try_at)
                SELECT NEW.id, handler.name, 0, '-infinity' FROM platform.event_handler handler WHERE handler.type = NEW.type;
                RETURN NULL;
            END $$;
        CREATE TRIGGER goes_to_its_handlers AFTER INSERT ON platform.event FOR EACH ROW EXECUTE FUNCTION platform.deliver_event();
        """;
}
