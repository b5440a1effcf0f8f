using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>The approved pairs of all programs but one, by seller: who has a mentor there, and whose places are taken there.</summary>
sealed record PairsElsewhere(IReadOnlyList<(Guid Mentee, Guid Mentor, string MentorId)> Pairs)
{
    readonly Dictionary<Guid, string> mentorOf = Pairs.GroupBy(pair => pair.Mentee).ToDictionary(mentee => mentee.Key, mentee => mentee.First().MentorId);
    readonly Dictionary<Guid, int> places = Pairs.CountBy(pair => pair.Mentor).ToDictionary();

    /// <summary>The mentor whom a mentee has there, by the id that runs carry; null for who has none.</summary>
    public string? MentorOf(Guid menteeSellerId) => mentorOf.GetValueOrDefault(menteeSellerId);

    /// <summary>How many places of a mentor are taken there.</summary>
    public int PlacesOf(Guid mentorSellerId) => places.GetValueOrDefault(mentorSellerId);

    public bool Has(Guid sellerId) => mentorOf.ContainsKey(sellerId) || places.ContainsKey(sellerId);
}

/// <summary>Reads what stands approved in other programs.</summary>
sealed class OtherPrograms(GuildhallDb db, EnrollmentLookup enrollment, SellerLookup sellers)
{
    public async Task<PairsElsewhere> But(Guid programId, CancellationToken stop)
    {
        var pairs = await db.Set<Proposal>().Where(Proposal.HoldsPlaces).Where(p => p.ProgramId != programId).Select(p => new { p.MenteeId, p.MentorId }).ToListAsync(stop);
        if (pairs.Count == 0) return new PairsElsewhere([]);
        var sellerOf = await enrollment.SellersOf([.. pairs.SelectMany(pair => new[] { pair.MenteeId, pair.MentorId }).Distinct()], stop);
        var cards = await sellers.Cards([.. pairs.Select(pair => sellerOf[pair.MentorId]).Distinct()], stop);
        return new PairsElsewhere([.. pairs.Select(pair => (sellerOf[pair.MenteeId], sellerOf[pair.MentorId], cards[sellerOf[pair.MentorId]].ExternalId))]);
    }
}
