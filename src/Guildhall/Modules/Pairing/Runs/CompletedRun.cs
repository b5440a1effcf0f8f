using System.IO.Compression;
using System.Text.Json;
using Guildhall.Matching;
using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Pairing;

enum RunState { Draft, Approved }

/// <summary>One computation of pairs for a program: what went in, what came out, and whether a manager approved it.</summary>
/// <remarks>Input and result are kept whole, so that a reason given today reads the same next year, whatever became of the sellers since.</remarks>
sealed class CompletedRun
{
    CompletedRun() { }

    public CompletedRun(Guid programId, int? number, int programVersion, MatchInput input, MatchRun result, string notes, TimeSpan took, Actor by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (ProgramId, Number, ProgramVersion, Notes, RanAt, RanBy, SecondsTaken) = (programId, number, programVersion, notes, now, by.AccountId, took.TotalSeconds);
        (Input, Result) = (Pack(input), Pack(result));
        Head = result with { Pairs = [], Unmatched = [], Mentors = [], Scarcities = [] };
    }

    public Guid Id { get; private set; }
    public Guid ProgramId { get; private set; }

    /// <summary>1, 2, 3… within the program; null of the small run that found the next best mentor for one mentee, which stands in no history.</summary>
    public int? Number { get; private set; }

    /// <summary>The version of the program's rules that it was computed under.</summary>
    public int ProgramVersion { get; private set; }

    public RunState State { get; private set; }
    public DateTimeOffset RanAt { get; private set; }
    public Guid RanBy { get; private set; }
    public double SecondsTaken { get; private set; }

    /// <summary>What a reader of the run must know, such as which traits were assumed; empty when nothing.</summary>
    public string Notes { get; private set; } = "";

    /// <summary>Settings, counts and verdict without the people: all that a history needs to read.</summary>
    public MatchRun Head { get; private set; } = null!;

    /// <summary>The <see cref="MatchInput"/>, as Brotli-compressed JSON.</summary>
    public byte[] Input { get; private set; } = [];

    /// <summary>The <see cref="MatchRun"/>, as Brotli-compressed JSON.</summary>
    public byte[] Result { get; private set; } = [];

    /// <summary>Ids of mentees whose pairs a manager unticked: they stay out of the approval.</summary>
    public List<string> LeftOut { get; private set; } = [];

    public DateTimeOffset? ApprovedAt { get; private set; }
    public Guid? ApprovedBy { get; private set; }
    public uint RowVersion { get; private set; }

    public MatchInput ReadInput() => Unpack<MatchInput>(Input);

    public MatchRun ReadResult() => Unpack<MatchRun>(Result);

    /// <summary>Notes whose pairs were just taken out and put back; all others stay as they were.</summary>
    public Result<CompletedRun> Choose(IReadOnlyCollection<string> leftOut, IReadOnlyCollection<string> takenIn)
    {
        if (State == RunState.Approved) return Refusal.Conflict("already_approved", "This run is already approved. Undo that first to choose other pairs.");
        LeftOut = [.. LeftOut.Except(takenIn).Union(leftOut.Intersect(ReadResult().Pairs.Select(pair => pair.MenteeId))).Order(StringComparer.Ordinal)];
        return this;
    }

    public Result<CompletedRun> Approve(Actor by, DateTimeOffset now)
    {
        if (State == RunState.Approved) return Refusal.Conflict("already_approved", "This run is already approved. Its pairs are stored, and nothing was done twice.");
        (State, ApprovedBy, ApprovedAt) = (RunState.Approved, by.AccountId, now);
        return this;
    }

    public Result<CompletedRun> Undo()
    {
        if (State != RunState.Approved) return Refusal.Conflict("not_approved", "This run is a draft, so there is nothing to undo.");
        (State, ApprovedBy, ApprovedAt) = (RunState.Draft, null, null);
        return this;
    }

    /// <summary>One participant as the run knew them, as JSON; null for who wasn't in it.</summary>
    public string? ProfileOf(string id)
    {
        var input = ReadInput();
        return input.Mentees.FirstOrDefault(mentee => mentee.Id == id) is { } asMentee ? JsonSerializer.Serialize(asMentee, JsonColumns.Options)
            : input.Mentors.FirstOrDefault(mentor => mentor.Id == id) is { } asMentor ? JsonSerializer.Serialize(asMentor, JsonColumns.Options) : null;
    }

    /// <summary>Takes what names a participant out of what went in and came out. Trade figures stay, so that the scores of the others can still be told from them.</summary>
    public void Forget(string id, Func<string, string> opaque)
    {
        var input = ReadInput();
        if (input.Mentees.All(mentee => mentee.Id != id) && input.Mentors.All(mentor => mentor.Id != id)) return;
        input = input with
        {
            Mentees = [.. input.Mentees.Select(mentee => mentee.Id == id ? Unnamed(mentee, opaque) : mentee)],
            Mentors = [.. input.Mentors.Select(mentor => mentor.Id == id
                ? Unnamed(mentor, opaque) with { OperatorGroup = mentor.OperatorGroup is { } group ? opaque(group) : null, Strengths = mentor.Strengths is { } strengths ? [.. strengths.Select(strength => strength with { Evidence = null })] : null }
                : mentor)],
        };
        Input = Pack(JsonDocument.Parse(WithoutId(JsonSerializer.Serialize(input, JsonColumns.Options))));
        Result = Pack(JsonDocument.Parse(WithoutId(JsonSerializer.Serialize(ReadResult(), JsonColumns.Options))));

        string WithoutId(string json) => json.Replace(JsonSerializer.Serialize(id, JsonColumns.Options), JsonSerializer.Serialize(opaque(id), JsonColumns.Options), StringComparison.Ordinal);
    }

    static T Unnamed<T>(T profile, Func<string, string> opaque) where T : Matching.Participant => profile with
    {
        Brands = Each(profile.Brands, opaque),
        Suppliers = Each(profile.Suppliers, opaque),
        Stakes = Each(profile.Stakes, opaque),
        CompetesIn = Each(profile.CompetesIn, opaque),
        Owner = profile.Owner is { } owner ? opaque(owner) : null,
        AddressKey = profile.AddressKey is { } address ? opaque(address) : null,
    };

    static IReadOnlyList<string>? Each(IReadOnlyList<string>? texts, Func<string, string> opaque) => texts is null ? null : [.. texts.Select(opaque)];

    static byte[] Pack<T>(T value)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest)) JsonSerializer.Serialize(brotli, value, JsonColumns.Options);
        return bytes.ToArray();
    }

    static T Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, JsonColumns.Options)!;
    }

    public static void Map(EntityTypeBuilder<CompletedRun> run)
    {
        // Two managers who run the matching at once would both take the next number: the database refuses the second.
        run.HasIndex(r => new { r.ProgramId, r.Number }).IsUnique();
        run.Property(r => r.RowVersion).IsRowVersion();
        run.Property(r => r.Head).HasColumnType("jsonb").HasConversion(
            head => JsonSerializer.Serialize(head, JsonColumns.Options),
            json => JsonSerializer.Deserialize<MatchRun>(json, JsonColumns.Options)!);
        run.Mentions(r => r.Input, r => r.Result, r => r.Head, r => r.LeftOut).NotPersonal(r => r.Notes);
    }
}
