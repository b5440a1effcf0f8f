using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Removes mails that are long sent or given up, and their copies in the folder that stands in for a mail server.</summary>
sealed class KeepMails(GuildhallDb db, MailSettings settings) : IKeepForAWhile
{
    public KeptKind Kind { get; } = new("mails", "Mails that were sent, refused or given up", "To answer somebody who asks whether a mail went out.", 6);

    public async Task<int> Remove(DateTimeOffset before, CancellationToken stop)
    {
        var old = await db.Database.SqlQuery<Guid>($"DELETE FROM platform.outgoing_mail WHERE state <> 'Waiting' AND created_at < {before} RETURNING id AS \"Value\"").ToListAsync(stop);
        if (settings.Folder is { } folder) foreach (var id in old) File.Delete(Path.Combine(folder, $"{id}.eml"));
        return old.Count;
    }
}
