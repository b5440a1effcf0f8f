using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A shop’s orders week by week beside those of similar shops.</summary>
/// <param name="Goal">Orders a week that the mentee wants to reach; null where there is no such milestone.</param>
public sealed record WeeksView(PeerWeeks Beside, int? Goal)
{
    /// <summary>How many weeks are looked at for the finding, and how many of them must agree.</summary>
    const int Judged = 4, Agreeing = 3;

    /// <summary>What the chart shows, in a sentence about the shop of the reader.</summary>
    public string Finding
    {
        get
        {
            List<(long Orders, PeerSpread Peers)> known = [.. Beside.Weeks.TakeLast(Judged).Where(week => week is { Orders: not null, Peers: not null }).Select(week => (week.Orders!.Value, week.Peers!))];
            return known.Count < Agreeing ? "Your orders, week by week"
                : known.All(week => week is { Orders: 0, Peers.High: 0 }) ? "Neither you nor most similar shops sold anything in these weeks"
                : known.Count(week => week.Orders > week.Peers.High) >= Agreeing ? "You sell more each week than most similar shops"
                : known.Count(week => week.Orders < week.Peers.Low) >= Agreeing ? "Most similar shops sell more each week than you"
                : "You sell about as much each week as similar shops";
        }
    }

    /// <summary>Who is similar; null where nobody is compared with.</summary>
    public string? WhoIsSimilar => Beside.Branch is not { } branch ? null
        : $"Similar shops sell in {CategoryNames.Of(branch)} and {(Beside.IsNew ? "opened about when you did" : "sold about as much as you before these weeks")}. This is a comparison, not a grade.";
}

/// <summary>A figure on some days since the beginning.</summary>
/// <param name="Values">One a day, in words; null where it is not known.</param>
public sealed record FigureRow(string Label, IReadOnlyList<string?> Values);

/// <summary>What moved since the beginning: change, not effect.</summary>
/// <param name="Days">"At the start", "Day 30": those that are over.</param>
/// <param name="Next">"Day 60 is 12 Feb 2027."; null after the last.</param>
public sealed record ChangeView(IReadOnlyList<(string Label, DateOnly Day)> Days, IReadOnlyList<FigureRow> Rows, string? Next);

/// <param name="AsOf">The last day of the figures; null when none came in.</param>
/// <param name="Change">Null for who no program has taken in.</param>
public sealed record ProgressView(DateOnly? AsOf, WeeksView? Weeks, ChangeView? Change);

/// <summary>Reads how a shop’s figures go, for the shop itself.</summary>
sealed class ReadProgress(GuildhallDb db, SellerLookup sellers, EnrollmentLookup enrollment, ProgramLookup programs, OwnClock clock)
{
    /// <summary>A quarter.</summary>
    public const int Weeks = 13;

    static readonly int[] stages = [30, 60, 90, 180, 270, 360];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGroup(Path).RequireAccess(AccessTable.TakePart).MapGet("", async (ShopActor shop, ReadProgress read, Shell shell, CancellationToken stop) =>
            Page.Of<ProgressPage>(new { Shell = await shell.Personal(Area.Me, stop), View = await read.Of(shop, stop) }));

    public const string Path = "/me/progress";

    public async Task<ProgressView> Of(ShopActor shop, CancellationToken stop)
    {
        if (await sellers.LastDay(stop) is not { } asOf) return new(null, null, null);
        var seats = await SeatsOfMentee(shop, stop);
        return new(asOf, await Beside(shop, seats, asOf, stop), seats is [var first, ..] ? await Change(shop, first, asOf, stop) : null);
    }

    /// <summary>Null for who is no mentee, and before the first figures.</summary>
    public async Task<WeeksView?> WeeksOfMentee(ShopActor shop, CancellationToken stop) =>
        await SeatsOfMentee(shop, stop) is { Count: > 0 } seats && await sellers.LastDay(stop) is { } asOf ? await Beside(shop, seats, asOf, stop) : null;

    async Task<IReadOnlyList<Seat>> SeatsOfMentee(ShopActor shop, CancellationToken stop) => [.. (await enrollment.SeatsOf(shop.SellerId, stop)).Where(seat => seat.Side == Side.Mentee)];

    async Task<WeeksView> Beside(ShopActor shop, IReadOnlyList<Seat> seats, DateOnly asOf, CancellationToken stop)
    {
        List<Guid> mentees = [.. seats.Select(seat => seat.ParticipantId)];
        var goal = await (
            from milestone in db.Set<MentorshipMilestone>()
            join m in db.Set<Mentorship>() on milestone.MentorshipId equals m.Id
            where m.State != MentorshipState.Finished && m.State != MentorshipState.Ended && milestone.Target != null && mentees.Contains(m.MenteeId)
            orderby m.StartedAt descending, milestone.Number descending
            select milestone.Target).FirstOrDefaultAsync(stop);
        return new(await sellers.WeeksBesidePeers(shop.SellerId, asOf, Weeks, stop), goal);
    }

    async Task<ChangeView> Change(ShopActor shop, Seat seat, DateOnly asOf, CancellationToken stop)
    {
        var joinedOn = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(seat.JoinedAt, await clock.Of(shop, stop)).DateTime);
        var program = await programs.ById(seat.ProgramId, stop);
        var beganOn = program is not null && program.StartsOn > joinedOn ? program.StartsOn : joinedOn;
        var before = (await enrollment.BaselineDays([seat.ParticipantId], stop)).TryGetValue(seat.ParticipantId, out var frozen) ? frozen : joinedOn.AddDays(-1);
        List<(string Label, DateOnly Day)> days = [("At the start", before), .. stages.Select(day => ($"Day {day}", beganOn.AddDays(day - 1)))];
        var over = days.Where(day => day.Day <= asOf).ToList();
        if (over.Count > 0 && over[^1].Day < asOf) over.Add(("Now", asOf));
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        var figures = over.Count == 0 ? new Dictionary<(Guid, DateOnly), OutcomeFigures>() : await sellers.Outcomes([.. over.Select(day => (shop.SellerId, day.Day)).Distinct()], stop);
        return new(
            over,
            [.. SharedFigure.All.Where(figure => figure.Read is not null).Select(figure => new FigureRow(figure.Label, [.. over.Select(day => figures.TryGetValue((shop.SellerId, day.Day), out var then) ? figure.Read!(then, amount => currency?.Format(amount)) : null)]))],
            days.Where(day => day.Day > asOf).Select(day => $"{day.Label} is {day.Day.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}.").FirstOrDefault());
    }
}
