using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Governance;

enum ErasureState { Asked, TakenBack, Done }

/// <summary>Somebody's wish that their data be deleted. It keeps ids and days, so that it stays when they are gone.</summary>
sealed class ErasureRequest
{
    public const int DaysToDo = 30;

    ErasureRequest() { }

    public ErasureRequest(Guid accountId, DateTimeOffset now) => (Id, AccountId, AskedAt, DueAt) = (Guid.CreateVersion7(now), accountId, now, now.AddDays(DaysToDo));

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public ErasureState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DoneBy { get; private set; }
    public uint RowVersion { get; private set; }

    public static Refusal MovedOn { get; } = Refusal.Conflict("erasure_moved_on", "This request was carried out or taken back meanwhile. Nothing was changed.");

    public Refusal? TakeBack(DateTimeOffset now)
    {
        if (State != ErasureState.Asked) return MovedOn;
        (State, DecidedAt) = (ErasureState.TakenBack, now);
        return null;
    }

    public Refusal? CarryOut(Actor by, DateTimeOffset now)
    {
        if (State != ErasureState.Asked) return MovedOn;
        (State, DecidedAt, DoneBy) = (ErasureState.Done, now, by.AccountId);
        return null;
    }

    public static void Map(EntityTypeBuilder<ErasureRequest> request)
    {
        // Asking twice, in two windows, is asking once.
        request.HasIndex(r => r.AccountId).IsUnique().HasFilter("state = 'Asked'");
        request.HasIndex(r => new { r.State, r.DueAt });
        request.Property(r => r.RowVersion).IsRowVersion();
        request.BelongsToAccount(r => r.AccountId);
    }
}
