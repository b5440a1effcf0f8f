using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Ends the pairs of who is erased and takes them out of the runs that are kept whole; and finds somebody's own part of those runs for their export.</summary>
sealed class ForgetInRuns(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers, PairEvents events, TimeProvider clock) : IForgetPeople, IFindInDocuments
{
    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        if (person.Person.SellerId is not { } shop) return null;
        var now = clock.GetUtcNow();
        await db.LockPairs(stop);
        var participants = (await enrollment.ParticipationsOf(shop, stop)).Keys.ToList();
        foreach (var pair in await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => participants.Contains(p.MenteeId) || participants.Contains(p.MentorId)).ToListAsync(stop))
        {
            var because = participants.Contains(pair.MentorId) ? PairEnd.MentorLeft : PairEnd.MenteeLeft;
            await events.Ended([pair], pair.State == ProposalState.Approved ? PairEnding.TakenBack : PairEvents.Of(because), stop);
            _ = pair.State == ProposalState.Approved ? pair.Withdraw(now) : pair.End(because, now);
        }

        await db.SaveChangesAsync(stop);
        // Of any program: a run keeps who has left it since.
        foreach (var id in await db.Set<CompletedRun>().Select(run => run.Id).ToListAsync(stop))
        {
            var run = await db.Set<CompletedRun>().SingleAsync(one => one.Id == id, stop);
            foreach (var reference in person.References) run.Forget(reference, person.Opaque);
            await db.SaveChangesAsync(stop);
            db.Entry(run).State = EntityState.Detached;
        }

        return null;
    }

    public async IAsyncEnumerable<(string Name, string Json)> PartsOf(Person person, [EnumeratorCancellation] CancellationToken stop)
    {
        if (person.SellerId is not { } shop || (await sellers.Cards([shop], stop)).GetValueOrDefault(shop) is not { } card) yield break;
        var participations = await enrollment.ParticipationsOf(shop, stop);
        var (participants, programs) = (participations.Keys.ToList(), participations.Values.Distinct().ToList());
        var (seen, now) = (db.Set<Proposal>().AsNoTracking(), clock.GetUtcNow());
        // What both sides know of a pair: why one of them declined is for staff, and their words are their own.
        foreach (var pair in await seen.SeenFrom(Side.Mentee, now).Where(p => participants.Contains(p.MenteeId)).Union(seen.SeenFrom(Side.Mentor, now).Where(p => participants.Contains(p.MentorId))).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.ProgramId, p.State, p.AskedAt, p.ReplyBy, p.MenteeAcceptedAt, p.MentorAcceptedAt, p.DecidedAt }).ToListAsync(stop))
            yield return ("A pair that you were asked about", JsonSerializer.Serialize(pair, JsonColumns.Options));
        foreach (var id in await db.Set<CompletedRun>().Where(run => programs.Contains(run.ProgramId)).OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(stop))
        {
            var run = await db.Set<CompletedRun>().AsNoTracking().SingleAsync(one => one.Id == id, stop);
            if (run.ProfileOf(card.ExternalId) is { } profile) yield return ($"You as {(run.Number is { } number ? $"run {number.ToString(CultureInfo.InvariantCulture)} of the matching" : "the search for a next mentor")}, on {run.RanAt:yyyy-MM-dd}, knew you", profile);
        }
    }
}
