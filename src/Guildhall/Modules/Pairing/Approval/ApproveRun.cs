using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Approves the chosen pairs of a run: they are stored as proposals. For ten minutes it can be undone; then the mentor of each pair is asked.</summary>
sealed class ApproveRun(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, OtherPrograms others, CurrentRules rules, PairConflicts conflicts, LotteryLookup lotteries, PeopleNames names, PairMail mail, Outbox outbox, TimeProvider clock)
{
    public static readonly TimeSpan UndoWindow = TimeSpan.FromMinutes(10);

    /// <param name="seen">The edition of the run that the last look showed.</param>
    public async Task<Result<CompletedRun>> Run(string programSlug, int number, uint seen, Actor actor, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("run");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        if (await Find(program.Id, number, stop) is not { } run) return Refusal.NotFound("run");

        var (now, result) = (clock.GetUtcNow(), run.ReadResult());
        db.Entry(run).Property(r => r.RowVersion).OriginalValue = seen;
        if (!run.Approve(actor, now).Succeeded(out _, out var refusal)) return refusal;
        if (await db.Set<CompletedRun>().AnyAsync(later => later.ProgramId == run.ProgramId && later.Number > run.Number, stop))
            return Refusal.Conflict("newer_run", "There is a newer run of this program. Nothing was approved. Look at the newest run, or use the settings of this run again under All runs.");

        var people = await enrollment.Of(run.ProgramId, stop);
        var (mentees, mentors) = (people.Where(p => p.AsMentee is not null).ToDictionary(p => p.AsMentee!.Id), people.Where(p => p.AsMentor is not null).ToDictionary(p => p.AsMentor!.Id));
        var chosen = result.Pairs.Where(pair => !run.LeftOut.Contains(pair.MenteeId)).ToList();
        if (chosen.Count == 0) return Refusal.Invalid("no_pairs", "Choose at least one pair to approve. Nothing was stored.");
        if (chosen.Find(pair => !mentees.ContainsKey(pair.MenteeId) || !mentors.ContainsKey(pair.MentorId)) is not null)
            return Refusal.Conflict("people_left", "Somebody in this run has left the program since. Nothing was approved. Run the matching again.");

        if ((await lotteries.Now(program.Id, stop)).Holding is { } draw && chosen.Exists(pair => draw.Holds(mentees[pair.MenteeId].Id, mentees[pair.MenteeId].JoinedAt)))
            return Refusal.Conflict("lots_drawn", "Lots were drawn since this run was made, and somebody in it lost. Nothing was approved. Run the matching again.");

        var settings = (await rules.Of(program, stop)).Settings;
        if (ComparisonWords.NotRun(result.Settings, settings).Any())
            return Refusal.Conflict("rules_not_run", "The rules, or something else that runs go by, were changed since this run was made. Nothing was approved. Run the matching again.");
        var (book, signed) = (await names.Of(program.Id, stop), settings.Waivers.Select(Waived).ToHashSet());
        if (chosen.Find(pair => !mentors[pair.MentorId].AsMentor!.IsOpenToNew) is { } closed)
            return Refusal.Conflict("mentor_closed", $"{book[closed.MentorId].Person} takes nobody new since this run was made. Nothing was approved. Run the matching again.");
        if (chosen.Find(pair => pair.Score.Caution?.Kind is CautionKind.Waived or CautionKind.WaiverEndsEarly
            && result.Settings.Waivers.Any(waiver => waiver.MenteeId == pair.MenteeId && waiver.MentorId == pair.MentorId && !signed.Contains(Waived(waiver)))) is { } unwaived)
            return Refusal.Conflict("waiver_gone", $"The waiver for {book[unwaived.MenteeId].Person} with {book[unwaived.MentorId].Person} was taken back since this run was made. Nothing was approved. Run the matching again, or leave this pair out.");

        var stand = await conflicts.Of(program, [.. chosen.Select(pair => (mentees[pair.MenteeId].Id, mentors[pair.MentorId].Id))], stop);
        if (chosen.Find(pair => stand.ContainsKey((mentees[pair.MenteeId].Id, mentors[pair.MentorId].Id))) is { } conflicting)
            return Refusal.Conflict("conflict_since", $"A conflict of interest stands between {book[conflicting.MenteeId].Person} and {book[conflicting.MentorId].Person} since this run was made. Nothing was approved. Run the matching again, or leave this pair out.");

        var elsewhere = await others.But(program.Id, stop);
        if (result.Settings.Rules.Any(rule => rule is { Rule: Rule.OneActiveMentor, Strength: RuleStrength.Required })
            && chosen.Find(pair => elsewhere.MentorOf(mentees[pair.MenteeId].SellerId) is not null) is { } matched)
            return Refusal.Conflict("mentor_elsewhere", $"{book[matched.MenteeId].Person} was approved with a mentor in another program since this run was made. Nothing was approved. Run the matching again, or leave this pair out.");

        var taken = (await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => p.ProgramId == run.ProgramId).Select(p => p.MentorId).ToListAsync(stop)).CountBy(id => id).ToDictionary();
        if (chosen.CountBy(pair => mentors[pair.MentorId]).Any(mentor => mentor.Value + taken.GetValueOrDefault(mentor.Key.Id) + elsewhere.PlacesOf(mentor.Key.SellerId) > mentor.Key.AsMentor!.Capacity))
            return Refusal.Conflict("places_taken", "Some of these mentors have fewer places now than when this run was made. Nothing was approved. Run the matching again.");

