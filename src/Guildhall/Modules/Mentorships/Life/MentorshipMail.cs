using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.People;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>Tells the two of a mentorship what the other one, staff or the calendar changed. Stored with the change.</summary>
sealed class MentorshipMail(Outbox outbox, AccountLookup accounts, EnrollmentLookup enrollment, PairNames names)
{
    public static readonly MailKind Kind = new("mentorship", "How your mentorship goes on", IsTransactional: true) { For = Readers.Mentees | Readers.Mentors };

    /// <param name="to">The side that answered first.</param>
    public Task BothKeep(Mentorship mentorship, Side to, CancellationToken stop) => Tell(mentorship, to, who => $"You and {who.Name} go on", "See what comes next", who => [$"You both want to go on. The trial is over, and the weeks with {who.FirstName} are ahead."], stop);

    public Task TrialOver(Mentorship mentorship, Side to, CancellationToken stop) => Tell(mentorship, to, who => $"Your trial with {who.Name} is over, and you go on", "See what comes next",
        who => ["Nobody asked for somebody else in the trial, so the two of you go on. If it doesn’t fit after all, you can still ask for somebody else on the page."], stop);

    /// <param name="by">Who did it; null for staff.</param>
    public Task Paused(Mentorship mentorship, Side? by, CancellationToken stop) => Others(mentorship, by, who => $"Your mentorship with {who.Name} is paused", "See where it stands", who => ["Nothing is due while it is paused, and its last day moves by as long."], stop);

    public Task Resumed(Mentorship mentorship, Side? by, CancellationToken stop) => Others(mentorship, by, who => $"Your mentorship with {who.Name} goes on", "See where it stands", who => ["The pause is over."], stop);

    /// <summary>Nobody learns from it who asked for the end, or why.</summary>
    public Task Ended(Mentorship mentorship, Side? by, CancellationToken stop) => mentorship.EndedBecause == PairEnd.Finished
        ? Others(mentorship, by, who => $"Your mentorship with {who.Name} is finished", "Say how it was", who => [$"You came to its end together. Two questions and a line of thanks to {who.FirstName}, if you like: that takes a minute."], stop)
        : Others(mentorship, by, who => $"Your time with {who.Name} is over", "Go to your start page", (who, to) => to == Side.Mentor
            ? [$"{who.FirstName} goes on in another way. That happens, and it is nothing that you did. Your place is free again."]
            : mentorship.EndedBecause == PairEnd.MenteeLeft ? ["The program’s team took you out of this mentorship. Write to them if that is not what you expected."]
            : [$"{who.FirstName} can’t go on as your mentor. It is nothing that you did.", "We look for the next best mentor for you right away, before anybody else who waits. You keep your plan and your steps."], stop);

    Task Others(Mentorship mentorship, Side? by, Func<PairPerson, string> subject, string action, Func<PairPerson, string[]> words, CancellationToken stop) => Others(mentorship, by, subject, action, (who, _) => words(who), stop);

    async Task Others(Mentorship mentorship, Side? by, Func<PairPerson, string> subject, string action, Func<PairPerson, Side, string[]> words, CancellationToken stop)
    {
        foreach (var to in new[] { Side.Mentee, Side.Mentor })
            if (to != by) await Tell(mentorship, to, subject, action, who => words(who, to), stop);
    }

    async Task Tell(Mentorship mentorship, Side to, Func<PairPerson, string> subject, string action, Func<PairPerson, string[]> words, CancellationToken stop)
    {
        var members = await enrollment.MembersOf([mentorship.MenteeId, mentorship.MentorId], stop);
        if (!members.TryGetValue(mentorship.Of(to), out var own) || !members.TryGetValue(mentorship.Of(to.Other()), out var other)) return;
        var who = (await names.Of([other], stop))(other);
        var href = mentorship.IsOver && mentorship.EndedBecause != PairEnd.Finished ? to == Side.Mentee ? "/me" : "/mentor" : MentorshipRoutes.Path(to, mentorship.Id);
        foreach (var address in (await accounts.AddressesOf([own.SellerId], stop))[own.SellerId])
            outbox.Add(new Mail(Kind, address, subject(who), words(who), new Link(action, href)) { About = new(other.ParticipantId, who.Name) });
    }
}
