using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>Tells one of a pair what the other did about how they talk. Stored with it; past the day’s limit of mails it stands on the start page alone.</summary>
sealed class AgreementMail(Outbox outbox, MailLimit limit, AccountLookup accounts, PairNames names)
{
    public static readonly MailKind Kind = new("agreement", "How you and your mentor or mentee talk", IsTransactional: true) { For = Readers.Mentees | Readers.Mentors };

    /// <param name="from">The side that proposed; the other one is told.</param>
    public Task Proposed(StandingPair pair, Side from, CancellationToken stop) => Tell(pair, from, who => $"{who.Name} proposes how you talk", "Read and answer",
        who => $"{who.FirstName} wrote down how you two could talk: through what, how fast you answer, when not, and how often you meet. It holds when you agree. You can propose something else instead.", stop);

    /// <param name="from">The side that agreed.</param>
    public Task Confirmed(StandingPair pair, Side from, CancellationToken stop) => Tell(pair, from, who => $"{who.Name} agrees to how you talk", "See what you agreed",
        who => $"{who.FirstName} agreed to what you proposed. It holds from now on, until you both agree to something else.", stop);

    async Task Tell(StandingPair pair, Side from, Func<PairPerson, string> subject, string action, Func<PairPerson, string> words, CancellationToken stop)
    {
        var (own, other) = from == Side.Mentee ? (pair.Mentee, pair.Mentor) : (pair.Mentor, pair.Mentee);
        var who = (await names.Of([own], stop))(own);
        var to = from.Other();
        foreach (var address in (await accounts.AddressesOf([other.SellerId], stop))[other.SellerId])
            if (await limit.Reached(Kind, address, stop) is null)
                outbox.Add(new Mail(Kind, address, subject(who), [words(who)], new Link(action, AgreementRoutes.Path(to, pair.Id))) { About = new(own.ParticipantId, who.Name) });
    }
}
