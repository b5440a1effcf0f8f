using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A free trial as a shop may have it: the day until which it would run, or why not, or that it has begun.</summary>
/// <param name="EndsOn">The last day if it is started now; of one that was started, its own.</param>
/// <param name="HasStarted">The shop tries it, or has tried it.</param>
/// <param name="InTheWay">Why it can't be started now; null where it can.</param>
public sealed record TrialOffer(ProgramFacts Program, DateOnly EndsOn, bool HasStarted, Refusal? InTheWay)
{
    /// <summary>It is there to be taken, now or as soon as one is free.</summary>
    public bool IsOpen => !HasStarted && InTheWay is null or { Code: "all_taken" };

    public string Until => EndsOn.ToString("d MMMM", CultureInfo.CurrentCulture);
}

/// <summary>Says whether a shop may try a program, by the same rules by which it may apply.</summary>
sealed class OfferTrial(GuildhallDb db, ProgramLookup programs, SellerLookup sellers, TimeProvider clock)
{
    /// <summary>What is offered on a start page at most.</summary>
    const int Most = 3;

    /// <summary>The offer of one program; null where it offers none and the shop never tried it.</summary>
    public async Task<TrialOffer?> Of(ProgramFacts program, Guid sellerId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (program.IsDraft) return null;
        if (await db.Set<Trial>().Where(t => t.ProgramId == program.Id && t.SellerId == sellerId).Select(t => new { t.EndsOn }).SingleOrDefaultAsync(stop) is { } known)
            return new TrialOffer(program, known.EndsOn, HasStarted: true, Refusal.Conflict("tried", $"Your shop has tried {program.Name} already, and a trial comes once. Nothing was started twice."));
        if (!program.Design.FreeTrial.IsOffered) return null;
        var today = ProgramDays.Today(await TimeZone(stop), now);
        return new TrialOffer(program, Trial.LastDayOf(today, program.Design.FreeTrial), HasStarted: false, await InTheWay(program, sellerId, now, stop));
    }

    /// <summary>What a shop is offered on its start page: the program on the front page, and those it has applied to.</summary>
    public async Task<IReadOnlyList<TrialOffer>> To(Guid sellerId, CancellationToken stop)
    {
        List<ProgramFacts> known = [];
        if (await programs.OnFrontPage(stop) is { } front) known.Add(front);
        var applied = await db.Set<Application>().Where(a => a.SellerId == sellerId && a.Side == Side.Mentee && (a.State == ApplicationState.Draft || a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting))
            .OrderByDescending(a => a.Id).Select(a => a.ProgramId).Take(Most).ToListAsync(stop);
        foreach (var id in applied.Where(id => known.TrueForAll(program => program.Id != id))) if (await programs.ById(id, stop) is { } program) known.Add(program);
        List<TrialOffer> offers = [];
        foreach (var program in known.Take(Most)) if (await Of(program, sellerId, stop) is { IsOpen: true } offer) offers.Add(offer);
        return offers;
    }

    public Task<string?> TimeZone(CancellationToken stop) => db.Set<Marketplace>().Select(marketplace => marketplace.TimeZone).SingleOrDefaultAsync(stop);

    async Task<Refusal?> InTheWay(ProgramFacts program, Guid sellerId, DateTimeOffset now, CancellationToken stop)
    {
        if (await db.Set<Participant>().AnyAsync(p => p.ProgramId == program.Id && p.SellerId == sellerId, stop))
            return Refusal.Conflict("takes_part", $"Your shop takes part in {program.Name} already. There is nothing left to try.");
        var open = await db.Set<Application>().Where(a => a.ProgramId == program.Id && a.SellerId == sellerId && a.State != ApplicationState.Declined && a.State != ApplicationState.Withdrawn).Select(a => new { a.Side, a.State }).SingleOrDefaultAsync(stop);
        if (open is { State: ApplicationState.Accepted }) return Refusal.Conflict("accepted", $"Your shop was accepted by {program.Name}. There is nothing left to try.");
        if (open is { Side: Side.Mentor }) return Refusal.Conflict("other_side", $"Your shop has an application to {program.Name} as mentor. The trial is for shops that look for a mentor.");
        if (program.State is not (ProgramState.Open or ProgramState.Running) || program.FiguresAsOf is not null || (open?.State is not (ApplicationState.Sent or ApplicationState.Waiting) && !program.TakesApplications(now)))
            return Refusal.Conflict("closed", $"Applications to {program.Name}, {program.Cohort} are closed, so there is nothing to try now. The marketplace’s team can tell you when the next cohort opens.");
        var signedUpOn = (await sellers.Facts([sellerId], stop)).GetValueOrDefault(sellerId)?.SignedUpOn;
        if (program.Design.Mentees.TooManyDays(signedUpOn, DateOnly.FromDateTime(now.UtcDateTime)) is { } days)
        {
            return Refusal.Conflict("too_long_ago", string.Create(CultureInfo.CurrentCulture,
                $"{program.Name} is for shops that signed up at most {program.Design.Mentees.MaximumDaysSinceSignUp:N0} days ago. Yours signed up on {signedUpOn:d MMMM yyyy}, {days:N0} days ago."));
        }

        var running = db.Set<Trial>().Where(t => t.ProgramId == program.Id && t.State == TrialState.Running && t.EndsAt > now);
        if (await running.CountAsync(stop) < program.Design.FreeTrial.MostAtOnce) return null;
        var free = await running.MinAsync(t => (DateOnly?)t.EndsOn, stop);
        return Refusal.Conflict("all_taken", string.Create(CultureInfo.CurrentCulture, $"All {program.Design.FreeTrial.MostAtOnce:N0} free trials are taken at the moment. The next one is free after {free:d MMMM}."));
    }
}
