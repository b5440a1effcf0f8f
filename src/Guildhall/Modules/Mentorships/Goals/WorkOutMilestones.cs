using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>
/// Works out the milestone of mentorships that have none: from the mentee's orders in the four weeks of their baseline, or before it began where they have none, and how similar
/// shops grew in as many weeks as the program has. Where too little is known there is one without a number, and a later import may bring it.
/// </summary>
sealed class WorkOutMilestones(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, SellerLookup sellers, TimeProvider clock)
{
    const int AtOnce = 20;

    /// <param name="figuresAreNew">Whether those are looked at again of which too little was known.</param>
    public async Task Run(bool figuresAreNew, CancellationToken stop)
    {
        var after = Guid.Empty;
        while (await Without(figuresAreNew).Where(one => one.Mentorship.Id > after).OrderBy(one => one.Mentorship.Id).Take(AtOnce).AsNoTracking().ToListAsync(stop) is [.., var last] batch)
        {
            await Batch(batch, stop);
            after = last.Mentorship.Id;
        }
    }

    // The number of the latest version is read together with whether there is a milestone: read later, it would be that of another node, and theirs would be followed by the same once more.
    IQueryable<ToWorkOut> Without(bool figuresAreNew) =>
        from m in db.Set<Mentorship>()
        where m.State != MentorshipState.Finished && m.State != MentorshipState.Ended
            && !db.Set<MentorshipMilestone>().Any(one => one.MentorshipId == m.Id && (one.Target != null || !figuresAreNew))
        select new ToWorkOut { Mentorship = m, Latest = db.Set<MentorshipMilestone>().Where(one => one.MentorshipId == m.Id).Max(one => (int?)one.Number) ?? 0 };

    async Task Batch(List<ToWorkOut> toWorkOut, CancellationToken stop)
    {
        var asOf = await sellers.LastDay(stop);
        List<Guid> mentees = [.. toWorkOut.Select(one => one.Mentorship.MenteeId)];
        var (shops, days) = (await enrollment.SellersOf(mentees, stop), await enrollment.BaselineDays(mentees, stop));
        foreach (var (mentorship, latest) in toWorkOut.Select(one => (one.Mentorship, one.Latest)))
        {
            if (!shops.TryGetValue(mentorship.MenteeId, out var shop)) continue;
            double? from = days.TryGetValue(mentorship.MenteeId, out var frozen) ? await OrdersAWeek(shop, frozen, stop) : DayBefore(mentorship, asOf) is { } day ? await OrdersAWeek(shop, day, stop) : null;
            var peers = from is { } own && asOf is { } known && await programs.ById(mentorship.ProgramId, stop) is { } program ? await sellers.GrowthOfPeers(shop, own, known, program.Design.Structure.LengthWeeks, stop) : null;
            if (latest > 0 && peers is null) continue;
            db.Add(new MentorshipMilestone(mentorship.Id, latest + 1, from, peers is null ? null : MentorshipMilestone.TargetOf(from!.Value, peers), peers, clock.GetUtcNow()));
            try
            {
                await db.SaveChangesAsync(stop);
            }
            catch (DbUpdateException lost) when (lost.IsTaken())
            {
                // Another node, or one of the two, was first. Theirs stands.
            }

            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The last day of figures before it began; null where they end more than four weeks before.</summary>
    static DateOnly? DayBefore(Mentorship mentorship, DateOnly? asOf)
    {
        var before = DateOnly.FromDateTime(mentorship.StartedAt.UtcDateTime).AddDays(-1);
        return asOf is not { } known || known < before.AddDays(-28) ? null : known < before ? known : before;
    }

    async Task<double?> OrdersAWeek(Guid shop, DateOnly day, CancellationToken stop) => (await sellers.Stretches([SellerStretch.FourWeeksTo(shop, day)], stop))[0].Orders / 4.0;

    sealed class ToWorkOut
    {
        public required Mentorship Mentorship { get; init; }

        /// <summary>The number of its latest version; 0 where there is none.</summary>
        public required int Latest { get; init; }
    }
}

/// <summary>After an import: notes which milestones the figures show to be reached, a batch of mentorships at a time.</summary>
sealed class CheckMilestones(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers)
{
    const int AtOnce = 200;

    public async Task Run(CancellationToken stop)
    {
        if (await sellers.LastDay(stop) is not { } asOf) return;
        var after = Guid.Empty;
        while (await Open().Where(one => one.Mentorship.Id > after).OrderBy(one => one.Mentorship.Id).Take(AtOnce).AsNoTracking().ToListAsync(stop) is [.., var last] batch)
        {
            var shops = await enrollment.SellersOf([.. batch.Select(one => one.Mentorship.MenteeId)], stop);
            // Figures of before it began show nothing that came of it.
            var asked = batch.Where(one => shops.ContainsKey(one.Mentorship.MenteeId) && DateOnly.FromDateTime(one.Mentorship.StartedAt.UtcDateTime) < asOf).ToList();
            var figures = await sellers.Stretches([.. asked.Select(one => SellerStretch.FourWeeksTo(shops[one.Mentorship.MenteeId], asOf))], stop);
            foreach (var (at, one) in asked.Index())
                if (figures[at].Orders >= 4L * one.Milestone.Target)
                    await db.Set<MentorshipMilestone>().Where(m => m.MentorshipId == one.Mentorship.Id && m.Number == one.Milestone.Number && m.ReachedOn == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.ReachedOn, asOf), stop);
            after = last.Mentorship.Id;
        }
    }

    IQueryable<OpenMilestone> Open() =>
        from milestone in db.Set<MentorshipMilestone>()
        join mentorship in db.Set<Mentorship>() on milestone.MentorshipId equals mentorship.Id
        where milestone.ReachedOn == null && milestone.Target != null && mentorship.State != MentorshipState.Finished && mentorship.State != MentorshipState.Ended
            && !db.Set<MentorshipMilestone>().Any(later => later.MentorshipId == milestone.MentorshipId && later.Number > milestone.Number)
        select new OpenMilestone { Milestone = milestone, Mentorship = mentorship };

    sealed class OpenMilestone
    {
        public required MentorshipMilestone Milestone { get; init; }
        public required Mentorship Mentorship { get; init; }
    }
}

/// <summary>Sees to the milestones of new mentorships, and to all of them when an import took effect since this node looked. Two nodes that do it come to the same.</summary>
sealed class KeepMilestones(SellerLookup sellers, WorkOutMilestones workOut, CheckMilestones check, CheckedEdition<KeepMilestones> last)
{
    public async Task Run(CancellationToken stop)
    {
        var edition = await sellers.Edition(stop);
        var isNew = edition != last.Edition;
        await workOut.Run(isNew, stop);
        if (isNew) await check.Run(stop);
        // Read before the work: an import that came in meanwhile is looked at the next time.
        last.Edition = edition;
    }
}
