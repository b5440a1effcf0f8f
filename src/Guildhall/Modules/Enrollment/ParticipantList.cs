using Guildhall.Matching;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One row of the people of a program.</summary>
public sealed record ParticipantRow(
    Guid Id, string Person, string Shop, Side Side, string? Languages, string? TimeZone, int? HoursAWeek, int? Places, bool IsOpen, string? Tier, bool IsAssumed);

/// <summary>A page of the people of a program.</summary>
public sealed record ParticipantPageRows(IReadOnlyList<ParticipantRow> Rows, int Total, int Mentees, int Mentors, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists who takes part, a page at a time: one query for the rows, one for the names, one for the counts.</summary>
sealed class ParticipantList(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers)
{
    public async Task<ParticipantPageRows> Of(Guid programId, Side? side, int page, CancellationToken stop)
    {
        var (mentees, mentors) = await enrollment.Count(programId, stop);
        var total = side switch { Side.Mentee => mentees, Side.Mentor => mentors, _ => mentees + mentors };
        // Past the end, the last page: somebody may have been removed since the link was made.
        page = Math.Clamp(page, 1, Math.Max(1, (total + ParticipantPageRows.Size - 1) / ParticipantPageRows.Size));
        var rows = await db.Set<Participant>().AsNoTracking()
            .Where(p => p.ProgramId == programId && (side == null || p.Side == side))
            .OrderBy(p => p.Id).Skip((page - 1) * ParticipantPageRows.Size).Take(ParticipantPageRows.Size).ToListAsync(stop);
        var cards = await sellers.Cards([.. rows.Select(row => row.SellerId)], stop);
        return new ParticipantPageRows([.. rows.Where(row => cards.ContainsKey(row.SellerId)).Select(row => Row(row, cards[row.SellerId]))], total, mentees, mentors, page);
    }

    /// <summary>One of them, as the form shows them; null for a stranger to the program.</summary>
    public async Task<ParticipantForm?> One(Guid programId, Guid id, CancellationToken stop)
    {
        var participant = await db.Set<Participant>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.ProgramId == programId, stop);
        if (participant is null) return null;
        return (await sellers.Cards([participant.SellerId], stop)).TryGetValue(participant.SellerId, out var card) ? ParticipantForm.Of(participant, Row(participant, card)) : null;
    }

    static ParticipantRow Row(Participant participant, SellerCard card)
    {
        var profile = participant.Profile;
        return new ParticipantRow(
            participant.Id, participant.PersonName ?? card.Name, participant.PersonName is null ? card.Place ?? "" : card.Name, participant.Side,
            profile.Languages is { Count: > 0 } languages ? string.Join(", ", languages.Select(language => LanguageTags.EnglishName(language.Language))) : null,
            profile.TimeZone, profile.WeekHours?.Count(hour => hour == '1'),
            participant.AsMentor?.Capacity, participant.AsMentor?.IsOpenToNew ?? true, participant.AsMentee?.Tier, participant.Origin == ProfileOrigin.Assumed);
    }
}
