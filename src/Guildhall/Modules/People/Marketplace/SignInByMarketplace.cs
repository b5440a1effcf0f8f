using System.Security.Claims;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.People;

/// <summary>
/// Lets a person in whom the marketplace vouches for. Who it is says the marketplace's own id of them, never an address: an account that has the same
/// address is linked only once its owner has signed in to it by their own means and says so.
/// </summary>
sealed class SignInByMarketplace(
    GuildhallDb db, UserManager<Account> accounts, Door door, IHttpContextAccessor requests, IEnumerable<IKnowAddresses> addresses, IEnumerable<IKnowShops> shops, Outbox outbox, TimeProvider clock)
{
    const string AskedBy = "XsrfId";

    public static readonly Refusal MustLink = Refusal.Conflict("must_link", "An account here has this address already.");
    public static readonly Refusal NoAddress = Refusal.Conflict("no_address", "The marketplace gave no address that it has tried.");
    static readonly Refusal NobodyCame = Refusal.Conflict("nobody_came", "The marketplace’s word is too old.");

    /// <summary>Whom the marketplace vouched for within the last minutes in this browser.</summary>
    sealed record Vouched(string Id, string? Email, string? Name, string? Shop, string? AskedBy);

    public async Task<Result<Admitted>> Run(CancellationToken stop)
    {
        if (await WhoCame() is not { } who) return NobodyCame;
        if (await accounts.FindByLoginAsync(MarketplaceLogin.Scheme, who.Id) is { } known) return await Admit(known, who, stop);
        if (who.Email is null || !EmailAddress.IsReachable(who.Email)) return NoAddress;
        if (await accounts.FindByEmailAsync(who.Email) is not null) return MustLink;
        return await Create(who, stop) is { } created ? await Admit(created, who, stop) : MustLink;
    }

    /// <returns>Whether somebody is waiting to be linked to this account: it has their address, or its owner asked for the link.</returns>
    public async Task<bool> CanLink(Account account) =>
        await WhoCame() is { } who && (who.AskedBy == account.Id.ToString() || (who.AskedBy is null && accounts.NormalizeEmail(who.Email) == account.NormalizedEmail));

    public async Task<Result<Account>> Link(Account account, string marketplace, CancellationToken stop)
    {
        if (!await CanLink(account) || await WhoCame() is not { } who) return NobodyCame;
        outbox.Add(AccountMails.MarketplaceLinked(account.Email!, marketplace));
        try
        {
            if (!(await accounts.AddLoginAsync(account, new UserLoginInfo(MarketplaceLogin.Scheme, who.Id, marketplace))).Succeeded) return NobodyCame;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return NobodyCame;
        }

        await JoinShop(account, who, stop);
        await Http.SignOutAsync(IdentityConstants.ExternalScheme);
        await door.RefreshSignInAsync(account);
        return account;
    }

    HttpContext Http => requests.HttpContext ?? throw new InvalidOperationException("The marketplace sends a browser back.");

    async Task<Vouched?> WhoCame()
    {
        var came = await Http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        return came is { Succeeded: true } && came.Principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? new Vouched(
                id, came.Principal.HasClaim(claim => claim.Type == MarketplaceScheme.UnverifiedClaim) ? null : came.Principal.FindFirstValue(ClaimTypes.Email), came.Principal.FindFirstValue(ClaimTypes.Name),
                came.Principal.FindFirstValue(MarketplaceScheme.SellerClaim), came.Properties.Items.TryGetValue(AskedBy, out var asked) ? asked : null)
            : null;
    }

    async Task<Result<Admitted>> Admit(Account account, Vouched who, CancellationToken stop)
    {
        if (account.SuspendedAt is not null) return NobodyCame;
        await JoinShop(account, who, stop);
        await Http.SignOutAsync(IdentityConstants.ExternalScheme);
        return new Admitted(account, await door.Enter(account));
    }

    async Task<Account?> Create(Vouched who, CancellationToken stop)
    {
        var email = who.Email!;
        var person = who.Shop is null ? await addresses.Know(accounts.NormalizeEmail(email), stop) : null;
        var name = who.Name is { Length: > 0 and <= Account.NameLimit } given ? given : person?.Name ?? email.Split('@')[0];
        var account = new Account(name[..Math.Min(name.Length, Account.NameLimit)], email, clock.GetUtcNow()) { EmailConfirmed = true };
        account.ActFor(person?.SellerId);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        try
        {
            if (!(await accounts.CreateAsync(account)).Succeeded || !(await accounts.AddLoginAsync(account, new UserLoginInfo(MarketplaceLogin.Scheme, who.Id, null))).Succeeded) return null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            return null;
        }

        await transaction.CommitAsync(stop);
        return account;
    }

    // A shop may be imported after its owner came here for the first time.
    async Task JoinShop(Account account, Vouched who, CancellationToken stop)
    {
        if (account.SellerId is not null || who.Shop is not { } shop) return;
        foreach (var others in shops)
        {
            if (await others.Find(shop, stop) is not { } seller) continue;
            account.ActFor(seller);
            await accounts.UpdateAsync(account);
            return;
        }
    }
}
