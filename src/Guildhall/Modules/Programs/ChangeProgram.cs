using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>Changes one part of a program's rules, or opens it. Of two people who change it at once, the second is told.</summary>
sealed class ChangeProgram(GuildhallDb db, TimeProvider clock)
{
    static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "changed_meanwhile", "Somebody else changed this program while you were on this page. Their change is kept and yours is not saved. Look at the page again, then make your change.");

    public sealed record GoalInput
    {
        public string Outcome { get; init; } = "";
        public int Target { get; init; }

        /// <summary>None are sent when no box is ticked.</summary>
        public string[] Guardrails { get; init; } = [];
    }

    public sealed record PeopleInput(
        int MaximumDaysSinceSignUp, int MinimumDaysSelling, int ActiveWithinDays, int RevenueWindowDays, int TopRevenuePercent, decimal MinimumReviewMean, int MinimumReviews);
    public sealed record StructureInput(int LengthWeeks, int TrialWeeks, int TouchpointsAWeek, int SessionMinutes);

    public Task<Result<Program>> SetGoal(string slug, uint seen, GoalInput input, Actor actor, CancellationToken stop) =>
        Redesign(slug, seen, design => design with { Goal = new Goal(input.Outcome, input.Target), Guardrails = input.Guardrails }, actor, stop);

    public Task<Result<Program>> SetPeople(string slug, uint seen, PeopleInput input, Actor actor, CancellationToken stop) =>
        Redesign(slug, seen, design => design with
        {
            Mentees = new Eligibility(input.MaximumDaysSinceSignUp),
            Mentors = new MentorCriteria(
                input.MinimumDaysSelling, input.ActiveWithinDays, input.RevenueWindowDays, input.TopRevenuePercent / 100m, input.MinimumReviewMean, input.MinimumReviews),
        }, actor, stop);

    public Task<Result<Program>> SetStructure(string slug, uint seen, StructureInput input, Actor actor, CancellationToken stop) =>
        Redesign(slug, seen, design => design with { Structure = new Structure(input.LengthWeeks, input.TrialWeeks, input.TouchpointsAWeek, input.SessionMinutes) }, actor, stop);

    public Task<Result<Program>> Publish(string slug, uint seen, CancellationToken stop) => Change(slug, seen, program => program.Publish().Refusal, stop);

    Task<Result<Program>> Redesign(string slug, uint seen, Func<ProgramDesign, ProgramDesign> change, Actor actor, CancellationToken stop) =>
        Change(slug, seen, program => program.Redesign(change, actor, clock.GetUtcNow()).Refusal, stop);

    async Task<Result<Program>> Change(string slug, uint seen, Func<Program, Refusal?> change, CancellationToken stop)
    {
        var program = await db.Set<Program>().SingleOrDefaultAsync(p => p.Slug == slug, stop);
        if (program is null) return Refusal.NotFound("program");

        db.Entry(program).Property(p => p.RowVersion).OriginalValue = seen;
        if (change(program) is { } refusal) return refusal;

        // A new or rewritten version leaves the program's own row as it was; marking it makes the row version speak for the whole.
        db.Entry(program).Property(p => p.State).IsModified = true;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile;
        }

        return program;
    }
}
