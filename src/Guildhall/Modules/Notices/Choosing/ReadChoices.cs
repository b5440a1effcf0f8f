using System.Globalization;
using System.Security.Claims;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>How somebody can have a kind of notice besides on their page.</summary>
static class Way
{
    public const string AtOnce = "at-once", InDigest = "digest", OnPage = "page";

    public static IReadOnlyList<Choice> Of(MailKind kind) => kind switch
    {
        { IsDigest: true } => [new(AtOnce, "By mail at 8:00"), new(OnPage, "No digest")],
        { CanWait: true } => [new(AtOnce, "By mail at once"), new(InDigest, "In the daily digest"), new(OnPage, "Only on the page")],
        _ => [new(AtOnce, "By mail at once"), new(OnPage, "Only on the page")],
    };
}

/// <summary>A kind of which somebody chooses how they get it.</summary>
/// <param name="Field">Its name in the form.</param>
public sealed record ChoiceRow(string Field, string Label, IReadOnlyList<Choice> Ways, string Way);

/// <summary>What somebody chose, as the page shows it.</summary>
/// <param name="Always">Kinds that always come.</param>
/// <param name="QuietFrom">"22:00"; empty without quiet hours.</param>
/// <param name="Zone">"London": whose clocks are theirs.</param>
/// <param name="ZoneHref">Where they change those; null for who can’t.</param>
public sealed record ChoicesView(IReadOnlyList<ChoiceRow> Rows, IReadOnlyList<string> Always, string QuietFrom, string QuietTo, string Zone, string? ZoneHref);

/// <summary>Reads which notices somebody gets, and how.</summary>
sealed class ReadChoices(GuildhallDb db, IEnumerable<MailKind> kinds, FindReaders readers)
{
    public async Task<ChoicesView> Of(ClaimsPrincipal person, CancellationToken stop)
    {
        var key = person.ReaderKey();
        var reader = await readers.One(key, stop);
        var unwanted = (await db.Set<MailOptOut>().Where(optOut => optOut.AddressKey == key).Select(optOut => optOut.KindId).ToListAsync(stop)).ToHashSet();
        var chosen = await db.Set<MailChoice>().Where(choice => choice.AddressKey == key).ToDictionaryAsync(choice => choice.KindId, choice => choice.InDigest, stop);
        var quiet = await db.Set<QuietTime>().AsNoTracking().SingleOrDefaultAsync(q => q.AddressKey == key, stop);
        var own = Own(person, reader).ToList();
        return new ChoicesView(
            [.. own.Where(kind => !kind.IsTransactional).Select(kind => new ChoiceRow(
                FieldOf(kind), kind.Label, Way.Of(kind), unwanted.Contains(kind.Id) ? Way.OnPage : kind.CanWait && chosen.GetValueOrDefault(kind.Id, reader.IsMentor) ? Way.InDigest : Way.AtOnce))],
            [.. own.Where(kind => kind.IsTransactional).Select(kind => kind.Label)],
            quiet is null ? "" : Hour(quiet.From), quiet is null ? "" : Hour(quiet.To), OwnClock.Name(reader.Zone), ZoneHref(person));
    }

    /// <summary>The kinds that tell somebody like them of something.</summary>
    public IEnumerable<MailKind> Own(ClaimsPrincipal person, NoticeReader reader)
    {
        var isSeller = person.Roles().Contains(Role.Seller);
        var whom = (person.Roles().Any(role => role is Role.Manager or Role.Administrator) ? Readers.Team : Readers.Nobody)
            | (isSeller && (reader.IsMentee || !reader.IsMentor) ? Readers.Mentees : Readers.Nobody) | (reader.IsMentor ? Readers.Mentors : Readers.Nobody);
        return kinds.Where(kind => kind.For == Readers.Everybody || (kind.For & whom) != Readers.Nobody);
    }

    public static string FieldOf(MailKind kind) => $"way-{kind.Id}";

    public static string Hour(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    static string? ZoneHref(ClaimsPrincipal person) => !person.Roles().Contains(Role.Seller) ? null : person.OnlyMentorsHere() ? "/mentor/settings#zone-h" : "/me/settings#zone-h";
}
