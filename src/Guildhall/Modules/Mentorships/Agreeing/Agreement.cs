using System.Text.Json;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Mentorships;

/// <summary>One version of how a pair wants to talk: proposed by one of them, and in force when the other confirmed it. It is never changed; a change is a further version.</summary>
sealed class Agreement
{
    Agreement() { }

    public Agreement(Guid pairId, int number, AgreementTerms terms, Side by, Guid accountId, DateTimeOffset now) =>
        (PairId, Number, Terms, ProposedFrom, ProposedBy, ProposedAt) = (pairId, number, terms, by, accountId, now);

    public Guid PairId { get; private set; }
    public int Number { get; private set; }
    public AgreementTerms Terms { get; private set; } = null!;

    /// <summary>The side that proposed it. The other one confirms.</summary>
    public Side ProposedFrom { get; private set; }
    public Guid ProposedBy { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public Guid? ConfirmedBy { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public static void Map(EntityTypeBuilder<Agreement> agreement)
    {
        // Of two who propose at once, the second finds the number taken.
        agreement.HasKey(a => new { a.PairId, a.Number });
        agreement.Property(a => a.Terms).HasColumnType("jsonb").HasConversion(terms => JsonSerializer.Serialize(terms, JsonColumns.Options), json => JsonSerializer.Deserialize<AgreementTerms>(json, JsonColumns.Options)!);
        agreement.PersonalOfAccount(a => a.ProposedBy, a => a.Terms).ErasesTo(a => a.Terms, """{"channels":[],"answerDays":2,"rhythm":"when-needed","mentee":{"from":"00:00:00","to":"00:00:00","timeZone":"UTC"},"mentor":{"from":"00:00:00","to":"00:00:00","timeZone":"UTC"}}""");
    }
}
