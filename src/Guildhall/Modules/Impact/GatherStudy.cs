using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>Puts together who joined a program when and what everybody sold: mentees of the program, and sellers who were never mentored anywhere and mentor nobody.</summary>
sealed class GatherStudy(SellerLookup sellers, MentorshipLookup mentorships, EnrollmentLookup enrollment, MarketplaceZone zones)
{
    public async Task<Study> Of(ProgramFacts program, int windowPeriods, CancellationToken stop)
    {
        var zone = await zones.Of(stop);
        var calendar = new StudyCalendar(program.StartsOn, windowPeriods);
        var known = await sellers.LastDay(stop);
        var dataThrough = new[] { known, program.FiguresAsOf }.Min() ?? program.StartsOn.AddDays(-1);

        var all = await mentorships.All(stop);
        DateOnly JoinedOn(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var joined = all.Where(one => one.ProgramId == program.Id && one.ActiveAt is { } at && JoinedOn(at) <= program.LastDay).GroupBy(one => one.MenteeId)
            .Select(mentee => mentee.MinBy(one => (one.ActiveAt, one.MentorId))!).ToDictionary(one => one.MenteeId, one => (Period: calendar.PeriodOf(JoinedOn(one.ActiveAt!.Value)), one.MentorId));
        var lastPeriod = calendar.LastPeriod(joined.Values.Select(one => one.Period).DefaultIfEmpty(StudyCalendar.PeriodsBefore + 1).Max());
        var windowEndsOn = calendar.LastDayOf(lastPeriod);
        var mentoredPeriods = StudyCalendar.PeriodsOf(program.Design.Structure.LengthWeeks);
        if (dataThrough <= windowEndsOn) return new(dataThrough, windowEndsOn, joined.Count, [], 0, 0, 0, 0) { MentoredPeriods = mentoredPeriods };

        // Also of who was erased: their figures stay, without a name.
        var people = await enrollment.Participations([.. all.SelectMany(one => new[] { one.MenteeId, one.MentorId }).Distinct()], stop);
        var takePart = people.Values.Select(person => person.SellerId).ToHashSet();
        var bySeller = joined.Where(one => people.ContainsKey(one.Key)).GroupBy(one => people[one.Key].SellerId).ToDictionary(one => one.Key, one => one.MinBy(mentee => mentee.Value.Period).Value);

        // Effects fade: who was mentored is watched for a year after the last mentorship ended, as far as figures go.
        var longest = Math.Max(lastPeriod, Math.Min(calendar.PeriodsThrough(dataThrough), lastPeriod - windowPeriods + mentoredPeriods + LeftAfter.LastPeriod + 1));
        var panel = await sellers.Panel(calendar.FirstDay, longest, StudyCalendar.PeriodsBefore, stop);
        var (first, last) = Whole(panel.WholePeriods);
        Study Upto(int period) => Of(dataThrough, windowEndsOn, panel, calendar, bySeller, takePart, first, period) with { MentoredPeriods = mentoredPeriods };
        return Upto(Math.Min(last, lastPeriod)) with { Longer = last > lastPeriod ? Upto(last) : null };
    }

    /// <summary>The periods around the program's first day that were imported without a gap, both ends included, numbered from 1.</summary>
    internal static (int First, int Last) Whole(IReadOnlyList<bool> isWhole)
    {
        var (first, last) = (StudyCalendar.PeriodsBefore + 1, StudyCalendar.PeriodsBefore);
        while (first > 1 && isWhole[first - 2]) first--;
        while (last < isWhole.Count && isWhole[last]) last++;
        return (first, last);
    }

    static Study Of(DateOnly dataThrough, DateOnly windowEndsOn, SellerPanel panel, StudyCalendar calendar, Dictionary<Guid, (int Period, Guid MentorId)> joined, HashSet<Guid> takePart, int first, int last)
    {
        var periods = Math.Max(0, last - first + 1);
        var (rows, gaps, mentees, mentors) = (new List<StudySeller>(), 0, 0, new Dictionary<Guid, int>());
        foreach (var seller in panel.Sellers)
        {
            var isMentee = joined.TryGetValue(seller.Id, out var mentee);
            if (!isMentee && takePart.Contains(seller.Id)) continue;
            if (isMentee) mentees++;
            var (sales, orders) = (Known(seller.RevenueMinorUnits, first, periods), Known(seller.Orders, first, periods));
            if (sales is null || orders is null)
            {
                gaps++;
                continue;
            }

            var cluster = isMentee ? mentors.TryGetValue(mentee.MentorId, out var number) ? number : mentors[mentee.MentorId] = mentors.Count : joined.Count + rows.Count;
            rows.Add(new(isMentee ? mentee.Period - first + 1 : 0, cluster, seller.Category, seller.Country, (calendar.FirstDay.DayNumber - seller.Since.DayNumber) / 365.25, sales, orders)
            {
                Averages = seller.Averages.ToDictionary(one => one.Key, one => one.Value.Slice(first, periods)),
            });
        }

        return new(dataThrough, windowEndsOn, joined.Count, rows, periods, Math.Max(0, StudyCalendar.PeriodsBefore + 1 - first), joined.Count - mentees, gaps);
    }

    /// <summary>The numbers of some periods; null where one isn't known, or is below zero, as where more was paid back than sold.</summary>
    internal static double[]? Known(IReadOnlyList<long?> values, int first, int periods)
    {
        var known = new double[periods];
        for (var t = 0; t < periods; t++)
        {
            if (values[first - 1 + t] is not ({ } value and >= 0)) return null;
            known[t] = value;
        }

        return known;
    }
}
