using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Sessions;

/// <summary>The times that one of a pair chooses from, for a new session or another time of one.</summary>
/// <param name="Otherwise">Where the times for the other length are, of one question or a whole session; null where there is one length.</param>
/// <param name="DropIn">When and where the mentor is next there without booking; null for a mentor, and where they never are.</param>
/// <param name="Here">Where a chosen time leads; the time is added to it.</param>
public sealed record TimesView(Side Side, PairPerson Other, PairPerson Mentor, OfferedTimes Offered, int LengthMinutes, TimeZoneInfo Zone, TimeZoneInfo TheirZone, string Here, string? Otherwise = null, (string When, string Link)? DropIn = null)
{
    public bool IsShort => LengthMinutes == Session.ShortMinutes;

    public string Href(FreeTime time) => $"{Here}{(Here.Contains('?', StringComparison.Ordinal) ? '&' : '?')}at={SessionRoutes.InAddress(time.StartsAt)}";
}

/// <summary>Answers the requests of the pages on which a time is chosen: times first, then the last look.</summary>
sealed class TimePages(PairsThatBook pairs, ReadTimes times, ReadSessions sessions, PairNames names, BookSession book, ChangeSession change, IEnumerable<IKnowOpenSteps> plans, OwnClock clock, TimeProvider time, Shell shell)
{
    const int SuggestedTopics = 3;

    public async Task<IResult> ForNew(Side side, ShopActor shop, Guid? pairId, bool isShort, string? at, CancellationToken stop)
    {
        if (pairId is null)
        {
            var all = await sessions.Pairs(side, shop, stop);
            if (all is [var only]) return await ForNew(side, shop, only.PairId, isShort, at, stop);
            return Page.Of<ChoosePairPage>(new { Shell = await Frame(side, stop), Side = side, Pairs = all });
        }

        return await pairs.One(pairId.Value, side, shop.SellerId, stop) is { } pair ? await New(pair, side, shop, isShort, at, new FormFields(), null, stop) : await Without(pairId.Value, side, shop, stop);
    }

    public async Task<IResult> Book(Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (!Guid.TryParse(form.Text("pair"), out var pairId) || await pairs.One(pairId, side, shop.SellerId, stop) is not { } pair) return await Without(Guid.TryParse(form.Text("pair"), out var asked) ? asked : Guid.Empty, side, shop, stop);
        var isShort = form.Text("short") == "true";
        if (SessionRoutes.FromAddress(form.Text("at")) is not { } startsAt) return await New(pair, side, shop, isShort, null, form, null, stop);
        var booked = await book.Run(new(pairId, startsAt, Agenda(form), isShort), side, shop, stop);
        return booked.Succeeded(out var id, out var refusal) ? Results.LocalRedirect($"{SessionRoutes.Path(side, id)}?did=booked") : await New(pair, side, shop, isShort, form.Text("at"), form, refusal, stop);
    }

    static string Agenda(FormFields form) => string.Join('\n', form.Values("Topics", []).Append(form.Text("Agenda")).Where(topic => topic.Length > 0));

    public async Task<IResult> ForMoved(Guid id, Side side, ShopActor shop, string? at, Refusal? refusal, CancellationToken stop)
    {
        if (refusal is { Kind: RefusalKind.NotFound } || await sessions.One(id, side, shop, stop) is not { } session) return await Page.Refused(shell, Refusal.NotFound("session"), stop);
        if (!session.MayChange) return Results.LocalRedirect(SessionRoutes.Path(side, id));
        if (await pairs.One(session.PairId, side, shop.SellerId, stop) is not { } pair)
            return await pairs.Paused(session.PairId, side, shop.SellerId, stop) is null ? Results.LocalRedirect(SessionRoutes.Path(side, id)) : await Without(session.PairId, side, shop, stop);
        var here = $"{SessionRoutes.Path(side, id)}/move";
        return await Show(pair, side, shop, session.LengthMinutes, session, here, null, at, "", refusal, async (view, chosen) =>
            Page.Of<ConfirmMovePage>(new { Shell = await Frame(side, stop), View = view, Chosen = chosen, Session = session }), stop);
    }

