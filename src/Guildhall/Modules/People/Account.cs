using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>A person who can sign in: staff by the roles that were granted, a seller by the shop that the account belongs to, or both.</summary>
sealed class Account : IdentityUser<Guid>
{
    public const int NameLimit = 100;

    readonly List<RoleGrant> roles = [];

    Account() { }

    public Account(string displayName, string email, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        DisplayName = displayName;
        Email = UserName = email;
        CreatedAt = now;
    }

    public string DisplayName { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The account that a first-run link made. There is at most one, ever.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The shop that this person acts for; null for staff without one. Two people of one shop have an account each.</summary>
    public Guid? SellerId { get; private set; }

    /// <summary>Set while the account lets nobody in. What belongs to it stays.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    public IReadOnlyList<RoleGrant> Roles => roles;

    public Result<Account> Rename(string name)
    {
        name = name.Trim();
        if (NameProblem(name) is { } problem) return problem;
        DisplayName = name;
        return this;
    }

    public static Refusal? NameProblem(string name) =>
        name.Length is 0 or > NameLimit ? Refusal.Invalid("name", $"Enter your name, up to {NameLimit} characters.", "Name") : null;

    /// <param name="programs">Addresses of the programs that the role is limited to; null for all.</param>
    public void Grant(Role role, DateTimeOffset now, IReadOnlyList<string>? programs = null)
    {
        if (role == Role.Seller) throw new ArgumentOutOfRangeException(nameof(role), role, "A shop makes a seller, not a grant.");
        Revoke(role);
        roles.Add(new RoleGrant(Id, role, now, programs is null ? null : [.. programs]));
    }

    public void Revoke(Role role) => roles.RemoveAll(held => held.Role == role);

    public void ActFor(Guid? sellerId) => SellerId = sellerId;

    public void Suspend(DateTimeOffset now) => SuspendedAt ??= now;

    public void Restore() => SuspendedAt = null;

    public static void Map(EntityTypeBuilder<Account> account)
    {
        account.Property(a => a.DisplayName).HasMaxLength(NameLimit);
        account.Property(a => a.Email).HasMaxLength(EmailAddress.LengthLimit);
        account.Property(a => a.NormalizedEmail).HasMaxLength(EmailAddress.LengthLimit);
        account.Property(a => a.UserName).HasMaxLength(EmailAddress.LengthLimit);
        account.Property(a => a.NormalizedUserName).HasMaxLength(EmailAddress.LengthLimit);
        account.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        // Only the database can refuse the second of two people who take one address, or make the first account, at the same moment.
        account.HasIndex(a => a.NormalizedEmail).IsUnique();
        account.HasIndex(a => a.NormalizedUserName).IsUnique();
        account.HasIndex(a => a.SellerId);
        account.HasIndex(a => a.IsFirst).IsUnique().HasFilter("is_first");
        account.HasMany(a => a.Roles).WithOne().HasForeignKey(grant => grant.AccountId);
        account.Navigation(a => a.Roles).HasField("roles").AutoInclude();
        account.BelongsToAccount(a => a.Id).LeavesWithItsOwner().Personal(a => a.DisplayName, a => a.Email, a => a.NormalizedEmail, a => a.UserName, a => a.NormalizedUserName, a => a.PhoneNumber)
            .Secrets(a => a.PasswordHash, a => a.SecurityStamp, a => a.ConcurrencyStamp);
    }
}

/// <summary>A role that an account holds, and since when.</summary>
/// <param name="Programs">Addresses of the programs that it is limited to; null for all.</param>
sealed record RoleGrant(Guid AccountId, Role Role, DateTimeOffset GrantedAt, string[]? Programs)
{
    public static void Map(EntityTypeBuilder<RoleGrant> grant)
    {
        grant.HasKey(g => new { g.AccountId, g.Role });
        grant.BelongsToAccount(g => g.AccountId).LeavesWithItsOwner().NotPersonal(g => g.Programs);
    }
}
