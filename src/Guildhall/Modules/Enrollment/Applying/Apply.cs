using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>A shop's own application: started by its first answer, kept page by page, sent once, and taken back as long as nobody decided on it.</summary>
sealed class Apply(GuildhallDb db, SellerLookup sellers, ApplicationMail mail, TimeProvider clock)
{
    /// <summary>A shop that is older than the program's mentees, and may be one for its mentors.</summary>
    public const string TooLongAgo = "too_long_ago";

    static readonly Refusal changedMeanwhile = Refusal.Conflict(
        "changed_meanwhile", "This application was changed in another window or decided on at the same moment. What was kept there stands, and this page changed nothing. Look at it again.");

    /// <summary>The shop's application to a program: the open one, or else the last that was closed.</summary>
    public Task<Application?> Of(Guid programId, ShopActor shop, CancellationToken stop) =>
        db.Set<Application>().Where(a => a.ProgramId == programId && a.SellerId == shop.SellerId)
            .OrderBy(a => a.State == ApplicationState.Declined || a.State == ApplicationState.Withdrawn).ThenByDescending(a => a.Id).FirstOrDefaultAsync(stop);

    /// <summary>Why a shop can't apply now; null where it can.</summary>
    public async Task<Refusal?> InTheWay(ProgramFacts program, ShopActor shop, Side side, Application? known, CancellationToken stop)
    {
        if (known is { IsOpen: true } && known.Side != side)
            return Refusal.Conflict("other_side", $"Your shop has an application to {program.Name} as {(known.Side == Side.Mentor ? "mentor" : "mentee")}. A shop takes part on one side. Take that one back first.");
        if (known is { State: ApplicationState.Sent or ApplicationState.Waiting or ApplicationState.Accepted }) return null;
        if (await db.Set<Participant>().AnyAsync(p => p.ProgramId == program.Id && p.SellerId == shop.SellerId, stop))
            return Refusal.Conflict("takes_part", $"Your shop takes part in {program.Name} already. There is nothing to apply for.");
        if (!program.TakesApplications(clock.GetUtcNow()))
            return Refusal.Conflict("closed", string.Create(CultureInfo.CurrentCulture, $"Applications to {program.Name}, {program.Cohort} {(program.TakesPeople ? $"closed on {program.ApplicationsCloseOn.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}" : "are closed")}.{(known is { State: ApplicationState.Draft } ? " Your answers are kept, and nothing was sent." : "")} The marketplace’s team can tell you when the next cohort opens."));
        if (side == Side.Mentee && (await sellers.Facts([shop.SellerId], stop)).GetValueOrDefault(shop.SellerId)?.SignedUpOn is { } signedUp
            && program.Design.Mentees.TooManyDays(signedUp, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) is { } days)
        {
            return Refusal.Conflict(TooLongAgo, string.Create(CultureInfo.CurrentCulture,
                $"{program.Name} is for shops that signed up at most {program.Design.Mentees.MaximumDaysSinceSignUp:N0} days ago. Yours signed up on {signedUp:d MMMM yyyy}, {days:N0} days ago. You may make a good mentor."));
        }

        return null;
    }

    /// <summary>Keeps what one page said; the first one starts the application.</summary>
    public async Task<Result<Application>> Save(ProgramFacts program, ShopActor shop, Side side, Func<ApplicationAnswers, ApplicationAnswers> say, CancellationToken stop)
    {
        var known = await Of(program.Id, shop, stop);
        if (await InTheWay(program, shop, side, known, stop) is { } refusal && known is not { State: ApplicationState.Draft }) return refusal;
        var application = known is { IsOpen: true } ? known : Application.Start(program, shop, side, clock.GetUtcNow());
        if (application.Say(say(application.Answers)).Refusal is { } late) return late;
        if (application != known) db.Add(application);
        return await Stored(application, stop);
    }

    public async Task<Result<Application>> Send(ProgramFacts program, ShopActor shop, Side side, IReadOnlyList<QuestionKind> questions, ApplicantScene scene, CancellationToken stop)
    {
        if (await Of(program.Id, shop, stop) is not { IsOpen: true } application || application.Side != side) return Refusal.NotFound("application");
        if (application.State == ApplicationState.Draft && await InTheWay(program, shop, side, application, stop) is { } refusal) return refusal;
        if (questions.FirstOrDefault(question => question.Said(application.Answers, scene) is null) is { } open) return Refusal.Invalid("unanswered", $"Answer “{open.Label}” first.", open.Step);
        if (application.Send(clock.GetUtcNow()).Refusal is { } twice) return twice;
        await mail.Received(program, application, stop);
        return await Stored(application, stop);
    }

    public async Task<Result<Application>> Withdraw(ProgramFacts program, ShopActor shop, CancellationToken stop)
    {
        if (await Of(program.Id, shop, stop) is not { IsOpen: true } application) return Refusal.NotFound("application");
        return application.Withdraw(clock.GetUtcNow()).Refusal is { } refusal ? refusal : await Stored(application, stop);
    }

    public async Task<Result<Application>> Appeal(ProgramFacts program, ShopActor shop, string words, CancellationToken stop)
    {
        if (await Of(program.Id, shop, stop) is not { } application) return Refusal.NotFound("application");
        return application.AppealAgainst(words).Refusal is { } refusal ? refusal : await Stored(application, stop);
    }

    Task<Result<Application>> Stored(Application application, CancellationToken stop) => db.Store(application, changedMeanwhile, stop);
}
