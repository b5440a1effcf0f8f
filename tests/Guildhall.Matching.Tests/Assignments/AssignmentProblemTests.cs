using Guildhall.Matching;

namespace Guildhall.Matching.Tests.Assignments;

public class AssignmentProblemTests
{
    [Theory]
    [InlineData(new int[0], new int[0], new int[0], new[] { 1 }, "Row starts begin with 0. (Parameter 'rowStarts')")]
    [InlineData(new[] { 1, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1 }, "Row starts begin with 0. (Parameter 'rowStarts')")]
    [InlineData(new[] { 0, 1 }, new[] { 0 }, new int[0], new[] { 1 }, "There is one score a pair. (Parameter 'scores')")]
    [InlineData(new[] { 0, 2 }, new[] { 0 }, new[] { 1 }, new[] { 1 }, "Row starts end with the number of pairs. (Parameter 'rowStarts')")]
    [InlineData(new[] { 0, 1 }, new[] { 0, 1 }, new[] { 1, 1 }, new[] { 1, 1 }, "Row starts end with the number of pairs. (Parameter 'rowStarts')")]
    [InlineData(new[] { 0, 1, 0, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1 }, "Row 1 ends before it begins or beyond the pairs. (Parameter 'rowStarts')")]
    [InlineData(new[] { 0, 2, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1 }, "Row 0 ends before it begins or beyond the pairs. (Parameter 'rowStarts')")]
    [InlineData(new[] { 0, 0, 2 }, new[] { 0, 0 }, new[] { 1, 1 }, new[] { 1 }, "Row 1 names a mentor out of range, out of order or twice. (Parameter 'mentors')")]
    [InlineData(new[] { 0, 2 }, new[] { 1, 0 }, new[] { 1, 1 }, new[] { 1, 1 }, "Row 0 names a mentor out of range, out of order or twice. (Parameter 'mentors')")]
    [InlineData(new[] { 0, 1 }, new[] { -1 }, new[] { 1 }, new[] { 1 }, "Row 0 names a mentor out of range, out of order or twice. (Parameter 'mentors')")]
    [InlineData(new[] { 0, 1 }, new[] { 1 }, new[] { 1 }, new[] { 1 }, "Row 0 names a mentor out of range, out of order or twice. (Parameter 'mentors')")]
    [InlineData(new[] { 0, 1 }, new[] { 0 }, new[] { 0 }, new[] { 1 }, "Row 0 holds a score outside 1 … 1,000,000 millionths. (Parameter 'scores')")]
    [InlineData(new[] { 0, 1 }, new[] { 0 }, new[] { 1_000_001 }, new[] { 1 }, "Row 0 holds a score outside 1 … 1,000,000 millionths. (Parameter 'scores')")]
    [InlineData(new[] { 0, 1 }, new[] { 0 }, new[] { 1 }, new[] { 1, -1 }, "Mentor 1 has a capacity below 0. (Parameter 'capacities')")]
    public void Refuses_malformed_arrays_and_names_the_place(int[] starts, int[] mentors, int[] scores, int[] capacities, string sentence) =>
        Should.Throw<ArgumentException>(() => new AssignmentProblem(starts, mentors, scores, capacities)).Message.ShouldBe(sentence);

