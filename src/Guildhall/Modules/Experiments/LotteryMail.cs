using Guildhall.Modules.Enrollment;
using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Experiments;

/// <summary>Tells who took part in a draw what came out for them, with the odds they had. Stored with the draw: there is no draw that nobody hears of.</summary>
sealed class LotteryMail(Outbox outbox, AccountLookup accounts)
{
    public static readonly MailKind Kind = new("lottery", "What lots decided for you", IsTransactional: true) { For = Readers.Mentees };

    /// <summary>To every person of each shop, in one query for the addresses.</summary>
    public async Task Tell(ProgramFacts program, Draw draw, IReadOnlyCollection<DrawnTicket> drawn, CancellationToken stop)
    {
        var addresses = await accounts.AddressesOf([.. drawn.Select(one => one.Ticket.SellerId)], stop);
        foreach (var one in drawn)
            foreach (var address in addresses[one.Ticket.SellerId]) outbox.Add(Letter(program, draw, drawn.Count, one, address));
    }

    static Mail Letter(ProgramFacts program, Draw draw, int people, DrawnTicket one, string to)
    {
        var waited = $"In {program.Name}, {program.Cohort}, {LotteryCard.Odds(people, draw.Places, one.OddsShare)}";
        return one.HasWon
            ? new(Kind, to, $"You won a place in {program.Name}", [waited, "You won a place. Your mentor is found next, by what fits; you are asked before anything is fixed."], new Link("Go to your start page", "/me"))
            : new(Kind, to, $"Your place in {program.Name} waits until {LotteryPages.Day(draw.WaitsUntil)} at the latest",
                [
                    waited,
                    "Yours didn’t come out. It says nothing of you or your shop: a machine drew, and nobody could choose.",
                    $"You wait until {LotteryPages.Day(draw.WaitsUntil)} at the latest. From that day on you come before everybody who joined later, in the matching and in the next draw. Until then the library is yours.",
                ], new Link("Open the library", "/me/learn"));
    }
}
