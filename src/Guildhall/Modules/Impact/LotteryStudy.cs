using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>A seller who took part in a draw. Amounts are an average period of four weeks: sales in minor units, orders that were not canceled.</summary>
/// <param name="Stratum">Those among whom the lots fell: one draw, one level of help, first in line or not.</param>
/// <param name="IsMentored">A mentorship of theirs, in whatever program, was active by the window's end.</param>
/// <param name="Years">Years since it signed up, on the first day of the study.</param>
sealed record LotterySeller(int Stratum, bool HasWon, bool IsMentored, double Years, double SalesBefore, double Sales, double OrdersBefore, double Orders);

/// <summary>Everything that a reading by lot reads, as of a day.</summary>
/// <param name="WindowEndsOn">The last day of the window, which is counted from the day after the draw; of several draws that can be read, the last.</param>
/// <param name="Draws">Draws whose window is over; 0 where none's is.</param>
/// <param name="Sellers">Of those draws, who sold before the draw and of whom every day is known.</param>
/// <param name="PeriodsBefore">Periods of figures before the draw; of several draws the fewest.</param>
/// <param name="PeriodsAfter">Periods of figures after it.</param>
/// <param name="NotEstablished">Who took part and sold nothing in the sixteen weeks before, or came later.</param>
/// <param name="GapsOfWinners">Winners left out because a day of theirs says nothing of orders or sales; so <paramref name="GapsOfLosers"/>.</param>
sealed record LotteryStudy(DateOnly DataThrough, DateOnly WindowEndsOn, int Draws, IReadOnlyList<LotterySeller> Sellers, int PeriodsBefore, int PeriodsAfter, int NotEstablished, int GapsOfWinners, int GapsOfLosers);

/// <summary>Puts together who won and lost in a program's draws, who was mentored, and what everybody sold.</summary>
sealed class GatherLottery(SellerLookup sellers, MentorshipLookup mentorships, EnrollmentLookup enrollment, LotteryLookup lotteries, MarketplaceZone zones)
{
    /// <returns>Null where no lots were drawn.</returns>
    public async Task<LotteryStudy?> Of(ProgramFacts program, int windowPeriods, CancellationToken stop)
    {
        var draws = await lotteries.All(program.Id, stop);
        if (draws.Count == 0) return null;
        StudyCalendar Calendar(PastDraw draw) => new(draw.DrawnOn.AddDays(1), windowPeriods);
        DateOnly EndOf(PastDraw draw) => Calendar(draw).LastDayOf(StudyCalendar.PeriodsBefore + windowPeriods);

        var dataThrough = new[] { await sellers.LastDay(stop), program.FiguresAsOf }.Min() ?? program.StartsOn.AddDays(-1);
        var over = draws.TakeWhile(draw => EndOf(draw) < dataThrough).ToList();
        if (over.Count == 0) return new(dataThrough, EndOf(draws[0]), 0, [], 0, 0, 0, 0, 0);

        var activeOn = await ActiveOn(stop);
        var (rows, strata, before, after, gaps) = (new List<LotterySeller>(), new Dictionary<(int, bool, TierName?), int>(), int.MaxValue, int.MaxValue, new[] { 0, 0 });
        foreach (var draw in over)
        {
            var calendar = Calendar(draw);
            var panel = await sellers.Panel(calendar.FirstDay, StudyCalendar.PeriodsBefore + windowPeriods, StudyCalendar.PeriodsBefore, stop);
            var (first, last) = GatherStudy.Whole(panel.WholePeriods);
            var (own, since) = (Math.Max(0, StudyCalendar.PeriodsBefore + 1 - first), Math.Max(0, last - StudyCalendar.PeriodsBefore));
            (before, after) = (Math.Min(before, own), Math.Min(after, since));
            if (own == 0 || since == 0) continue;

            var known = panel.Sellers.ToDictionary(seller => seller.Id);
            foreach (var lot in draw.Lots)
            {
                if (!known.TryGetValue(lot.SellerId, out var seller)) continue;
                var (sales, orders) = (GatherStudy.Known(seller.RevenueMinorUnits, first, own + since), GatherStudy.Known(seller.Orders, first, own + since));
                if (sales is null || orders is null)
                {
                    gaps[lot.HasWon ? 0 : 1]++;
                    continue;
                }

                var key = (draw.Number, lot.IsFirst, lot.Tier);
                if (!strata.TryGetValue(key, out var stratum)) strata[key] = stratum = strata.Count;
                rows.Add(new(
                    stratum, lot.HasWon, activeOn.TryGetValue(lot.SellerId, out var day) && day <= EndOf(draw), (calendar.FirstDay.DayNumber - seller.Since.DayNumber) / 365.25,
                    sales.Take(own).Average(), sales.Skip(own).Average(), orders.Take(own).Average(), orders.Skip(own).Average()));
            }
        }

        return new(dataThrough, EndOf(over[^1]), over.Count, rows, before, after, over.Sum(draw => draw.Lots.Count) - rows.Count - gaps[0] - gaps[1], gaps[0], gaps[1]);
    }

    /// <summary>The day on which the first mentorship of each seller became active, in whatever program.</summary>
    async Task<Dictionary<Guid, DateOnly>> ActiveOn(CancellationToken stop)
    {
        var zone = await zones.Of(stop);
        var active = (await mentorships.All(stop)).Where(one => one.ActiveAt is not null).ToList();
        // Also of who was erased: they were mentored.
        var people = await enrollment.Participations([.. active.Select(one => one.MenteeId).Distinct()], stop);
        return active.Where(one => people.ContainsKey(one.MenteeId)).GroupBy(one => people[one.MenteeId].SellerId)
            .ToDictionary(one => one.Key, one => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(one.Min(mentored => mentored.ActiveAt!.Value), zone).DateTime));
    }
}
