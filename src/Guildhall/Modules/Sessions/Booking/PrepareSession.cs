using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>What the two write down before a session: the topics, and where they meet.</summary>
sealed class PrepareSession(GuildhallDb db, TimeProvider clock)
{
    /// <param name="seen">The edition that the form showed: what the other one wrote since is not lost.</param>
    public async Task<Refusal?> WriteAgenda(Guid id, Side side, ShopActor shop, uint seen, string agenda, CancellationToken stop)
    {
        agenda = agenda.ReplaceLineEndings("\n").Trim();
        if (Session.AgendaProblem(agenda, "Agenda") is { } tooLong) return tooLong;
        var (now, edition) = (clock.GetUtcNow(), (int)Math.Min(seen, int.MaxValue));
        var written = await Own(id, side, shop).Where(session => session.AgendaEdition == edition && session.State == SessionState.Booked)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.Agenda, agenda).SetProperty(session => session.AgendaEdition, session => session.AgendaEdition + 1).SetProperty(session => session.ChangedAt, now), stop);
        return written == 1 ? null : await WhyNot(id, side, shop, "The other one changed the agenda while you were on this page. Theirs is kept and stands above. What you typed is below: put together what you both want, and save.", stop);
    }

    /// <param name="seen">The link that the form showed; empty for none.</param>
    /// <param name="link">Empty takes it away.</param>
    public async Task<Refusal?> SetLink(Guid id, Side side, ShopActor shop, string seen, string link, CancellationToken stop)
    {
        if (link.Length > 0 && Session.LinkProblem(link, "JoinLink") is { } problem) return problem;
        var (now, set, before) = (clock.GetUtcNow(), link.Length > 0 ? link : null, seen.Length > 0 ? seen : null);
        var written = await Own(id, side, shop).Where(session => session.JoinLink == before && session.State == SessionState.Booked)
            .ExecuteUpdateAsync(changed => changed.SetProperty(session => session.JoinLink, set).SetProperty(session => session.ChangedAt, now), stop);
        return written == 1 ? null : await WhyNot(id, side, shop, "The other one changed the link while you were on this page. Theirs is kept and stands above. Yours is below: save it if it is still the right one.", stop);
    }

    IQueryable<Session> Own(Guid id, Side side, ShopActor shop) =>
        db.Set<Session>().Where(session => session.Id == id && (side == Side.Mentee ? session.MenteeSellerId : session.MentorSellerId) == shop.SellerId);

    async Task<Refusal> WhyNot(Guid id, Side side, ShopActor shop, string changed, CancellationToken stop) => await Own(id, side, shop).Select(session => (SessionState?)session.State).SingleOrDefaultAsync(stop) switch
    {
        null => Refusal.NotFound("session"),
        SessionState.Cancelled => Refusal.Conflict("cancelled", "This session is cancelled. Nothing was changed."),
        _ => Refusal.Conflict("changed_meanwhile", changed),
    };
}
