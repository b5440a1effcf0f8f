using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Sessions;

/// <summary>The secret address at which a calendar program reads somebody's sessions. Only a digest of it is kept: who reads the table can't read the calendar.</summary>
sealed class CalendarFeed
{
    CalendarFeed() { }

    public Guid AccountId { get; private set; }

    /// <summary>The shop whose sessions it shows. It ends when the person doesn't act for that shop any more.</summary>
    public Guid SellerId { get; private set; }
    public byte[] TokenHash { get; private set; } = [];
    public DateTimeOffset MadeAt { get; private set; }

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public static void Map(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.HasKey(f => f.AccountId);
        feed.HasIndex(f => f.TokenHash).IsUnique();
        feed.BelongsToAccount(f => f.AccountId).LeavesWithItsOwner().Secrets(f => f.TokenHash);
    }
}

/// <summary>Makes a person's feed address, a new one, or none. The old address is not found from then on.</summary>
sealed class ChangeFeed(GuildhallDb db, TimeProvider clock)
{
    /// <returns>The secret part of the address: 256 random bits, shown once and never again.</returns>
    public async Task<string> Make(Guid accountId, Guid sellerId, CancellationToken stop)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var (hash, now) = (CalendarFeed.HashOf(token), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sessions.calendar_feed (account_id, seller_id, token_hash, made_at) VALUES ({accountId}, {sellerId}, {hash}, {now})
            ON CONFLICT (account_id) DO UPDATE SET seller_id = excluded.seller_id, token_hash = excluded.token_hash, made_at = excluded.made_at
            """, stop);
        return token;
    }

    public Task Stop(Guid accountId, CancellationToken stop) => db.Set<CalendarFeed>().Where(feed => feed.AccountId == accountId).ExecuteDeleteAsync(stop);

    public Task<DateTimeOffset?> MadeAt(Guid accountId, CancellationToken stop) =>
        db.Set<CalendarFeed>().Where(feed => feed.AccountId == accountId).Select(feed => (DateTimeOffset?)feed.MadeAt).SingleOrDefaultAsync(stop);
}
