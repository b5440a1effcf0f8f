using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Removes notices that are old, read or not. What they tell of stays where it is.</summary>
sealed class KeepNotices(GuildhallDb db) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("notices", "Notices on people’s pages", "So that somebody who was away finds what happened meanwhile.", 6);

    public Task<int> Remove(DateTimeOffset before, CancellationToken stop) => db.Set<PersonalNotice>().Where(notice => notice.At < before).ExecuteDeleteAsync(stop);
}
