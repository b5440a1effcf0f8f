using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Begins anew with a mail that was refused or given up, once what stood in its way is mended.</summary>
sealed class SendAgain(GuildhallDb db, TimeProvider clock)
{
    public async Task<Refusal?> Run(Guid id, CancellationToken stop)
    {
        if (await db.Set<OutgoingMail>().SingleOrDefaultAsync(mail => mail.Id == id, stop) is not { } mail) return Refusal.NotFound("mail");
        if (mail.SendAgain(clock.GetUtcNow()) is { } refusal) return refusal;
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return OutgoingMail.MovedOn;
        }
    }
}
