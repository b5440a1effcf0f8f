using Guildhall.Evidence;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>Puts together who came to the marketplace when, when mentoring began for them and when they first sold. Mentoring begins with the trial, whatever became of the pair: who parted in it waited with a mentor.</summary>
sealed class GatherFirstSales(SellerLookup sellers, MentorshipLookup mentorships, EnrollmentLookup enrollment, MarketplaceZone zones)
{
    /// <summary>Others who came up to so many days before the first mentee, or after the last, are near enough to be compared with.</summary>
    const int DaysAround = 28;

    public async Task<FirstSaleStudy> Of(ProgramFacts program, int withinDays, CancellationToken stop)
    {
        var zone = await zones.Of(stop);
        var through = new[] { await sellers.LastDay(stop), program.FiguresAsOf }.Min() ?? program.StartsOn.AddDays(-1);
        var atTheEarliest = new FirstSaleStudy(through, program.StartsOn.AddDays(withinDays), [], 0);

        // Also of who was erased: their figures stay, without a name.
        var all = await mentorships.All(stop);
        var people = await enrollment.Participations([.. all.SelectMany(one => new[] { one.MenteeId, one.MentorId }).Distinct()], stop);
        var began = all.Where(one => people.ContainsKey(one.MenteeId)).Select(one => new Beginning(people[one.MenteeId].SellerId, one.ProgramId, one.MentorId, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(one.StartedAt, zone).DateTime)))
            .GroupBy(one => one.SellerId).ToDictionary(one => one.Key, one => one.MinBy(first => (first.On, first.MentorId))!);
        var mentors = all.Where(one => people.ContainsKey(one.MentorId)).Select(one => people[one.MentorId].SellerId).ToHashSet();

        var signUps = await sellers.SignUpDays([.. began.Values.Where(one => one.ProgramId == program.Id).Select(one => one.SellerId)], stop);
        if (signUps.Count == 0) return atTheEarliest;
        var (from, to) = (signUps.Values.Min().AddDays(-DaysAround), signUps.Values.Max().AddDays(DaysAround));
        // A day that nobody's figures were sent of may hide a first sale: nobody is watched beyond it.
        if (await sellers.FirstGap(signUps.Values.Min(), through, stop) is { } gap) through = gap.AddDays(-1);

        var came = (await sellers.WhoCame(from, to, through, stop)).Where(seller => !mentors.Contains(seller.Id)).Select(seller => Watch(seller, program, began.GetValueOrDefault(seller.Id), through)).OfType<Watched>().ToList();
        var mentees = came.FindAll(one => one.Wait.MentoredFrom < one.Wait.End);
        if (mentees.Count == 0) return atTheEarliest with { DataThrough = through };
        var windowEndsOn = mentees.Max(one => one.BeganOn).AddDays(withinDays);
        if (through <= windowEndsOn) return new(through, windowEndsOn, [], mentees.Count);

        var clusters = mentees.Select(one => one.MentorId).Distinct().Index().ToDictionary(one => one.Item, one => one.Index);
        return new(through, windowEndsOn, [.. came.Select((one, i) => new NewSeller(one.Wait, one.Seller.Category, one.Seller.Country, one.Seller.SignedUpOn.DayNumber, one.Wait.MentoredFrom is null ? clusters.Count + i : clusters.GetValueOrDefault(one.MentorId, clusters.Count + i)))], mentees.Count);
    }

    /// <returns>Null for who had sold before signing up, as far as figures go, or came after the last day.</returns>
    static Watched? Watch(SellerWhoCame seller, ProgramFacts program, Beginning? began, DateOnly through)
    {
        int Age(DateOnly day) => day.DayNumber - seller.SignedUpOn.DayNumber + 1;
        var (end, happened) = seller.FirstSaleOn is { } sale ? (Age(sale), true) : (Age(seller.UnknownOn?.AddDays(-1) ?? through), false);
        double? mentoredFrom = null;
        if (began is not null && (began.ProgramId != program.Id || began.On > program.LastDay))
        {
            // Mentored elsewhere, or after the program: watched until then.
            if (Age(began.On) < end) (end, happened) = (Age(began.On), false);
        }
        else if (began is not null)
        {
            mentoredFrom = Math.Max(0, Age(began.On));
        }

        return end < 1 ? null : new(seller, new(end, happened) { MentoredFrom = mentoredFrom }, began?.MentorId ?? default, began?.On ?? default);
    }

    /// <summary>The first time that somebody mentored a seller.</summary>
    sealed record Beginning(Guid SellerId, Guid ProgramId, Guid MentorId, DateOnly On);

    sealed record Watched(SellerWhoCame Seller, Lifetime Wait, Guid MentorId, DateOnly BeganOn);
}
