using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;

namespace Guildhall.Modules.Sessions;

/// <summary>On the start page: whether the two met, what is next, and for a mentee without a session three times to choose from.</summary>
sealed class SessionsOnHome(ReadSessions read, PairsThatBook pairs, PairNames names, ReadTimes times, OwnClock clock, TimeProvider time) : IAddToHome
{
    const int MostShown = 5;

    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop)
    {
        var (side, shop) = (seat.Side, seat.Shop);
        var zone = await clock.Of(shop, stop);
        var (ahead, toSay) = await read.OnHome(side, shop, zone, MostShown, stop);
        List<HomeCard> cards = [.. toSay.Select(line => HomeCard.Of<SayCard>(5, ("Side", side), ("Line", line)))];
        if (ahead.Count > 0) cards.Add(HomeCard.Of<NextSessionCard>(10, ("Side", side), ("Lines", ahead), ("Zone", zone)));
        else if (side == Side.Mentee && (await pairs.Of(side, shop.SellerId, stop)) is [var pair, ..])
        {
            var (timetable, mentor) = (await times.Of(pair, null, stop), (await names.Of([pair.Mentor], stop))(pair.Mentor));
            var view = new TimesView(side, mentor, mentor, timetable.Offer(time.GetUtcNow(), zone), timetable.LengthMinutes, zone, timetable.Mentor.Week.Zone, SessionRoutes.BookPath(side, pair.Id));
            cards.Add(HomeCard.Of<BookCard>(10, ("View", view), ("IsFirst", !await read.HasAny(pair.Id, stop))));
        }

        return cards;
    }
}
