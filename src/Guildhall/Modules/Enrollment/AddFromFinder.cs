using Guildhall.Matching;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Takes sellers that the finder found into a program, their baselines frozen. What neither they nor the marketplace said of them stays not known.</summary>
public sealed class AddFromFinder
{
    readonly GuildhallDb db;
    readonly ProgramLookup programs;
    readonly SellerLookup sellers;
    readonly FreezeBaselines freeze;
    readonly TimeProvider clock;

    internal AddFromFinder(GuildhallDb db, ProgramLookup programs, SellerLookup sellers, FreezeBaselines freeze, TimeProvider clock) =>
        (this.db, this.programs, this.sellers, this.freeze, this.clock) = (db, programs, sellers, freeze, clock);

    /// <summary>How many joined, and of them the mentees who signed up longer ago than the program asks.</summary>
    public sealed record Joined(int Added, int TooLongAgo);

    /// <summary>Sellers taken in one go. More come by file.</summary>
    public const int Limit = 5_000;

    public async Task<Result<int>> Mentors(string programSlug, IReadOnlyCollection<Guid> sellerIds, int? capacity, CancellationToken stop) =>
        (await Add(programSlug, sellerIds, (program, seller, shop, now) => Participant.Mentor(
            program.Id, seller.Id, new MentorProfile { Id = seller.ExternalId, Capacity = capacity ?? StandardCapacity(program) }.OrAsTheShop(shop), personName: null, ProfileOrigin.Stated, now), stop))
        .Succeeded(out var joined, out var refusal) ? joined.Added : refusal;

    public async Task<Result<Joined>> Mentees(string programSlug, IReadOnlyCollection<Guid> sellerIds, CancellationToken stop) =>
        await Add(programSlug, sellerIds, (program, seller, shop, now) => Participant.Mentee(
            program.Id, seller.Id, new MenteeProfile { Id = seller.ExternalId }.OrAsTheShop(shop), personName: null, ProfileOrigin.Stated, now), stop);

    async Task<Result<Joined>> Add(
        string programSlug, IReadOnlyCollection<Guid> sellerIds, Func<ProgramFacts, SellerCard, ShopFacts?, DateTimeOffset, Result<Participant>> enroll, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program) return Refusal.NotFound("program");
        if (!program.TakesPeople) return program.TakesNobody;
        if (sellerIds.Count == 0) return Refusal.Invalid("nobody", "Choose at least one seller. Nothing was changed.");
        if (sellerIds.Count > Limit) return Refusal.Invalid("too_many", $"Choose up to {Limit:N0} sellers at a time, or bring them in by file. Nothing was changed.");

        var cards = await sellers.Cards(sellerIds, stop);
        var shops = await sellers.Facts(sellerIds, stop);
        var here = await db.Set<Participant>().Where(p => p.ProgramId == program.Id && sellerIds.Contains(p.SellerId)).Select(p => p.SellerId).ToListAsync(stop);
        var (joined, tooLongAgo) = (new List<Participant>(), 0);
        foreach (var card in cards.Values.Where(card => !here.Contains(card.Id)))
        {
            var shop = shops.GetValueOrDefault(card.Id);
            if (!enroll(program, card, shop, clock.GetUtcNow()).Succeeded(out var participant, out var refusal)) return refusal;
            db.Add(participant);
            joined.Add(participant);
            if (participant.TooManyDays(program, shop) is not null) tooLongAgo++;
        }

        if (await db.SaveParticipants(program.Id, stop, joined.Count > 0 ? programs : null, () => freeze.Of(program, joined, stop)) is var saved and not Saved.Yes)
        {
            return saved == Saved.ClosedMeanwhile ? program.TakesNobody : Refusal.Conflict("added_meanwhile", "Somebody else brought some of these sellers in at the same moment. Theirs are in and nobody was added by you. Look at the list, then choose again.");
        }

        return new Joined(joined.Count, tooLongAgo);
    }

    static int StandardCapacity(ProgramFacts program) => program.Design.Tiers.Single(tier => tier.Name == TierName.Standard).MenteesAMentor;
}
