using Guildhall.Platform.Privacy;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Guildhall.Modules.People;

/// <summary>The authenticator app of an account: its secret, and the last code that was taken.</summary>
/// <param name="ProtectedSecret">Encrypted with the data-protection keys.</param>
/// <param name="LastStep">The step of the last code taken: a code works once, also for who looked over a shoulder.</param>
sealed record Authenticator(Guid AccountId, string ProtectedSecret, long LastStep, DateTimeOffset SetUpAt)
{
    public static void Map(EntityTypeBuilder<Authenticator> authenticator)
    {
        authenticator.HasKey(a => a.AccountId);
        authenticator.BelongsToAccount(a => a.AccountId).LeavesWithItsOwner().Secrets(a => a.ProtectedSecret);
        authenticator.HasOne<Account>().WithMany().HasForeignKey(a => a.AccountId);
    }
}
