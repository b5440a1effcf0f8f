using System.Globalization;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>A mentor's hours in a program.</summary>
/// <param name="Days">"Monday 9 to 12 and 17 to 21", one for each day that has any.</param>
public sealed record WeekOfHours(string Program, string Href, string Zone, IReadOnlyList<string> Days);

/// <summary>Days off, as they are listed.</summary>
public sealed record DaysOffLine(Guid Id, string Days);

/// <summary>When a mentor can be booked: hours, days off, pauses, limit.</summary>
public sealed record MentorCalendarView(IReadOnlyList<WeekOfHours> Weeks, int PauseMinutes, int MostAWeek, string? JoinLink, DropIn? DropIn, IReadOnlyList<DaysOffLine> DaysOff);

/// <summary>The page on which a mentor says when they can be booked.</summary>
sealed class MentorCalendarPages(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, ReadSessions read, ChangeFeed feeds, OwnClock clock, TimeProvider time, Shell shell)
{
    public const string Root = "/mentor/calendar";

    const int MostDaysOff = 50, LongestDaysOff = 366;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Root).RequireAccess(AccessTable.TakePart);
        own.MapGet("", (string? did, ShopActor shop, MentorCalendarPages pages, CancellationToken stop) => pages.Show(shop, did, new FormFields(), null, stop));
        own.MapPost("limits", (FormFields form, ShopActor shop, MentorCalendarPages pages, CancellationToken stop) => pages.ChangeLimits(shop, form, stop));
        own.MapPost("drop-in", (FormFields form, ShopActor shop, MentorCalendarPages pages, CancellationToken stop) => pages.ChangeDropIn(shop, form, stop));
        own.MapPost("days-off", (FormFields form, ShopActor shop, MentorCalendarPages pages, CancellationToken stop) => pages.AddDaysOff(shop, form, stop));
        own.MapPost("days-off/remove", (FormFields form, ShopActor shop, MentorCalendarPages pages, CancellationToken stop) => pages.RemoveDaysOff(shop, form, stop));
    }

    async Task<IResult> ChangeLimits(ShopActor shop, FormFields form, CancellationToken stop)
    {
        var (pause, most, link) = (form.Whole("PauseMinutes", "the pause"), form.Whole("MostAWeek", "the limit"), form.Text("JoinLink"));
        if (form.Refusal is { } unreadable) return await Show(shop, null, form, unreadable, stop);
        var checkedCalendar = new MentorCalendar(shop.SellerId);
        if (checkedCalendar.Change(pause, most, link.Length > 0 ? link : null) is { } refusal) return await Show(shop, null, form, refusal, stop);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sessions.mentor_calendar (seller_id, pause_minutes, most_a_week, join_link) VALUES ({shop.SellerId}, {pause}, {most}, {checkedCalendar.JoinLink})
            ON CONFLICT (seller_id) DO UPDATE SET pause_minutes = excluded.pause_minutes, most_a_week = excluded.most_a_week, join_link = excluded.join_link
            """, stop);
        return Results.LocalRedirect($"{Root}?did=limits");
    }

    async Task<IResult> ChangeDropIn(ShopActor shop, FormFields form, CancellationToken stop)
    {
        DropIn? dropIn = null;
        if (form.Text("DropInDay") is { Length: > 0 } chosen)
        {
            var hasDay = Enum.TryParse<DayOfWeek>(chosen, out var day) && Enum.IsDefined(day);
            var hasFrom = TimeOnly.TryParseExact(form.Text("DropInFrom"), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from);
            var hasLength = int.TryParse(form.Text("DropInMinutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && DropIn.Lengths.Contains(minutes);
            if (Refusal.Together(
                hasDay ? null : Refusal.Invalid("drop_in_day", "Choose a day of the week, or none.", "DropInDay"),
                hasFrom ? null : Refusal.Invalid("drop_in_from", "Enter when it begins, such as 16:00.", "DropInFrom"),
                hasLength ? null : Refusal.Invalid("drop_in_minutes", "Choose how long it is.", "DropInMinutes"),
                await db.Set<MentorCalendar>().AnyAsync(calendar => calendar.SellerId == shop.SellerId && calendar.JoinLink != null, stop) ? null
                    : Refusal.Invalid("drop_in_where", "Save above where you usually meet first: your mentees need to know where to go.", "DropInDay")) is { } problem) return await Show(shop, null, form, problem, stop);
            dropIn = DropIn.Of(day, from, minutes);
        }

        await db.Set<MentorCalendar>().Where(calendar => calendar.SellerId == shop.SellerId)
            .ExecuteUpdateAsync(set => set.SetProperty(calendar => calendar.DropInMinuteOfWeek, dropIn == null ? null : dropIn.MinuteOfWeek).SetProperty(calendar => calendar.DropInMinutes, dropIn == null ? null : dropIn.Minutes), stop);
        return Results.LocalRedirect($"{Root}?did={(dropIn is null ? "no-drop-in" : "drop-in")}");
    }

    async Task<IResult> AddDaysOff(ShopActor shop, FormFields form, CancellationToken stop)
    {
        var from = form.Day("From", "the first day");
        var to = form.Text("To").Length == 0 ? from : form.Day("To", "the last day");
        if (form.Refusal is { } unreadable) return await Show(shop, null, form, unreadable, stop);
        var today = ProgramDays.Today((await clock.Of(shop, stop)).Id, time.GetUtcNow());
        if (Refusal.Together(
            from < today ? Refusal.Invalid("off_past", "Choose a first day that is not over.", "From") : null,
            to < from ? Refusal.Invalid("off_order", "Choose a last day that is not before the first.", "To") : to > from.AddDays(LongestDaysOff) ? Refusal.Invalid("off_long", "Choose a last day within a year of the first.", "To") : null,
            await db.Set<TimeOff>().CountAsync(off => off.SellerId == shop.SellerId && off.LastDay >= today, stop) >= MostDaysOff ? Refusal.Invalid("off_many", $"You have {MostDaysOff} entries ahead, which is the most. Remove one first.", "From") : null) is { } problem) return await Show(shop, null, form, problem, stop);
        db.Add(new TimeOff(shop.SellerId, from, to, time.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException taken) when (taken.IsTaken())
        {
            // A second tap finds them entered, which is what was wanted.
        }

        return Results.LocalRedirect($"{Root}?did=off");
    }

    async Task<IResult> RemoveDaysOff(ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (Guid.TryParse(form.Text("id"), out var id)) await db.Set<TimeOff>().Where(off => off.Id == id && off.SellerId == shop.SellerId).ExecuteDeleteAsync(stop);
        return Results.LocalRedirect($"{Root}?did=on");
    }

    async Task<IResult> Show(ShopActor shop, string? did, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        var zone = await clock.Of(shop, stop);
        var today = ProgramDays.Today(zone.Id, time.GetUtcNow());
        var calendar = await db.Set<MentorCalendar>().AsNoTracking().SingleOrDefaultAsync(one => one.SellerId == shop.SellerId, stop) ?? new MentorCalendar(shop.SellerId);
        var off = await db.Set<TimeOff>().AsNoTracking().Where(one => one.SellerId == shop.SellerId && one.LastDay >= today).OrderBy(one => one.FirstDay).ThenBy(one => one.Id).Take(MostDaysOff).ToListAsync(stop);
        var (ahead, _) = await read.OnHome(Side.Mentor, shop, zone, ReadSessions.PageSize, stop);
        return Page.Of<MentorCalendarPage>(new
        {
            Shell = await shell.Personal(Area.Mentor, stop),
            View = new MentorCalendarView(await Weeks(shop, stop), calendar.PauseMinutes, calendar.MostAWeek, calendar.JoinLink, calendar.DropIn, [.. off.Select(one => new DaysOffLine(one.Id, Days(one.FirstDay, one.LastDay)))]),
            Ahead = ahead,
            FeedMadeAt = await feeds.MadeAt(shop.AccountId, stop),
            Zone = zone,
            Done = did switch { "limits" => "Saved. Sessions that are booked stay as they are.", "off" => "Saved. Nobody can book you on these days. Sessions that are booked stay: move or cancel them.", "on" => "Removed. You can be booked on these days again.", "drop-in" => "Saved. Your mentees see it where they book. Sessions that are booked stay.", "no-drop-in" => "Saved. You have no drop-in time.", _ => null },
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<IReadOnlyList<WeekOfHours>> Weeks(ShopActor shop, CancellationToken stop)
    {
        List<WeekOfHours> weeks = [];
        var seats = (await enrollment.SeatsOf(shop.SellerId, stop)).Where(seat => seat.Side == Side.Mentor).Reverse().ToList();
        var stated = await enrollment.WeeksOf([.. seats.Select(seat => seat.ParticipantId)], stop);
        foreach (var seat in seats)
        {
            if (await programs.ById(seat.ProgramId, stop) is not { } program || stated.GetValueOrDefault(seat.ParticipantId) is not { } week) continue;
            var zone = (week.TimeZone is { } said ? TimeZones.Find(said) : null) ?? await clock.OfShop(shop.SellerId, stop);
            weeks.Add(new($"{program.Name}, {program.Cohort}", OwnSeat.Path(Side.Mentor, program.Slug), OwnClock.Name(zone), DaysOf(week.Hours)));
        }

        return weeks;
    }

    /// <summary>"Monday 9 to 12 and 17 to 21".</summary>
    internal static IReadOnlyList<string> DaysOf(string? hours)
    {
        if (!WeekGrid.IsGrid(hours)) return [];
        List<string> days = [];
        for (var day = 0; day < 7; day++)
        {
            List<string> spans = [];
            for (var from = 0; from < 24; from++)
            {
                if (hours![(day * 24) + from] != '1') continue;
                var to = from;
                while (to < 24 && hours[(day * 24) + to] == '1') to++;
                spans.Add(string.Create(CultureInfo.InvariantCulture, $"{from} to {to}"));
                from = to;
            }

            if (spans.Count > 0) days.Add($"{CultureInfo.CurrentCulture.DateTimeFormat.DayNames[(day + 1) % 7]} {string.Join(" and ", spans)}");
        }

        return days;
    }

    static string Days(DateOnly from, DateOnly to) => from == to ? SessionWords.Day(from) : $"{SessionWords.Day(from)} to {SessionWords.Day(to)}";
}
