using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>Counts messages as contact where the other one answered: one a day at most, so that a talkative hour is no week of contact. And tells of reports that nobody decided on.</summary>
sealed class MessageContacts(GuildhallDb db) : IKnowContacts, IKnowConcerns
{
    public async Task<IReadOnlyList<Contact>> Since(IReadOnlyCollection<Guid> mentorshipIds, DateTimeOffset since, CancellationToken stop) =>
        [.. (await db.Set<Message>().Where(message => mentorshipIds.Contains(message.MentorshipId) && message.WrittenAt >= since && message.WaitedSince != null)
            .GroupBy(message => new { message.MentorshipId, message.WrittenAt.Date }).Select(day => new { day.Key.MentorshipId, At = day.Min(message => message.WrittenAt) }).ToListAsync(stop))
            .Select(day => new Contact(day.MentorshipId, ContactKind.Message, day.At))];

    public Task<IReadOnlySet<Guid>> WithPlans(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop) => Task.FromResult<IReadOnlySet<Guid>>(new HashSet<Guid>());

    public async Task<IReadOnlyList<Concern>> Open(IReadOnlyCollection<Guid> mentorshipIds, CancellationToken stop) =>
        [.. (await db.Set<MessageReport>().Where(report => mentorshipIds.Contains(report.MentorshipId) && report.DecidedAt == null).Select(report => new { report.MentorshipId, report.ReportedAt }).ToListAsync(stop))
            .Select(report => new Concern(report.MentorshipId, ConcernKind.Report, report.ReportedAt))];
}
