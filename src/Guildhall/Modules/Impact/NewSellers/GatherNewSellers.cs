using Guildhall.Evidence;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;

namespace Guildhall.Modules.Impact;

/// <summary>Puts together who came to the marketplace when, when mentoring began for them and when it happened. Mentoring begins with the trial, whatever became of the pair: who parted in it waited with a mentor.</summary>
sealed class GatherNewSellers(SellerLookup sellers, MentorshipLookup mentorships, EnrollmentLookup enrollment, MarketplaceZone zones)
{
    /// <summary>Whose mentoring began within so many days of signing up is a new seller, where they may have sold before. Who has not sold yet is new at any age.</summary>
    const int NewForDays = 365;

    public async Task<NewSellerStudy> Of(ProgramFacts program, WaitTerms asked, CancellationToken stop)
    {
        var zone = await zones.Of(stop);
        var through = new[] { await sellers.LastDay(stop), program.FiguresAsOf }.Min() ?? program.StartsOn.AddDays(-1);
        var atTheEarliest = new NewSellerStudy(through, program.StartsOn.AddDays(asked.WithinDays), [], 0);

        DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        // Also of who was erased: their figures stay, without a name.
        var all = await mentorships.All(stop);
        var people = await enrollment.Participations([.. all.SelectMany(one => new[] { one.MenteeId, one.MentorId }).Distinct()], stop);
        var began = all.Where(one => people.ContainsKey(one.MenteeId)).Select(one => new Beginning(people[one.MenteeId].SellerId, one.ProgramId, one.MentorId, DayOf(one.StartedAt)))
            .GroupBy(one => one.SellerId).ToDictionary(one => one.Key, one => one.MinBy(first => (first.On, first.MentorId))!);
        // Who mentors others is watched until it begins to: leaving it out would choose by what became of it.
        var mentors = all.Where(one => people.ContainsKey(one.MentorId)).GroupBy(one => people[one.MentorId].SellerId).ToDictionary(one => one.Key, one => one.Min(first => DayOf(first.StartedAt)));
        var since = (await sellers.WhoCame(through, stop)).ToList();
        // Who was mentored elsewhere first, or after the program's last day, is watched until then.
        bool Counts(SellerWhoCame seller) => began.GetValueOrDefault(seller.Id) is { } one && one.ProgramId == program.Id && one.On <= program.LastDay && (asked.What == Awaited.FirstSale || one.On < seller.SignedUpOn.AddDays(NewForDays));
        if (await AgesOf(asked, since, [.. since.Where(Counts).Select(seller => (seller, began[seller.Id].On))], through, stop) is not { } happened) return atTheEarliest;
        List<Watched> Watch(DateOnly until) => [.. since.Where(seller => happened.ContainsKey(seller.Id)).Select(seller => Watched.Of(seller, happened[seller.Id], began.GetValueOrDefault(seller.Id), Counts(seller), mentors.TryGetValue(seller.Id, out var mentorsFrom) && mentorsFrom < until ? mentorsFrom : until)).OfType<Watched>()];
        var newcomers = Watch(through).FindAll(one => one.BeganWaiting);
        if (newcomers.Count == 0) return atTheEarliest;
        // Only who came with them is compared: mentees to whom it had happened before, however old, say nothing of when to look.
        var (from, to) = (newcomers.Min(one => one.Seller.SignedUpOn), newcomers.Max(one => one.Seller.SignedUpOn));
        since.RemoveAll(seller => seller.SignedUpOn < from || seller.SignedUpOn > to);
        // A day that nobody's figures were sent of may hide a sale: nobody is watched beyond it.
        if (await sellers.FirstGap(from, through, stop) is { } gap) through = gap.AddDays(-1);

        var came = Watch(through);
        var mentees = came.FindAll(one => one.BeganWaiting);
        if (mentees.Count == 0) return atTheEarliest with { DataThrough = through };
        var windowEndsOn = mentees.Max(one => one.BeganOn).AddDays(asked.WithinDays);
        if (through <= windowEndsOn) return new(through, windowEndsOn, [], mentees.Count);

        var clusters = mentees.Select(one => one.MentorId).Distinct().Index().ToDictionary(one => one.Item, one => one.Index);
        return new(through, windowEndsOn, [.. came.Select((one, i) => new NewSeller(one.Wait, one.Seller.Category, one.Seller.Country, one.Seller.SignedUpOn.DayNumber, one.Wait.MentoredFrom is null ? clusters.Count + i : clusters.GetValueOrDefault(one.MentorId, clusters.Count + i)) { Stands = happened[one.Seller.Id].Stands })], mentees.Count);
    }

    /// <summary>When it happened to whom, by seller. What is asked of sales day by day is asked of those alone who came with the mentees, and for no longer than anybody's window.</summary>
    /// <returns>Null where no mentee is a new seller.</returns>
    async Task<Dictionary<Guid, SellerAges>?> AgesOf(WaitTerms asked, List<SellerWhoCame> since, List<(SellerWhoCame Seller, DateOnly Began)> mentees, DateOnly through, CancellationToken stop)
    {
        if (asked.What == Awaited.FirstSale) return since.ToDictionary(seller => seller.Id, SellerAges.FirstSale);
        if (mentees.Count == 0) return null;
        var (from, to, longest) = (mentees.Min(one => one.Seller.SignedUpOn), mentees.Max(one => one.Seller.SignedUpOn), mentees.Max(one => one.Began.DayNumber - one.Seller.SignedUpOn.DayNumber) + 1 + asked.WithinDays);
        var sold = await sellers.SaleDays(from, to, longest, through, stop);
        return since.Where(seller => seller.SignedUpOn >= from && seller.SignedUpOn <= to && !(seller.FirstSaleOn < seller.SignedUpOn || seller.UnknownOn < seller.SignedUpOn)).ToDictionary(seller => seller.Id, seller =>
        {
            var days = sold.GetValueOrDefault(seller.Id, []);
            var ages = asked.What == Awaited.Milestone ? SellerAges.Milestone(seller, days, asked.Threshold) : SellerAges.Quiet(seller, days, (int)asked.Threshold);
            return ages.HappenedAt <= longest ? ages : ages with { HappenedAt = null, KnownTo = Math.Min(ages.KnownTo ?? longest, longest) };
        });
    }

    /// <summary>The first time that somebody mentored a seller.</summary>
    sealed record Beginning(Guid SellerId, Guid ProgramId, Guid MentorId, DateOnly On);

    sealed record Watched(SellerWhoCame Seller, Lifetime Wait, Guid MentorId, DateOnly BeganOn)
    {
        /// <summary>Whether mentoring began before it had happened.</summary>
        public bool BeganWaiting => Wait.MentoredFrom < Wait.End;

        /// <returns>Null for whom it had happened to before signing up, as far as figures go, and who came after the last day.</returns>
        public static Watched? Of(SellerWhoCame seller, SellerAges ages, Beginning? began, bool counts, DateOnly through)
        {
            int Age(DateOnly day) => day.DayNumber - seller.SignedUpOn.DayNumber + 1;
            int?[] ends = [ages.KnownTo, began is not null && !counts ? Age(began.On) : null];
            var watchedTo = ends.Append(Age(through)).Min()!.Value;
            var happened = ages.HappenedAt <= watchedTo;
            var end = happened ? ages.HappenedAt!.Value : watchedTo;
            return end < 1 ? null : new(seller, new(end, happened) { MentoredFrom = counts ? Math.Max(0, Age(began!.On)) : null }, began?.MentorId ?? default, began?.On ?? default);
        }
    }
}
