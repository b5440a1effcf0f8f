using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>What a shop is told by mail about its application: that it came in, and what was decided. Stored with what it tells of.</summary>
sealed class ApplicationMail(Outbox outbox, AccountLookup accounts)
{
    public static readonly MailKind Kind = new("application", "Your application", IsTransactional: true) { For = Readers.Mentees | Readers.Mentors };

    public Task Received(ProgramFacts program, Application application, CancellationToken stop) => Tell(
        program, application, "We have your application",
        [$"Your application to {Name(program)} came in. The marketplace’s team reads it, and you hear from us by {Day(program.StartsOn)}.", "You can change your answers until it is decided on."], "See your application", stop);

    public Task Decided(ProgramFacts program, Application application, CancellationToken stop) => application.State switch
    {
        ApplicationState.Accepted => Tell(program, application, $"You are in: {program.Name}", [application.Side == Side.Mentee
            ? $"Your shop takes part in {Name(program)}. We look for a mentor for you, and tell you who it is and why by {Day(program.StartsOn)}."
            : $"You are a mentor in {Name(program)}. We suggest mentees to you by {Day(program.StartsOn)}, and you decide on each."], "Go to your start page", stop),
        ApplicationState.Waiting => Tell(program, application, $"You are on the waiting list of {program.Name}", ["There is no place for you at the moment. Your page says where you stand and how long it may take."], "See where you stand", stop),
        ApplicationState.Declined => Tell(program, application, $"Your application to {program.Name}", [$"It did not work out this time: {application.Reason}", "You can apply again when that has changed."], "See your application", stop),
        _ => Task.CompletedTask,
    };

    async Task Tell(ProgramFacts program, Application application, string subject, IReadOnlyList<string> paragraphs, string action, CancellationToken stop)
    {
        if (await accounts.Address(application.AccountId, stop) is not { } address) return;
        var path = application.Side == Side.Mentee ? "/apply" : "/mentor/apply";
        outbox.Add(new Mail(Kind, address, subject, paragraphs, new Link(action, application.State == ApplicationState.Accepted ? application.Side == Side.Mentee ? "/me" : "/mentor" : $"{path}/{program.Slug}/done")));
    }

    static string Name(ProgramFacts program) => $"{program.Name}, {program.Cohort}";

    static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
