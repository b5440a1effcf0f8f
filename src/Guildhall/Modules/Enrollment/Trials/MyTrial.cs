using System.Globalization;
using Guildhall.Modules.Library;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>The session that who tries a program has a place in.</summary>
/// <param name="When">On the reader's own clocks.</param>
/// <param name="Host">Null for somebody whose account is gone.</param>
/// <param name="Came">Null is not marked yet.</param>
public sealed record OwnSession(string When, string? Host, string JoinLink, bool HasBegun, bool IsOver, bool? Came);

/// <summary>A session that can be chosen.</summary>
public sealed record SessionChoice(Guid Id, string When, string? Host, int PlacesLeft);

/// <summary>A tip as its page shows it.</summary>
/// <param name="Href">Null while the article is not offered.</param>
public sealed record OwnTip(int Number, string Title, string Words, string? Href, string? Reason, DateOnly OpensOn, bool IsOpen, DateTimeOffset? DoneAt);

/// <summary>Everything on the page of an own trial.</summary>
/// <param name="DaysLeft">With today.</param>
/// <param name="Summary">Once it is over.</param>
/// <param name="Next">Where it goes on: applying, the own application, or the start page of who takes part.</param>
/// <param name="NextWords">What stands beside that.</param>
public sealed record MyTrialView(
    ProgramFacts Program, TrialState State, DateOnly StartsOn, DateOnly EndsOn, DateOnly LastDay, int DaysLeft, OwnSession? Session, IReadOnlyList<SessionChoice> Choices, IReadOnlyList<OwnTip> Tips, TrialSummary? Summary, Link? Next, string NextWords)
{
    public bool IsRunning => State == TrialState.Running;
    public int TipsDone => Tips.Count(tip => tip.DoneAt is not null);
}

/// <summary>Reads an own trial for its page and for the start page.</summary>
sealed class ReadMyTrial(GuildhallDb db, LibraryLookup library, AccountLookup accounts, ReadSummary summaries, OfferTrial offers, OwnClock own, TimeProvider clock)
{
    const int MostChoices = 20;

    /// <returns>Null where the shop never tried it.</returns>
    public async Task<MyTrialView?> Of(ProgramFacts program, ShopActor shop, CancellationToken stop)
    {
        if (await db.Set<Trial>().AsNoTracking().SingleOrDefaultAsync(t => t.ProgramId == program.Id && t.SellerId == shop.SellerId, stop) is not { } trial) return null;
        var (now, zone) = (clock.GetUtcNow(), await own.Of(shop, stop));
        var today = ProgramDays.Today(await offers.TimeZone(stop), now);
        // Its last day is over, whether somebody has written that down by now or not.
        var state = trial.State == TrialState.Running && !trial.RunsAt(now) ? TrialState.Ended : trial.State;
        var session = trial.SessionId is { } id ? await db.Set<TrialSession>().AsNoTracking().SingleAsync(s => s.Id == id, stop) : null;
        var choices = state == TrialState.Running && !(session?.StartsAt <= now) ? await Choices(trial, now, stop) : [];
        var hosts = await accounts.Names([.. choices.Select(choice => choice.Session.HostId).Append(session?.HostId ?? Guid.Empty).Distinct()], stop);
        var tips = await db.Set<TrialTip>().AsNoTracking().Where(tip => tip.TrialId == trial.Id).OrderBy(tip => tip.Number).ToListAsync(stop);
        var readable = await library.BySlugs(ReaderSide.Mentee, [.. tips.Select(tip => tip.Article)], stop);
        var (next, words) = await Next(program, shop.SellerId, now, stop);
        return new MyTrialView(
            program, state, trial.StartsOn, trial.EndsOn, trial.LastDay, Math.Max(0, trial.EndsOn.DayNumber - today.DayNumber + 1),
            session is null ? null : new OwnSession(OwnClock.Words(session.StartsAt, session.LengthMinutes, zone), hosts.GetValueOrDefault(session.HostId), session.JoinLink, session.StartsAt <= now, session.EndsAt <= now, trial.Came),
            [.. choices.Select(choice => new SessionChoice(choice.Session.Id, OwnClock.Words(choice.Session.StartsAt, choice.Session.LengthMinutes, zone), hosts.GetValueOrDefault(choice.Session.HostId), choice.Left))],
            [.. tips.Select((tip, at) => new OwnTip(
                tip.Number, tip.Title, tip.Words, readable.ContainsKey(tip.Article) ? LibraryLookup.PathOf(ReaderSide.Mentee, tip.Article) : null, tip.Reason, tip.OpensOn,
                at == 0 || tip.OpensOn <= today || tip.DoneAt is not null || tips[at - 1].DoneAt is not null, tip.DoneAt))],
            state == TrialState.Running ? null : (await summaries.Of([trial], stop))[trial.Id], next, words);
    }

    /// <summary>The trials of a shop that run, or were over within some days, newest first.</summary>
    public async Task<IReadOnlyList<Guid>> Lately(Guid sellerId, int days, CancellationToken stop)
    {
        var since = clock.GetUtcNow().AddDays(-days);
        return await db.Set<Trial>().Where(t => t.SellerId == sellerId && (t.EndedAt ?? t.EndsAt) > since).OrderByDescending(t => t.Id).Select(t => t.ProgramId).Take(3).ToListAsync(stop);
    }

    async Task<IReadOnlyList<(TrialSession Session, int Left)>> Choices(Trial trial, DateTimeOffset now, CancellationToken stop)
    {
        var coming = await db.Set<TrialSession>().AsNoTracking().Where(s => s.ProgramId == trial.ProgramId && s.CalledOffAt == null && s.StartsAt > now && s.StartsAt < trial.EndsAt && s.Id != trial.SessionId)
            .Select(s => new { Session = s, Taken = db.Set<Trial>().Count(t => t.SessionId == s.Id) })
            .Where(s => s.Taken < s.Session.Places).OrderBy(s => s.Session.StartsAt).Take(MostChoices).ToListAsync(stop);
        return [.. coming.Select(one => (one.Session, one.Session.Places - one.Taken))];
    }

    async Task<(Link?, string)> Next(ProgramFacts program, Guid sellerId, DateTimeOffset now, CancellationToken stop)
    {
        if (await db.Set<Participant>().AnyAsync(p => p.ProgramId == program.Id && p.SellerId == sellerId, stop)) return (new Link("Go to your start page", "/me"), $"Your shop takes part in {program.Name}.");
        var state = await db.Set<Application>().Where(a => a.ProgramId == program.Id && a.SellerId == sellerId && a.Side == Side.Mentee && a.State != ApplicationState.Declined && a.State != ApplicationState.Withdrawn).Select(a => (ApplicationState?)a.State).SingleOrDefaultAsync(stop);
        if (state is ApplicationState.Sent or ApplicationState.Waiting or ApplicationState.Accepted) return (new Link("See your application", $"/apply/{program.Slug}/done"), "Your application stands as it is: the trial counts neither for it nor against it.");
        if (!program.TakesApplications(now)) return (null, "Applications are closed now. The marketplace’s team can tell you when the next cohort opens.");
        var until = program.ApplicationsCloseOn.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);
        return (new Link(state is ApplicationState.Draft ? "Go on with your application" : "Apply for a mentor", $"/apply/{program.Slug}"), $"Seven questions, about 5 minutes. What the marketplace knows of your shop is filled in. Applications are open until {until}.");
    }
}
