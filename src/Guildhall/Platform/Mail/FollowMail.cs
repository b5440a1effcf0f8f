using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Brings a person’s notices, and what they don’t want mailed, along to their new address. What somebody before them had at that address goes.</summary>
sealed class FollowMail(GuildhallDb db) : IFollowAddresses
{
    public async Task Follow(string fromKey, string toKey, CancellationToken stop)
    {
        await db.Set<PersonalNotice>().Where(notice => notice.AddressKey == toKey).ExecuteDeleteAsync(stop);
        await db.Set<PersonalNotice>().Where(notice => notice.AddressKey == fromKey).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.AddressKey, toKey), stop);
        await db.Set<MailOptOut>().Where(optOut => optOut.AddressKey == toKey).ExecuteDeleteAsync(stop);
        await db.Set<MailOptOut>().Where(optOut => optOut.AddressKey == fromKey).ExecuteUpdateAsync(set => set.SetProperty(optOut => optOut.AddressKey, toKey), stop);
    }
}
