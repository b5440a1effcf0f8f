using System.Net.Mail;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Sends what is due, on every node. Who takes a mail holds it for a few minutes, so that no other node has it meanwhile, and a mail of a node that died is due again.</summary>
/// <remarks>
/// A mail is tried a second time without need only if a node dies, or loses the database, between the server's yes and the note of it. Both copies carry the same Message-ID.
/// </remarks>
sealed class MailWorker(IServiceScopeFactory scopes, SiteAddress site, MailSettings settings, TimeProvider clock, ILogger<MailWorker> log)
    : Worker(TimeSpan.FromSeconds(2), "Mails could not be looked for", log)
{
    /// <summary>How long one node holds a mail. Longer than a server may take over it (<see cref="SmtpServer.Patience"/>).</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    /// <summary>So many times "later" in a row is said of the server, not of the mails.</summary>
    public const int MostInARow = 5;

    DateTimeOffset restsUntil;
    TimeSpan rest = FirstRest;
    int laterInARow;

    protected override Task Look(CancellationToken stop) => site.IsKnown ? SendDue(stop) : Task.CompletedTask;

    /// <summary>Tries every mail that is due, one after another, unless the server needs a rest.</summary>
    public async Task SendDue(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var template = scope.ServiceProvider.GetRequiredService<MailTemplate>();
        var delivery = scope.ServiceProvider.GetRequiredService<IDeliverMail>();
        var holds = scope.ServiceProvider.GetRequiredService<IHoldMails>();
        string? marketplace = null;
        while (!stop.IsCancellationRequested && clock.GetUtcNow() >= restsUntil && await Take(db, stop) is { } mail)
        {
            marketplace ??= await db.Set<Marketplace>().Select(m => m.Name).SingleOrDefaultAsync(stop) ?? "Guildhall";
            if (mail.IsTransactional || !await IsHeld(mail, db, holds, stop)) await Try(mail, template, delivery, marketplace);
            await Save(mail, db);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The mail that has been due for longest, held for this node.</summary>
    async Task<OutgoingMail?> Take(GuildhallDb db, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var taken = await db.Set<OutgoingMail>().FromSql($"""
            UPDATE platform.outgoing_mail SET tries = tries + 1, next_try_at = {now + HeldFor}
            WHERE id = (SELECT id FROM platform.outgoing_mail WHERE state = 'Waiting' AND next_try_at <= {now} ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).ToListAsync(stop);
        return taken.SingleOrDefault();
    }

    /// <summary>Whether its reader doesn’t want it, wants it later or with the digest. Only mails that they can do without.</summary>
    async Task<bool> IsHeld(OutgoingMail mail, GuildhallDb db, IHoldMails holds, CancellationToken stop)
    {
        if (await db.Set<MailOptOut>().AnyAsync(optOut => optOut.AddressKey == mail.AddressKey && optOut.KindId == mail.KindId, stop))
        {
            mail.Skip();
            return true;
        }

        if (await holds.Of(mail.AddressKey, mail.KindId, clock.GetUtcNow(), stop) is not { } hold) return false;
        if (!hold.IsForDigest) return mail.PutOff(hold.Until);
        // A mail without its notice is the last that tells of it.
        if (await db.Set<PersonalNotice>().SingleOrDefaultAsync(notice => notice.Id == mail.Id, stop) is not { } notice) return false;
        notice.WaitForDigest(hold.Until);
        mail.LeaveToDigest();
        return true;
    }

    async Task Try(OutgoingMail mail, MailTemplate template, IDeliverMail delivery, string marketplace)
    {
        var answer = await Deliver(mail, template, delivery, marketplace);
        mail.Note(answer, keepBody: settings.Server is null, Random.Shared.NextDouble(), clock.GetUtcNow());
        RestAfter(answer, mail);
    }

    async Task Save(OutgoingMail mail, GuildhallDb db)
    {
        try
        {
            // What the server said is noted even while the product stops.
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            log.LogWarning("Mail {Mail} took so long that another node has tried it too", mail.Id);
        }
    }

    static async Task<MailAnswer> Deliver(OutgoingMail mail, MailTemplate template, IDeliverMail delivery, string marketplace)
    {
        if (!MailAddress.TryCreate(mail.To, out var to) || to.Address != mail.To) return new(MailVerdict.Refused, "This is not the address of one mailbox, so no mail server was asked.");
        if (mail.Body is not { } body) return new(MailVerdict.Refused, "What it says is not kept any more.");
        using var message = template.Message(mail, body, marketplace);
        return await delivery.Deliver(message, mail.Id);
    }

    // A dead server is not asked for each of a thousand mails.
    void RestAfter(MailAnswer answer, OutgoingMail mail)
    {
        if (answer.Verdict != MailVerdict.Taken) log.LogWarning("Mail {Mail} was not taken, try {Try}: {Answer}", mail.Id, mail.Tries, mail.LastAnswer);
        laterInARow = answer.Verdict == MailVerdict.Later ? laterInARow + 1 : 0;
        if (answer.Verdict == MailVerdict.Unreachable || laterInARow >= MostInARow)
        {
            restsUntil = clock.GetUtcNow() + rest;
            rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            laterInARow = 0;
        }
        else if (answer.Verdict != MailVerdict.Later) rest = FirstRest;
    }
}
