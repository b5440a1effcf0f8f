using System.Text.Json;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>A role that is offered, and the programs it is limited to; null for all.</summary>
public sealed record OfferedRole(Role Role, IReadOnlyList<string>? Programs);

/// <summary>An invitation to have an account, sent to one address: good once, for a week, and until it is taken back.</summary>
sealed class Invitation
{
    public const int DaysOpen = 7;

    Invitation() { }

    public Guid Id { get; private set; }

    /// <summary>SHA-256 of the token: who reads the table can't use the link.</summary>
    public byte[] TokenHash { get; private set; } = [];
    public string Email { get; private set; } = "";

    /// <summary>The address as accounts are compared by it.</summary>
    public string NormalizedEmail { get; private set; } = "";
    public OfferedRoles Roles { get; private set; } = new([]);

    /// <summary>The shop that the person is to act for; null for staff without one.</summary>
    public Guid? SellerId { get; private set; }
    public Guid InvitedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public static (Invitation Invitation, string Token) Issue(string email, IReadOnlyList<OfferedRole> roles, Guid? sellerId, Actor by, DateTimeOffset now)
    {
        var token = LinkToken.New();
        return (new Invitation
        {
            Id = Guid.CreateVersion7(now),
            TokenHash = LinkToken.HashOf(token),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            Roles = new OfferedRoles(roles),
            SellerId = sellerId,
            InvitedBy = by.AccountId,
            CreatedAt = now,
            ExpiresAt = now.AddDays(DaysOpen),
        }, token);
    }

    public static void Map(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.HasIndex(i => i.TokenHash).IsUnique();
        invitation.HasIndex(i => i.CreatedAt);
        invitation.Property(i => i.Email).HasMaxLength(EmailAddress.LengthLimit);
        invitation.Property(i => i.NormalizedEmail).HasMaxLength(EmailAddress.LengthLimit);
        invitation.Property(i => i.Roles).HasColumnType("jsonb").HasConversion(
            roles => JsonSerializer.Serialize(roles, JsonColumns.Options), json => JsonSerializer.Deserialize<OfferedRoles>(json, JsonColumns.Options)!);
        invitation.BelongsToAddress(i => i.NormalizedEmail).LeavesWithItsOwner().Personal(i => i.Email, i => i.NormalizedEmail).Secrets(i => i.TokenHash).NotPersonal(i => i.Roles);
    }
}

/// <summary>The roles of one invitation.</summary>
sealed record OfferedRoles(IReadOnlyList<OfferedRole> All);
