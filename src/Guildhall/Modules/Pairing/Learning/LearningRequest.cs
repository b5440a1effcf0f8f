using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

/// <summary>Somebody asked what went with better outcomes. A job reads it; of a program there is one to do at a time.</summary>
sealed class LearningRequest
{
    LearningRequest() { }

    public LearningRequest(Guid programId, Guid askedBy, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ProgramId, AskedBy, AskedAt) = (programId, askedBy, now);
    }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }
    public Guid AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Whether it could not be read; the log says why.</summary>
    public bool HasFailed { get; private set; }

    public void Done(DateTimeOffset now, bool hasFailed = false) => (DoneAt, HasFailed) = (now, hasFailed);

    public static void Map(EntityTypeBuilder<LearningRequest> request)
    {
        request.Property(r => r.Id).ValueGeneratedNever();
        request.HasIndex(r => r.ProgramId).IsUnique().HasFilter("done_at IS NULL");
        request.HasIndex(r => new { r.ProgramId, r.AskedAt });
    }
}
