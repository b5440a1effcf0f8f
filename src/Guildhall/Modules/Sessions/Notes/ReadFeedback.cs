using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>Something that mentees said of a mentor's sessions, as the mentor reads it.</summary>
/// <param name="Words">"You agreed one clear next step".</param>
public sealed record SaidOfMentor(string Words, bool Helped, int Times);

/// <summary>What a mentor reads of the feedback: behaviour, from enough answers on, and who said it never.</summary>
/// <param name="Answers">Null while there are too few to show anything.</param>
public sealed record FeedbackToMentor(int? Answers, IReadOnlyList<SaidOfMentor> Said);

/// <summary>Reads feedback for mentors, and what of it needs the program's team.</summary>
sealed class ReadFeedback(GuildhallDb db, EnrollmentLookup enrollment) : IKnowConcerns
{
    /// <summary>With fewer answers, or fewer people who gave them, a mentor could tell who said what.</summary>
    public const int FewestAnswers = 5;
    public const int FewestMentees = 2;

    /// <summary>What one answer alone says is not shown.</summary>
    public const int FewestOfOne = 2;

    public async Task<FeedbackToMentor> ToMentor(Guid mentorSellerId, CancellationToken stop)
    {
        var seats = await enrollment.ParticipationsOf(mentorSellerId, Side.Mentor, stop);
        var given = await db.Set<Feedback>().AsNoTracking().Where(f => seats.Contains(f.MentorId)).Select(f => new { f.PairId, f.Behaviors }).ToListAsync(stop);
        if (given.Count < FewestAnswers || given.DistinctBy(one => one.PairId).Count() < FewestMentees) return new(null, []);
        var counts = given.SelectMany(one => one.Behaviors).CountBy(key => key).ToDictionary();
        return new(given.Count, [.. Behavior.All.Where(one => counts.GetValueOrDefault(one.Key) >= FewestOfOne).Select(one => new SaidOfMentor(one.ToMentor, one.Helped, counts[one.Key])).OrderByDescending(one => one.Times)]);
    }

    public async Task<IReadOnlyList<Concern>> Open(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop)
    {
        var remarks = await db.Set<Feedback>().AsNoTracking().Where(f => mentorshipIds.Contains(f.PairId) && f.Conduct != null && f.ConductSeenToAt == null).Select(f => new { f.PairId, f.GivenAt }).ToListAsync(stop);
        // The last answer about the fit is the one that holds.
        var fits = (await db.Set<Feedback>().AsNoTracking().Where(f => mentorshipIds.Contains(f.PairId) && f.Fit != null).Select(f => new { f.PairId, f.Fit, f.GivenAt }).ToListAsync(stop)).GroupBy(f => f.PairId).Select(pair => pair.MaxBy(f => f.GivenAt)!);
        return [.. remarks.Select(one => new Concern(one.PairId, ConcernKind.Conduct, one.GivenAt)), .. fits.Where(one => one.Fit == Fit.No).Select(one => new Concern(one.PairId, ConcernKind.LowFit, one.GivenAt))];
    }
}
