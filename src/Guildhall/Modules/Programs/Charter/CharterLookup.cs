using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Programs;

/// <summary>The charter that holds now.</summary>
/// <param name="Text">Read by <see cref="CharterText"/>.</param>
/// <param name="WhatChanged">What is new against the version before, in one line.</param>
public sealed record CharterInForce(int Number, string Text, string WhatChanged, DateTimeOffset PublishedAt)
{
    /// <summary>What is new, for who signs it or reads it; null of the first version, in which all of it is.</summary>
    public string? News => Number == 1 ? null : $"New in version {Number}: {WhatChanged.TrimEnd('.')}.";
}

/// <summary>Answers other modules' questions about the charter.</summary>
public sealed class CharterLookup(GuildhallDb db, TimeProvider clock)
{
    /// <summary>The version that holds now: the newest that was not withdrawn. There always is one.</summary>
    public async Task<CharterInForce> Current(CancellationToken stop)
    {
        if (await InForce(stop) is { } current) return current;

        // Nobody asked before, so this is the start: version 1 is stored once, whoever else asks at the same moment.
        var (text, now) = (CharterVersion.Plain(StarterCharter.Text), clock.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO programs.charter_version (number, text, what_changed, published_at, published_by)
            VALUES (1, {text}, {StarterCharter.WhatChanged}, {now}, {Actor.Product.AccountId}) ON CONFLICT DO NOTHING
            """, stop);
        return await InForce(stop) ?? throw new InvalidOperationException("Every version of the charter is withdrawn, which no use case does.");
    }

    /// <summary>The same, and it stays so until the transaction ends: whoever publishes or withdraws a version waits for that.</summary>
    public async Task<CharterInForce> KeepCurrent(CancellationToken stop)
    {
        await db.LockUntilCommit(ChangeCharter.Lock, stop);
        return await Current(stop);
    }

    /// <summary>A version of it, whether it holds or not; null for a number that never was.</summary>
    public Task<CharterInForce?> Version(int number, CancellationToken stop) =>
        db.Set<CharterVersion>().Where(version => version.Number == number).Select(version => new CharterInForce(version.Number, version.Text, version.WhatChanged, version.PublishedAt)).SingleOrDefaultAsync(stop);

    Task<CharterInForce?> InForce(CancellationToken stop) =>
        db.Set<CharterVersion>().Where(version => version.WithdrawnAt == null).OrderByDescending(version => version.Number)
            .Select(version => new CharterInForce(version.Number, version.Text, version.WhatChanged, version.PublishedAt)).FirstOrDefaultAsync(stop);
}
