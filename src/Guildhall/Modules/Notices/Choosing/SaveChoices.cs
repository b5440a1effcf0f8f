using System.Globalization;
using System.Security.Claims;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>Keeps which notices somebody wants how, and when they are left in peace. All of it or nothing; it counts for mails that wait already.</summary>
sealed class SaveChoices(GuildhallDb db, ReadChoices choices, FindReaders readers, TimeProvider clock)
{
    public async Task<Refusal?> Run(ClaimsPrincipal person, FormFields form, CancellationToken stop)
    {
        var (key, now) = (person.ReaderKey(), clock.GetUtcNow());
        if (!Quiet(form, out var quiet)) return Refusal.Invalid("quiet_hours", "Choose when quiet hours begin and when they end, or none.", "QuietFrom");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Two windows that save at once: the later one counts, whole.
        await db.LockUntilCommit($"notices of {key}", stop);
        foreach (var kind in choices.Own(person, await readers.One(key, stop)).Where(kind => !kind.IsTransactional).ToList())
        {
            // What a form of an earlier version didn't ask stays as it is.
            if (Way.Of(kind).FirstOrDefault(way => way.Value == form.Text(ReadChoices.FieldOf(kind)))?.Value is not { } way) continue;
            if (way == Way.OnPage)
            {
                await db.Database.ExecuteSqlAsync($"INSERT INTO platform.mail_opt_out (address_key, kind_id, opted_out_at) VALUES ({key}, {kind.Id}, {now}) ON CONFLICT DO NOTHING", stop);
                continue;
            }

            await db.Set<MailOptOut>().Where(optOut => optOut.AddressKey == key && optOut.KindId == kind.Id).ExecuteDeleteAsync(stop);
            if (kind.CanWait)
                await db.Database.ExecuteSqlAsync($"INSERT INTO notices.mail_choice (address_key, kind_id, in_digest) VALUES ({key}, {kind.Id}, {way == Way.InDigest}) ON CONFLICT (address_key, kind_id) DO UPDATE SET in_digest = excluded.in_digest", stop);
        }

        await db.Set<QuietTime>().Where(q => q.AddressKey == key).ExecuteDeleteAsync(stop);
        if (quiet is var (from, to)) db.Add(new QuietTime(key, from, to));
        // Those that wait for the end of quiet hours are looked at again, by the hours of now.
        await db.Database.ExecuteSqlAsync($"UPDATE platform.outgoing_mail SET next_try_at = {now} WHERE address_key = {key} AND state = 'Waiting' AND tries = 0 AND created_at < {now} AND NOT is_transactional AND next_try_at > {now}", stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }

    static bool Quiet(FormFields form, out (TimeOnly From, TimeOnly To)? quiet)
    {
        quiet = null;
        if (form.Text("QuietFrom").Length == 0 && form.Text("QuietTo").Length == 0) return true;
        if (!Hour(form.Text("QuietFrom"), out var from) || !Hour(form.Text("QuietTo"), out var to)) return false;
        if (from != to) quiet = (from, to);
        return true;
    }

    static bool Hour(string text, out TimeOnly hour) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out hour);
}
