using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A charter that waits for somebody's signature.</summary>
/// <param name="WhatChanged">What is new in it.</param>
/// <param name="SignedBefore">The version that they signed last; null for who never signed.</param>
public sealed record CharterAsks(int Number, string WhatChanged, int? SignedBefore);

/// <summary>A person's signature under the charter that holds now. Whoever reads an old or withdrawn version signs nothing.</summary>
public sealed class SignCharter(GuildhallDb db, CharterLookup charter, TimeProvider clock)
{
    /// <param name="number">The version that was on the page.</param>
    public async Task<Refusal?> Run(ShopActor person, int number, CancellationToken stop)
    {
        if (await Problem(number, stop) is { } old) return old;
        // Once a version: a second click, or a second window, is the same signature.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO enrollment.charter_signature (account_id, charter_number, seller_id, name, signed_at)
            VALUES ({person.AccountId}, {number}, {person.SellerId}, {person.Name}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING
            """, stop);
        return null;
    }

    /// <summary>Why a version can't be signed now; null for the one that holds.</summary>
    public async Task<Refusal?> Problem(int number, CancellationToken stop)
    {
        var current = await charter.Current(stop);
        return current.Number == number ? null
            : Refusal.Conflict("charter_changed", string.Create(CultureInfo.CurrentCulture, $"The charter changed while you were on this page: version {current.Number} of {current.PublishedAt:d MMMM yyyy} holds now. Nothing was signed. Read it below, then sign."));
    }

    /// <summary>The newest signature of a person; null for who never signed.</summary>
    internal Task<CharterSignature?> Of(Guid accountId, CancellationToken stop) =>
        db.Set<CharterSignature>().AsNoTracking().Where(signature => signature.AccountId == accountId).OrderByDescending(signature => signature.SignedAt).FirstOrDefaultAsync(stop);

    /// <summary>The charter that holds now, where a person has still to sign it; null for who has.</summary>
    internal async Task<CharterAsks?> Asks(Guid accountId, CancellationToken stop)
    {
        var current = await charter.Current(stop);
        return await IsSigned(accountId, current.Number, stop) ? null : new CharterAsks(current.Number, current.WhatChanged, (await Of(accountId, stop))?.CharterNumber);
    }

    /// <summary>Whether a person has still to sign the charter that holds now.</summary>
    public async Task<bool> IsAsked(Guid accountId, CancellationToken stop)
    {
        var number = (await charter.Current(stop)).Number;
        return !await IsSigned(accountId, number, stop);
    }

    /// <summary>Whether a person has signed the charter that holds now. Asked inside a transaction: until it ends no newer version holds.</summary>
    public async Task<bool> KeepSigned(Guid accountId, CancellationToken stop) => await IsSigned(accountId, (await charter.KeepCurrent(stop)).Number, stop);

    Task<bool> IsSigned(Guid accountId, int number, CancellationToken stop) =>
        db.Set<CharterSignature>().AnyAsync(signature => signature.AccountId == accountId && signature.CharterNumber == number, stop);
}
