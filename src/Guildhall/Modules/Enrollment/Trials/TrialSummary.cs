using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One figure of a shop in the days of its trial, beside as many days before.</summary>
public sealed record MovedFigure(string Label, string Before, string During)
{
    public const string NotKnown = "not known";
    public bool IsKnown => Before != NotKnown || During != NotKnown;
}

/// <summary>What was done in a trial, and what moved.</summary>
/// <param name="Done">"your session on Tue 8 Dec was held and you were there, and 2 of 3 tips are done".</param>
/// <param name="Days">How many days it covered; the figures before are of as many.</param>
/// <param name="FiguresReach">The last day that any figures of the marketplace are known of; null before the first.</param>
public sealed record TrialSummary(string Session, string Tips, int Days, DateOnly From, DateOnly To, IReadOnlyList<MovedFigure> Moved, DateOnly? FiguresReach)
{
    public string Done => $"{Session}, and {Tips}";

    /// <summary>The figures have not come as far as the trial went.</summary>
    public bool IsEarly => FiguresReach is null || FiguresReach < To;

    /// <summary>Why nothing is known yet, or why some of it is not.</summary>
    public string Note => FiguresReach is null ? "The marketplace has sent no figures yet. They stand here once it has."
        : IsEarly ? string.Create(CultureInfo.CurrentCulture, $"The marketplace’s figures reach {FiguresReach:d MMMM} so far. What the trial days brought stands here once they reach {To:d MMMM}.")
        : "“Not known” is what the marketplace does not send, or did not send for all of these days.";

    public string MovedWords => IsEarly || Moved.All(figure => !figure.IsKnown)
        ? IsEarly ? $"not known yet. {Note.Replace(" stands here ", " stands on your page ", StringComparison.Ordinal).Replace("They stand here ", "They stand on your page ", StringComparison.Ordinal)}" : "not known. The marketplace sends no figures of your shop for these days."
        : $"{string.Join("; ", Moved.Select(figure => $"{figure.Label.ToLowerInvariant()} {figure.During}, before {figure.Before}"))}.";

    public string Caution => $"{Length} show nothing about cause: shops go up and down by themselves.";

    string Length => Days switch { 1 => "Single days", 7 => "Single weeks", 14 => "Two weeks", 21 => "Three weeks", 28 => "Four weeks", _ => string.Create(CultureInfo.CurrentCulture, $"{Days:N0} days") };
}

/// <summary>Reads the summaries of trials: a few queries for all of them, and of those with a session whose clocks its day is told by.</summary>
sealed class ReadSummary(GuildhallDb db, SellerLookup sellers, OwnClock own)
{
    public async Task<IReadOnlyDictionary<Guid, TrialSummary>> Of(IReadOnlyList<Trial> trials, CancellationToken stop)
    {
        var sessions = await Sessions(trials, stop);
        Guid[] ids = [.. trials.Select(trial => trial.Id)];
        var tips = (await db.Set<TrialTip>().AsNoTracking().Where(tip => ids.Contains(tip.TrialId)).Select(tip => new { tip.TrialId, tip.DoneAt }).ToListAsync(stop)).ToLookup(tip => tip.TrialId, tip => tip.DoneAt is not null);
        var reach = await sellers.LastDay(stop);
        var figures = await sellers.Stretches([.. trials.SelectMany(trial => new[] { Before(trial), During(trial) })], stop);
        var currency = (await db.Set<Marketplace>().AsNoTracking().SingleOrDefaultAsync(stop))?.Currency;
        Dictionary<Guid, TrialSummary> summaries = [];
        foreach (var (at, trial) in trials.Index())
        {
            var session = trial.SessionId is { } id ? sessions.GetValueOrDefault(id) : null;
            summaries[trial.Id] = new TrialSummary(
                SessionWords(trial, session, session is null ? null : await own.OfShop(trial.SellerId, stop)), TipWords([.. tips[trial.Id]]), DaysOf(trial), trial.StartsOn, trial.LastDay,
                Moved(figures[2 * at], figures[(2 * at) + 1], currency), reach);
        }

        return summaries;
    }

    async Task<IReadOnlyDictionary<Guid, TrialSession>> Sessions(IReadOnlyList<Trial> trials, CancellationToken stop)
    {
        Guid[] ids = [.. trials.Select(trial => trial.SessionId).OfType<Guid>().Distinct()];
        return await db.Set<TrialSession>().AsNoTracking().Where(session => ids.Contains(session.Id)).ToDictionaryAsync(session => session.Id, stop);
    }

    static int DaysOf(Trial trial) => trial.LastDay.DayNumber - trial.StartsOn.DayNumber + 1;

    static SellerStretch During(Trial trial) => new(trial.SellerId, trial.StartsOn, trial.LastDay);

    static SellerStretch Before(Trial trial) => new(trial.SellerId, trial.StartsOn.AddDays(-DaysOf(trial)), trial.StartsOn.AddDays(-1));

    static string SessionWords(Trial trial, TrialSession? session, TimeZoneInfo? zone)
    {
        if (session is null) return "you had no session";
        var day = TimeZoneInfo.ConvertTime(session.StartsAt, zone!).ToString("ddd d MMM", CultureInfo.CurrentCulture);
        return trial.Came switch { true => $"you were at your session on {day}", false => $"you were not at your session on {day}", null => $"who came to your session on {day} is not marked yet" };
    }

    static string TipWords(IReadOnlyList<bool> tips) => tips.Count == 0 ? "there was no tip" : $"{tips.Count(done => done)} of {tips.Count} {(tips.Count == 1 ? "tip is" : "tips are")} done";

    internal static IReadOnlyList<MovedFigure> Moved(StretchFigures before, StretchFigures during, Currency? currency) =>
    [
        new("Listings on sale", Number(before.Listings), Number(during.Listings)),
        new("Orders", Number(before.Orders), Number(during.Orders)),
        new("Revenue", Money(before.RevenueMinorUnits, currency), Money(during.RevenueMinorUnits, currency)),
        new("Average review", Reviews(before), Reviews(during)),
    ];

    static string Number(long? number) => number?.ToString("N0", CultureInfo.CurrentCulture) ?? MovedFigure.NotKnown;

    static string Money(long? minorUnits, Currency? currency) => minorUnits is { } amount && currency is not null ? currency.Format(amount) : MovedFigure.NotKnown;

    static string Reviews(StretchFigures stretch) => (stretch.ReviewMean, stretch.Reviews) switch
    {
        ({ } mean, 1) => string.Create(CultureInfo.CurrentCulture, $"{mean:0.0} of 5, from 1 review"),
        ({ } mean, { } reviews) => string.Create(CultureInfo.CurrentCulture, $"{mean:0.0} of 5, from {reviews:N0} reviews"),
        (null, 0) => "no review",
        _ => MovedFigure.NotKnown,
    };
}
