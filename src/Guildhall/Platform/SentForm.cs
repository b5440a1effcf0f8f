using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Platform;

/// <summary>A form that somebody sent under a key, with what it was answered (decision 0030).</summary>
sealed class SentForm
{
    SentForm() { }

    public Guid AccountId { get; private set; }

    /// <summary>A digest of the key.</summary>
    public byte[] Key { get; private set; } = [];

    /// <summary>A digest of where it went and what stood in it.</summary>
    public byte[] Content { get; private set; } = [];
    public DateTimeOffset BeganAt { get; private set; }

    /// <summary>Null until it was answered, as are the three that follow.</summary>
    public int? Status { get; private set; }
    public string? Location { get; private set; }
    public string? AnswerType { get; private set; }
    public byte[]? Answer { get; private set; }

    public static void Map(EntityTypeBuilder<SentForm> form)
    {
        form.ToTable("sent_form", "platform").HasKey(f => new { f.AccountId, f.Key });
        form.HasIndex(f => f.BeganAt);
        // An answer is a page that its owner saw, made of what is exported from where it stands. It is gone a day later.
        form.BelongsToAccount(f => f.AccountId).LeavesWithItsOwner().Secrets(f => f.Key, f => f.Content, f => f.Location, f => f.AnswerType, f => f.Answer);
    }
}

/// <summary>Removes answers that nobody asks for again.</summary>
sealed class ForgetAnswers(GuildhallDb db, TimeProvider clock)
{
    public async Task Run(CancellationToken stop)
    {
        var before = clock.GetUtcNow() - SentForms.Kept;
        await db.Set<SentForm>().Where(form => form.BeganAt < before).ExecuteDeleteAsync(stop);
    }
}
