using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A mentorship as one of the two in it sees it. Whether the other has answered about the trial is not in it.</summary>
/// <param name="Told">Where it stands, in a sentence or two.</param>
/// <param name="HasKept">In the trial: whether the reader said that they want to go on.</param>
/// <param name="Thanks">A line from the other, after the end.</param>
public sealed record MentorshipView(
    Guid Id, Side Side, PairPerson Other, string Program, MentorshipState State, string Told, bool HasKept, string? TrialEnds, string Ends, bool IsLastWeeks, bool GaveReview, string? Thanks)
{
    public string Here => MentorshipRoutes.Path(Side, Id);

    public bool IsOver => State is MentorshipState.Finished or MentorshipState.Ended;
}

/// <summary>Reads mentorships for the two who are in them; somebody else's is none.</summary>
sealed class ReadMentorship(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, PairNames names, MarketplaceZone zone)
{
    const int MostListed = 20;

    /// <summary>From so many days before its last one it can be closed.</summary>
    const int LastDays = 14;

    /// <summary>The mentorships of a mentee, the newest first.</summary>
    public async Task<IReadOnlyList<Guid>> OfMentee(ShopActor shop, CancellationToken stop)
    {
        var seats = await enrollment.ParticipationsOf(shop.SellerId, Side.Mentee, stop);
        return await db.Set<Mentorship>().Where(m => seats.Contains(m.MenteeId)).OrderByDescending(m => m.Id).Take(MostListed).Select(m => m.Id).ToListAsync(stop);
    }

    public async Task<MentorshipView?> Of(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId) return null;
        return await View(mentorship, side, members, stop);
    }

    async Task<MentorshipView> View(Mentorship mentorship, Side side, IReadOnlyDictionary<Guid, Member> members, CancellationToken stop)
    {
        var other = members.GetValueOrDefault(mentorship.Of(side.Other())) is { } member ? (await names.Of([member], stop))(member) : PairPerson.Gone;
        var (program, today) = (await programs.ById(mentorship.ProgramId, stop), await zone.Today(stop));
        var reviews = mentorship.State == MentorshipState.Finished ? await db.Set<MentorshipReview>().AsNoTracking().Where(r => r.MentorshipId == mentorship.Id).ToListAsync(stop) : [];
        return new(
            mentorship.Id, side, other, program is null ? "" : $"{program.Name}, {program.Cohort}", mentorship.State, Told(mentorship, side, other), mentorship.KeepsAt(side) is not null,
            mentorship.TrialEndsOn is { } trial ? Day(trial) : null, Day(mentorship.EndsOn), mentorship.State == MentorshipState.Active && today >= mentorship.EndsOn.AddDays(-LastDays),
            reviews.Exists(review => review.Side == side), reviews.Find(review => review.Side != side)?.Thanks);
    }

    static string Told(Mentorship mentorship, Side side, PairPerson other) => mentorship.State switch
    {
        MentorshipState.Trial when mentorship.KeepsAt(side) is not null => $"You said that you want to go on. When {other.FirstName} says so too, or nobody asks for somebody else by {Day(mentorship.TrialEndsOn!.Value)}, the trial is over and you go on.",
        MentorshipState.Trial => $"A trial until {Day(mentorship.TrialEndsOn!.Value)}. Each of you says, without seeing the other’s answer, whether you go on. Who says nothing by then goes on.",
        MentorshipState.Active => $"You work together until {Day(mentorship.EndsOn)}.",
        MentorshipState.Paused => $"Paused since {Day(mentorship.PausedOn!.Value)}. Nothing is due, and the last day, {Day(mentorship.EndsOn)}, moves by as long.",
        MentorshipState.Finished => $"Finished on {Day(DateOnly.FromDateTime(mentorship.EndedAt!.Value.UtcDateTime))}.",
        _ => mentorship.EndedBecause == PairEnd.Switched && side == Side.Mentor ? $"It ended on {Day(DateOnly.FromDateTime(mentorship.EndedAt!.Value.UtcDateTime))}. {other.FirstName} goes on in another way. Your place is free again."
            : $"It ended on {Day(DateOnly.FromDateTime(mentorship.EndedAt!.Value.UtcDateTime))}.",
    };

    internal static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);
}
