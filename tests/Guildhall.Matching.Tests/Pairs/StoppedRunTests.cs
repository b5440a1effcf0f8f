using static Guildhall.Matching.Tests.Pairs.People;

namespace Guildhall.Matching.Tests.Pairs;

public class StoppedRunTests
{
    static readonly CancellationToken Stopped = new(canceled: true);

    [Fact]
    public void A_stopped_preparation_ends_and_gives_nothing() =>
        Should.Throw<OperationCanceledException>(() => Matcher.Prepare(Random(1, 40, 10), Stopped));

    [Fact]
    public void A_stopped_run_leaves_the_match_ready_for_another()
    {
        var (match, other) = (Prepared(), Prepared());

        Should.Throw<OperationCanceledException>(() => match.Run(Stopped));

        Pairs(match).ShouldBe(Pairs(other));
    }

    [Fact]
    public void A_stopped_question_leaves_the_run_as_it_was()
    {
        var match = Prepared();
        var run = match.Run(TestContext.Current.CancellationToken);

        Should.Throw<OperationCanceledException>(() => match.RuleCost(Rule.SharedHours, Stopped));

        match.Run(TestContext.Current.CancellationToken).ShouldBeSameAs(run);
    }

    [Fact]
    public void Passing_over_many_people_stops_between_them()
    {
        using var stop = new CancellationTokenSource();
        var passed = 0;

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (var n in Enumerable.Range(0, 10_000).Watched(stop.Token))
            {
                passed++;
                if (n == 1_000) stop.Cancel();
            }
        });

        passed.ShouldBeInRange(1_001, 1_257);
    }

    static (string, string)[] Pairs(PreparedMatch match) => [.. match.Run(TestContext.Current.CancellationToken).Pairs.Select(pair => (pair.MenteeId, pair.MentorId))];

    static PreparedMatch Prepared() => Matcher.Prepare(Random(1, 40, 10), TestContext.Current.CancellationToken).Required;
}
