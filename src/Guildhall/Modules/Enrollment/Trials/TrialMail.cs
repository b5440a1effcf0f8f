using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Enrollment;

/// <summary>What who tries a program is told by mail. Stored with what it tells of.</summary>
sealed class TrialMail(Outbox outbox, AccountLookup accounts, OwnClock own)
{
    public static readonly MailKind Kind = new("trial", "Your free trial", IsTransactional: true) { For = Readers.Mentees };

    public Task Started(ProgramFacts program, Trial trial, CancellationToken stop) => Tell(program, trial, $"Your free trial of {program.Name}",
    [
        $"It runs from {Day(trial.StartsOn)} to {Day(trial.EndsOn)} and then ends by itself. Nothing is owed, now or later.",
        "One tap picks your session, and the first tip is on your page.",
    ], "Go to your trial", stop);

    public async Task SessionPosted(ProgramFacts program, Trial trial, TrialSession session, CancellationToken stop) => await Tell(program, trial, $"There is a session for your trial of {program.Name}",
        [$"It is on {await When(trial, session, stop)}.", "One tap keeps a place for you, as long as there is one."], "Keep a place", stop);

    public async Task SessionOff(ProgramFacts program, Trial trial, TrialSession session, CancellationToken stop) => await Tell(program, trial, $"Your session of {program.Name} is off",
        [$"The session on {await When(trial, session, stop)} was called off. Nothing was your doing.", "Your page shows which other times there are. When there is none yet, you get a mail as soon as there is one."], "Choose another time", stop);

    public async Task DayBefore(ProgramFacts program, Trial trial, TrialSession session, CancellationToken stop) => await Tell(program, trial, $"Your session of {program.Name} is soon",
        [$"It is on {await When(trial, session, stop)}.", "The link is on your page. If you can’t come, give the place back there: somebody else gets it."], "See the session", stop);

    public Task Ended(ProgramFacts program, Trial trial, TrialSummary summary, CancellationToken stop) => Tell(program, trial, $"Your free trial of {program.Name} is over",
        [$"It ran from {Day(trial.StartsOn)} to {Day(trial.LastDay)}. Nothing is owed.", $"What you did: {summary.Done}.", $"What moved: {summary.MovedWords} {summary.Caution}"], "See what you did and what moved", stop);

    async Task<string> When(Trial trial, TrialSession session, CancellationToken stop) => OwnClock.Words(session.StartsAt, session.LengthMinutes, await own.OfShop(trial.SellerId, stop));

    async Task Tell(ProgramFacts program, Trial trial, string subject, IReadOnlyList<string> paragraphs, string action, CancellationToken stop)
    {
        if (await accounts.Address(trial.AccountId, stop) is not { } address) return;
        outbox.Add(new Mail(Kind, address, subject, paragraphs, new Link(action, MyTrialRoutes.Path(program.Slug))));
    }

    static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
