using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>What a mailed link does.</summary>
enum LinkPurpose { NewAddress, ResetPassword, SignIn }

/// <summary>A link that went to an address: works once and for a while. Opening it changes nothing, because scanners of mail open links too; its page has the button that does.</summary>
sealed class MailedLink
{
    public const int SignInMinutes = 15;

    MailedLink() { }

    public Guid Id { get; private set; }

    public LinkPurpose Purpose { get; private set; }

    /// <summary>Where it went, as it was written.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Null for a person whom a module knows by this address, and who has no account yet.</summary>
    public Guid? AccountId { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static (MailedLink Link, string Token) Issue(LinkPurpose purpose, string email, Guid? accountId, DateTimeOffset now)
    {
        var token = LinkToken.New();
        var open = purpose == LinkPurpose.SignIn ? TimeSpan.FromMinutes(SignInMinutes) : TimeSpan.FromHours(1);
        return (new MailedLink { Id = Guid.CreateVersion7(now), Purpose = purpose, Email = email, AccountId = accountId, TokenHash = LinkToken.HashOf(token), ExpiresAt = now + open }, token);
    }

    public static void Map(EntityTypeBuilder<MailedLink> link)
    {
        link.Property(l => l.Email).HasMaxLength(EmailAddress.LengthLimit);
        link.HasIndex(l => l.TokenHash).IsUnique();
        link.HasIndex(l => l.ExpiresAt);
        link.BelongsToAddress(l => l.Email).LeavesWithItsOwner().Personal(l => l.Email).Secrets(l => l.TokenHash);
        link.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
