using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform;

namespace Guildhall.Modules.Notices;

/// <summary>Somebody whom notices belong to.</summary>
/// <param name="Address">As they write it.</param>
/// <param name="Zone">Whose clocks are theirs.</param>
sealed record NoticeReader(string Address, TimeZoneInfo Zone, bool IsMentee, bool IsMentor);

/// <summary>Who is behind the addresses that notices belong to. At an address without an account is somebody of whom nothing is known.</summary>
sealed class FindReaders(AccountLookup accounts, OwnClock own, EnrollmentLookup enrollment, MarketplaceZone zones)
{
    public async Task<NoticeReader> One(string addressKey, CancellationToken stop) => (await Of([addressKey], stop))[addressKey];

    /// <summary>Many in as few queries as one.</summary>
    public async Task<IReadOnlyDictionary<string, NoticeReader>> Of(IReadOnlyCollection<string> addressKeys, CancellationToken stop)
    {
        var known = await accounts.ByAddress(addressKeys, stop);
        var clocks = await own.OfAccounts(known.Values.ToDictionary(account => account.Id, account => account.SellerId), stop);
        var sides = await enrollment.SidesOf([.. known.Values.Select(account => account.SellerId).OfType<Guid>().Distinct()], stop);
        var usual = addressKeys.All(known.ContainsKey) ? null : await zones.Of(stop);
        return addressKeys.ToDictionary(key => key, key => known.GetValueOrDefault(key) is { } account
            ? new NoticeReader(account.Email, clocks[account.Id], account.SellerId is { } mentee && sides[mentee].Contains(Side.Mentee), account.SellerId is { } mentor && sides[mentor].Contains(Side.Mentor))
            : new NoticeReader(key, usual!, IsMentee: false, IsMentor: false));
    }
}
