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

        var since = (await sellers.WhoCame(through, stop)).Where(seller => !mentors.Contains(seller.Id)).ToList();
        List<Watched> Watch(DateOnly until) => [.. since.Select(seller => Watched.Of(seller, program, began.GetValueOrDefault(seller.Id), until)).OfType<Watched>()];
        var newcomers = Watch(through).FindAll(one => one.BeganWaiting);
        if (newcomers.Count == 0) return atTheEarliest;
        // Only who came with them is compared: mentees who had sold before, however old, say nothing of when to look.
        var (from, to) = (newcomers.Min(one => one.Seller.SignedUpOn), newcomers.Max(one => one.Seller.SignedUpOn));
        since.RemoveAll(seller => seller.SignedUpOn < from || seller.SignedUpOn > to);
        // A day that nobody's figures were sent of may hide a first sale: nobody is watched beyond it.
        if (await sellers.FirstGap(from, through, stop) is { } gap) through = gap.AddDays(-1);

        var came = Watch(through);
        var mentees = came.FindAll(one => one.BeganWaiting);
        if (mentees.Count == 0) return atTheEarliest with { DataThrough = through };
        var windowEndsOn = mentees.Max(one => one.BeganOn).AddDays(withinDays);
        if (through <= windowEndsOn) return new(through, windowEndsOn, [], mentees.Count);

        var clusters = mentees.Select(one => one.MentorId).Distinct().Index().ToDictionary(one => one.Item, one => one.Index);
        return new(through, windowEndsOn, [.. came.Select((one, i) => new NewSeller(one.Wait, one.Seller.Category, one.Seller.Country, one.Seller.SignedUpOn.DayNumber, one.Wait.MentoredFrom is null ? clusters.Count + i : clusters.GetValueOrDefault(one.MentorId, clusters.Count + i)))], mentees.Count);
    }

    /// <summary>The first time that somebody mentored a seller.</summary>
    sealed record Beginning(Guid SellerId, Guid ProgramId, Guid MentorId, DateOnly On);

    sealed record Watched(SellerWhoCame Seller, Lifetime Wait, Guid MentorId, DateOnly BeganOn)
    {
        /// <summary>Whether mentoring began before it had sold.</summary>
        public bool BeganWaiting => Wait.MentoredFrom < Wait.End;

        /// <returns>Null for who had sold before signing up, as far as figures go, or came after the last day.</returns>
        public static Watched? Of(SellerWhoCame seller, ProgramFacts program, Beginning? began, DateOnly through)
        {
            int Age(DateOnly day) => day.DayNumber - seller.SignedUpOn.DayNumber + 1;
            DateOnly?[] ends = [seller.UnknownOn?.AddDays(-1), began is not null && !Counts(began, program) ? began.On : null];
            var watchedTo = ends.Append(through).Min()!.Value;
            var hasSold = seller.FirstSaleOn <= watchedTo;
            var end = Age(hasSold ? seller.FirstSaleOn!.Value : watchedTo);
            return end < 1 ? null : new(seller, new(end, hasSold) { MentoredFrom = began is not null && Counts(began, program) ? Math.Max(0, Age(began.On)) : null }, began?.MentorId ?? default, began?.On ?? default);
        }

        /// <summary>Who was mentored elsewhere first, or after the program's last day, is watched until then.</summary>
        static bool Counts(Beginning began, ProgramFacts program) => began.ProgramId == program.Id && began.On <= program.LastDay;
    }
}
