using System.Security.Cryptography;
using System.Text;
using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>A way past the authenticator app for who lost it: works once, kept as its hash.</summary>
sealed record RecoveryCode(Guid Id, Guid AccountId, byte[] CodeHash, DateTimeOffset? UsedAt = null)
{
    public const int Many = 10;

    // Without letters and digits that look alike. 16 of these 31 carry 79 bits, too many to try even with the hashes at hand.
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Length = 16;

    /// <summary>A fresh set: the codes to show once, and their rows.</summary>
    public static (string[] Codes, RecoveryCode[] Rows) Fresh(Guid accountId, DateTimeOffset now)
    {
        string[] codes = [.. Enumerable.Range(0, Many).Select(_ => RandomNumberGenerator.GetString(Letters, Length))];
        return ([.. codes.Select(code => string.Join('-', code.Chunk(4).Select(group => new string(group))))],
            [.. codes.Select(code => new RecoveryCode(Guid.CreateVersion7(now), accountId, HashOf(accountId, code)))]);
    }

    /// <summary>Blanks, dashes and capitals make no difference.</summary>
    public static byte[] HashOf(Guid accountId, string typed) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}|{new string([.. typed.Where(char.IsLetterOrDigit)]).ToLowerInvariant()}"));

    public static void Map(EntityTypeBuilder<RecoveryCode> code)
    {
        code.HasIndex(c => c.CodeHash).IsUnique();
        code.BelongsToAccount(c => c.AccountId).LeavesWithItsOwner().Secrets(c => c.CodeHash);
        code.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }
}
