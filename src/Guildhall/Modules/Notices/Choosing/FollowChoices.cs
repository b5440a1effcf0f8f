using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Brings what a person chose, and which digests they had, along to their new address.</summary>
sealed class FollowChoices(GuildhallDb db) : IFollowAddresses
{
    public async Task Follow(string fromKey, string toKey, CancellationToken stop)
    {
        await db.Set<MailChoice>().Where(choice => choice.AddressKey == toKey).ExecuteDeleteAsync(stop);
        await db.Set<MailChoice>().Where(choice => choice.AddressKey == fromKey).ExecuteUpdateAsync(set => set.SetProperty(choice => choice.AddressKey, toKey), stop);
        await db.Set<QuietTime>().Where(quiet => quiet.AddressKey == toKey).ExecuteDeleteAsync(stop);
        await db.Set<QuietTime>().Where(quiet => quiet.AddressKey == fromKey).ExecuteUpdateAsync(set => set.SetProperty(quiet => quiet.AddressKey, toKey), stop);
        await db.Set<Digest>().Where(digest => digest.AddressKey == toKey).ExecuteDeleteAsync(stop);
        await db.Set<Digest>().Where(digest => digest.AddressKey == fromKey).ExecuteUpdateAsync(set => set.SetProperty(digest => digest.AddressKey, toKey), stop);
    }
}