        List<Proposal> proposals = [.. chosen.Select(pair => new Proposal(run.Id, run.ProgramId, mentees[pair.MenteeId].Id, mentors[pair.MentorId].Id, pair.Score.Millionths, now))];
        db.AddRange(proposals);
        db.AddRange(proposals.Zip(chosen).Select(one => PairChoice.Of(one.First, one.Second, result.Settings)).OfType<PairChoice>());
        // A program about the past tries the matching out: its people are asked nothing.
        if (program.FiguresAsOf is null) await mail.AskMentors(program, proposals, now + UndoWindow, stop);
        try
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("changed_meanwhile", "Somebody else approved or changed this run while you looked at it. Nothing was done twice. Look at it again.");
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return Refusal.Conflict("already_proposed", "Some of these mentees stand in another approved run. Nothing was approved. Undo that run first, or run the matching again.");
        }

        return run;
    }

    /// <summary>Takes an approval back within ten minutes: its proposals are withdrawn and the run is a draft again.</summary>
    public async Task<Result<CompletedRun>> Undo(string programSlug, int number, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("run");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockPairs(stop);
        if (await Find(program.Id, number, stop) is not { } run) return Refusal.NotFound("run");
        if (run.ApprovedAt is { } at && clock.GetUtcNow() - at >= UndoWindow)
            return TooLate;
        if (!run.Undo().Succeeded(out _, out var refusal)) return refusal;

        var proposals = await db.Set<Proposal>().Where(p => p.RunId == run.Id && p.State == ProposalState.Approved).ToListAsync(stop);
        foreach (var proposal in proposals) proposal.TakeBack();
        // Whoever waited for the lock may come when the first mails are on their way: what was told can't be undone.
        List<Guid> mails = [.. proposals.SelectMany(proposal => proposal.Mails)];
        if (await outbox.TakeBack(mails, stop) < mails.Count) return TooLate;
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return run;
    }

    static Refusal TooLate => Refusal.Conflict("too_late", "The ten minutes to undo are over. The pairs stay approved. A single pair can be withdrawn on the page of pairs.");

    static (string Mentee, string Mentor, Rule Rule) Waived(Waiver waiver) => (waiver.MenteeId, waiver.MentorId, waiver.Rule);

    Task<CompletedRun?> Find(Guid programId, int number, CancellationToken stop) =>
        db.Set<CompletedRun>().SingleOrDefaultAsync(run => run.ProgramId == programId && run.Number == number, stop);
}
