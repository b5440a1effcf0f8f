using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;

namespace Guildhall.Modules.Sessions;

/// <summary>On the start page: whether the two met, what is next, and for a mentee without a session three times to choose from.</summary>
sealed class SessionsOnHome(ReadSessions read, PrepareBrief briefs, ReadFeedback feedback, IKnowOpenSteps steps, PairsThatBook pairs, PairNames names, ReadTimes times, OwnClock clock, TimeProvider time) : IAddToHome
{
    const int MostShown = 5;
    const int SuggestionsShown = 3;

    public async Task<IReadOnlyList<HomeCard>> CardsOf(SellerSeat seat, CancellationToken stop)
    {
        var (side, shop) = (seat.Side, seat.Shop);
        var zone = await clock.Of(shop, stop);
        var (ahead, toSay) = await read.OnHome(side, shop, zone, MostShown, stop);
        // A mentor says with the log that the two met.
        var toLog = side == Side.Mentor ? await read.ToLog(shop, zone, MostShown, stop) : [];
        var logged = toLog.Select(line => line.Id).ToHashSet();
        List<HomeCard> cards = [.. toSay.Where(line => !logged.Contains(line.Id)).Select(line => HomeCard.Of<SayCard>(5, ("Side", side), ("Line", line)).Asking())];
        foreach (var (at, line) in toLog.Index())
            cards.Add(HomeCard.Of<LogCard>(4, ("Line", line), ("IsMain", at == 0 && !seat.IsAwaited), ("Suggestions", (IReadOnlyList<string>)[.. (await steps.Of(line.MenteeSellerId, stop)).Take(SuggestionsShown).Select(step => step.Title)])).Asking());
        if (side == Side.Mentee) cards.AddRange((await read.ToRate(shop, zone, MostShown, stop)).Select(line => HomeCard.Of<AskFeedbackCard>(6, ("SessionId", line.Id), ("Mentor", line.Other.FirstName), ("When", line.When)).Asking()));
        else if (await feedback.ToMentor(shop.SellerId, stop) is { Answers: not null } said) cards.Add(HomeCard.Of<SaidCard>(40, ("Feedback", said)).Aside());
        if (ahead.Count > 0)
        {
            var next = HomeCard.Of<NextSessionCard>(10, ("Side", side), ("Lines", ahead), ("Zone", zone), ("MayMove", !await pairs.IsPaused(ahead[0].PairId, stop)));
            cards.Add(side == Side.Mentee ? next : next.Aside());
            // A mentor with several mentees needs to know of the next one who it was.
            if (side == Side.Mentor)
                cards.Add(HomeCard.Of<BriefCard>(9, ("Brief", await briefs.Of(ahead[0].PairId, side, shop, stop)), ("Title", $"Before {WallTime.Of(ahead[0].StartsAt, zone):dddd} with {ahead[0].Other.FirstName}"), ("Href", SessionRoutes.Path(side, ahead[0].Id))).Aside());
        }
        else if (side == Side.Mentee && (await pairs.Of(side, shop.SellerId, stop)) is [var pair, ..])
        {
            var (timetable, mentor) = (await times.Of(pair, null, null, stop), (await names.Of([pair.Mentor], stop))(pair.Mentor));
            var view = new TimesView(side, mentor, mentor, timetable.Offer(time.GetUtcNow(), zone), timetable.LengthMinutes, zone, timetable.Mentor.Week.Zone, SessionRoutes.BookPath(side, pair.Id));
            cards.Add(HomeCard.Of<BookCard>(10, ("View", view), ("IsFirst", !await read.HasAny(pair.Id, stop))));
        }

        return cards;
    }
}
