using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>An action item as one of the two reads it.</summary>
/// <param name="IsMine">The reader does it, and ticks it.</param>
/// <param name="Due">"By Tue 24 Nov 2026"; of one that is done, when it was.</param>
/// <param name="MayRemove">The reader wrote it down, and it isn't done.</param>
public sealed record ActionView(Guid Id, string Text, bool IsMine, string Owner, string Due, bool IsLate, bool IsDone, bool MayRemove, string Path);

/// <summary>What the two of a mentorship agreed to do.</summary>
/// <param name="Open">What is due first comes first.</param>
/// <param name="Done">The newest, a page of them.</param>
public sealed record ActionsView(Guid MentorshipId, Side Side, PairPerson Other, IReadOnlyList<ActionView> Open, IReadOnlyList<ActionView> Done, int Page, bool HasMore, DateOnly Today, bool IsOver)
{
    public string Here => ActionRoutes.Path(Side, MentorshipId);
}

/// <summary>Reads action items for the two who agreed to them.</summary>
sealed class ReadActions(GuildhallDb db, EnrollmentLookup enrollment, PairNames names, OwnClock own, TimeProvider clock)
{
    public const int PageSize = 20;

    public async Task<ActionsView?> Of(Guid id, Side side, ShopActor shop, int page, CancellationToken stop)
    {
        if (await db.Set<Mentorship>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } mentorship) return null;
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (members.GetValueOrDefault(mentorship.Of(side))?.SellerId != shop.SellerId) return null;
        var other = members.GetValueOrDefault(mentorship.Of(side.Other())) is { } member ? (await names.Of([member], stop))(member) : PairPerson.Gone;
        page = Math.Clamp(page, 1, int.MaxValue / PageSize);
        var open = await db.Set<ActionItem>().AsNoTracking().Where(item => item.MentorshipId == id && item.DoneAt == null).OrderBy(item => item.DueOn).ThenBy(item => item.Id).Take(ChangeActions.MostOpen).ToListAsync(stop);
        var done = await db.Set<ActionItem>().AsNoTracking().Where(item => item.MentorshipId == id && item.DoneAt != null).OrderByDescending(item => item.DoneAt).ThenBy(item => item.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(stop);
        var zone = await own.Of(shop, stop);
        var today = Today(zone);
        return new(
            id, side, other, [.. open.Select(item => Shown(item, side, other, shop, today, zone))], [.. done.Take(PageSize).Select(item => Shown(item, side, other, shop, today, zone))], page, done.Count > PageSize, today, mentorship.IsOver);
    }

    /// <summary>What is open for somebody over all their mentorships that go on, what is due first first.</summary>
    public async Task<IReadOnlyList<ActionView>> Own(Side side, ShopActor shop, int atMost, CancellationToken stop)
    {
        var seats = await enrollment.ParticipationsOf(shop.SellerId, side, stop);
        var items = await (
            from item in db.Set<ActionItem>().AsNoTracking()
            join m in db.Set<Mentorship>() on item.MentorshipId equals m.Id
            where item.DoneAt == null && item.Owner == side && m.State != MentorshipState.Finished && m.State != MentorshipState.Ended && seats.Contains(side == Side.Mentee ? m.MenteeId : m.MentorId)
            orderby item.DueOn, item.Id
            select new { Item = item, Other = side == Side.Mentee ? m.MentorId : m.MenteeId }).Take(atMost).ToListAsync(stop);
        if (items.Count == 0) return [];
        var members = await enrollment.MembersOf([.. items.Select(one => one.Other).Distinct()], stop);
        var (called, zone) = (await names.Of(members.Values, stop), await own.Of(shop, stop));
        return [.. items.Select(one => Shown(one.Item, side, members.TryGetValue(one.Other, out var member) ? called(member) : PairPerson.Gone, shop, Today(zone), zone))];
    }

    DateOnly Today(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);

    static ActionView Shown(ActionItem item, Side side, PairPerson other, ShopActor shop, DateOnly today, TimeZoneInfo zone) => new(
        item.Id, item.Text ?? "Somebody who left wrote this. It was deleted with them.", item.Owner == side, item.Owner == side ? "You" : other.FirstName,
        item.DoneAt is { } done ? $"Done {ReadThread.When(done, zone)}" : $"By {ReadMentorship.Day(item.DueOn)}", item.DoneAt is null && item.DueOn < today, item.DoneAt is not null,
        item.DoneAt is null && item.AccountId == shop.AccountId, $"{ActionRoutes.Path(side, item.MentorshipId)}/{item.Id}");
}
