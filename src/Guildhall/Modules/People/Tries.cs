using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>How often something may be tried in a while.</summary>
sealed record TryLimit(string What, int Most, TimeSpan Window)
{
    /// <summary>Passwords for one address of mail, from anywhere but a device that this person signed in on before.</summary>
    public static readonly TryLimit Passwords = new("password", 10, TimeSpan.FromMinutes(5));

    /// <summary>Passwords for one address of mail from one device that this person signed in on before.</summary>
    public static readonly TryLimit PasswordsOnKnownDevice = new("password-known-device", 10, TimeSpan.FromMinutes(5));

    /// <summary>Wrong passwords from one network address, whoever they are for. Who signs in gives theirs back, so that a room of people behind one address gets in.</summary>
    public static readonly TryLimit PasswordsFromAddress = new("password-from", 20, TimeSpan.FromMinutes(1));

    /// <summary>Codes for one account. 3 of a million codes are right at any time, so a day of 50 tries finds one in 6,700 days.</summary>
    public static readonly TryLimit Codes = new("code", 5, TimeSpan.FromMinutes(15));

    /// <inheritdoc cref="Codes"/>
    public static readonly TryLimit CodesADay = new("code-day", 50, TimeSpan.FromDays(1));

    /// <summary>Links of one kind to one address of mail.</summary>
    public static readonly TryLimit Links = new("link", 5, TimeSpan.FromHours(1));
}

/// <summary>How often one thing was tried in the window that ends then. The key is a hash: addresses of people who have no account pass here too.</summary>
sealed record TryCount(byte[] Key, DateTimeOffset WindowEndsAt, int Count)
{
    public static void Map(EntityTypeBuilder<TryCount> count)
    {
        count.HasKey(c => c.Key);
        count.NotPersonal(c => c.Key);
    }
}

/// <summary>Counts tries in the database, so that all nodes together allow no more than one alone would.</summary>
sealed class Tries(GuildhallDb db, TimeProvider clock)
{
    /// <summary>Takes one try, before it is known whether it succeeds: of many at once no more than the limit get through.</summary>
    /// <returns>False when none is left in this window.</returns>
    public async Task<bool> Take(TryLimit limit, string who, CancellationToken stop)
    {
        var key = KeyOf(limit, who);
        var now = clock.GetUtcNow();
        var endsAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % limit.Window.Ticks) + limit.Window.Ticks, TimeSpan.Zero);
        // A node whose clock is behind counts in the window that another has opened.
        var count = await db.Database.SqlQuery<int>($"""
            INSERT INTO people.try_count AS t (key, window_ends_at, count) VALUES ({key}, {endsAt}, 1)
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN t.window_ends_at >= excluded.window_ends_at THEN t.count + 1 ELSE 1 END,
                window_ends_at = greatest(t.window_ends_at, excluded.window_ends_at)
            RETURNING count AS "Value"
            """).ToListAsync(stop);
        return count[0] <= limit.Most;
    }

    /// <summary>A try that succeeded was no guess.</summary>
    public Task GiveBack(TryLimit limit, string who, CancellationToken stop)
    {
        var key = KeyOf(limit, who);
        return db.Set<TryCount>().Where(count => count.Key == key && count.Count > 0).ExecuteUpdateAsync(count => count.SetProperty(c => c.Count, c => c.Count - 1), stop);
    }

    static byte[] KeyOf(TryLimit limit, string who) => SHA256.HashData(Encoding.UTF8.GetBytes($"{limit.What}|{who}"));

    /// <summary>Forgets windows that are long over.</summary>
    public Task Sweep(CancellationToken stop)
    {
        var longOver = clock.GetUtcNow().AddDays(-1);
        return db.Set<TryCount>().Where(count => count.WindowEndsAt < longOver).ExecuteDeleteAsync(stop);
    }
}
