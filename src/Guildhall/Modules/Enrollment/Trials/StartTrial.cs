using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Starts a shop's free trial of a program with its tips. Never a second one, and never one more than may run: who starts waits for who starts at the same moment.</summary>
sealed class StartTrial(GuildhallDb db, ProgramLookup programs, OfferTrial offers, PickTips pick, TrialMail mail, TimeProvider clock)
{
    /// <param name="shownUntil">The last day that the page promised; null where it was not said.</param>
    public async Task<Result<Guid>> Run(ProgramFacts program, ShopActor shop, DateOnly? shownUntil, CancellationToken stop)
    {
        // Comparing a shop with similar ones takes longer than all the rest, so nobody waits for it.
        var tips = await pick.For(program, shop.SellerId, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.LockUntilCommit($"free trials of {program.Id}", stop);
        if (await offers.Of(program, shop.SellerId, stop) is not { } offer) return Refusal.NotFound("trial");
        if (offer.InTheWay is { } refusal) return refusal;
        if (!await programs.KeepTakingPeople(program.Id, stop)) return Refusal.Conflict("closed", $"{program.Name} was closed while you were on this page. Nothing was started.");
        if (offer.EndsOn < shownUntil)
            return Refusal.Conflict("shorter", string.Create(CultureInfo.CurrentCulture, $"The trial became shorter while you were on this page: it would run until {offer.EndsOn:d MMMM yyyy}. Nothing was started. Start it below if that suits you."));

        var trial = Trial.Start(program, shop, await offers.TimeZone(stop), clock.GetUtcNow());
        db.Add(trial);
        db.AddRange(tips.Select((tip, at) => new TrialTip(trial.Id, at + 1, tip, OpensOn(trial, at))));
        await mail.Started(program, trial, stop);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("tried", $"Your shop has tried {program.Name} already, and a trial comes once. Nothing was started twice.");
        }

        await transaction.CommitAsync(stop);
        return trial.Id;
    }

    /// <summary>A third of the days apart: of fourteen days, the first, the fifth and the tenth.</summary>
    internal static DateOnly OpensOn(Trial trial, int at) => trial.StartsOn.AddDays(at * (trial.EndsOn.DayNumber - trial.StartsOn.DayNumber + 1) / TrialTip.Most);
}
