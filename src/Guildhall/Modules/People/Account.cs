using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>What a person may come for. One account may hold several.</summary>
enum Role { Administrator, Manager }

/// <summary>A person who can sign in.</summary>
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

    public IReadOnlyList<RoleGrant> Roles => roles;

    public void Grant(Role role, DateTimeOffset now)
    {
        if (!roles.Exists(held => held.Role == role)) roles.Add(new RoleGrant(Id, role, now));
    }

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
        account.HasIndex(a => a.IsFirst).IsUnique().HasFilter("is_first");
        account.HasMany(a => a.Roles).WithOne().HasForeignKey(grant => grant.AccountId);
        account.Navigation(a => a.Roles).HasField("roles").AutoInclude();
    }
}

/// <summary>A role that an account holds, and since when.</summary>
sealed record RoleGrant(Guid AccountId, Role Role, DateTimeOffset GrantedAt)
{
    public static void Map(EntityTypeBuilder<RoleGrant> grant) => grant.HasKey(g => new { g.AccountId, g.Role });
}
