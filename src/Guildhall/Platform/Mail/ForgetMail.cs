using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Platform.Mail;

/// <summary>Takes a person out of what was written to others, and the copies of their mails out of the folder that stands in for a mail server.</summary>
sealed class ForgetMail(GuildhallDb db, MailSettings settings) : IForgetPeople
{
    const int ShortestName = 3;

    public async Task<Refusal?> Forget(LeavingPerson person, CancellationToken stop)
    {
        var address = OutgoingMail.KeyOf(person.Person.Email);
        List<Guid> gone = await db.Set<OutgoingMail>().Where(mail => mail.AddressKey == address).Select(mail => mail.Id).ToListAsync(stop);
        // A calendar writes a comma in a name as "\,".
        foreach (var name in person.Names.Concat(person.Names.Select(CalendarText.Escaped)).Distinct().Where(name => name.Length >= ShortestName))
        {
            gone.AddRange(await db.Database.SqlQuery<Guid>($"""
                UPDATE platform.outgoing_mail SET subject = replace(subject, {name}, {LeavingPerson.Nobody}), last_answer = replace(last_answer, {name}, {LeavingPerson.Nobody}),
                    body = replace(body::text, trim(both '"' from to_jsonb({name}::text)::text), {LeavingPerson.Nobody})::jsonb
                WHERE address_key <> {address} AND (strpos(subject, {name}) > 0 OR strpos(last_answer, {name}) > 0 OR strpos(body::text, trim(both '"' from to_jsonb({name}::text)::text)) > 0)
                RETURNING id AS "Value"
                """).ToListAsync(stop));
        }

        if (settings.Folder is { } folder) foreach (var id in gone) File.Delete(Path.Combine(folder, $"{id}.eml"));
        return null;
    }
}
