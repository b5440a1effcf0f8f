using System.Security.Cryptography;
using System.Text;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>That a mentor answered the situations of a program's coaching method, and how often they tried. Other situations ask again; what was passed stays. Three tries that are not right end the day: the right answers are to be read in the method, and not found by trying.</summary>
sealed class Certification
{
    Certification() { }

    public Guid ParticipantId { get; private set; }

    /// <summary>Which situations they were, by their mark.</summary>
    public string Method { get; private set; } = "";
    public int Tries { get; private set; }

    public const int MostWrongADay = 3;

    /// <summary>The day of the last try that was not right, by the mentor's clocks, and how many there were on it.</summary>
    public DateOnly? WrongOn { get; private set; }
    public int WrongThatDay { get; private set; }

    /// <summary>Null while no try was right throughout.</summary>
    public DateTimeOffset? PassedAt { get; private set; }

    /// <summary>A mark of the situations: the same words have the same, whichever version of the rules holds them.</summary>
    public static string MarkOf(CoachingMethod coaching) => Hash(string.Join("\n\n", coaching.Cases.Select(one => string.Join('\n', one.Lines))));

    /// <summary>The answers in an order that tells nothing and is the same each time.</summary>
    public static IReadOnlyList<string> Shuffled(MethodCase one) => [.. one.Lines.Skip(1).OrderBy(answer => Hash($"{one.Situation}\n{answer}"), StringComparer.Ordinal)];

    public static void Map(EntityTypeBuilder<Certification> certification)
    {
        certification.HasKey(c => new { c.ParticipantId, c.Method });
        certification.Property(c => c.Method).HasMaxLength(64);
        certification.BelongsThrough<Certification, Participant>(c => c.ParticipantId).NotPersonal(c => c.Method);
        certification.HasOne<Participant>().WithMany().HasForeignKey(c => c.ParticipantId);
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
