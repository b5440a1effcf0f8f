using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>What a mentee is asked of a session.</summary>
/// <param name="AsksFit">After the first sessions of a pair.</param>
public sealed record FeedbackQuestion(Guid SessionId, string When, PairPerson Mentor, bool AsksFit, bool IsGiven);

/// <summary>The mentee's feedback on a session that is over and was not missed.</summary>
sealed class GiveFeedback(GuildhallDb db, SessionPeople people, OwnClock own, TimeProvider clock)
{
    /// <summary>For so long after a session: later nobody remembers.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    public static IReadOnlyList<Choice> UsefulChoices { get; } = [new(nameof(Useful.Yes), "Yes"), new(nameof(Useful.Partly), "Partly"), new(nameof(Useful.No), "No")];
    public static IReadOnlyList<Choice> FitChoices { get; } = [new(nameof(Fit.Yes), "Yes"), new(nameof(Fit.NotSure), "Not sure yet"), new(nameof(Fit.No), "No")];

    public async Task<FeedbackQuestion?> Asked(Guid id, ShopActor shop, CancellationToken stop)
    {
        if (await Mine(id, shop, stop) is not { } session) return null;
        return new(id, SessionWords.Own(session.StartsAt, session.LengthMinutes, await own.Of(shop, stop)), (await people.Of([session], stop))(session, Side.Mentor), await AsksFit(session, stop), await db.Set<Feedback>().AnyAsync(f => f.SessionId == id, stop));
    }

    public async Task<Refusal?> Run(Guid id, ShopActor shop, FormFields form, CancellationToken stop)
    {
        if (await Mine(id, shop, stop) is not { } session) return Refusal.NotFound("session");
        var now = clock.GetUtcNow();
        if (session.State == SessionState.Cancelled) return Refusal.Conflict("cancelled", "This session was cancelled, so there is nothing to say of it. Nothing was sent.");
        if (now < session.EndsAt) return Refusal.Conflict("not_held", "This session was not held yet. Nothing was sent.");
        if (now >= session.EndsAt + Window) return Refusal.Conflict("too_late", $"The {Window.Days} days to say how it was are over. Nothing was sent. Write to the program’s team if it matters still.");
        var asksFit = await AsksFit(session, stop);
        var fit = Enum.TryParse<Fit>(form.Text("Fit"), out var said) && Enum.IsDefined(said) ? said : (Fit?)null;
        if (Refusal.Together(
            Enum.TryParse<Useful>(form.Text("Useful"), out var useful) && Enum.IsDefined(useful) ? null : Refusal.Invalid("useful", "Choose whether it was useful. Nothing was sent yet.", "Useful"),
            asksFit && fit is null ? Refusal.Invalid("fit", "Choose whether you fit. Nothing was sent yet.", "Fit") : null,
            form.Text("Conduct").Length > Feedback.WordsLimit ? Refusal.Invalid("conduct", $"Write up to {Feedback.WordsLimit} characters. Nothing was sent yet.", "Conduct") : null) is { } unreadable) return unreadable;
        db.Add(new Feedback(session, shop.AccountId, useful, asksFit ? fit : null, Behavior.All.Select(one => one.Key).Intersect(form.Values("Behaviors", [])), form.Text("Conduct") is { Length: > 0 } conduct ? conduct : null, now));
        try
        {
            await db.SaveChangesAsync(stop);
            return null;
        }
        catch (DbUpdateException refused) when (refused.IsTaken())
        {
            db.ChangeTracker.Clear();
            return Refusal.Conflict("given", "You said how this session was already. That stands, and nothing was sent twice.");
        }
    }

    async Task<Session?> Mine(Guid id, ShopActor shop, CancellationToken stop) => await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.MenteeSellerId == shop.SellerId, stop);

    /// <summary>Whether it is one of the first sessions of its pair.</summary>
    async Task<bool> AsksFit(Session session, CancellationToken stop) =>
        await db.Set<Session>().CountAsync(one => one.PairId == session.PairId && one.State == SessionState.Booked && one.StartsAt < session.StartsAt, stop) < Feedback.SessionsAboutFit;
}
