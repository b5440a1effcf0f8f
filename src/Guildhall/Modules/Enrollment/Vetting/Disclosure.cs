using Guildhall.Platform;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.Enrollment;

/// <summary>
/// An interest that a shop declared: a brand they own, a shop or owner they have a stake in, a category they compete in, a bias. Brands, stakes and categories feed
/// the matcher's conflict rules while they hold; everything shows to the other side. It holds for a year and is then asked for again.
/// </summary>
sealed class Disclosure
{
    public const int WhatLimit = 200;
    public const int DaysInForce = 365;

    Disclosure() { }

    public Guid Id { get; private set; }
    public Guid SellerId { get; private set; }
    public InterestKind Kind { get; private set; }
    public string What { get; private set; } = "";
    public DateTimeOffset DeclaredAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public static Disclosure Declare(Guid sellerId, DeclaredInterest interest, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SellerId = sellerId,
        Kind = interest.Kind,
        What = interest.What,
        DeclaredAt = now,
        ExpiresAt = now.AddDays(DaysInForce),
    };

    public static Refusal? Problem(string what) =>
        what.Trim().Length is 0 or > WhatLimit ? Refusal.Invalid("what", $"Enter what you declare, up to {WhatLimit} characters.", "What") : null;

    public void Withdraw(DateTimeOffset now) => WithdrawnAt ??= now;

    public static string KindName(InterestKind kind) => kind switch
    {
        InterestKind.BrandOwned => "Brand you own",
        InterestKind.Stake => "Shop or owner you have a stake in",
        InterestKind.CompetingCategory => "Category you compete in",
        _ => "Bias",
    };

    public static void Map(EntityTypeBuilder<Disclosure> disclosure)
    {
        disclosure.HasIndex(d => d.SellerId);
        disclosure.Property(d => d.What).HasMaxLength(WhatLimit);
        disclosure.BelongsToSeller(d => d.SellerId).Personal(d => d.What).LeavesWithItsOwner();
    }
}

/// <summary>Declared interests, as the matcher's conflict rules read them.</summary>
static class DeclaredInterests
{
    public static T Declaring<T>(this T profile, ILookup<InterestKind, string> declared) where T : Matching.Participant => profile with
    {
        Brands = With(profile.Brands, declared[InterestKind.BrandOwned]),
        Stakes = With(profile.Stakes, declared[InterestKind.Stake]),
        CompetesIn = With(profile.CompetesIn, declared[InterestKind.CompetingCategory]),
    };

    static IReadOnlyList<string>? With(IReadOnlyList<string>? said, IEnumerable<string> declared) => declared.Any() ? [.. (said ?? []).Union(declared)] : said;
}
