using System.Data;
using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A version of a milestone that one of the two set, or that was worked out.</summary>
public sealed record MilestoneChange(string What, string When, string? Reason);

/// <summary>What a mentee wants to have reached by the end, as one of the two sees it.</summary>
/// <param name="IsShared">Whether the reader may see it: to a mentor it is a figure, like any other.</param>
/// <param name="Target">"3 orders a week"; null while it is not known what to aim at.</param>
/// <param name="Basis">Why so many, in words.</param>
/// <param name="Now">Where it stands, in words.</param>
/// <param name="Latest">The number of the version that the page shows: a form goes by it. 0 before it was worked out.</param>
/// <param name="ProgramGoal">What the whole program aims at.</param>
public sealed record MilestoneView(
    Guid MentorshipId, Side Side, bool IsShared, string? Target, string? Basis, string? Now, string? ReachedOn, IReadOnlyList<MilestoneChange> Changes, int Latest, int? TargetOrders, string ProgramGoal, string By, bool IsOver)
{
    public string Here => $"{MentorshipRoutes.Path(Side, MentorshipId)}/milestone";

    public bool MayChange => IsShared && !IsOver && Latest > 0;
}

/// <summary>Reads the milestone of a mentorship for the two who are in it. What is not shared is left out here, before any page is made of it.</summary>
sealed class ReadMilestone(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, ConsentLookup consents, SellerLookup sellers, PairNames names, OwnClock clock)
{
    const int MostShown = 20;

    static readonly SharedFigure orders = SharedFigure.Find("orders")!;

    public async Task<MilestoneView?> Of(Guid id, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId) return null;
        var program = await programs.ById(mentorship.ProgramId, stop);
        var goal = program?.Design.Goal is { } aim && Outcome.Find(aim.OutcomeId) is { } outcome ? $"{outcome.Label}: {string.Format(CultureInfo.CurrentCulture, outcome.Target, aim.Target)}" : "";
        var by = ReadMentorship.Day(mentorship.EndsOn);
        var menteeShop = members.GetValueOrDefault(mentorship.MenteeId)?.SellerId;

        // Consent and figures as of one moment: nothing is read that was taken back before it.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var isShared = side == Side.Mentee || (menteeShop is { } mentee && !mentorship.IsOver && (await consents.Given(mentee, [orders.Purpose], stop)).Contains(orders.Id));
        if (!isShared) return new(id, side, false, null, null, null, null, [], 0, null, goal, by, mentorship.IsOver);
        var versions = await db.Set<MentorshipMilestone>().AsNoTracking().Where(one => one.MentorshipId == id).OrderByDescending(one => one.Number).Take(MostShown).ToListAsync(stop);
        var asOf = versions.Count > 0 ? await sellers.LastDay(stop) : null;
        var now = asOf is { } day && menteeShop is { } own ? (await sellers.Stretches([SellerStretch.FourWeeksTo(own, day)], stop))[0].Orders / 4.0 : null;
        await transaction.CommitAsync(stop);

        var (zone, called) = (await clock.Of(shop, stop), await names.Of(members.Values, stop));
        var latest = versions is [var newest, ..] ? newest : null;
        return new(
            id, side, true, latest?.Target is { } target ? AWeek(target) : null, latest is null ? null : Basis(latest, side, members.GetValueOrDefault(mentorship.MenteeId) is { } member ? called(member) : PairPerson.Gone),
            now is { } sold ? $"{AWeek(sold)} in the four weeks to {asOf:d MMM yyyy}" : "not known. The marketplace’s figures don’t reach over the last four weeks.",
            latest?.ReachedOn is { } reached ? ReadMentorship.Day(reached) : null,
            [.. versions.Where(one => one.Number > 1 || one.Target is not null).Select(one => new MilestoneChange(
                $"{(one.Target is { } orders ? AWeek(orders) : "Not known")}, {(one.SetFrom is { } from ? from == side ? "set by you" : $"set by {(members.TryGetValue(mentorship.Of(from), out var who) ? called(who) : PairPerson.Gone).Name}" : "worked out from figures")}",
                ReadThread.When(one.SetAt, zone), one.Reason))],
            latest?.Number ?? 0, latest?.Target, goal, by, mentorship.IsOver);
    }

    static string Basis(MentorshipMilestone milestone, Side side, PairPerson mentee)
    {
        var own = side == Side.Mentee ? "Yours" : $"{mentee.FirstName}’s";
        var from = milestone.From is { } orders ? AWeek(orders) : "not known";
        return milestone.Growth is not { } peers ? $"{own} at the beginning: {from}. How similar shops grew is not known."
            : milestone.SetFrom is null ? $"{peers.Shops:N0} similar shops, the middle one, went from {Number(peers.From)} to {AWeek(peers.To)} in {peers.Weeks} weeks. {own}: from {Number(milestone.From ?? 0)} to {Number(milestone.Target ?? 0)}."
            : $"{own} at the beginning: {from}. {peers.Shops:N0} similar shops, the middle one, went from {Number(peers.From)} to {AWeek(peers.To)} in {peers.Weeks} weeks.";
    }

    internal static string AWeek(double orders) => $"{Number(orders)} {(Number(orders) == "1" ? "order" : "orders")} a week";

    static string Number(double orders) => orders.ToString(orders < 10 ? "0.#" : "N0", CultureInfo.CurrentCulture);
}

/// <summary>Changes what a mentee wants to have reached, with a reason that both read.</summary>
sealed class ChangeMilestone(GuildhallDb db, ReadMilestone read, TimeProvider clock)
{
    static readonly Refusal meanwhile = Refusal.Conflict("changed_meanwhile", "The other one changed it while you were on this page. Theirs stands here now. What you typed is below; send it again if you still want it.");

    /// <param name="seen">The version that the form showed.</param>
    public async Task<Refusal?> Run(Guid id, Side side, ShopActor shop, int target, string reason, uint seen, CancellationToken stop)
    {
        if (await read.Of(id, side, shop, stop) is not { } view) return Refusal.NotFound("milestone");
        if (!view.MayChange) return Refusal.Conflict("not_now", view.IsOver ? "The mentorship is over, so nothing is to be reached any more. Nothing was changed." : "It can’t be changed now. Nothing was changed.");
        if (Refusal.Together(
            target is >= 1 and <= MentorshipMilestone.HighestTarget ? null : Refusal.Invalid("target", $"Enter how many orders a week, from 1 to {MentorshipMilestone.HighestTarget:N0}. Nothing was changed.", "Target"),
            reason.Length is > 0 and <= MentorshipMilestone.ReasonLimit ? null : Refusal.Invalid("reason", $"Say why, in up to {MentorshipMilestone.ReasonLimit} characters: both of you read it. Nothing was changed.", "Reason")) is { } refusal) return refusal;
        if (view.Latest != seen) return meanwhile;
        if (view.TargetOrders == target) return Refusal.Conflict("the_same", "This is what it is already. Nothing was changed.");
        var before = await db.Set<MentorshipMilestone>().AsNoTracking().SingleAsync(one => one.MentorshipId == id && one.Number == view.Latest, stop);
        db.Add(new MentorshipMilestone(before, target, side, shop.AccountId, reason, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateException lost) when (lost.IsTaken())
        {
            db.ChangeTracker.Clear();
            return meanwhile;
        }
    }
}
