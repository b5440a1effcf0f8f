using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A participant as other modules may know them. Exactly one of the two profiles is there.</summary>
public sealed record EnrolledSeller(Guid Id, Guid SellerId, string? PersonName, ProfileOrigin Origin, DateTimeOffset JoinedAt, MenteeProfile? AsMentee, MentorProfile? AsMentor);

/// <summary>Who takes part, without what they said of themselves.</summary>
/// <param name="PersonName">Who takes part for the shop; null when only the shop is known.</param>
public sealed record Member(Guid ParticipantId, Guid SellerId, Side Side, string? PersonName, DateTimeOffset JoinedAt);

/// <summary>Somebody's place in a program.</summary>
public sealed record Participation(Guid Id, Guid ProgramId, Guid SellerId, Side Side, string? PersonName);

/// <summary>An interest that a shop declared and that holds now.</summary>
public sealed record HeldInterest(InterestKind Kind, string What, DateTimeOffset DeclaredAt)
{
    /// <summary>"Competes in Tableware": as the counterpart reads it.</summary>
    public string Words => Kind switch
    {
        InterestKind.BrandOwned => $"Owns the brand {What}",
        InterestKind.Stake => $"Has a stake in {What}",
        InterestKind.CompetingCategory => $"Competes in {What}",
        _ => $"In their own words: “{What}”",
    };
}

/// <summary>What a participant said of their week.</summary>
/// <param name="Hours">168 characters from Monday 00:00 on their own clocks, '1' free; null when they never said.</param>
/// <param name="TimeZone">IANA name; null when they never said.</param>
/// <param name="Tier">The level of a mentee, as its profile names it.</param>
public sealed record StatedWeek(string? Hours, string? TimeZone, string? Tier);

/// <summary>A place that a seller has in a program.</summary>
public sealed record Seat(Guid ParticipantId, Guid ProgramId, Side Side, DateTimeOffset JoinedAt);

/// <summary>How many a program has.</summary>
/// <param name="Applications">Those that were sent, whatever became of them.</param>
public sealed record ProgramCounts(int Mentees, int Mentors, int Applications);

/// <summary>Answers other modules' questions about who takes part.</summary>
public sealed class EnrollmentLookup(GuildhallDb db, TimeProvider clock)
{
    const int MostSeats = 50;

    /// <summary>Everybody in a program, with what they said of themselves and the interests they declared that hold now, by the time they joined.</summary>
    /// <param name="only">These participants alone; null for everybody.</param>
    public async Task<IReadOnlyList<EnrolledSeller>> Of(Guid programId, CancellationToken stop, IReadOnlyCollection<Guid>? only = null)
    {
        var people = await db.Set<Participant>().AsNoTracking().Where(p => p.ProgramId == programId && (only == null || only.Contains(p.Id))).OrderBy(p => p.Id)
            .Select(p => new EnrolledSeller(p.Id, p.SellerId, p.PersonName, p.Origin, p.JoinedAt, p.AsMentee, p.AsMentor))
            .ToListAsync(stop);
        var now = clock.GetUtcNow();
        var declared = (await db.Set<Disclosure>().AsNoTracking()
            .Where(d => d.WithdrawnAt == null && d.ExpiresAt > now && d.Kind != InterestKind.Bias && db.Set<Participant>().Any(p => p.ProgramId == programId && p.SellerId == d.SellerId && (only == null || only.Contains(p.Id))))
            .OrderBy(d => d.Id).Select(d => new { d.SellerId, d.Kind, d.What }).ToListAsync(stop)).ToLookup(d => d.SellerId);
        return declared.Count == 0 ? people : [.. people.Select(person =>
        {
            var own = declared[person.SellerId].ToLookup(d => d.Kind, d => d.What);
            return person with { AsMentee = person.AsMentee?.Declaring(own), AsMentor = person.AsMentor?.Declaring(own) };
        })];
    }

    /// <summary>Everybody in a program by seller id, without what they said of themselves.</summary>
    public async Task<IReadOnlyDictionary<Guid, Member>> Members(Guid programId, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => p.ProgramId == programId).Select(p => new Member(p.Id, p.SellerId, p.Side, p.PersonName, p.JoinedAt)).ToDictionaryAsync(p => p.SellerId, stop);

