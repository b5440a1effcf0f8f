using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Audit;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Decides on an application: takes the shop in with its baseline frozen, puts it on the waiting list, or declines with a reason. Of two who decide at once, the second is told.</summary>
sealed class DecideApplication(GuildhallDb db, ProgramLookup programs, SellerLookup sellers, FreezeBaselines freeze, ApplicationMail mail, IEnumerable<IHearOfInterests> listeners, AuditTrail trail, TimeProvider clock)
{
    /// <param name="Seen">The edition that the page showed; null takes whichever there is, where many are accepted in one go.</param>
    /// <param name="Tier">A mentee's level of help; null takes the one proposed.</param>
    public sealed record Input(Guid ApplicationId, ApplicationState Decision, string? Reason, TierName? Tier, string? TierReason, uint? Seen);

    static readonly Refusal decidedMeanwhile = Refusal.Conflict(
        "decided_meanwhile", "Somebody else decided on this application, or its answers changed, while you were on this page. Theirs is kept and yours is not saved. Look at it again.");

    public async Task<Result<Application>> Run(ProgramFacts program, Input input, Actor by, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var application = await db.Set<Application>().SingleOrDefaultAsync(a => a.Id == input.ApplicationId && a.ProgramId == program.Id && a.State != ApplicationState.Draft, stop);
        if (application is null) return Refusal.NotFound("application");
        if (application.AccountId == by.AccountId) return Refusal.Conflict("own_application", "Nobody decides on their own application. Ask another manager. Nothing was changed.");
        if (input.Seen is { } seen) db.Entry(application).Property(a => a.RowVersion).OriginalValue = seen;

        var decided = application.Decide(input.Decision, input.Reason, by, clock.GetUtcNow());
        if (decided.Refusal is { } refusal) return refusal;
        if (input.Decision == ApplicationState.Accepted && !await programs.KeepTakingPeople(program.Id, stop)) return program.TakesNobody;
        if (input.Decision == ApplicationState.Accepted && await TakeIn(program, application, input, stop) is { } notTaken) return notTaken;
        trail.Add(by, AuditVerb.Decided, AuditSubject.Seller(application.SellerId, program.Id), "application", input.Decision.ToString().ToLowerInvariant());
        await mail.Decided(program, application, stop);
        var stored = await db.Store(application, decidedMeanwhile, stop);
        if (stored.Refusal is not null) return stored;
        // They may stand in a pair of another program.
        if (input.Decision == ApplicationState.Accepted && application.Answers.Interests is { Count: > 0 })
            foreach (var listener in listeners) await listener.Changed(application.SellerId, stop);
        await transaction.CommitAsync(stop);
        return stored;
    }

    async Task<Refusal?> TakeIn(ProgramFacts program, Application application, Input input, CancellationToken stop)
    {
        if (!(await sellers.Cards([application.SellerId], stop)).TryGetValue(application.SellerId, out var shop)) return Refusal.NotFound("seller");
        if (await db.Set<Participant>().AnyAsync(p => p.ProgramId == program.Id && p.SellerId == application.SellerId, stop))
            return Refusal.Conflict("takes_part", "This shop was brought into the program meanwhile. Nothing was changed. Decline the application with that as the reason, or take the shop out first.");
        var now = clock.GetUtcNow();
        Result<Participant> made;
        if (application.Side == Side.Mentor)
        {
            if (await Reviews(program.Design.Vetting.Reviewers, application, stop) is { } missing) return missing;
            made = Participant.Mentor(program.Id, application.SellerId, ApplicationProfiles.Mentor(shop.ExternalId, application.Answers), application.PersonName, ProfileOrigin.Stated, now);
        }
        else
        {
            var figures = await sellers.LastDay(stop) is { } day ? (await sellers.Figures([application.SellerId], day, stop)).GetValueOrDefault(application.SellerId) : null;
            if (application.Place(TierProposal.Of(figures, application.Answers), input.Tier, input.TierReason) is { } unplaced) return unplaced;
            made = Participant.Mentee(program.Id, application.SellerId, ApplicationProfiles.Mentee(shop.ExternalId, application.Answers, TierProposal.Key(application.Tier!.Value)), application.PersonName, ProfileOrigin.Stated, now);
        }

        if (!made.Succeeded(out var participant, out var refusal)) return refusal;
        db.Add(participant);
        await freeze.Of(program, [participant], stop);
        foreach (var interest in application.Answers.Interests ?? []) db.Add(Disclosure.Declare(application.SellerId, interest, now));
        return null;
    }

    async Task<Refusal?> Reviews(int needed, Application application, CancellationToken stop)
    {
        var given = await db.Set<VettingReview>().CountAsync(review => review.ApplicationId == application.Id, stop);
        return given >= needed ? null
            : Refusal.Conflict("not_reviewed", $"A mentor is accepted after {(needed == 1 ? "a review" : $"{needed} reviews by different people")}, and there {(given == 1 ? "is 1" : $"are {given}")}. Nothing was changed. {(given == 0 ? "Fill the review in first." : "Ask somebody else for theirs.")}");
    }
}
