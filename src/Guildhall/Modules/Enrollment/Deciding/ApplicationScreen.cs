using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>One application as a manager reads it.</summary>
sealed class ApplicationScreen(GuildhallDb db, ProgramLookup programs, ReadApplicantScene read, WaitingList waiting, AccountLookup accounts, AuditTrail trail, Shell shell, IHttpContextAccessor requests)
{
    public async Task<IResult> Show(string slug, Guid id, FormFields form, Refusal? refusal, CancellationToken stop)
    {
        if (await programs.BySlug(slug, stop) is not { } program
            || await db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.ProgramId == program.Id && a.State != ApplicationState.Draft, stop) is not { } application
            || await read.Of(program, application.SellerId, withPains: true, stop) is not { } scene) return await Page.Refused(shell, Refusal.NotFound("application"), stop);
        var reviews = await db.Set<VettingReview>().AsNoTracking().Where(review => review.ApplicationId == id).OrderBy(review => review.GivenAt).ToListAsync(stop);
        var actor = Actor.From(requests.HttpContext!);
        var me = actor.AccountId;
        // Another's view would sway one's own: it shows once one's own is given, or when it is decided on.
        var seesAll = application.State != ApplicationState.Sent || reviews.Exists(review => review.ReviewerId == me);
        await trail.Saw(actor, AuditSubject.Seller(application.SellerId, program.Id), stop, application.Side == Side.Mentor ? ["name", "answers", "figures", "pains", "reviews", "interests"] : ["name", "answers", "figures", "pains"]);
        return Page.Of<ApplicationPage>(new
        {
            Shell = await shell.Staff(stop),
            View = new ApplicationView(
                program, application.Id, application.RowVersion, application.PersonName, application.Side, application.State, application.SentAt!.Value, application.DecidedAt, application.Reason, application.Appeal, application.Tier, application.TierReason,
                scene, application.Answers, application.Side == Side.Mentee ? TierProposal.Of(scene.Figures, application.Answers) : null,
                [.. reviews.Where(review => seesAll || review.ReviewerId == me).Select(review => new ReviewView(review.ReviewerName, review.ReviewerId == me, review.Scores.ByLine, review.Recommends, review.Note))],
                reviews.Count, await waiting.PlaceOf(program, application, stop), application.Side == Side.Mentor ? await Invited(application, stop) : null),
            Form = form.Refused(refusal),
        }, refusal is null ? StatusCodes.Status200OK : Page.StatusOf(refusal));
    }

    async Task<string?> Invited(Application application, CancellationToken stop)
    {
        if (await db.Set<MentorInvitation>().AsNoTracking().SingleOrDefaultAsync(i => i.ProgramId == application.ProgramId && i.SellerId == application.SellerId, stop) is not { } invitation) return null;
        var by = (await accounts.Names([invitation.InvitedBy], stop)).GetValueOrDefault(invitation.InvitedBy, "somebody whose account is gone");
        return $"Invited by {by} on {invitation.InvitedAt.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}.";
    }
}

/// <summary>A review as the page shows it.</summary>
public sealed record ReviewView(string Reviewer, bool IsMine, IReadOnlyDictionary<string, int> Scores, bool Recommends, string Note);

/// <summary>Everything on the page of an application.</summary>
/// <param name="ReviewsGiven">Also those that are not shown yet.</param>
/// <param name="Invited">Who asked the shop to mentor here, and when; null where nobody did.</param>
public sealed record ApplicationView(
    ProgramFacts Program, Guid Id, uint Seen, string Person, Side Side, ApplicationState State, DateTimeOffset SentAt, DateTimeOffset? DecidedAt, string? Reason, string? Appeal, TierName? Tier, string? TierReason,
    ApplicantScene Scene, ApplicationAnswers Answers, TierProposal? Proposal, IReadOnlyList<ReviewView> Reviews, int ReviewsGiven, WaitingPlace? Place, string? Invited);
