using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>A mail as its page shows it.</summary>
/// <param name="Written">With the zone that all times of the page are in.</param>
/// <param name="NextTry">Null when there will be none.</param>
/// <param name="Text">The text part as its reader gets it, in paragraphs of lines; null when it may not be read, or is not kept.</param>
/// <param name="Action">A path on this site.</param>
/// <param name="HasServer">With a mail server nobody reads here what others are written.</param>
public sealed record MailView(
    string Href, string Subject, string To, string Kind, MailState State, string Written, string? Sent, string? NextTry, int Tries, string? LastAnswer,
    IReadOnlyList<IReadOnlyList<string>>? Text, Link? Action, bool HasServer, bool CanBeSentAgain);

/// <summary>Opens one mail. What it says is shown only while no mail server is set: a link in it may sign its reader in, and with a server it is its reader’s alone.</summary>
sealed class ReadMail(GuildhallDb db, MailTemplate template, MailSettings settings, IEnumerable<MailKind> kinds)
{
    public async Task<MailView?> Of(Guid id, CancellationToken stop)
    {
        if (await db.Set<OutgoingMail>().AsNoTracking().SingleOrDefaultAsync(mail => mail.Id == id, stop) is not { } mail) return null;
        var marketplace = await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop);
        var zone = await db.Zone(stop);
        var body = settings.Server is null ? mail.Body : null;
        return new MailView(
            $"{MailPages.Path}/{mail.Id}", mail.Subject, mail.To, kinds.LabelOf(mail.KindId), mail.State,
            $"{MailTimes.Short(mail.CreatedAt, zone)}, {zone.Id.Replace('_', ' ')}", mail.SentAt is { } sent ? MailTimes.Short(sent, zone) : null,
            mail.State == MailState.Waiting ? MailTimes.Short(mail.NextTryAt, zone) : null, mail.Tries, mail.LastAnswer,
            body is null ? null : [.. template.Text(mail, body, marketplace?.Name ?? "Guildhall").TrimEnd().Split("\n\n").Select(paragraph => paragraph.Split('\n'))],
            body?.Action is { } action ? action with { Href = LocalPath.Or(action.Href, "/") } : null, settings.Server is not null, mail.CanBeSentAgain);
    }
}
