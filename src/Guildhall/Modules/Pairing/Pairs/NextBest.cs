using System.Diagnostics;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>A mentor who could take a mentee now.</summary>
sealed record NextMentor(Guid ParticipantId, PairScore Score);

/// <summary>The mentors who could take one mentee now, the best first, and the run that says why: it isn't stored yet.</summary>
sealed record NextMentors(IReadOnlyList<NextMentor> Mentors, CompletedRun Run, OpenMatch Match);

/// <summary>
/// Finds who would be the next best mentor for one mentee: the matcher's own answer for this mentee alone, on the people, places, rules and figures of this moment. Nobody who is
/// promised to somebody is moved, and two who did not want each other are not proposed again.
/// </summary>
sealed class NextBest(MatchPool pool, CurrentRules rules, EnrollmentLookup enrollment, TimeProvider clock)
{
    /// <param name="count">How many mentors at most.</param>
    /// <param name="insteadOf">The mentor whom the mentee has, to look who there would be instead; null for a mentee who waits.</param>
    /// <param name="without">Mentors who are not to be asked.</param>
    /// <returns>Null when no mentor passes every rule and has a place, or the mentee waits for nobody.</returns>
    public async Task<NextMentors?> For(ProgramFacts program, Guid menteeId, int count, Actor actor, CancellationToken stop, Guid? insteadOf = null, IReadOnlyCollection<Guid>? without = null)
    {
        var participants = (await enrollment.Of(program.Id, stop)).ToDictionary(person => person.AsMentee?.Id ?? person.AsMentor!.Id, person => person.Id);
        var people = await pool.Of(program, stop, insteadOf is null ? null : menteeId);
        if (people.Mentees.FirstOrDefault(mentee => participants[mentee.Id] == menteeId) is not { } mentee) return null;
        var alone = new MatchPeople([mentee], [.. people.Mentors.Where(mentor => participants[mentor.Id] != insteadOf && without?.Contains(participants[mentor.Id]) != true)], people.AsOf, people.Notes, people.Ended);
        if (alone.Mentors.Count == 0) return null;
        var input = new MatchInput(alone.Mentees, alone.Mentors, alone.Present((await rules.Of(program, stop)).Settings));

        var watch = Stopwatch.StartNew();
        if (Matcher.Prepare(input, stop).Value is not { } match) return null;
        var result = match.Run(stop);
        if (result.Pairs is not [var best]) return null;
        List<NextMentor> mentors = [new(participants[best.MentorId], best.Score)];
        // Places are open for all of them: who is full has none in this run.
        mentors.AddRange(match.Alternatives(mentee.Id, count, stop).Where(other => other.HasFreePlace).Take(count - 1).Select(other => new NextMentor(participants[other.MentorId], other.Score)));
        return new NextMentors(mentors, new CompletedRun(program.Id, null, program.Version, input, result, people.Notes, watch.Elapsed, actor, clock.GetUtcNow()), new OpenMatch(match));
    }
}

/// <summary>
/// Looks for the next best mentor where a pair ended and its mentee is owed somebody: one that was declined or let pass, a switch, or a mentor who left. The mentor is asked after the
/// same ten minutes in which staff can take a pair back. Where nobody fits, the mentee waits for the next run.
/// </summary>
sealed class OfferNextBest(GuildhallDb db, ProgramLookup programs, NextBest next, PairMail mail, OpenMatches matches, TimeProvider clock)
{
    public async Task RunAll(CancellationToken stop)
    {
        while (await Run(stop) > 0) db.ChangeTracker.Clear();
    }

    /// <summary>Sees to the pair that ended first, those of mentors who left before all others.</summary>
    /// <returns>1 when there was one, 0 when there was none.</returns>
    public async Task<int> Run(CancellationToken stop)
    {
        var ended = db.Set<Proposal>().Where(p => p.FollowedUpAt == null && (p.State == ProposalState.Declined || p.State == ProposalState.Expired || p.State == ProposalState.Ended));
        if (!await ended.AnyAsync(stop)) return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        if (await ended.OrderByDescending(p => p.EndedBecause == PairEnd.MentorLeft).ThenBy(p => p.DecidedAt).FirstOrDefaultAsync(stop) is not { } pair) return 0;
        var now = clock.GetUtcNow();
        // Whoever could not be told has not said no, and may be approved again. But the product by itself would ask them for ever, every three days.
        var passed = await db.Set<Proposal>().Where(p => p.MenteeId == pair.MenteeId && p.State == ProposalState.Expired).Select(p => p.MentorId).ToListAsync(stop);
        if (pair.WantsFollowUp && await programs.ById(pair.ProgramId, stop) is { FiguresAsOf: null } program && await next.For(program, pair.MenteeId, 1, Actor.Product, stop, without: passed) is { Mentors: [var best, ..] } found)
        {
            var offer = new Proposal(found.Run.Id, program.Id, pair.MenteeId, best.ParticipantId, best.Score.Millionths, now).Following(pair);
            db.AddRange(found.Run, offer);
            if (PairChoice.Of(offer, found.Match.Run.Pairs.Single(), found.Match.Input.Settings) is { } choice) db.Add(choice);
            await mail.AskMentors(program, [offer], now + ApproveRun.UndoWindow, stop);
            matches.Keep(found.Run.Id, found.Match);
        }

        pair.FollowUp(now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return 1;
    }
}
