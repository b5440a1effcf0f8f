using System.Data;
using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>What a mentor sees of all their mentees at once: how far each is, what they share, and when the two were last in contact. As many queries for ten as for one.</summary>
sealed class MenteeGlance(GuildhallDb db, ConsentLookup consents, SellerLookup sellers, ProgramLookup programs, IEnumerable<IKnowContacts> meetings, OwnClock clock, TimeProvider time)
{
    const string NotShared = "not shared";

    /// <summary>A contact before that is long ago, whenever it was.</summary>
    const int DaysOfContact = 60;

    /// <summary>Orders are compared with those so many days earlier.</summary>
    const int DaysBack = 28;

    /// <returns>By pair.</returns>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Figure>>> Of(IReadOnlyList<StandingPair> pairs, ShopActor mentor, CancellationToken stop)
    {
        List<Guid> ids = [.. pairs.Select(pair => pair.Id)];
        var (now, zone) = (time.GetUtcNow(), await clock.Of(mentor, stop));
        var (since, days) = (now.AddDays(-DaysOfContact), await Days(ids, Day(now), zone, stop));
        var shared = await Shared([.. pairs.Select(pair => pair.Mentee.SellerId)], stop);
        Dictionary<Guid, DateTimeOffset> last = [];
        foreach (var module in meetings)
            foreach (var contact in await module.Since(ids, since, stop))
                if (contact.At <= now && contact.At > last.GetValueOrDefault(contact.MentorshipId)) last[contact.MentorshipId] = contact.At;

        return pairs.ToDictionary(pair => pair.Id, IReadOnlyList<Figure> (pair) =>
        [
            new("Day", days.GetValueOrDefault(pair.Id).Words),
            .. shared[pair.Mentee.SellerId],
            new("Last contact", last.TryGetValue(pair.Id, out var at) ? Day(at).ToString("ddd d MMM", CultureInfo.CurrentCulture) : days.GetValueOrDefault(pair.Id).StartedAt > since ? "Not yet" : $"None in {DaysOfContact} days"),
        ]);

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }

    /// <summary>"24 of 91", "Starts 13 Dec", "Paused".</summary>
    async Task<Dictionary<Guid, (string Words, DateTimeOffset StartedAt)>> Days(List<Guid> ids, DateOnly today, TimeZoneInfo zone, CancellationToken stop)
    {
        var mentorships = await db.Set<Mentorship>().Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.ProgramId, m.StartedAt, m.EndsOn, m.State }).ToListAsync(stop);
        Dictionary<Guid, DateOnly> starts = [];
        foreach (var programId in mentorships.Select(m => m.ProgramId).Distinct()) if (await programs.ById(programId, stop) is { } program) starts[programId] = program.StartsOn;
        return mentorships.ToDictionary(m => m.Id, m =>
        {
            var accepted = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(m.StartedAt, zone).DateTime);
            var began = starts.TryGetValue(m.ProgramId, out var start) && start > accepted ? start : accepted;
            return (m.State == MentorshipState.Paused ? "Paused" : today < began ? $"Starts {began.ToString("d MMM", CultureInfo.CurrentCulture)}"
                : string.Create(CultureInfo.CurrentCulture, $"{today.DayNumber - began.DayNumber + 1:N0} of {m.EndsOn.DayNumber - began.DayNumber + 1:N0}"), m.StartedAt);
        });
    }

    /// <summary>The plan and the orders of some shops, as far as each shares them; consents and figures as of one moment.</summary>
    async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Figure>>> Shared(List<Guid> sellerIds, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var plans = await consents.GivenBy(sellerIds, SharedFigure.Plan.Purpose, stop);
        var orders = await consents.GivenBy(sellerIds, SharedFigure.Orders.Purpose, stop);
        var done = await db.StepsDone([.. plans], stop);
        var asOf = orders.Count > 0 ? await sellers.LastDay(stop) : null;
        var figures = asOf is { } day ? await sellers.Outcomes([.. orders.SelectMany(id => new[] { (id, day), (id, day.AddDays(-DaysBack)) })], stop) : new Dictionary<(Guid, DateOnly), OutcomeFigures>();
        await transaction.CommitAsync(stop);
        return sellerIds.Distinct().ToDictionary(id => id, IReadOnlyList<Figure> (id) =>
        [
            new("Steps done", plans.Contains(id) ? done.GetValueOrDefault(id).ToString("N0", CultureInfo.CurrentCulture) : NotShared),
            new("Orders, 90 days", !orders.Contains(id) ? NotShared : asOf is { } last && figures.GetValueOrDefault((id, last))?.Orders is { } now
                ? string.Create(CultureInfo.CurrentCulture, $"{now:N0}{(figures.GetValueOrDefault((id, last.AddDays(-DaysBack)))?.Orders is { } then ? $", {then:N0} four weeks before" : "")}") : null),
        ]);
    }
}
