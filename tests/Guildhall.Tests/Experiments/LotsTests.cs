using System.Globalization;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Experiments;

/// <summary>The draw by itself: everybody’s odds, each tier’s share, the same again from the record, and the worked example of docs/methods/lottery.md.</summary>
public sealed class LotsTests
{
    static readonly TierName?[] tiers = [TierName.Intensive, TierName.Light, TierName.SelfServe, null];

    [Fact]
    public void Gives_everybody_the_same_odds()
    {
        // 13 people for 5 places, in tiers of 7, 3, 2 and 1.
        var tickets = Tickets(13, n => tiers[n < 7 ? 0 : n < 10 ? 1 : n < 12 ? 2 : 3]);
        const int Draws = 26_000;
        var won = new Dictionary<Guid, int>();

        for (var draw = 0; draw < Draws; draw++)
            foreach (var one in Lots.Draw(Seed(draw), tickets, 5).Where(one => one.HasWon)) won[one.Ticket.ParticipantId] = won.GetValueOrDefault(one.Ticket.ParticipantId) + 1;

        won.Values.Sum().ShouldBe(Draws * 5);
        Distance([.. won.Values]).ShouldBeLessThan(Bound, $"seeds 0 to {Draws - 1}");
    }

    [Fact]
    public void Makes_every_set_of_winners_of_a_tier_as_likely()
    {
        // 2 of 5 in one tier: ten sets.
        var tickets = Tickets(5, _ => TierName.Standard);
        const int Draws = 20_000;

        var sets = Enumerable.Range(0, Draws).Select(draw => string.Join(' ', Lots.Draw(Seed(draw), tickets, 2).Where(one => one.HasWon).Select(one => one.Ticket.ParticipantId).Order())).CountBy(set => set).ToList();

        // Nine degrees of freedom: 31.3 is passed once in 4,000.
        sets.Count.ShouldBe(10);
        sets.Sum(set => Math.Pow(set.Value - (Draws / 10.0), 2) / (Draws / 10.0)).ShouldBeLessThan(31.3, $"seeds 0 to {Draws - 1}");
    }

    [Fact]
    public void The_test_of_odds_sees_a_draw_that_prefers_somebody()
    {
        // As above, but the first of the list has six chances where the others have five.
        var random = new Random(1);
        var counts = new int[13];
        for (var draw = 0; draw < 26_000; draw++)
            foreach (var n in Enumerable.Range(0, 13).OrderBy(n => Math.Log(random.NextDouble()) / (n == 0 ? -1.2 : -1)).Take(5)) counts[n]++;

        Distance(counts).ShouldBeGreaterThan(Bound);
    }

    [Fact]
    public void Gives_each_tier_its_share_to_the_next_whole_place()
    {
        var tickets = Tickets(40, n => tiers[n % 4 == 0 ? 0 : n < 20 ? 1 : 3]);
        for (var places = 1; places < 40; places++)
            for (var draw = 0; draw < 20; draw++)
            {
                var drawn = Lots.Draw(Seed(draw), tickets, places);

                drawn.Count(one => one.HasWon).ShouldBe(places);
                drawn.ShouldAllBe(one => one.OddsShare == places / 40.0);
                foreach (var tier in drawn.GroupBy(one => one.Ticket.Tier))
                    tier.Count(one => one.HasWon).ShouldBeInRange(tier.Count() * places / 40, ((tier.Count() * places) + 39) / 40, $"{tier.Key}, {places} places, seed {draw}");
            }
    }

    [Fact]
    public void Lets_who_waited_by_lot_before_come_first()
    {
        List<Ticket> tickets = [.. Tickets(10, _ => TierName.Light).Select((ticket, n) => ticket with { IsFirst = n < 4 })];

        var many = Lots.Draw(Seed(1), tickets, 6);
        var few = Lots.Draw(Seed(1), tickets, 3);

        many.Where(one => one.Ticket.IsFirst).ShouldAllBe(one => one.HasWon && one.OddsShare == 1);
        many.Where(one => !one.Ticket.IsFirst).Count(one => one.HasWon).ShouldBe(2);
        many.Where(one => !one.Ticket.IsFirst).ShouldAllBe(one => one.OddsShare == 2 / 6.0);
        few.Where(one => one.Ticket.IsFirst).ShouldAllBe(one => one.OddsShare == 0.75);
        few.Where(one => !one.Ticket.IsFirst).ShouldAllBe(one => !one.HasWon && one.OddsShare == 0);
        few.Count(one => one.HasWon).ShouldBe(3);
    }

    [Fact]
    public void Draws_the_same_from_the_same_record_in_whatever_order_it_is_read()
    {
        var tickets = Tickets(30, n => tiers[n % 4]);

        Winners(Lots.Draw(Seed(7), tickets, 11)).ShouldBe(Winners(Lots.Draw(Seed(7), [.. tickets.AsEnumerable().Reverse()], 11)));
        Winners(Lots.Draw(Seed(7), tickets, 11)).ShouldNotBe(Winners(Lots.Draw(Seed(8), tickets, 11)));
    }

    [Fact]
    public void Draws_the_worked_example()
    {
        var lines = Sources.Read("docs/methods/lottery.md").Split("```example\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        string[] Of(string name) => lines.Single(line => line[0] == name)[1..];

        var tickets = lines.Where(line => line[0] == "mentee").Select(line => new Ticket(Guid.Parse(line[1]), default, Enum.Parse<TierName>(line[2]), false)).ToList();

        var drawn = Lots.Draw(Convert.FromHexString(Of("seed")[0]), tickets, int.Parse(Of("places")[0], CultureInfo.InvariantCulture));

        tickets.Count.ShouldBe(8);
        Winners(drawn).ShouldBe(lines.Where(line => line[0] == "mentee" && line[3] == "won").Select(line => Guid.Parse(line[1])).Order());
    }

    /// <summary>
    /// Of 13 for 5 places each is expected to win 10,000 of 26,000 draws, with the variance n p (1 − p). Exactly five win a draw, so one count follows from the others: by chi-square with 12 degrees of freedom, honest lots pass the bound once in 3,000. Lots
    /// within tiers vary a little less.
    /// </summary>
    static double Distance(int[] wins) => wins.Sum(count => Math.Pow(count - 10_000, 2) / (10_000 * (1 - (5 / 13.0)))) * 12 / 13;

    const double Bound = 36.1;

    static IEnumerable<Guid> Winners(IEnumerable<DrawnTicket> drawn) => drawn.Where(one => one.HasWon).Select(one => one.Ticket.ParticipantId).Order();

    static List<Ticket> Tickets(int count, Func<int, TierName?> tier) => [.. Enumerable.Range(0, count).Select(n => new Ticket(new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Guid.Empty, tier(n), false))];

    static byte[] Seed(int number) => [.. new byte[28], .. BitConverter.GetBytes(number)];
}
