using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Moves people of one program to another on the same side, with what they said of themselves: all of them, or none. Who stands in a pair stays until it ends.</summary>
sealed class MoveParticipants(GuildhallDb db, ProgramLookup programs, IEnumerable<IHoldParticipants> holders, TimeProvider clock)
{
    /// <summary>People moved in one go.</summary>
    public const int Limit = 500;

    /// <param name="ToSlug">The program they move to.</param>
    /// <param name="Seen">Of one person that was looked at, the edition that was; null for several.</param>
    /// <param name="Within">The programs that who moves them may run; null for all.</param>
    public sealed record Input(string FromSlug, IReadOnlyCollection<Guid> ParticipantIds, string ToSlug, uint? Seen = null, IReadOnlyCollection<string>? Within = null);

    /// <returns>The program they are in now.</returns>
    public async Task<Result<ProgramFacts>> Run(Input input, CancellationToken stop)
    {
        if (await programs.BySlug(input.FromSlug, stop) is not { } from) return Refusal.NotFound("program");
        if (await programs.BySlug(input.ToSlug, stop) is not { } to || to.Id == from.Id || input.Within?.Contains(to.Slug) == false) return Refusal.Invalid("no_program", "Choose another program to move to. Nothing was changed.", "To");
        if (to.State is not (ProgramState.Open or ProgramState.Running)) return Refusal.Conflict("not_open", $"{to.Name}, {to.Cohort} is {StateWords.Of(to.State)}, and people move only to a program that is open. Nothing was changed.");
        var ids = input.ParticipantIds.Distinct().ToList();
        if (ids.Count == 0) return Refusal.Invalid("nobody", "Choose at least one person. Nothing was changed.");
        if (ids.Count > Limit) return Refusal.Invalid("too_many", $"Choose up to {Limit} people at a time. Nothing was changed.");

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Both lists, always in one order: two moves in opposite directions would each wait for the other.
        foreach (var program in new[] { from.Id, to.Id }.Order()) await db.LockUntilCommit($"participants of {program}", stop);
        if (!await programs.KeepTakingPeople(to.Id, stop)) return to.TakesNobody;
        var people = await db.Set<Participant>().Where(p => p.ProgramId == from.Id && ids.Contains(p.Id)).ToListAsync(stop);
        if (people.Count < ids.Count) return Refusal.NotFound("participant");

        foreach (var person in people)
            foreach (var holder in holders)
                if (await holder.MayLeave(from.Id, person.Id, stop) is { } held) return held;

        var sellers = people.ConvertAll(person => person.SellerId);
        if (await db.Set<Participant>().CountAsync(p => p.ProgramId == to.Id && sellers.Contains(p.SellerId), stop) is > 0 and var there)
            return Refusal.Conflict("there_already", people.Count == 1
                ? $"This seller is in {to.Name}, {to.Cohort} already. Nothing was changed. Remove them there first, or here."
                : $"{there} of these {people.Count} people are in {to.Name}, {to.Cohort} already. Nobody was moved.");

        foreach (var person in people)
        {
            if (input.Seen is { } seen) db.Entry(person).Property(p => p.RowVersion).OriginalValue = seen;
            person.MoveTo(to.Id, clock.GetUtcNow());
        }

        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("changed_meanwhile", "Somebody else changed these people at the same moment. Their change is kept and nobody was moved. Look at what is stored now, then decide.");
        }

        await transaction.CommitAsync(stop);
        return to;
    }
}
