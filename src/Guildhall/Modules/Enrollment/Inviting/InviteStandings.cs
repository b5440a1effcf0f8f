using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Whether a shop can be invited to mentor, or why not.</summary>
public enum InviteState
{
    CanBe,

    /// <summary>It takes part, on either side.</summary>
    TakesPart,

    /// <summary>It has sent an application.</summary>
    Applied,

    /// <summary>It was invited so lately that it isn't asked again yet.</summary>
    InvitedLately,

    /// <summary>Nobody has an account for it, and no address is known that is its owner's and nobody else's.</summary>
    NoAddress,

    /// <summary>Everybody there unsubscribed from invitations.</summary>
    WantsNone,

    /// <summary>Its addresses were sent as many invitations today as one address gets.</summary>
    TooMany,

    /// <summary>No seller has this id.</summary>
    NoSeller,
}

/// <summary>Where a shop stands with invitations to a program.</summary>
/// <param name="InvitedAt">The last time; null for never.</param>
public sealed record InviteStanding(InviteState State, DateTimeOffset? InvitedAt = null)
{
    /// <summary>Where the mail would go.</summary>
    internal IReadOnlyList<string> Addresses { get; init; } = [];
}

/// <summary>Tells which sellers can be invited to mentor. As many questions for fifty sellers as for one.</summary>
public sealed class InviteStandings(GuildhallDb db, SellerLookup sellers, AccountLookup accounts, Outbox outbox, TimeProvider clock)
{
    /// <summary>An invitation to mentor: nobody asked for it, so it can be unsubscribed from.</summary>
    public static readonly MailKind Kind = new("mentor-invitation", "Invitations to mentor", IsTransactional: false);

    public async Task<IReadOnlyDictionary<Guid, InviteStanding>> Of(ProgramFacts program, IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var here = (await db.Set<Participant>().Where(p => p.ProgramId == program.Id && sellerIds.Contains(p.SellerId)).Select(p => p.SellerId).ToListAsync(stop)).ToHashSet();
        // A draft is nobody's business but the shop's.
        var applied = (await db.Set<Application>()
            .Where(a => a.ProgramId == program.Id && sellerIds.Contains(a.SellerId) && (a.State == ApplicationState.Sent || a.State == ApplicationState.Waiting || a.State == ApplicationState.Accepted))
            .Select(a => a.SellerId).ToListAsync(stop)).ToHashSet();
        var invited = await db.Set<MentorInvitation>().Where(i => i.ProgramId == program.Id && sellerIds.Contains(i.SellerId)).ToDictionaryAsync(i => i.SellerId, i => i.InvitedAt, stop);
        var addresses = await Addresses(sellerIds, stop);
        var unwanted = await outbox.Unwanted(Kind, [.. addresses.Values.SelectMany(of => of).Distinct()], stop);

        return sellerIds.Distinct().ToDictionary(id => id, id =>
        {
            var last = invited.TryGetValue(id, out var at) ? at : (DateTimeOffset?)null;
            var known = addresses.GetValueOrDefault(id, []);
            List<string> wanted = [.. known.Where(address => !unwanted.Contains(address))];
            return new InviteStanding(
                here.Contains(id) ? InviteState.TakesPart
                : applied.Contains(id) ? InviteState.Applied
                : last is { } time && MentorInvitation.IsLately(time, now) ? InviteState.InvitedLately
                : known.Count == 0 ? InviteState.NoAddress
                : wanted.Count == 0 ? InviteState.WantsNone
                : InviteState.CanBe, last)
            { Addresses = wanted };
        });
    }

    // To everybody with an account for the shop. Without one, to the owner's address, with which they come in: only where nobody has an account with it, which would lead elsewhere.
    async Task<Dictionary<Guid, IReadOnlyList<string>>> Addresses(IReadOnlyCollection<Guid> sellerIds, CancellationToken stop)
    {
        var people = await accounts.AddressesOf(sellerIds, stop);
        var owners = await sellers.OwnersAddresses(sellerIds, stop);
        var taken = await accounts.WithAccount([.. owners.Values], stop);
        return sellerIds.Distinct()
            .Select(id => (Id: id, Of: people.Contains(id) ? [.. people[id]] : owners.TryGetValue(id, out var owner) && !taken.Contains(owner) ? [owner] : (IReadOnlyList<string>)[]))
            .ToDictionary(one => one.Id, one => one.Of);
    }
}
