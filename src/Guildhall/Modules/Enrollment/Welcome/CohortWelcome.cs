using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A part of a program's time, as its people read it.</summary>
public sealed record Stretch(string Name, DateOnly From, DateOnly To);

/// <summary>What a program is about and when, for somebody who takes part.</summary>
/// <param name="Meeting">When the cohort meets, on the reader's own clocks; null while that is not booked.</param>
/// <param name="Measured">What is measured of their shop, each with its definition.</param>
public sealed record CohortWelcome(ProgramFacts Program, string? Meeting, bool IsOver, string Goal, IReadOnlyList<Stretch> Timeline, IReadOnlyList<Outcome> Measured)
{
    static readonly IReadOnlyList<(string Name, int From, int To)> stages = [("Days 1 to 30", 1, 30), ("Days 31 to 60", 31, 60), ("Days 61 to 90", 61, 90)];

    /// <param name="joinedOn">Who came in later has their own first day, and the program's last one.</param>
    internal static CohortWelcome Of(ProgramFacts program, DateOnly joinedOn, TimeZoneInfo zone, DateTimeOffset now, string? currencyCode)
    {
        var (first, last) = (joinedOn > program.StartsOn ? joinedOn : program.StartsOn, program.LastDay);
        List<Stretch> timeline = [.. stages.Select(stage => new Stretch(stage.Name, first.AddDays(stage.From - 1), first.AddDays(stage.To - 1)))];
        if (last > timeline[^1].To) timeline.Add(new Stretch("Until the program’s last day", timeline[^1].To.AddDays(1), last));
        return new(program, program.Welcome is { } welcome ? Words(welcome, zone) : null, program.Welcome is { } held && held.StartsAt.AddMinutes(held.LengthMinutes) < now,
            ProgramWords.Goal(program, currencyCode), timeline, ProgramWords.Measured(program));
    }

    /// <summary>"Tue 5 Jan 2027, 20:30 to 21:30, your time (London)".</summary>
    internal static string Words(WelcomeSession welcome, TimeZoneInfo zone) => OwnClock.Words(welcome.StartsAt, welcome.LengthMinutes, zone);
}

/// <summary>The page on which the goals, the timeline and the reporting of each program stay to be read, with the welcome session.</summary>
sealed class ShowWelcome(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, OwnClock own, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/welcome", (ShowWelcome page, ShopActor shop, Shell shell, CancellationToken stop) => page.Show(Side.Mentee, shop, shell, stop)).RequireAccess(AccessTable.TakePart);
        routes.MapGet("/mentor/welcome", (ShowWelcome page, ShopActor shop, Shell shell, CancellationToken stop) => page.Show(Side.Mentor, shop, shell, stop)).RequireAccess(AccessTable.TakePart);
    }

    async Task<IResult> Show(Side side, ShopActor shop, Shell shell, CancellationToken stop)
    {
        var (zone, now) = (await own.Of(shop, stop), clock.GetUtcNow());
        var currency = await db.Set<Marketplace>().Select(marketplace => marketplace.CurrencyCode).SingleOrDefaultAsync(stop);
        List<CohortWelcome> cohorts = [];
        foreach (var seat in (await enrollment.SeatsOf(shop.SellerId, stop)).Where(seat => seat.Side == side).Reverse().Take(MyPrograms.Most))
            if (await programs.ById(seat.ProgramId, stop) is { } program) cohorts.Add(CohortWelcome.Of(program, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(seat.JoinedAt, zone).DateTime), zone, now, currency));
        return Page.Of<CohortWelcomePage>(new { Shell = await shell.Personal(side == Side.Mentee ? Area.Me : Area.Mentor, stop), Side = side, Cohorts = cohorts });
    }
}