    public async Task<IResult> Move(Guid id, Side side, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (SessionRoutes.FromAddress(form.Text("at")) is not { } startsAt) return await ForMoved(id, side, shop, null, null, stop);
        var moved = await change.Move(id, side, shop, form.Edition("seen"), startsAt, stop);
        return moved.Succeeded(out _, out var refusal) ? Results.LocalRedirect($"{SessionRoutes.Path(side, id)}?did=moved") : await ForMoved(id, side, shop, form.Text("at"), refusal, stop);
    }

    async Task<IResult> New(StandingPair pair, Side side, ShopActor shop, bool isShort, string? at, FormFields form, Refusal? refusal, CancellationToken stop) =>
        await Show(pair, side, shop, isShort ? Session.ShortMinutes : null, null, SessionRoutes.BookPath(side, pair.Id, isShort), SessionRoutes.BookPath(side, pair.Id, !isShort), at, refusal is null ? "" : Agenda(form), refusal is { Field: not null } ? null : refusal, async (view, chosen) => Page.Of<ConfirmTimePage>(new
        {
            Shell = await Frame(side, stop),
            View = view,
            Chosen = chosen,
            PairId = pair.Id,
            Topics = side == Side.Mentee ? await Topics(pair, stop) : [],
            Form = form.Refused(refusal is { Field: not null } ? refusal : null),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal)), stop);

    /// <summary>For a pair that books no time: that it is paused, or that there is no such pair.</summary>
    async Task<IResult> Without(Guid pairId, Side side, ShopActor shop, CancellationToken stop)
    {
        if (await pairs.Paused(pairId, side, shop.SellerId, stop) is not { Pair: var pair, Since: var since }) return await Page.Refused(shell, Refusal.NotFound("pair"), stop);
        var other = pair.On(side.Other());
        return Page.Of<PausedPairPage>(new { Shell = await Frame(side, stop), Side = side, PairId = pairId, Other = (await names.Of([other], stop))(other), Since = since }, StatusCodes.Status409Conflict);
    }

    /// <summary>The last look at a time that is free, or else the times to choose from.</summary>
    async Task<IResult> Show(StandingPair pair, Side side, ShopActor shop, int? minutes, SessionView? moved, string here, string? otherwise, string? at, string typed, Refusal? refusal, Func<TimesView, FreeTime, Task<IResult>> confirm, CancellationToken stop)
    {
        var (now, zone) = (time.GetUtcNow(), await clock.Of(shop, stop));
        var timetable = (await times.Of(pair, minutes, moved?.Id, stop)) with { Standing = moved?.StartsAt };
        var called = await names.Of([pair.Mentee, pair.Mentor], stop);
        var view = new TimesView(side, called(pair.On(side.Other())), called(pair.Mentor), timetable.Offer(now, zone), timetable.LengthMinutes, zone, await clock.OfShop(pair.On(side.Other()).SellerId, stop), here, minutes is null && timetable.LengthMinutes <= Session.ShortMinutes ? null : otherwise,
            side == Side.Mentee && moved is null && timetable.DropIn is { Ahead: [var next, ..], Link: var link } ? (SessionWords.Own(next.From, (int)(next.Until - next.From).TotalMinutes, zone), link) : null);
        var wanted = SessionRoutes.FromAddress(at);
        if (refusal is null && wanted is { } chosen && timetable.At(chosen) is { } local && timetable.Stands(local, now) == TimeStands.Free) return await confirm(view, new FreeTime(local, chosen));
        // Somebody was faster, or the page was open for long.
        refusal ??= wanted is null ? null : wanted == moved?.StartsAt ? Refusal.Conflict("same_time", "That is when it is already. Nothing was changed.") : BookSession.Gone;
        return Page.Of<PickTimePage>(new { Shell = await Frame(side, stop), View = view, IsMove = moved is not null, Problem = refusal, Typed = typed }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    /// <summary>What a mentee could talk about: the first open steps of their plan.</summary>
    async Task<IReadOnlyList<string>> Topics(StandingPair pair, CancellationToken stop)
    {
        List<string> topics = [];
        foreach (var plan in plans) topics.AddRange((await plan.Of(pair.Mentee.SellerId, stop)).Select(step => step.Title));
        return [.. topics.Take(SuggestedTopics)];
    }

    Task<ShellContext> Frame(Side side, CancellationToken stop) => shell.Personal(SessionRoutes.AreaOf(side), stop);
}
