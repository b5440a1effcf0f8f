using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform.Mail;

namespace Guildhall.Modules.Notices;

/// <summary>Puts into the words of notices what the people are called whom they are about, as it is now. Two queries for all of them.</summary>
sealed class NoticeNames(EnrollmentLookup enrollment, PairNames names)
{
    public async Task<Func<string, Guid?, string>> Of(IEnumerable<Guid?> aboutIds, CancellationToken stop)
    {
        List<Guid> ids = [.. aboutIds.OfType<Guid>().Distinct()];
        if (ids.Count == 0) return (words, _) => words;
        var members = await enrollment.MembersOf(ids, stop);
        var called = await names.Of(members.Values, stop);
        return (words, aboutId) => aboutId is { } id ? words.Replace(PersonalNotice.Name, (members.GetValueOrDefault(id) is { } member ? called(member) : PairPerson.Gone).Name, StringComparison.Ordinal) : words;
    }
}
