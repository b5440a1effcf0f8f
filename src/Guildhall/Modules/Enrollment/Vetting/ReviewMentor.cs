using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Keeps one reviewer's view of a mentor's application.</summary>
sealed class ReviewMentor(GuildhallDb db, ProgramLookup programs, AuditTrail trail, TimeProvider clock)
{
    public async Task<Result<VettingReview>> Run(string programSlug, Guid applicationId, FormFields form, Actor by, CancellationToken stop)
    {
        if (await programs.BySlug(programSlug, stop) is not { } program
            || await db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == applicationId && a.ProgramId == program.Id && a.Side == Side.Mentor && a.State != ApplicationState.Draft, stop) is not { } application) return Refusal.NotFound("application");
        if (application.AccountId == by.AccountId) return Refusal.Conflict("own_application", "Nobody reviews their own application. Ask another manager. Nothing was changed.");
        if (application.State != ApplicationState.Sent) return Refusal.Conflict("decided_already", "This application was decided on. Reviews of it stay as they are.");

        var review = await db.Set<VettingReview>().SingleOrDefaultAsync(r => r.ApplicationId == applicationId && r.ReviewerId == by.AccountId, stop);
        var isNew = review is null;
        review ??= VettingReview.Of(applicationId, by);
        var scores = Rubric.Lines.Where(line => int.TryParse(form.Text($"score-{line.Id}"), NumberStyles.None, CultureInfo.InvariantCulture, out _)).ToDictionary(line => line.Id, line => int.Parse(form.Text($"score-{line.Id}"), CultureInfo.InvariantCulture));
        bool? recommends = form.Text("Recommends") switch { "yes" => true, "no" => false, _ => null };
        if (review.Say(scores, recommends, form.Text("Note"), clock.GetUtcNow()).Refusal is { } refusal) return refusal;
        if (isNew) db.Add(review);
        trail.Add(by, AuditVerb.Reviewed, AuditSubject.Seller(application.SellerId, program.Id), "application");
        try
        {
            await db.SaveChangesAsync(stop);
            return review;
        }
        catch (DbUpdateException refused) when (refused.IsLostRace())
        {
            return Refusal.Conflict("reviewed_meanwhile", "You saved another review of this application at the same moment. That one is kept. Look at it again.");
        }
    }
}
