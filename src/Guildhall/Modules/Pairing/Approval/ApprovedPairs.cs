using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Holds the people of approved pairs in their program: a pair without one of them would stand for nobody, and a place that is taken would count as free.</summary>
sealed class ApprovedPairs(GuildhallDb db, EnrollmentLookup enrollment, OtherPrograms others, PeopleNames names) : IHoldParticipants
{
    public async Task<Refusal?> MayLeave(Guid programId, Guid participantId, CancellationToken stop)
    {
        await db.LockPairs(stop);
        var partners = await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => p.ProgramId == programId && (p.MenteeId == participantId || p.MentorId == participantId))
            .OrderBy(p => p.Id).Select(p => p.MenteeId == participantId ? p.MentorId : p.MenteeId).ToListAsync(stop);
        if (partners.Count == 0) return null;

        var ids = (await enrollment.Of(programId, stop)).ToDictionary(p => p.Id, p => p.AsMentee?.Id ?? p.AsMentor!.Id);
        var book = await names.Of(programId, stop);
        string Name(Guid id) => book[ids[id]].Person;
        var with = partners.Count == 1 ? Name(partners[0]) : $"{Name(partners[0])} and {Counted.Of(partners.Count - 1, "other", "others")}";
        return Refusal.Conflict("in_approved_pair", $"{Name(participantId)} is in an approved pair with {with}. An approval can be undone in the studio for ten minutes; after that they stay until the pair ends. Nothing was changed.");
    }

    public async Task<HeldParticipants> Held(Guid programId, CancellationToken stop)
    {
        var pairs = await db.Set<Proposal>().AsNoTracking().Where(p => p.ProgramId == programId && (p.State == ProposalState.Approved || p.State == ProposalState.Active || p.State == ProposalState.Finished))
            .Select(p => new { p.MenteeId, p.State, p.EndedBecause }).ToListAsync(stop);
        var elsewhere = await others.But(programId, stop);
        var over = pairs.Where(p => p.State == ProposalState.Finished).ToLookup(p => p.EndedBecause == PairEnd.MenteeLeft, p => p.MenteeId);
        return new HeldParticipants(pairs.Where(p => p.State != ProposalState.Finished).Select(p => p.MenteeId).ToHashSet(), elsewhere.Pairs.SelectMany(pair => new[] { pair.Mentee, pair.Mentor }).ToHashSet(), over[true].ToHashSet(), over[false].ToHashSet());
    }

    public async Task<IReadOnlyList<HeldWith>> With(ProgramFacts program, Guid participantId, CancellationToken stop)
    {
        var pairs = await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => p.ProgramId == program.Id && (p.MenteeId == participantId || p.MentorId == participantId))
            .Join(db.Set<CompletedRun>(), p => p.RunId, run => run.Id, (p, run) => new { Partner = p.MenteeId == participantId ? p.MentorId : p.MenteeId, run.Number })
            .ToListAsync(stop);
        if (pairs.Count == 0) return [];

        var ids = (await enrollment.Of(program.Id, stop)).ToDictionary(p => p.Id, p => p.AsMentee?.Id ?? p.AsMentor!.Id);
        var book = await names.Of(program.Id, stop);
        return [.. pairs.Select(pair => (pair, Named: book[ids[pair.Partner]])).OrderBy(one => one.Named.Person, StringComparer.CurrentCultureIgnoreCase)
            .Select(one => new HeldWith(
                one.pair.Partner, one.Named.Person, one.Named.Shop,
                one.pair.Number is { } number ? new Link($"Approved in run {number.ToString(CultureInfo.InvariantCulture)}", $"/manage/{program.Slug}/matching/{number.ToString(CultureInfo.InvariantCulture)}") : new Link("Next best after an earlier pair", $"/manage/{program.Slug}/pairs")))];
    }
}
