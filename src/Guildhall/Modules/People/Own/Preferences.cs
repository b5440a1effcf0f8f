using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>How a person wants pages to be for them.</summary>
sealed class Preferences
{
    Preferences() { }

    public Guid AccountId { get; private set; }

    /// <summary>IANA name, such as America/Sao_Paulo, in which they read times.</summary>
    public string TimeZone { get; private set; } = "";

    public static void Map(EntityTypeBuilder<Preferences> preferences)
    {
        preferences.HasKey(p => p.AccountId);
        preferences.Property(p => p.TimeZone).HasMaxLength(64);
        preferences.BelongsToAccount(p => p.AccountId).LeavesWithItsOwner().Personal(p => p.TimeZone);
        preferences.HasOne<Account>().WithOne().HasForeignKey<Preferences>(p => p.AccountId);
    }
}

/// <summary>Reads and keeps what a person chose for their pages.</summary>
public sealed class OwnPreferences(GuildhallDb db)
{
    /// <summary>The time zone that the person chose; null when they never did.</summary>
    public Task<string?> TimeZone(Guid accountId, CancellationToken stop) =>
        db.Set<Preferences>().Where(preferences => preferences.AccountId == accountId).Select(preferences => (string?)preferences.TimeZone).SingleOrDefaultAsync(stop);

    /// <summary>The zones that people chose, by account id; who chose none is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> TimeZonesOf(IReadOnlyCollection<Guid> accountIds, CancellationToken stop) =>
        await db.Set<Preferences>().Where(preferences => accountIds.Contains(preferences.AccountId)).ToDictionaryAsync(preferences => preferences.AccountId, preferences => preferences.TimeZone, stop);

    /// <returns>Why it was not kept, or null.</returns>
    public async Task<Refusal?> ChooseTimeZone(Guid accountId, string timeZone, CancellationToken stop)
    {
        if (!TimeZones.Has(timeZone)) return Refusal.Invalid("time_zone", "Choose a time zone from the list, such as America/New_York.", "TimeZone");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO people.preferences (account_id, time_zone) VALUES ({accountId}, {timeZone}) ON CONFLICT (account_id) DO UPDATE SET time_zone = excluded.time_zone
            """, stop);
        return null;
    }
}
