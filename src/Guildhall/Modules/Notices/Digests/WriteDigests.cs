using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Notices;

/// <summary>
/// Writes the digests that are due: one mail a person and day with what they have not read. A batch at a time, each in one transaction. Safe to repeat, and on several nodes at once whatever their clocks show: whose digest of
/// a day is made, the key of <see cref="Digest"/> decides, and who comes second leaves what is left to the next morning.
/// </summary>
sealed class WriteDigests(GuildhallDb db, FindReaders readers, NoticeNames names, Outbox outbox, TimeProvider clock)
{
    public static readonly MailKind Kind = new("daily-digest", "The daily digest", IsTransactional: false) { For = Readers.Everybody, IsDigest = true };

    public const int BatchSize = 500;

    const int MostLines = 20;

    public async Task RunAll(CancellationToken stop)
    {
        while (await Batch(stop) == BatchSize) db.ChangeTracker.Clear();
    }

    /// <returns>How many people were looked at; as many as <see cref="BatchSize"/> when there may be more.</returns>
    public async Task<int> Batch(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var due = await db.Database.SqlQuery<string>($"SELECT address_key AS \"Value\" FROM platform.notice WHERE digest_at <= {now} GROUP BY address_key ORDER BY min(digest_at), address_key LIMIT {BatchSize}").ToListAsync(stop);
        if (due.Count == 0) return 0;
        var people = await readers.Of(due, stop);
        string[] keys = [.. due];
        DateOnly[] days = [.. due.Select(key => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, people[key].Zone).DateTime))];
        // In one order on every node, so that two that write the same ones wait for each other and not both.
        string[] mine = [.. await db.Database.SqlQuery<string>($"""
            INSERT INTO notices.digest (address_key, day, made_at) SELECT address_key, day, {now} FROM unnest({keys}, {days}) AS person (address_key, day) ORDER BY address_key, day
            ON CONFLICT DO NOTHING RETURNING address_key AS "Value"
            """).ToListAsync(stop)];

        var told = await db.Database.SqlQuery<Told>($"""
            UPDATE platform.notice SET digest_at = NULL WHERE address_key = ANY ({mine}) AND digest_at <= {now}
            RETURNING id AS "Id", address_key AS "AddressKey", words AS "Words", about_id AS "AboutId"
            """).ToListAsync(stop);
        var said = await names.Of(told.Select(notice => notice.AboutId), stop);
        foreach (var person in told.GroupBy(notice => notice.AddressKey))
            outbox.Add(Letter(people[person.Key].Address, [.. person.OrderBy(notice => notice.Id).Select(notice => said(notice.Words, notice.AboutId))]));

        string[] others = [.. due.Except(mine)];
        DateTimeOffset[] mornings = [.. others.Select(key => Digest.MorningAfter(now, people[key].Zone))];
        await db.Database.ExecuteSqlAsync($"""
            UPDATE platform.notice SET digest_at = person.morning FROM unnest({others}, {mornings}) AS person (address_key, morning) WHERE notice.address_key = person.address_key AND notice.digest_at <= {now}
            """, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return due.Count;
    }

    static Mail Letter(string to, IReadOnlyList<string> lines) => new(
        Kind, to, $"{lines.Count:N0} {(lines.Count == 1 ? "notice" : "notices")} since your last digest",
        [string.Join('\n', lines.Take(MostLines)), .. lines.Count > MostLines ? [$"And {lines.Count - MostLines:N0} more."] : Array.Empty<string>()], new Link("See your notices", NoticeRoutes.Path));

    sealed record Told(Guid Id, string AddressKey, string Words, Guid? AboutId);
}
