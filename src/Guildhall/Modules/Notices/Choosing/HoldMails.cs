using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Leaves to the digest, or to the end of quiet hours, what its reader wants later.</summary>
sealed class HoldMails(GuildhallDb db, IEnumerable<MailKind> kinds, FindReaders readers) : IHoldMails
{
    public async Task<MailHold?> Of(string addressKey, string kindId, DateTimeOffset now, CancellationToken stop)
    {
        var canWait = kinds.Any(kind => kind.Id == kindId && kind.CanWait);
        var choice = canWait ? await db.Set<MailChoice>().AsNoTracking().SingleOrDefaultAsync(c => c.AddressKey == addressKey && c.KindId == kindId, stop) : null;
        var quiet = await db.Set<QuietTime>().AsNoTracking().SingleOrDefaultAsync(q => q.AddressKey == addressKey, stop);
        if (quiet is null && (!canWait || choice is { InDigest: false })) return null;

        var reader = await readers.One(addressKey, stop);
        if (canWait && (choice?.InDigest ?? reader.IsMentor)) return new MailHold(Digest.MorningAfter(now, reader.Zone), IsForDigest: true);
        return quiet is not null && new QuietHours(quiet.From, quiet.To, reader.Zone.Id).EndAfter(now) is { } end ? new MailHold(end, IsForDigest: false) : null;
    }
}
