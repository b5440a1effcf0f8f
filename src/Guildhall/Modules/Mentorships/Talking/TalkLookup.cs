using Guildhall.Modules.Enrollment;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>When the two of a pair wrote to each other last.</summary>
/// <param name="MenteeWaitsSince">The mentee's first message that has no answer yet; null where none waits.</param>
public sealed record LastContact(DateTimeOffset? ByMentee, DateTimeOffset? ByMentor, DateTimeOffset? MenteeWaitsSince, DateTimeOffset? MentorWaitsSince);

/// <summary>How one side of a pair answers.</summary>
/// <param name="FirstAt">When it answered for the first time.</param>
/// <param name="MeanHours">How long the other one had waited, on the mean.</param>
public sealed record AnswerTimes(int Answers, DateTimeOffset FirstAt, double MeanHours);

/// <summary>Answers other modules' questions about messages: when, never what.</summary>
public sealed class TalkLookup(GuildhallDb db)
{
    /// <summary>By pair id; a pair in which nobody wrote is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, LastContact>> LastContact(IReadOnlyCollection<Guid> pairIds, CancellationToken stop)
    {
        var sides = (await db.Set<ThreadSide>().AsNoTracking().Where(side => pairIds.Contains(side.MentorshipId) && side.LastWroteAt != null).ToListAsync(stop)).ToLookup(side => side.MentorshipId);
        return sides.ToDictionary(pair => pair.Key, pair =>
        {
            var (mentee, mentor) = (pair.SingleOrDefault(side => side.Side == Side.Mentee), pair.SingleOrDefault(side => side.Side == Side.Mentor));
            return new LastContact(mentee?.LastWroteAt, mentor?.LastWroteAt, mentee?.WaitsSince, mentor?.WaitsSince);
        });
    }

    /// <summary>How each side of some pairs answers; a side that never had to is left out.</summary>
    public async Task<IReadOnlyDictionary<(Guid PairId, Side Side), AnswerTimes>> AnswersOf(IReadOnlyCollection<Guid> pairIds, CancellationToken stop) =>
        await db.Set<Message>().Where(message => pairIds.Contains(message.MentorshipId) && message.WaitedSince != null).GroupBy(message => new { message.MentorshipId, message.Side })
            .Select(side => new { side.Key, Count = side.Count(), First = side.Min(message => message.WrittenAt), Hours = side.Average(message => (message.WrittenAt - message.WaitedSince!.Value).TotalHours) })
            .ToDictionaryAsync(side => (side.Key.MentorshipId, side.Key.Side), side => new AnswerTimes(side.Count, side.First, side.Hours), stop);
}
