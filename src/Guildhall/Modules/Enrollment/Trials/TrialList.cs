using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One trial in the list.</summary>
/// <param name="Session">When it is, as staff read it; null for none.</param>
/// <param name="HasBegun">Whether that session could be marked by now.</param>
public sealed record TrialRow(Guid Id, string Person, string Shop, TrialState State, DateOnly StartsOn, DateOnly LastDay, Guid? SessionId, string? Session, bool HasBegun, bool? Came, int Tips, int TipsDone);

/// <summary>A page of the trials of a program.</summary>
public sealed record TrialRows(IReadOnlyList<TrialRow> Rows, int Total, int Running, int Over, int Page)
{
    public const int Size = 50;
}

/// <summary>Lists the trials of a program: counts, rows, the names of their shops, and the zone.</summary>
sealed class TrialList(GuildhallDb db, SellerLookup sellers, TimeProvider clock)
{
    public async Task<TrialRows> Of(ProgramFacts program, bool running, int page, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var all = db.Set<Trial>().AsNoTracking().Where(t => t.ProgramId == program.Id);
        // One whose last day is over is over, also in the minute before somebody writes that down.
        var runs = all.Where(t => t.State == TrialState.Running && t.EndsAt > now);
        var over = all.Where(t => t.State != TrialState.Running || t.EndsAt <= now);
        var counts = await all.GroupBy(t => t.State == TrialState.Running && t.EndsAt > now).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var (here, there) = (counts.GetValueOrDefault(running), counts.GetValueOrDefault(!running));
        page = Math.Clamp(page, 1, Math.Max(1, (here + TrialRows.Size - 1) / TrialRows.Size));
        var rows = await (running ? runs.OrderBy(t => t.EndsAt).ThenBy(t => t.Id) : over.OrderByDescending(t => t.EndsAt).ThenByDescending(t => t.Id)).Skip((page - 1) * TrialRows.Size).Take(TrialRows.Size)
            .Select(t => new
            {
                t.Id,
                t.PersonName,
                t.SellerId,
                t.State,
                t.StartsOn,
                LastDay = t.EndedOn ?? t.EndsOn,
                t.SessionId,
                t.Came,
                SessionAt = db.Set<TrialSession>().Where(s => s.Id == t.SessionId).Select(s => (DateTimeOffset?)s.StartsAt).FirstOrDefault(),
                Tips = db.Set<TrialTip>().Count(tip => tip.TrialId == t.Id),
                TipsDone = db.Set<TrialTip>().Count(tip => tip.TrialId == t.Id && tip.DoneAt != null),
            }).ToListAsync(stop);
        var cards = await sellers.Cards([.. rows.Select(row => row.SellerId).Distinct()], stop);
        var zone = await db.StaffZone(stop);
        return new TrialRows(
            [.. rows.Select(row => new TrialRow(
                row.Id, row.PersonName.Length == 0 ? "Somebody who is no longer here" : row.PersonName, cards.GetValueOrDefault(row.SellerId)?.Name ?? "Not known", row.State == TrialState.Running && !running ? TrialState.Ended : row.State,
                row.StartsOn, row.LastDay, row.SessionId, row.SessionAt is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM, HH:mm", CultureInfo.CurrentCulture) : null, row.SessionAt <= now, row.Came, row.Tips, row.TipsDone))],
            here, running ? here : there, running ? there : here, page);
    }
}

/// <summary>One session in the list.</summary>
/// <param name="NotMarked">Of those who had a place, whom nobody has marked yet.</param>
public sealed record TrialSessionRow(Guid Id, string When, string? Host, int LengthMinutes, string JoinLink, int Places, int Taken, int Came, int NotMarked, bool HasBegun, bool IsOff)
{
    public int Left => Math.Max(0, Places - Taken);
    public int DidNotCome => Taken - Came - NotMarked;
}

/// <summary>A page of the sessions of a program’s trials.</summary>
public sealed record TrialSessionRows(IReadOnlyList<TrialSessionRow> Rows, int Total, int Coming, int Past, int Page);

/// <summary>Who has a place in a session.</summary>
public sealed record TrialSeat(Guid TrialId, string Person, string Shop, bool? Came);

/// <summary>Lists the sessions of a program's trials: counts, rows, the names of who holds them, and the zone.</summary>
sealed class TrialSessionList(GuildhallDb db, SellerLookup sellers, AccountLookup accounts, TimeProvider clock)
{
    public async Task<TrialSessionRows> Of(ProgramFacts program, bool coming, int page, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var all = db.Set<TrialSession>().AsNoTracking().Where(s => s.ProgramId == program.Id);
        var counts = await all.GroupBy(s => s.StartsAt > now).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        var here = counts.GetValueOrDefault(coming);
        page = Math.Clamp(page, 1, Math.Max(1, (here + TrialRows.Size - 1) / TrialRows.Size));
        var ordered = coming ? all.Where(s => s.StartsAt > now).OrderBy(s => s.StartsAt).ThenBy(s => s.Id) : all.Where(s => s.StartsAt <= now).OrderByDescending(s => s.StartsAt).ThenBy(s => s.Id);
        return new TrialSessionRows(await Rows(ordered.Skip((page - 1) * TrialRows.Size).Take(TrialRows.Size), now, stop), here, counts.GetValueOrDefault(true), counts.GetValueOrDefault(false), page);
    }

    /// <summary>One session with who has a place in it; null where the program has no such one.</summary>
    public async Task<(TrialSessionRow Session, IReadOnlyList<TrialSeat> Seats)?> One(ProgramFacts program, Guid id, CancellationToken stop)
    {
        if (await Rows(db.Set<TrialSession>().AsNoTracking().Where(s => s.Id == id && s.ProgramId == program.Id), clock.GetUtcNow(), stop) is not [var session]) return null;
        var trials = await db.Set<Trial>().AsNoTracking().Where(t => t.SessionId == id).OrderBy(t => t.PersonName).ThenBy(t => t.Id).ToListAsync(stop);
        var cards = await sellers.Cards([.. trials.Select(trial => trial.SellerId)], stop);
        return (session, [.. trials.Select(trial => new TrialSeat(trial.Id, trial.PersonName.Length == 0 ? "Somebody who is no longer here" : trial.PersonName, cards.GetValueOrDefault(trial.SellerId)?.Name ?? "Not known", trial.Came))]);
    }

    async Task<IReadOnlyList<TrialSessionRow>> Rows(IQueryable<TrialSession> sessions, DateTimeOffset now, CancellationToken stop)
    {
        var read = await sessions.Select(s => new
        {
            Session = s,
            Taken = db.Set<Trial>().Count(t => t.SessionId == s.Id),
            Came = db.Set<Trial>().Count(t => t.SessionId == s.Id && t.Came == true),
            NotMarked = db.Set<Trial>().Count(t => t.SessionId == s.Id && t.Came == null),
        }).ToListAsync(stop);
        var hosts = await accounts.Names([.. read.Select(row => row.Session.HostId).Distinct()], stop);
        var zone = await db.StaffZone(stop);
        return [.. read.Select(row => new TrialSessionRow(
            row.Session.Id, $"{TimeZoneInfo.ConvertTime(row.Session.StartsAt, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} ({OwnClock.Name(zone)})", hosts.GetValueOrDefault(row.Session.HostId), row.Session.LengthMinutes, row.Session.JoinLink,
            row.Session.Places, row.Taken, row.Came, row.NotMarked, row.Session.StartsAt <= now, row.Session.CalledOffAt is not null))];
    }
}
