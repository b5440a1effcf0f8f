using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>A link by which a new installation gets its first account: printed at start, good once, for 30 minutes, and only until that account exists.</summary>
sealed class FirstRunLink
{
    public const int MinutesOpen = 30;

    FirstRunLink() { }

    FirstRunLink(byte[] tokenHash, DateTimeOffset now) =>
        (Id, TokenHash, ExpiresAt) = (Guid.CreateVersion7(now), tokenHash, now.AddMinutes(MinutesOpen));

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the token: who reads the table can't use the link.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static (FirstRunLink Link, string Token) Issue(DateTimeOffset now)
    {
        var token = LinkToken.New();
        return (new FirstRunLink(LinkToken.HashOf(token), now), token);
    }

    public static void Map(EntityTypeBuilder<FirstRunLink> link)
    {
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.Secrets(l => l.TokenHash);
    }
}
