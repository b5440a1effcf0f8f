using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A place of one's own in a program, as one's settings list it.</summary>
/// <param name="Words">"14 free hours a week, English and Portuguese".</param>
/// <param name="IsOpen">Takes new mentees; null of a mentee.</param>
public sealed record OwnSeat(string Program, string Href, string Words, bool? IsOpen)
{
    public static string Path(Side side, string slug) => $"{(side == Side.Mentee ? "/me" : "/mentor")}/hours/{slug}";
}

/// <summary>Lists somebody's own places on one side.</summary>
public sealed class OwnSeats(GuildhallDb db, ProgramLookup programs)
{
    const int MostShown = 20;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<OwnSeat>> Of(ShopActor shop, Side side, CancellationToken stop)
    {
        List<OwnSeat> seats = [];
        foreach (var seat in await db.Set<Participant>().AsNoTracking().Where(p => p.SellerId == shop.SellerId && p.Side == side).OrderByDescending(p => p.JoinedAt).Take(MostShown).ToListAsync(stop))
        {
            if (await programs.ById(seat.ProgramId, stop) is not { } program) continue;
            var hours = seat.Profile.WeekHours?.Count(hour => hour == '1') ?? 0;
            seats.Add(new($"{program.Name}, {program.Cohort}", OwnSeat.Path(side, program.Slug), string.Join(", ", new[]
            {
                hours == 0 ? "Free hours not known" : string.Create(CultureInfo.InvariantCulture, $"{hours} free {(hours == 1 ? "hour" : "hours")} a week"),
                seat.Profile.Languages is { Count: > 0 } spoken ? string.Join(" and ", spoken.Select(one => LanguageNames.Of(one.Language))) : "languages not known",
                seat.AsMentor is { } mentor ? string.Create(CultureInfo.InvariantCulture, $"{mentor.Capacity} {(mentor.Capacity == 1 ? "mentee" : "mentees")} at once") : "",
            }.Where(part => part.Length > 0)), seat.AsMentor?.IsOpenToNew));
        }

        return seats;
    }
}
