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
public sealed record ParticipantRow(
    Guid Id, string Person, string Shop, Side Side, string? Languages, string? TimeZone, int? HoursAWeek, int? Places, bool IsOpen, string? Tier, bool IsAssumed, int? DaysBeforeJoining, bool HasMentor = false, bool IsElsewhere = false);

/// <summary>A page of the people of a program.</summary>
public sealed record ParticipantPageRows(IReadOnlyList<ParticipantRow> Rows, int Total, int Mentees, int Mentors, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists who takes part, a page at a time: one query for who they are, one for the names, one for the rows, one for the days of sign-up.</summary>
sealed class ParticipantList(GuildhallDb db, SellerLookup sellers, IEnumerable<IHoldParticipants> holders)
{
    public async Task<ParticipantPageRows> Of(ProgramFacts program, Side? side, string search, int page, CancellationToken stop)
    {
        var people = await db.Set<Participant>().Where(p => p.ProgramId == program.Id).Select(p => new Someone(p.Id, p.SellerId, p.Side, p.PersonName)).ToListAsync(stop);
        var cards = await sellers.Cards([.. people.Select(person => person.SellerId)], stop);
        var mentees = people.Count(person => person.Side == Side.Mentee);
        var found = Found(people.Where(person => side is null || person.Side == side), cards, search);
        var total = found.Count;
        // Past the end, the last page: somebody may have been removed since the link was made.
        page = Math.Clamp(page, 1, Math.Max(1, (total + ParticipantPageRows.Size - 1) / ParticipantPageRows.Size));
        var shown = found.Skip((page - 1) * ParticipantPageRows.Size).Take(ParticipantPageRows.Size).ToList();
        var place = shown.Index().ToDictionary(one => one.Item, one => one.Index);
        var rows = (await db.Set<Participant>().AsNoTracking().Where(p => shown.Contains(p.Id)).ToListAsync(stop)).OrderBy(row => place[row.Id]).ToList();
        var shops = await sellers.Facts([.. rows.Select(row => row.SellerId)], stop);
        List<HeldParticipants> held = [];
        foreach (var holder in holders) held.Add(await holder.Held(program.Id, stop));
        return new ParticipantPageRows([.. rows.Where(row => cards.ContainsKey(row.SellerId)).Select(row => Row(row, cards[row.SellerId], row.TooManyDays(program, shops.GetValueOrDefault(row.SellerId))) with
        {
            HasMentor = held.Exists(one => one.WithMentor.Contains(row.Id)),
            IsElsewhere = held.Exists(one => one.Elsewhere.Contains(row.SellerId)),
        })], total, mentees, people.Count - mentees, page);
    }

    sealed record Someone(Guid Id, Guid SellerId, Side Side, string? Name);

    // Names of shops are another module's, so they are compared and put in order here.
    static List<Guid> Found(IEnumerable<Someone> people, IReadOnlyDictionary<Guid, SellerCard> cards, string search)
    {
        bool Holds(string? text) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;
        var found = people.Where(person => cards.TryGetValue(person.SellerId, out var card) && (search.Length == 0 || Holds(person.Name) || Holds(card.Name) || Holds(card.ExternalId)));
        return [.. found.OrderBy(person => person.Name ?? cards[person.SellerId].Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(person => person.Id).Select(person => person.Id)];
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