    [Fact]
    public void Refuses_priorities_above_7_or_of_other_people()
    {
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 0, 0], [], [], [1], [7, 8])).Message.ShouldBe("Mentee 1 has a priority above 7. (Parameter 'priorities')");
        Should.Throw<ArgumentException>(() => new AssignmentProblem([0, 0, 0], [], [], [1], [7])).Message.ShouldBe("There is one priority a mentee. (Parameter 'priorities')");
    }

    [Fact]
    public void Everybody_has_priority_0_where_none_is_given() =>
        new AssignmentProblem([0, 0, 1], [0], [1], [1]).Priorities.ToArray().ShouldBe([0, 0]);

    [Fact]
    public void Names_the_array_that_is_missing()
    {
        Should.Throw<ArgumentNullException>(() => new AssignmentProblem(null!, [], [], [])).ParamName.ShouldBe("rowStarts");
        Should.Throw<ArgumentNullException>(() => new AssignmentProblem([0], null!, [], [])).ParamName.ShouldBe("mentors");
        Should.Throw<ArgumentNullException>(() => new AssignmentProblem([0], [], null!, [])).ParamName.ShouldBe("scores");
        Should.Throw<ArgumentNullException>(() => new AssignmentProblem([0], [], [], null!)).ParamName.ShouldBe("capacities");
    }

    [Fact]
    public void The_solver_refuses_no_problem_and_an_objective_that_is_none()
    {
        Should.Throw<ArgumentNullException>(() => AssignmentSolver.Solve(null!, AssignmentObjective.Score, TestContext.Current.CancellationToken)).ParamName.ShouldBe("problem");
        Should.Throw<ArgumentOutOfRangeException>(() => AssignmentSolver.Solve(new([0], [], [], []), (AssignmentObjective)9, TestContext.Current.CancellationToken)).ParamName.ShouldBe("objective");
    }

    [Fact]
    public void Instance_tells_every_refused_row()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);

        AssignmentRefusal?[] refusals =
        [
            builder.AddMentor("m", 0), builder.AddMentor("", 1), builder.AddMentor("n", -1), builder.AddMentor("m", 2),
            builder.AddMentee("a", 0), builder.AddMentee("", 0), builder.AddMentee("b", 8), builder.AddMentee("b", -1), builder.AddMentee("a", 7), builder.AddMentee("c", 7),
            builder.AddPair("a", "m", 1_000_000), builder.AddPair("", "m", 1), builder.AddPair("a", "", 1), builder.AddPair("a", "nobody", 1), builder.AddPair("c", "m", 0),
            builder.AddPair("c", "m", 1_000_001), builder.AddPair("c", "m", 1),
        ];

        refusals.OfType<AssignmentRefusal>().ShouldBe(
        [
            new(AssignmentList.Mentors, 1, "mentor", "is empty"),
            new(AssignmentList.Mentors, 2, "capacity", "is -1; a capacity is a whole number of 0 or more"),
            new(AssignmentList.Mentors, 3, "mentor", "names m a second time"),
            new(AssignmentList.Mentees, 1, "mentee", "is empty"),
            new(AssignmentList.Mentees, 2, "priority", "is 8; a priority is a whole number from 0 to 7"),
            new(AssignmentList.Mentees, 3, "priority", "is -1; a priority is a whole number from 0 to 7"),
            new(AssignmentList.Mentees, 4, "mentee", "names a a second time"),
            new(AssignmentList.Pairs, 1, "mentee", "is empty"),
            new(AssignmentList.Pairs, 2, "mentor", "is empty"),
            new(AssignmentList.Pairs, 3, "mentor", "names nobody, who is not among the mentors"),
            new(AssignmentList.Pairs, 4, "score", "is outside 0.000001 … 1"),
            new(AssignmentList.Pairs, 5, "score", "is outside 0.000001 … 1"),
        ]);
    }

    [Fact]
    public void Instance_tells_every_repeat_of_a_pair_in_the_order_of_the_rows()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);
        string[] mentees = [.. Enumerable.Range(1, 9).Select(n => $"e{n}")];
        builder.AddMentor("m", 2).ShouldBeNull();
        builder.AddPair("nobody", "n", 5).ShouldNotBeNull();
        foreach (var mentee in mentees.Concat(mentees)) builder.AddPair(mentee, "m", 5).ShouldBeNull();

        builder.Build(out var refusals).ShouldBeNull();

        refusals.ShouldBe(mentees.Select((mentee, n) => new AssignmentRefusal(AssignmentList.Pairs, 10 + n, "mentor", $"pairs {mentee} with m a second time")));
    }

    [Fact]
    public void Instance_refuses_an_empty_side()
    {
        var builder = new AssignmentInstanceBuilder(seed: 1);

        builder.Build(out var refusals).ShouldBeNull();

        refusals.ShouldBe([new(AssignmentList.Mentors, -1, "", "holds no mentors"), new(AssignmentList.Pairs, -1, "", "holds no pairs")]);
    }

    [Fact]
    public void Instance_keeps_what_was_said_of_each_whatever_the_order()
    {
        var builder = new AssignmentInstanceBuilder(seed: 3);
        for (var n = 0; n < 8; n++)
        {
            builder.AddMentor($"r{n}", n).ShouldBeNull();
            builder.AddMentee($"e{n}", n).ShouldBeNull();
        }
        for (var n = 0; n < 64; n++) builder.AddPair($"e{n / 8}", $"r{n % 8}", n + 1).ShouldBeNull();
        builder.AddPair("unlisted", "r1", 100).ShouldBeNull();

        var instance = builder.Build(out _)!;

        var (ids, problem) = (instance.MenteeIds.ToArray(), instance.Problem);
        ids.ShouldNotBe([.. ids.Order(StringComparer.Ordinal)]);
        for (var i = 0; i < ids.Length; i++) problem.Priorities[i].ShouldBe((byte)(ids[i] == "unlisted" ? 0 : ids[i][1] - '0'), ids[i]);
        for (var j = 0; j < 8; j++) problem.Capacities[j].ShouldBe(instance.MentorIds[j][1] - '0');
        for (var i = 0; i < ids.Length; i++)
            for (var e = problem.RowStarts[i]; e < problem.RowStarts[i + 1]; e++)
                problem.Scores[e].ShouldBe(ids[i] == "unlisted" ? 100 : 8 * (ids[i][1] - '0') + (instance.MentorIds[problem.Mentors[e]][1] - '0') + 1);
    }

    // The first two numbers that SplitMix64 makes from 0, as its authors' code (Vigna, 2015) prints them.
    [Fact]
    public void The_order_is_mixed_as_published()
    {
        AssignmentInstance.Mix(0).ShouldBe(0xe220a8397b1dcdafUL);
        AssignmentInstance.Mix(0x9e3779b97f4a7c15).ShouldBe(0x6e789e6aa1b965f4UL);
    }
}
