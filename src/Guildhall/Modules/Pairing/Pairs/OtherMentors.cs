using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A mentor whom a mentee could have instead, as the mentee reads them.</summary>
/// <param name="Points">The fit, of 100; staff alone read it.</param>
/// <param name="Reasons">The first reasons that the matcher gives.</param>
public sealed record OtherMentor(Guid ParticipantId, string Person, string FirstName, string Shop, decimal Points, IReadOnlyList<ReasonLine> Reasons, string ToKnow);

/// <summary>Who else there would be for a mentee who has a mentor, and the mentee’s choice of one of them.</summary>
public sealed class OtherMentors
{
    const int ReasonsShown = 3;

    readonly GuildhallDb db;
    readonly ProgramLookup programs;
    readonly NextBest next;
    readonly PairPeople people;
    readonly PairMail mail;
    readonly TimeProvider clock;

    internal OtherMentors(GuildhallDb db, ProgramLookup programs, NextBest next, PairPeople people, PairMail mail, TimeProvider clock) =>
        (this.db, this.programs, this.next, this.people, this.mail, this.clock) = (db, programs, next, people, mail, clock);

    /// <summary>The best first; empty when no other mentor passes every rule and has a place.</summary>
    public async Task<IReadOnlyList<OtherMentor>> Of(Guid pairId, int count, CancellationToken stop)
    {
        if (await db.Set<Proposal>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == pairId && p.State == ProposalState.Active, stop) is not { } pair) return [];
        if (await Found(pair, count, Actor.Product, pair.MentorId, stop) is not { } found) return [];
        var named = await people.Of([pair.MenteeId, .. found.Mentors.Select(mentor => mentor.ParticipantId)], stop);

        return [.. found.Mentors.Select(mentor =>
        {
            var person = named[mentor.ParticipantId];
            var (menteeName, mentorName) = CalledApart.Of(named[pair.MenteeId], person);
            return new OtherMentor(
                mentor.ParticipantId, person.Person, person.FirstName, person.Shop, mentor.Score.Points, [.. SellerReasons.Of(mentor.Score, menteeName, mentorName).Take(ReasonsShown)],
                SellerReasons.ToKnow(mentor.Score, found.Match.Input.Settings, menteeName, mentorName));
        })];
    }

    /// <summary>Asks the mentor whom the mentee chose, in the place of their pair, which has just come to its end in the same transaction. The caller saves.</summary>
    public async Task<Refusal?> Choose(Guid pairId, Guid mentorId, int count, ShopActor shop, CancellationToken stop)
    {
        var pair = await db.Set<Proposal>().SingleAsync(p => p.Id == pairId, stop);
        var now = clock.GetUtcNow();
        if (await Found(pair, count, new Actor(shop.AccountId, shop.Name), null, stop) is not { } found || found.Mentors.FirstOrDefault(mentor => mentor.ParticipantId == mentorId) is not { } chosen)
            return Refusal.Conflict("mentor_taken", "The last place of this mentor was taken just now. Nothing was changed. Choose among those who are free now.");
        var program = (await programs.ById(pair.ProgramId, stop))!;
        var asked = new Proposal(found.Run.Id, pair.ProgramId, pair.MenteeId, mentorId, chosen.Score.Millionths, now).Following(pair);
        asked.ChosenByMentee(shop.AccountId, now);
        pair.FollowUp(now);
        db.AddRange(found.Run, asked);
        await mail.AskMentors(program, [asked], now, stop);
        return null;
    }

    async Task<NextMentors?> Found(Proposal pair, int count, Actor actor, Guid? insteadOf, CancellationToken stop) =>
        await programs.ById(pair.ProgramId, stop) is { } program ? await next.For(program, pair.MenteeId, count, actor, stop, insteadOf) : null;
}
