using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>A remark about conduct, as the program's team reads it.</summary>
public sealed record ConductRemark(Guid SessionId, string Words, string GivenAt, bool IsSeenTo);

/// <summary>What mentees said of a pair's sessions, on its page for the program's team.</summary>
public sealed record PairFeedback(IReadOnlyList<Figure> Answers, IReadOnlyList<ConductRemark> Remarks, string PairPath);

/// <summary>Shows the program's team what a mentee said, and notes that they saw to a remark about conduct.</summary>
sealed class ConcernsOfPair(GuildhallDb db, MarketplaceZone zones, TimeProvider clock) : IAddToPair
{
    const int RemarksShown = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/manage/{program}/pairs/{id:guid}/remarks", async (string program, Guid id, FormFields form, ConcernsOfPair concerns, ProgramLookup programs, Shell shell, Actor actor, CancellationToken stop) =>
        await programs.BySlug(program, stop) is { } facts && Guid.TryParse(form.Text("Session"), out var session) && await concerns.SeeTo(facts.Id, id, session, actor, stop) ? Results.LocalRedirect($"/manage/{program}/pairs/{id}?did=seen-to") : await Page.Refused(shell, Refusal.NotFound("remark"), stop)).RequireAccess(AccessTable.RunProgram);

    public async Task<IReadOnlyList<HomeCard>> CardsOf(Guid mentorshipId, string pairPath, CancellationToken stop)
    {
        var given = await db.Set<Feedback>().AsNoTracking().Where(f => f.PairId == mentorshipId).OrderByDescending(f => f.GivenAt).ToListAsync(stop);
        if (given.Count == 0) return [];
        var zone = await zones.Of(stop);
        var fit = given.Find(one => one.Fit is not null)?.Fit;
        return [HomeCard.Of<PairFeedbackCard>(10, ("View", new PairFeedback(
            [
                new("Useful", string.Create(CultureInfo.CurrentCulture, $"{given.Count(one => one.Useful == Useful.Yes)} of {given.Count} say yes, {given.Count(one => one.Useful == Useful.No)} no")),
                new("Fit, the last answer", fit switch { Fit.Yes => "yes", Fit.NotSure => "not sure yet", Fit.No => "no", _ => null }),
            ],
            [.. given.Where(one => one.Conduct is not null).Take(RemarksShown).Select(one => new ConductRemark(one.SessionId, one.Conduct!, SessionWords.DayAndHour(one.GivenAt, zone), one.ConductSeenToAt is not null))], pairPath)))];
    }

    async Task<bool> SeeTo(Guid programId, Guid pairId, Guid sessionId, Actor actor, CancellationToken stop)
    {
        if (await db.Set<Feedback>().SingleOrDefaultAsync(f => f.SessionId == sessionId && f.PairId == pairId && f.Conduct != null && db.Set<Session>().Any(s => s.Id == sessionId && s.ProgramId == programId), stop) is not { } feedback) return false;
        feedback.SeeTo(actor.AccountId, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        return true;
    }
}
