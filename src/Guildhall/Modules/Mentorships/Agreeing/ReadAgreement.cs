using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>A version of an agreement as its pair reads it.</summary>
/// <param name="IsMine">Proposed by the reader's side.</param>
public sealed record AgreementVersion(int Number, AgreementTerms Terms, bool IsMine, string ProposedBy, DateTimeOffset ProposedAt, DateTimeOffset? ConfirmedAt);

/// <summary>How a pair talks, as one of the two sees it.</summary>
/// <param name="InForce">What both agreed to last; null while they never did.</param>
/// <param name="Proposed">What one of them proposed since, and the other has not confirmed; null when there is nothing to confirm.</param>
/// <param name="Suggested">What the form starts with.</param>
/// <param name="Interests">What the other one declared that holds now.</param>
/// <param name="Latest">The number of the newest version, 0 before the first: a form goes by what it showed.</param>
public sealed record AgreementView(
    Guid PairId, Side Side, PairPerson Mentee, PairPerson Mentor, AgreementVersion? InForce, AgreementVersion? Proposed, IReadOnlyList<AgreementVersion> Earlier, AgreementTerms Suggested, int Latest, TimeZoneInfo Zone, IReadOnlyList<HeldInterest> Interests)
{
    public PairPerson Other => Side == Side.Mentee ? Mentor : Mentee;
}

/// <summary>Reads the versions of a pair's agreement, for the two who are in it.</summary>
sealed class ReadAgreement(GuildhallDb db, IKnowPairs pairs, PairNames names, EnrollmentLookup enrollment, OwnClock clock)
{
    const int MostShown = 50;

    /// <summary>The pair, when the person is on that side of it; null for everybody else.</summary>
    public async Task<StandingPair?> Pair(Guid pairId, Side side, ShopActor shop, CancellationToken stop) =>
        await pairs.One(pairId, shop.SellerId, stop) is { } pair && (side == Side.Mentee ? pair.Mentee : pair.Mentor).SellerId == shop.SellerId ? pair : null;

    public async Task<AgreementView?> Of(Guid pairId, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await Pair(pairId, side, shop, stop) is not { } pair) return null;
        var called = await names.Of([pair.Mentee, pair.Mentor], stop);
        var (mentee, mentor) = (called(pair.Mentee), called(pair.Mentor));
        var stored = await db.Set<Agreement>().AsNoTracking().Where(agreement => agreement.PairId == pairId).OrderByDescending(agreement => agreement.Number).Take(MostShown).ToListAsync(stop);
        var inForce = stored.Find(agreement => agreement.ConfirmedAt is not null);
        var latest = stored is [var newest, ..] ? newest : null;
        var proposed = latest is { ConfirmedAt: null } ? latest : null;
        var zones = await Zones(pair, stop);
        var suggested = latest?.Terms ?? AgreementTerms.Suggested(await enrollment.ContactsOf([pair.Mentee.ParticipantId, pair.Mentor.ParticipantId], stop), zones.Mentee, zones.Mentor);
        return new(
            pairId, side, mentee, mentor, Shown(inForce), Shown(proposed), [.. stored.Where(agreement => agreement != inForce && agreement != proposed).Select(agreement => Shown(agreement)!)],
            suggested, latest?.Number ?? 0, await clock.Of(shop, stop), await enrollment.InterestsOf((side == Side.Mentee ? pair.Mentor : pair.Mentee).SellerId, stop));

        AgreementVersion? Shown(Agreement? agreement) => agreement is null ? null : new(
            agreement.Number, agreement.Terms, agreement.ProposedFrom == side, (agreement.ProposedFrom == Side.Mentee ? mentee : mentor).Name, agreement.ProposedAt, agreement.ConfirmedAt);
    }

    public async Task<(string Mentee, string Mentor)> Zones(StandingPair pair, CancellationToken stop) =>
        ((await clock.OfShop(pair.Mentee.SellerId, stop)).Id, (await clock.OfShop(pair.Mentor.SellerId, stop)).Id);

    /// <summary>What the two of each of some pairs agreed to last; a pair that never did is left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, AgreementTerms>> InForce(IReadOnlyCollection<Guid> pairIds, CancellationToken stop) =>
        await db.Set<Agreement>().AsNoTracking()
            .Where(agreement => pairIds.Contains(agreement.PairId) && agreement.ConfirmedAt != null && !db.Set<Agreement>().Any(later => later.PairId == agreement.PairId && later.ConfirmedAt != null && later.Number > agreement.Number))
            .ToDictionaryAsync(agreement => agreement.PairId, agreement => agreement.Terms, stop);

    /// <summary>Where the agreement of each of some pairs stands.</summary>
    public async Task<IReadOnlyDictionary<Guid, (bool IsInForce, Side? WaitsForAnswerTo)>> Stand(IReadOnlyCollection<Guid> pairIds, CancellationToken stop)
    {
        var versions = await db.Set<Agreement>().Where(agreement => pairIds.Contains(agreement.PairId))
            .Select(agreement => new { agreement.PairId, agreement.Number, agreement.ProposedFrom, IsConfirmed = agreement.ConfirmedAt != null }).ToListAsync(stop);
        return versions.GroupBy(version => version.PairId).ToDictionary(
            pair => pair.Key, pair => (pair.Any(version => version.IsConfirmed), pair.MaxBy(version => version.Number) is { IsConfirmed: false } open ? open.ProposedFrom : (Side?)null));
    }
}
