using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>What a person sees of their own account.</summary>
public sealed record AccountView(string Name, string Email, bool HasPassword, bool HasSecondFactor, int RecoveryCodesLeft, IReadOnlyList<AccountView.Passkey> Passkeys, bool CanLinkMarketplace, bool IsLinkedToMarketplace)
{
    /// <param name="Id">The credential's id as an address carries it.</param>
    public sealed record Passkey(string Id, string Name, DateTimeOffset AddedAt);
}

/// <summary>Reads it.</summary>
sealed class ReadAccount(GuildhallDb db, UserManager<Account> accounts, IEnumerable<MarketplaceLogin> marketplace)
{
    public async Task<AccountView> Run(Account account, CancellationToken stop)
    {
        var left = account.TwoFactorEnabled ? await db.Set<RecoveryCode>().CountAsync(code => code.AccountId == account.Id && code.UsedAt == null, stop) : 0;
        var passkeys = await accounts.GetPasskeysAsync(account);
        var isLinked = await db.Set<IdentityUserLogin<Guid>>().AnyAsync(login => login.UserId == account.Id && login.LoginProvider == MarketplaceLogin.Scheme, stop);
        return new AccountView(account.DisplayName, account.Email!, account.PasswordHash is not null, account.TwoFactorEnabled, left,
            [.. passkeys.OrderBy(passkey => passkey.CreatedAt).Select(passkey => new AccountView.Passkey(System.Buffers.Text.Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt))],
            marketplace.Any(), isLinked);
    }
}
