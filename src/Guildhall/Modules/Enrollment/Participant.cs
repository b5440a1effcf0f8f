using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>Which side of a pair a participant is on.</summary>
public enum Side { Mentee, Mentor }

public static class Sides
{
    public static Side Other(this Side side) => side == Side.Mentee ? Side.Mentor : Side.Mentee;
}

/// <summary>Where the words of a profile come from.</summary>
public enum ProfileOrigin
{
    /// <summary>The participant, or the marketplace for them.</summary>
    Stated,

    /// <summary>A seeded rule, to try a program out before anybody applied. Shown as such wherever it is used.</summary>
    Assumed,
}

/// <summary>A seller's place in a program, as mentee or as mentor, with what they said of themselves.</summary>
sealed class Participant
{
    /// <summary>No one mentor carries more: the limit keeps a slip of the finger from becoming a promise.</summary>
    public const int CapacityLimit = 50;

    public const int NameLimit = 100;

    Participant() { }

    Participant(Guid programId, Guid sellerId, Side side, string? personName, ProfileOrigin origin, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ProgramId, SellerId, Side, PersonName, Origin, JoinedAt) = (programId, sellerId, side, personName, origin, now);
    }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }
    public Guid SellerId { get; private set; }
    public Side Side { get; private set; }

    /// <summary>Who takes part for the shop; null when only the shop is known.</summary>
    public string? PersonName { get; private set; }

    public ProfileOrigin Origin { get; private set; }
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>Set when the shop was erased. Nobody sees the row any more.</summary>
    public DateTimeOffset? LeftAt { get; private set; }
    public MenteeProfile? AsMentee { get; private set; }
    public MentorProfile? AsMentor { get; private set; }

    /// <summary>What both sides say of themselves.</summary>
    public Matching.Participant Profile => (Matching.Participant?)AsMentee ?? AsMentor!;

    public uint RowVersion { get; private set; }

    public static Result<Participant> Mentee(Guid programId, Guid sellerId, MenteeProfile profile, string? personName, ProfileOrigin origin, DateTimeOffset now) =>
        Refused(profile, personName) ?? (Result<Participant>)new Participant(programId, sellerId, Side.Mentee, personName, origin, now) { AsMentee = profile };

    public static Result<Participant> Mentor(Guid programId, Guid sellerId, MentorProfile profile, string? personName, ProfileOrigin origin, DateTimeOffset now) =>
        CapacityRefusal(profile.Capacity) ?? Refused(profile, personName) ?? (Result<Participant>)new Participant(programId, sellerId, Side.Mentor, personName, origin, now) { AsMentor = profile };

    public Result<Participant> Change(MenteeProfile profile, string? personName, ProfileOrigin origin)
    {
        if (Side != Side.Mentee) return OtherSide;
        if (Refused(profile, personName) is { } refusal) return refusal;
        (AsMentee, PersonName, Origin) = (profile, personName ?? PersonName, origin);
        return this;
    }

    public Result<Participant> Change(MentorProfile profile, string? personName, ProfileOrigin origin)
    {
        if (Side != Side.Mentor) return OtherSide;
        if ((CapacityRefusal(profile.Capacity) ?? Refused(profile, personName)) is { } refusal) return refusal;
        (AsMentor, PersonName, Origin) = (profile, personName ?? PersonName, origin);
        return this;
    }

    /// <summary>Goes on in another program, with what they said of themselves: they joined it now.</summary>
    public void MoveTo(Guid programId, DateTimeOffset now) => (ProgramId, JoinedAt) = (programId, now);

    /// <summary>The days from a mentee's sign-up to joining, where they are more than the program asks.</summary>
    public int? TooManyDays(ProgramFacts program, ShopFacts? shop) =>
        Side == Side.Mentee ? program.Design.Mentees.TooManyDays(shop?.SignedUpOn, program.FiguresAsOf ?? DateOnly.FromDateTime(JoinedAt.UtcDateTime)) : null;

    static Refusal OtherSide { get; } = Refusal.Conflict("other_side", "This seller is already in the program on the other side. Remove them there first.");

    static Refusal? CapacityRefusal(int capacity) => capacity is >= 0 and <= CapacityLimit
        ? null
        : Refusal.Invalid("capacity", $"Enter a whole number of places from 0 to {CapacityLimit}.", nameof(MentorProfile.Capacity));

    // What the matcher can't read would refuse every run of the program, so it is refused here, where it comes in.
    static Refusal? Refused(Matching.Participant profile, string? personName) =>
        personName?.Length > NameLimit ? Refusal.Invalid("name", $"Enter a name of up to {NameLimit} characters.")
        : Refusal.Together(Matcher.Check(profile).Select(problem => Refusal.Invalid(problem.Code.ToString(), problem.Message)));

    public static void Map(EntityTypeBuilder<Participant> participant)
    {
        // Nobody is in a program twice, or on both of its sides: the database refuses the second row.
        participant.HasIndex(p => new { p.ProgramId, p.SellerId }).IsUnique();
        participant.HasIndex(p => p.SellerId);
        participant.Ignore(p => p.Profile);
        participant.Property(p => p.PersonName).HasMaxLength(NameLimit);
        participant.Property(p => p.RowVersion).IsRowVersion();
        participant.Property(p => p.AsMentee).HasColumnType("jsonb").HasConversion(profile => Write(profile), json => Read<MenteeProfile>(json));
        participant.Property(p => p.AsMentor).HasColumnType("jsonb").HasConversion(profile => Write(profile), json => Read<MentorProfile>(json));
        // Who left is in no list and in no match; the row stays, because baselines and pairs that ended are counted by it.
        participant.HasQueryFilter(p => p.LeftAt == null);
        participant.BelongsToSeller(p => p.SellerId).Personal(p => p.PersonName, p => p.AsMentee, p => p.AsMentor)
            .ErasesTo(p => p.AsMentee, """{"id":"erased"}""").ErasesTo(p => p.AsMentor, """{"id":"erased","capacity":0,"isOpenToNew":false}""");
    }

    static string? Write<T>(T? profile) where T : class => profile is null ? null : JsonSerializer.Serialize(profile, JsonColumns.Options);

    static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, JsonColumns.Options);
}
