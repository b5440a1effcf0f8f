using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One row of the people of a program.</summary>
/// <param name="DaysBeforeJoining">How long before it a mentee signed up, where that is longer than the program asks.</param>
/// <param name="HasMentor">A mentee in an approved pair of this program.</param>
/// <param name="IsElsewhere">They have a mentor or mentees in another program.</param>
/// <param name="HasStopped">A mentee who stopped taking part: they wait for nobody.</param>
/// <param name="HasFinished">A mentee whose mentorship came to its end.</param>
public sealed record ParticipantRow(
    Guid Id, string Person, string Shop, Side Side, string? Languages, string? TimeZone, int? HoursAWeek, int? Places, bool IsOpen, string? Tier, bool IsAssumed, int? DaysBeforeJoining, bool HasMentor = false, bool IsElsewhere = false,
    bool HasStopped = false, bool HasFinished = false);

/// <summary>A page of the people of a program.</summary>
public sealed record ParticipantPageRows(IReadOnlyList<ParticipantRow> Rows, int Total, int Mentees, int Mentors, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists who takes part, a page at a time: one query for the rows, one for the names, one for the days of sign-up, one for the counts. In the order they came in, which their ids keep.</summary>
sealed class ParticipantList(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers, IEnumerable<IHoldParticipants> holders)
{
    public async Task<ParticipantPageRows> Of(ProgramFacts program, Side? side, string search, int page, CancellationToken stop)
    {
        var (mentees, mentors) = await enrollment.Count(program.Id, stop);
        var found = search.Length == 0 ? null : await Found(program.Id, side, search, stop);
        var total = found is not null ? found.Count : side switch { Side.Mentee => mentees, Side.Mentor => mentors, _ => mentees + mentors };
        // Past the end, the last page: somebody may have been removed since the link was made.
        page = Math.Clamp(page, 1, Math.Max(1, (total + ParticipantPageRows.Size - 1) / ParticipantPageRows.Size));
        var rows = await db.Set<Participant>().AsNoTracking()
            .Where(p => p.ProgramId == program.Id && (side == null || p.Side == side) && (found == null || found.Contains(p.Id)))
            .OrderBy(p => p.Id).Skip((page - 1) * ParticipantPageRows.Size).Take(ParticipantPageRows.Size).ToListAsync(stop);
        var cards = await sellers.Cards([.. rows.Select(row => row.SellerId)], stop);
        var shops = await sellers.Facts([.. rows.Select(row => row.SellerId)], stop);
        List<HeldParticipants> held = [];
        foreach (var holder in holders) held.Add(await holder.Held(program.Id, stop));
        return new ParticipantPageRows([.. rows.Where(row => cards.ContainsKey(row.SellerId)).Select(row => Row(row, cards[row.SellerId], row.TooManyDays(program, shops.GetValueOrDefault(row.SellerId))) with
        {
            HasMentor = held.Exists(one => one.WithMentor.Contains(row.Id)),
            IsElsewhere = held.Exists(one => one.Elsewhere.Contains(row.SellerId)),
            HasStopped = held.Exists(one => one.Stopped.Contains(row.Id)),
            HasFinished = held.Exists(one => one.Finished.Contains(row.Id)),
        })], total, mentees, mentors, page);
    }

    // Names of shops are another module's, so they are compared here.
    async Task<IReadOnlyCollection<Guid>> Found(Guid programId, Side? side, string search, CancellationToken stop)
    {
        var people = await db.Set<Participant>().Where(p => p.ProgramId == programId && (side == null || p.Side == side)).Select(p => new { p.Id, p.SellerId, p.PersonName }).ToListAsync(stop);
        var cards = await sellers.Cards([.. people.Select(person => person.SellerId)], stop);
        bool Holds(string? text) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;
        return [.. people.Where(person => Holds(person.PersonName) || cards.GetValueOrDefault(person.SellerId) is { } card && (Holds(card.Name) || Holds(card.ExternalId))).Select(person => person.Id)];
    }

    /// <summary>One of them, as the form shows them; null for a stranger to the program.</summary>
    public async Task<ParticipantForm?> One(ProgramFacts program, Guid id, CancellationToken stop)
    {
        var participant = await db.Set<Participant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.ProgramId == program.Id, stop);
        if (participant is null) return null;
        if (!(await sellers.Cards([participant.SellerId], stop)).TryGetValue(participant.SellerId, out var card)) return null;
        var shop = (await sellers.Facts([participant.SellerId], stop)).GetValueOrDefault(participant.SellerId);
        return ParticipantForm.Of(participant, Row(participant, card, participant.TooManyDays(program, shop)), program.Design.Mentees.MaximumDaysSinceSignUp);
    }

    /// <summary>Whom one of them has an approved pair with.</summary>
    public async Task<IReadOnlyList<HeldWith>> With(ProgramFacts program, Guid id, CancellationToken stop)
    {
        List<HeldWith> with = [];
        foreach (var holder in holders) with.AddRange(await holder.With(program, id, stop));
        return with;
    }

    static ParticipantRow Row(Participant participant, SellerCard card, int? tooManyDays)
    {
        var profile = participant.Profile;
        return new ParticipantRow(
            participant.Id, participant.PersonName ?? card.Name, participant.PersonName is null ? card.Place ?? "" : card.Name, participant.Side,
            profile.Languages is { Count: > 0 } languages ? string.Join(", ", languages.Select(language => LanguageNames.Of(language.Language))) : null,
            profile.TimeZone, profile.WeekHours?.Count(hour => hour == '1'),
            participant.AsMentor?.Capacity, participant.AsMentor?.IsOpenToNew ?? true, participant.AsMentee?.Tier, participant.Origin == ProfileOrigin.Assumed, tooManyDays);
    }
}
