using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Experiments;

/// <summary>What lots decided for somebody, as their start page tells it.</summary>
/// <param name="People">How many took part.</param>
/// <param name="HasWon">Null for who joined after the draw, and waits behind it.</param>
public sealed record OwnLot(string Slug, string Program, string Cohort, int People, int Places, double OddsShare, bool? HasWon, DateOnly WaitsUntil);

/// <summary>On a mentee's start page, while a draw holds and they have no mentor yet: that places were drawn, with what odds, and until when who lost waits.</summary>
sealed class LotteryOnHome(GuildhallDb db, EnrollmentLookup enrollment, ProgramLookup programs, LotteryLookup lotteries, IEnumerable<IKnowPairs> pairs) : IAddToHome
{
    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop)
    {
        if (seat.Side != Side.Mentee) return [];
        var seats = (await enrollment.SeatsOf(seat.Shop.SellerId, stop)).Where(one => one.Side == Side.Mentee).ToDictionary(one => one.ProgramId);
        var draws = await lotteries.Holding([.. seats.Keys], stop);
        if (draws.Count == 0) return [];
        var paired = new HashSet<Guid>();
        foreach (var module in pairs) paired.UnionWith((await module.OfMentee(seat.Shop.SellerId, stop)).Select(pair => pair.ProgramId));

        List<HomeCard> cards = [];
        foreach (var draw in draws.Where(draw => !paired.Contains(draw.ProgramId)))
        {
            var (id, joined) = (seats[draw.ProgramId].ParticipantId, seats[draw.ProgramId].JoinedAt);
            var own = await db.Set<Lot>().AsNoTracking().SingleOrDefaultAsync(lot => lot.DrawId == draw.Id && lot.ParticipantId == id, stop);
            if (own is null && joined <= draw.DrawnAt) continue;
            var people = await db.Set<Lot>().CountAsync(lot => lot.DrawId == draw.Id, stop);
            var program = (await programs.ById(draw.ProgramId, stop))!;
            cards.Add(HomeCard.Of<LotteryCard>(15, ("Own", new OwnLot(program.Slug, program.Name, program.Cohort, people, draw.Places, own?.OddsShare ?? 0, own?.HasWon, draw.WaitsUntil))));
        }

        return cards;
    }
}
