using Guildhall.Evidence;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// Puts together how the pairs of all cohorts of a program were chosen and what their mentees gained: the growth of their orders from the day both had accepted, less that of similar sellers who never stood in a pair anywhere. A pair that parted early counts as one that stayed:
/// who parts is no accident.
/// </summary>
sealed class GatherOutcomes(GuildhallDb db, ProgramLookup programs, EnrollmentLookup enrollment, SellerLookup sellers, MarketplaceZone zones)
{
    /// <summary>Fewer similar sellers than this are no measure: then all sellers are.</summary>
    public const int FewestSimilar = 30;

    sealed record Stood(Guid Id, Guid RunId, Guid ProgramId, Guid MenteeId, Guid MentorId, DateTimeOffset At);

    public async Task<LearningStudy> Of(ProgramFacts program, CancellationToken stop)
    {
        var cohorts = (await programs.CohortsOf(program, stop)).ToHashSet();
        var stood = (await db.Set<Proposal>().Where(p => p.MenteeAcceptedAt != null && p.MentorAcceptedAt != null).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.RunId, p.ProgramId, p.MenteeId, p.MentorId, p.MenteeAcceptedAt, p.MentorAcceptedAt }).ToListAsync(stop))
            .ConvertAll(p => new Stood(p.Id, p.RunId, p.ProgramId, p.MenteeId, p.MentorId, p.MenteeAcceptedAt > p.MentorAcceptedAt ? p.MenteeAcceptedAt!.Value : p.MentorAcceptedAt!.Value));
        var choices = await db.Set<PairChoice>().AsNoTracking().Where(choice => cohorts.Contains(choice.ProgramId) && db.Set<Proposal>().Any(p => p.Id == choice.ProposalId && p.MenteeAcceptedAt != null && p.MentorAcceptedAt != null))
            .ToDictionaryAsync(choice => choice.ProposalId, stop);
        // Also of who was erased: their figures stay, without a name.
        var people = await enrollment.Participations([.. stood.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        var known = await sellers.LastDay(stop);
        // The first pair of a seller alone: what came of a later one came of both.
        List<Stood> first = [.. stood.Where(pair => people.ContainsKey(pair.MenteeId)).GroupBy(pair => people[pair.MenteeId].SellerId).Select(seller => seller.MinBy(pair => (pair.At, pair.Id))!).Where(pair => cohorts.Contains(pair.ProgramId) && choices.ContainsKey(pair.Id)).OrderBy(pair => pair.Id)];
        if (first.Count == 0 || known is not { } through) return new(known, first.Count, first.Count, []);

        var zone = await zones.Of(stop);
        var calendar = new LearningCalendar(first.Min(pair => pair.At), zone);
        var due = first.Where(pair => calendar.LastDayAfter(calendar.PeriodOf(pair.At)) < through).ToList();
        var grown = await sellers.Growth(calendar.FirstDay, [.. due.Select(pair => calendar.PeriodOf(pair.At)).Distinct().Order()], stop);
        var gains = Gains(grown, people.Values.Select(person => person.SellerId).ToHashSet());
        var since = await sellers.Facts([.. due.Select(pair => people[pair.MentorId].SellerId).Distinct()], stop);
        var beside = stood.CountBy(pair => (pair.RunId, pair.MentorId)).ToDictionary();
        var numbers = due.Select(pair => pair.MentorId).Distinct().Index().ToDictionary(mentor => mentor.Item, mentor => mentor.Index);

        var rows = new List<LearningRow>();
        foreach (var pair in due)
        {
            if (!gains.TryGetValue((people[pair.MenteeId].SellerId, calendar.PeriodOf(pair.At)), out var gain)) continue;
            var (choice, signedUp) = (choices[pair.Id], since.GetValueOrDefault(people[pair.MentorId].SellerId)?.SignedUpOn);
            rows.Add(new(choice.How, numbers[pair.MentorId], signedUp is { } day ? (calendar.DayOf(pair.At).DayNumber - day.DayNumber) / 365.25 : double.NaN, beside[(pair.RunId, pair.MentorId)], gain));
        }

        return new(through, first.Count, first.Count - due.Count, rows);
    }

    /// <summary>What each mentee gained over similar sellers, by seller and period: of the same main category where there are enough, else over all.</summary>
    static Dictionary<(Guid SellerId, int Period), double> Gains(IReadOnlyList<SellerGrowth> grown, HashSet<Guid> takePart)
    {
        var others = grown.Where(seller => !takePart.Contains(seller.SellerId)).ToList();
        var alike = others.Where(seller => seller.Category is not null).ToLookup(seller => (seller.Period, seller.Category), seller => MidpointGrowth.Of(seller.Before, seller.After));
        var all = others.ToLookup(seller => seller.Period, seller => MidpointGrowth.Of(seller.Before, seller.After));
        var gains = new Dictionary<(Guid, int), double>();
        foreach (var mentee in grown.Where(seller => takePart.Contains(seller.SellerId)))
        {
            List<double> similar = [.. alike[(mentee.Period, mentee.Category)]];
            if (similar.Count < FewestSimilar) similar = [.. all[mentee.Period]];
            if (similar.Count >= FewestSimilar) gains[(mentee.SellerId, mentee.Period)] = MidpointGrowth.Gain(mentee.Before, mentee.After, similar);
        }

        return gains;
    }
}

/// <summary>Periods of four weeks, counted from those before the first pair, so that later pairs and imports move none.</summary>
sealed record LearningCalendar(DateTimeOffset FirstJoined, TimeZoneInfo Zone)
{
    public DateOnly FirstDay => DayOf(FirstJoined).AddDays(-SellerGrowth.PeriodsBefore * SellerGrowth.DaysAPeriod);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>The period in which a pair began, counted from 0.</summary>
    public int PeriodOf(DateTimeOffset at) => (DayOf(at).DayNumber - FirstDay.DayNumber) / SellerGrowth.DaysAPeriod;

    /// <summary>The last day that counts after joining in a period.</summary>
    public DateOnly LastDayAfter(int period) => FirstDay.AddDays((period + SellerGrowth.PeriodsAfter) * SellerGrowth.DaysAPeriod - 1);
}