    /// <summary>The places of a seller in programs, the first first; more than a person has are cut off.</summary>
    public async Task<IReadOnlyList<Seat>> SeatsOf(Guid sellerId, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => p.SellerId == sellerId).OrderBy(p => p.JoinedAt).ThenBy(p => p.Id).Take(MostSeats)
            .Select(p => new Seat(p.Id, p.ProgramId, p.Side, p.JoinedAt)).ToListAsync(stop);

    /// <summary>On which sides of programs sellers take part, by seller id; who takes part in none is left out.</summary>
    public async Task<ILookup<Guid, Side>> SidesOf(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop) =>
        (await db.Set<Participant>().Where(p => sellerIds.Contains(p.SellerId)).Select(p => new { p.SellerId, p.Side }).Distinct().ToListAsync(stop)).ToLookup(p => p.SellerId, p => p.Side);

    /// <summary>Participants of any program by participant id; who left is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, Member>> MembersOf(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => participantIds.Contains(p.Id)).Select(p => new Member(p.Id, p.SellerId, p.Side, p.PersonName, p.JoinedAt)).ToDictionaryAsync(p => p.ParticipantId, stop);

    /// <summary>What participants said of how they like to be in contact, from −1, in writing, to 1, live; who said nothing is left out.</summary>
    public async Task<IReadOnlyList<double>> ContactsOf(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        [.. (await db.Set<Participant>().AsNoTracking().Where(p => participantIds.Contains(p.Id)).ToListAsync(stop)).Select(p => p.Profile.Contact).OfType<double>()];

    /// <summary>When participants are free in an ordinary week, and the level of a mentee, as they stand in their profiles; who left is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, StatedWeek>> WeeksOf(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        (await db.Set<Participant>().AsNoTracking().Where(p => participantIds.Contains(p.Id)).ToListAsync(stop)).ToDictionary(p => p.Id, p => new StatedWeek(p.Profile.WeekHours, p.Profile.TimeZone, p.AsMentee?.Tier));

    /// <summary>Whether a mentor takes new mentees, and how many at once, as they say it now; null for who is none.</summary>
    public async Task<(bool IsOpen, int Capacity)?> OwnPlaces(Guid mentorId, CancellationToken stop) =>
        (await db.Set<Participant>().AsNoTracking().Where(p => p.Id == mentorId).Select(p => p.AsMentor).SingleOrDefaultAsync(stop)) is { } said ? (said.IsOpenToNew, said.Capacity) : null;

    /// <summary>Sellers who take part anywhere as mentees, in the order of their ids, after one of them.</summary>
    public async Task<IReadOnlyList<Guid>> MenteesAfter(Guid sellerId, int take, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => p.Side == Side.Mentee && p.SellerId > sellerId).Select(p => p.SellerId).Distinct().Order().Take(take).ToListAsync(stop);

    /// <summary>The sellers behind participants of any program, by participant id.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> SellersOf(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => participantIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.SellerId, stop);

    /// <summary>Participants of any program, by their ids; also of who was erased.</summary>
    public async Task<IReadOnlyDictionary<Guid, Participation>> Participations(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        await db.Set<Participant>().IgnoreQueryFilters().Where(p => participantIds.Contains(p.Id)).Select(p => new Participation(p.Id, p.ProgramId, p.SellerId, p.Side, p.PersonName)).ToDictionaryAsync(p => p.Id, stop);

    /// <summary>Where a seller takes part on one side, as participant ids.</summary>
    public async Task<IReadOnlyList<Guid>> ParticipationsOf(Guid sellerId, Side side, CancellationToken stop) =>
        await db.Set<Participant>().Where(p => p.SellerId == sellerId && p.Side == side).Select(p => p.Id).ToListAsync(stop);

    /// <summary>How many mentees a mentor takes at once, as they say it now; 0 for who is none.</summary>
    public async Task<int> PlacesOf(Guid mentorId, CancellationToken stop) =>
        (await db.Set<Participant>().AsNoTracking().Where(p => p.Id == mentorId).Select(p => p.AsMentor).SingleOrDefaultAsync(stop))?.Capacity ?? 0;

    /// <summary>The interests that a shop declared and that hold now: the counterpart sees them.</summary>
    public async Task<IReadOnlyList<HeldInterest>> InterestsOf(Guid sellerId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return await db.Set<Disclosure>().Where(d => d.SellerId == sellerId && d.WithdrawnAt == null && d.ExpiresAt > now).OrderBy(d => d.Id).Take(100)
            .Select(d => new HeldInterest(d.Kind, d.What, d.DeclaredAt)).ToListAsync(stop);
    }

    /// <summary>The programs that a seller takes or took part in, by participant id; also of who was erased.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> ParticipationsOf(Guid sellerId, CancellationToken stop) =>
        await db.Set<Participant>().IgnoreQueryFilters().Where(p => p.SellerId == sellerId).ToDictionaryAsync(p => p.Id, p => p.ProgramId, stop);

    /// <summary>What the mentors of a program speak, by the tags of languages, the most spoken first.</summary>
    internal async Task<IReadOnlyList<string>> MentorLanguages(Guid programId, CancellationToken stop) =>
        await db.Database.SqlQuery<string>($"""
            SELECT language ->> 'language' AS "Value"
            FROM enrollment.participant p CROSS JOIN LATERAL jsonb_array_elements(p.as_mentor -> 'languages') language
            WHERE p.program_id = {programId} AND jsonb_typeof(p.as_mentor -> 'languages') = 'array'
            GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 20
            """).ToListAsync(stop);

    /// <summary>The last day that the frozen baseline of each of some participants counts; who has the baseline "none", or came in without one, is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateOnly>> BaselineDays(IReadOnlyCollection<Guid> participantIds, CancellationToken stop) =>
        (await db.Set<Baseline>().AsNoTracking().Where(b => participantIds.Contains(b.ParticipantId) && b.Version == 1 && b.Figures != null).ToListAsync(stop)).ToDictionary(b => b.ParticipantId, b => b.AsOf ?? b.Figures!.AsOf);

    /// <summary>When a mentor answered the situations of the coaching method as it is now; null for who has not, or not yet all of them right.</summary>
    public Task<DateTimeOffset?> CertifiedAt(ProgramFacts program, Guid participantId, CancellationToken stop)
    {
        var method = Certification.MarkOf(program.Design.Coaching);
        return db.Set<Certification>().Where(c => c.ParticipantId == participantId && c.Method == method).Select(c => c.PassedAt).SingleOrDefaultAsync(stop);
    }

    /// <summary>Whether a mentor has still to answer the situations of the coaching method before they may take a mentee.</summary>
    public async Task<bool> MustCertify(ProgramFacts program, Guid participantId, CancellationToken stop) =>
        program.Design.Vetting.AsksAboutCoaching && await CertifiedAt(program, participantId, stop) is null;

    /// <summary>How many take part in each of some programs, and how many applications came in.</summary>
    public async Task<IReadOnlyDictionary<Guid, ProgramCounts>> Counts(IReadOnlyCollection<Guid> programIds, CancellationToken stop)
    {
        var people = await db.Set<Participant>().Where(p => programIds.Contains(p.ProgramId)).GroupBy(p => new { p.ProgramId, p.Side }).Select(group => new { group.Key.ProgramId, group.Key.Side, Count = group.Count() }).ToListAsync(stop);
        var applications = await db.Set<Application>().Where(a => programIds.Contains(a.ProgramId) && a.SentAt != null).GroupBy(a => a.ProgramId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        return programIds.ToDictionary(id => id, id => new ProgramCounts(
            people.Where(one => one.ProgramId == id && one.Side == Side.Mentee).Sum(one => one.Count), people.Where(one => one.ProgramId == id && one.Side == Side.Mentor).Sum(one => one.Count), applications.GetValueOrDefault(id)));
    }

    /// <summary>How many sellers applied to be mentors of a program, and how many of them were taken in, whatever became of that.</summary>
    public async Task<(int Applied, int Accepted)> MentorSelection(Guid programId, CancellationToken stop)
    {
        var states = await db.Set<Application>().Where(a => a.ProgramId == programId && a.Side == Side.Mentor && a.SentAt != null)
            .GroupBy(a => a.SellerId).Select(shop => shop.Any(a => a.State == ApplicationState.Accepted)).ToListAsync(stop);
        return (states.Count, states.Count(isAccepted => isAccepted));
    }

    /// <summary>How many of each side take part.</summary>
    public async Task<(int Mentees, int Mentors)> Count(Guid programId, CancellationToken stop)
    {
        var counts = await db.Set<Participant>().Where(p => p.ProgramId == programId).GroupBy(p => p.Side)
            .Select(side => new { side.Key, Count = side.Count() }).ToListAsync(stop);
        return (counts.SingleOrDefault(c => c.Key == Side.Mentee)?.Count ?? 0, counts.SingleOrDefault(c => c.Key == Side.Mentor)?.Count ?? 0);
    }
}
